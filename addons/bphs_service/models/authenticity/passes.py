"""What several checks of authenticity read, made once for all of them: the records of the days with the few columns
the checks look at, and from these the figures of every unit, which is a worker at an institution.

A record without a worker has worker 0, so that units are compared by `=`.
"""

# One pass over the records, from the quarter before the days on: what follows reads these narrow rows alone.
# The minute in which a record was typed tells of what is typed alone; it counts from 1970, in UTC.
VISITS = """
    CREATE TEMPORARY TABLE doubtful_visit ON COMMIT DROP AS
    SELECT v.id, v.institution_id, coalesce(v.worker_id, 0) AS worker_id, v.done_on, v.systolic, v.diastolic,
           v.result = 'satisfied' AS controlled, v.source = 'device' AS by_device,
           v.template_id = ANY(ARRAY(SELECT id FROM bphs_form_template
                                      WHERE code IN ('elder_exam', 'self_care', 'tcm33', 'feedback'))) AS campaign,
           v.create_uid,
           CASE WHEN v.source = 'entered' THEN floor(date_part('epoch', v.create_date) / 60)::integer END AS minute
      FROM bphs_visit v
     WHERE v.state = 'done' AND v.institution_id IS NOT NULL AND v.done_on BETWEEN %(before)s AND %(last)s
"""
# Summed by value first, which leaves few rows to ask many questions of. `number` counts the units from 1.
UNITS = """
    CREATE TEMPORARY TABLE doubtful_unit ON COMMIT DROP AS
    WITH of_value AS (
        SELECT v.institution_id, v.worker_id, v.done_on >= %(first)s AS now, v.systolic, v.by_device,
               count(*) AS records, count(v.controlled) AS judged, count(*) FILTER (WHERE v.controlled) AS controlled
          FROM doubtful_visit v
         GROUP BY v.institution_id, v.worker_id, v.done_on >= %(first)s, v.systolic, v.by_device),
    summed AS (
        SELECT f.institution_id, f.worker_id,
               sum(f.records) FILTER (WHERE f.now AND f.systolic > 0) AS pressures,
               sum(f.records) FILTER (WHERE f.now AND f.systolic > 0 AND f.systolic %% 5 = 0) AS rounded,
               sum(f.records) FILTER (WHERE f.now AND f.systolic BETWEEN 130 AND 139) AS below,
               sum(f.records) FILTER (WHERE f.now AND f.systolic BETWEEN 140 AND 149) AS above,
               sum(f.records) FILTER (WHERE f.now AND f.systolic > 0 AND f.by_device) AS by_device,
               sum(f.judged) FILTER (WHERE f.now) AS judged,
               sum(f.controlled) FILTER (WHERE f.now) AS controlled,
               sum(f.judged) FILTER (WHERE NOT f.now) AS judged_before,
               sum(f.controlled) FILTER (WHERE NOT f.now) AS controlled_before
          FROM of_value f GROUP BY f.institution_id, f.worker_id)
    SELECT row_number() OVER (ORDER BY s.institution_id, s.worker_id) AS number, s.institution_id, s.worker_id,
           {figures}, NULL::float8 AS chance
      FROM summed s
"""
_FIGURES = ("pressures", "rounded", "below", "above", "by_device", "judged", "controlled", "judged_before",
            "controlled_before")  # fmt: skip
UNITS = UNITS.format(figures=", ".join(f"coalesce(s.{name}, 0)::bigint AS {name}" for name in _FIGURES))
TABLES = {"doubtful_visit": VISITS, "doubtful_unit": UNITS}
