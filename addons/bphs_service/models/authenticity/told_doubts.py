# The doubts that everybody in their place sees, as the rules of the list say it, for figures beside the list: one that
# rests on records for named persons alone would stand out by a number. What was explained is no doubt any more, and of
# what was verified as not true the records that everybody sees are meant.
TOLD_DOUBTS = """(
    SELECT f.institution_id, f.date_from, f.date_to, f.hard, f.state IN ('found', 'sampled') AS open,
           coalesce(records.untrue, FALSE) AS untrue
      FROM bphs_authenticity_finding f
      LEFT JOIN LATERAL (
               SELECT bool_or(told.plain) AS plain, bool_or(told.plain AND e.verdict IN ('false', 'partly')) AS untrue
                 FROM bphs_authenticity_evidence e
                 JOIN bphs_visit v ON v.id = e.visit_id
                 JOIN bphs_resident r ON r.id = v.resident_id
                CROSS JOIN LATERAL (SELECT v.sensitive IS NOT TRUE AND r.restricted IS NOT TRUE AS plain) told
                WHERE e.finding_id = f.id) records ON TRUE
     WHERE records.plain IS NOT FALSE)"""
