"""The checks of authenticity once more, each asked of the records themselves as plainly as it can be written, slow as
that is: what the statements of the service find must be the same.
"""

_DONE = "v.state = 'done' AND v.institution_id IS NOT NULL AND v.done_on BETWEEN %(first)s AND %(last)s"
# What a figure of a unit is made of: records that everybody sees.
SEEN = """NOT coalesce(v.sensitive, FALSE)
    AND NOT EXISTS (SELECT FROM bphs_resident r WHERE r.id = v.resident_id AND r.restricted)"""
_NO_CAMPAIGN = """v.template_id NOT IN (
    SELECT id FROM bphs_form_template WHERE code IN ('elder_exam', 'self_care', 'tcm33', 'feedback'))"""
_EXAM = ("systolic", "diastolic", "heart_rate", "weight", "height", "waist", "fasting_glucose", "hba1c", "hemoglobin")
_ROUND = "v.systolic > 0 AND v.systolic %% 5 = 0"
_SAME = " AND ".join(f"coalesce(v.{name}, 0) = coalesce(b.{name}, 0)" for name in _EXAM)
_MEASURED = " + ".join(f"(coalesce(v.{name}, 0) > 0)::int" for name in _EXAM)


def _share(part, whole, which):
    """Units of which more than `most` of a hundred are so; the latest records that are."""
    return f"""
        SELECT u.institution_id, u.worker_id, '' AS key,
               u.part || '/' || u.whole || ' = ' || round(100.0 * u.part / u.whole, 1) || '%%' AS seen,
               ARRAY(SELECT v.id FROM bphs_visit v WHERE v.institution_id = u.institution_id
                        AND v.worker_id IS NOT DISTINCT FROM u.worker_id AND {_DONE} AND {SEEN} AND {which}
                      ORDER BY v.done_on DESC, v.id LIMIT %(kept)s) AS visits
          FROM (SELECT v.institution_id, v.worker_id, count(*) FILTER (WHERE {part}) AS part,
                       count(*) FILTER (WHERE {whole}) AS whole
                  FROM bphs_visit v WHERE {_DONE} AND {SEEN} GROUP BY v.institution_id, v.worker_id) u
         WHERE u.whole >= %(least)s AND 100.0 * u.part > %(most)s * u.whole
    """


PLAINLY = {
    "after_death": f"""
        SELECT v.institution_id, v.worker_id, '' AS key, count(*)::text AS seen, array_agg(v.id) AS visits
          FROM bphs_resident r
          JOIN bphs_visit v ON v.resident_id = r.id AND v.done_on > r.status_date
         WHERE r.status = 'died' AND r.status_date <= %(last)s AND {_DONE}
         GROUP BY v.institution_id, v.worker_id
    """,
    "after_moving": f"""
        SELECT v.institution_id, v.worker_id, '' AS key, count(*)::text AS seen, array_agg(v.id) AS visits
          FROM bphs_resident r
          JOIN bphs_visit v ON v.resident_id = r.id AND v.done_on > r.status_date AND v.face_to_face
         WHERE r.status = 'moved_out' AND r.status_date <= %(last)s AND {_DONE}
         GROUP BY v.institution_id, v.worker_id
    """,
    # From the day somebody was told to be in hospital to the day of the discharge, or for want of one the day itself.
    "in_hospital": f"""
        SELECT v.institution_id, v.worker_id, '' AS key, count(DISTINCT v.id)::text AS seen,
               array_agg(DISTINCT v.id) AS visits
          FROM bphs_followup_attempt a
          LEFT JOIN LATERAL (SELECT min(e.event_on) AS day FROM bphs_acute_event e
                              WHERE e.resident_id = a.resident_id AND e.kind = 'discharge' AND e.state = 'recorded'
                                AND e.event_on BETWEEN a.made_on AND a.made_on + 90) home ON TRUE
          JOIN bphs_visit v ON v.resident_id = a.resident_id AND v.face_to_face
           AND (v.done_on = a.made_on OR v.done_on > a.made_on AND v.done_on < home.day)
         WHERE a.kind = 'in_hospital' AND a.made_on BETWEEN %(first)s::date - 90 AND %(last)s AND {_DONE}
         GROUP BY v.institution_id, v.worker_id
    """,
    "exam_copied": f"""
        SELECT v.institution_id, v.worker_id, '' AS key, count(DISTINCT v.id)::text AS seen,
               array_agg(DISTINCT v.id) AS visits
          FROM bphs_visit v
          JOIN bphs_form_template t ON t.id = v.template_id AND t.code = 'elder_exam'
          JOIN bphs_visit b ON b.resident_id = v.resident_id AND b.template_id = v.template_id AND b.state = 'done'
           AND b.done_on BETWEEN v.done_on - 550 AND v.done_on - 180
         WHERE {_DONE} AND {_SAME} AND {_MEASURED} >= %(least)s
         GROUP BY v.institution_id, v.worker_id
    """,
    "many_a_day": f"""
        SELECT d.institution_id, d.worker_id, d.done_on::text AS key, d.people::text AS seen,
               ARRAY(SELECT v.id FROM bphs_visit v WHERE v.institution_id = d.institution_id
                        AND v.worker_id = d.worker_id AND v.done_on = d.done_on AND v.state = 'done' AND {_NO_CAMPAIGN}
                        AND v.group_id IS NULL
                      ORDER BY v.id LIMIT %(kept)s) AS visits
          FROM (SELECT v.institution_id, v.worker_id, v.done_on, count(*) AS people
                  FROM bphs_visit v
                 WHERE {_DONE} AND v.worker_id IS NOT NULL AND {_NO_CAMPAIGN} AND v.group_id IS NULL
                 GROUP BY v.institution_id, v.worker_id, v.done_on HAVING count(*) > %(most)s) d
    """,
    # When it was typed tells of what is typed alone.
    "at_once": f"""
        SELECT m.institution_id, m.worker_id, m.minute::text AS key, m.number::text AS seen, m.visits
          FROM (SELECT v.institution_id, v.worker_id, date_trunc('minute', v.create_date) AS minute,
                       count(*) AS number, array_agg(v.id) AS visits
                  FROM bphs_visit v
                 WHERE v.source = 'entered' AND {_DONE} AND v.group_id IS NULL
                 GROUP BY v.institution_id, v.worker_id, v.create_uid, date_trunc('minute', v.create_date)
                HAVING count(*) >= %(least)s) m
    """,
    "at_night": f"""
        SELECT v.institution_id, v.worker_id, '' AS key, count(*)::text AS seen,
               (array_agg(v.id ORDER BY v.done_on DESC, v.id))[1:%(kept)s] AS visits
          FROM bphs_visit v
         WHERE v.source = 'entered' AND {_DONE} AND {SEEN}
           AND extract(hour FROM v.create_date AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Shanghai') < %(most)s
         GROUP BY v.institution_id, v.worker_id HAVING count(*) >= %(least)s
    """,
    "repeated": f"""
        SELECT s.institution_id, s.worker_id, s.systolic || '/' || s.diastolic || ' ' || s.first AS key,
               s.systolic || '/' || s.diastolic || ' × ' || count(*) AS seen,
               (array_agg(s.id ORDER BY s.id))[1:%(kept)s] AS visits
          FROM (SELECT n.*, first_value(n.id) OVER (PARTITION BY n.institution_id, n.worker_id, n.run
                                                    ORDER BY n.done_on, n.id) AS first
                  FROM (SELECT c.*, count(*) FILTER (WHERE NOT c.same)
                               OVER (PARTITION BY c.institution_id, c.worker_id ORDER BY c.done_on, c.id) AS run
                          FROM (SELECT v.id, v.institution_id, v.worker_id, v.done_on, v.systolic, v.diastolic,
                                       coalesce(lag(v.systolic) OVER w = v.systolic
                                                AND lag(v.diastolic) OVER w = v.diastolic, FALSE) AS same
                                  FROM bphs_visit v WHERE {_DONE} AND v.systolic > 0
                                WINDOW w AS (PARTITION BY v.institution_id, v.worker_id ORDER BY v.done_on, v.id)) c
                       ) n) s
         GROUP BY s.institution_id, s.worker_id, s.run, s.systolic, s.diastolic, s.first HAVING count(*) >= %(least)s
    """,
    "shared_phone": f"""
        SELECT p.institution_id, p.worker_id, min(p.resident_id)::text AS key,
               count(DISTINCT p.resident_id)::text AS seen,
               array_agg(p.id) AS visits
          FROM (SELECT v.id, v.institution_id, v.worker_id, r.phone_index, r.household_id, r.id AS resident_id
                  FROM bphs_visit v JOIN bphs_resident r ON r.id = v.resident_id AND r.phone_index IS NOT NULL
                 WHERE v.mode = 'phone' AND {_DONE}
                   AND r.phone_index IN (SELECT phone_index FROM bphs_resident WHERE phone_index IS NOT NULL
                                          GROUP BY phone_index HAVING count(*) >= %(least)s)) p
         GROUP BY p.institution_id, p.worker_id, p.phone_index
        HAVING count(DISTINCT coalesce(p.household_id, -p.resident_id)) >= %(least)s
    """,
    # Well here and not well there: pressure and fasting glucose within a week, HbA1c within two months.
    "clinic_differs": f"""
        SELECT v.institution_id, v.worker_id, '' AS key, count(DISTINCT v.id)::text AS seen,
               array_agg(DISTINCT v.id) AS visits
          FROM bphs_outside_record o
          JOIN bphs_visit v ON v.resident_id = o.resident_id AND v.done_on BETWEEN o.seen_on - 60 AND o.seen_on + 60
           AND (abs(v.done_on - o.seen_on) <= 7 AND v.systolic > 0 AND v.systolic < 140 AND o.systolic >= 140
                AND o.systolic - v.systolic >= %(most)s
                OR abs(v.done_on - o.seen_on) <= 7 AND v.fasting_glucose > 0 AND v.fasting_glucose < 7
                AND o.fasting_glucose >= 7 AND o.fasting_glucose - v.fasting_glucose >= 2
                OR v.hba1c > 0 AND v.hba1c < 7 AND o.hba1c >= 7 AND o.hba1c - v.hba1c >= 1)
         WHERE o.seen_on BETWEEN %(first)s::date - 60 AND %(last)s::date + 60 AND {_DONE}
         GROUP BY v.institution_id, v.worker_id HAVING count(DISTINCT v.id) >= %(least)s
    """,
    "last_digit": _share(
        "v.systolic > 0 AND v.systolic %% 5 = 0", "v.systolic > 0", "v.systolic > 0 AND v.systolic %% 5 = 0"
    ),
    "control_high": _share("v.result = 'satisfied'", "v.result IS NOT NULL", "v.result = 'satisfied'"),
    "control_rise": f"""
        SELECT u.institution_id, u.worker_id, '' AS key,
               round(100.0 * u.past / u.whole_past, 1) || '%% → ' || round(100.0 * u.part / u.whole, 1) || '%%' AS seen,
               ARRAY(SELECT v.id FROM bphs_visit v WHERE v.institution_id = u.institution_id
                        AND v.worker_id IS NOT DISTINCT FROM u.worker_id AND {_DONE} AND {SEEN}
                        AND v.result = 'satisfied'
                      ORDER BY v.done_on DESC, v.id LIMIT %(kept)s) AS visits
          FROM (SELECT v.institution_id, v.worker_id,
                       count(*) FILTER (WHERE v.done_on >= %(first)s AND v.result = 'satisfied') AS part,
                       count(*) FILTER (WHERE v.done_on >= %(first)s) AS whole,
                       count(*) FILTER (WHERE v.done_on < %(first)s AND v.result = 'satisfied') AS past,
                       count(*) FILTER (WHERE v.done_on < %(first)s) AS whole_past
                  FROM bphs_visit v
                 WHERE v.state = 'done' AND v.result IS NOT NULL AND v.done_on BETWEEN %(before)s AND %(last)s
                   AND {SEEN}
                 GROUP BY v.institution_id, v.worker_id) u
         WHERE u.whole >= %(least)s AND u.whole_past >= %(least)s
           AND 100.0 * u.part / nullif(u.whole, 0) - 100.0 * u.past / nullif(u.whole_past, 0) > %(most)s
    """,
    "no_device": f"""
        SELECT u.institution_id, u.worker_id, '' AS key, u.sent || '/' || u.pressures AS seen,
               ARRAY(SELECT v.id FROM bphs_visit v WHERE v.institution_id = u.institution_id
                        AND v.worker_id IS NOT DISTINCT FROM u.worker_id AND {_DONE} AND {SEEN}
                        AND v.systolic > 0 AND v.source <> 'device'
                      ORDER BY v.done_on DESC, v.id LIMIT %(kept)s) AS visits
          FROM (SELECT v.institution_id, v.worker_id, count(*) AS pressures,
                       count(*) FILTER (WHERE v.source = 'device') AS sent
                  FROM bphs_visit v WHERE {_DONE} AND {SEEN} AND v.systolic > 0
                 GROUP BY v.institution_id, v.worker_id) u
         WHERE u.pressures >= %(least)s AND 100.0 * u.sent < %(most)s * u.pressures
           AND EXISTS (SELECT FROM bphs_visit v WHERE v.institution_id = u.institution_id AND {_DONE}
                          AND v.systolic > 0 AND v.source = 'device')
    """,
    # Over the ratio; by how much chance, is asked of the rule itself.
    "fudging": f"""
        SELECT u.institution_id, u.worker_id, '' AS key, u.below || ':' || u.above AS seen,
               ARRAY(SELECT v.id FROM bphs_visit v WHERE v.institution_id = u.institution_id
                        AND v.worker_id IS NOT DISTINCT FROM u.worker_id AND {_DONE} AND {SEEN}
                        AND v.systolic BETWEEN 130 AND 139
                      ORDER BY v.done_on DESC, v.id LIMIT %(kept)s) AS visits
          FROM (SELECT v.institution_id, v.worker_id, count(*) FILTER (WHERE v.systolic BETWEEN 130 AND 139) AS below,
                       count(*) FILTER (WHERE v.systolic BETWEEN 140 AND 149) AS above
                  FROM bphs_visit v WHERE {_DONE} AND {SEEN} GROUP BY v.institution_id, v.worker_id) u
         WHERE u.below + u.above >= %(least)s AND u.below > %(most)s * u.above
    """,
}
