"""The figures of every unit, a worker at an institution, made once for all checks of authenticity that read them.

A record without a worker has worker 0, so that units are compared by `=`.
"""

# One pass over the records, those of the quarter before the days as well. Summed by value first, which leaves few rows
# to ask many questions of. `number` counts the units from 1.
UNITS = """
    CREATE TEMPORARY TABLE doubtful_unit ON COMMIT DROP AS
    WITH of_value AS (
        SELECT v.institution_id, v.worker_id, v.done_on >= %(first)s AS now, v.systolic,
               v.source = 'device' AS by_device, count(*) AS records, count(v.result) AS judged,
               count(*) FILTER (WHERE v.result = 'satisfied') AS controlled
          FROM bphs_visit v
         WHERE v.state = 'done' AND v.institution_id IS NOT NULL AND v.done_on BETWEEN %(before)s AND %(last)s
         GROUP BY 1, 2, 3, 4, 5),
    summed AS (
        SELECT f.institution_id, coalesce(f.worker_id, 0) AS worker_id,
               sum(f.records) FILTER (WHERE f.now AND f.systolic > 0) AS pressures,
               sum(f.records) FILTER (WHERE f.now AND f.systolic > 0 AND f.systolic %% 5 = 0) AS rounded,
               sum(f.records) FILTER (WHERE f.now AND f.systolic BETWEEN 130 AND 139) AS below,
               sum(f.records) FILTER (WHERE f.now AND f.systolic BETWEEN 140 AND 149) AS above,
               sum(f.records) FILTER (WHERE f.now AND f.systolic > 0 AND f.by_device) AS by_device,
               sum(f.judged) FILTER (WHERE f.now) AS judged,
               sum(f.controlled) FILTER (WHERE f.now) AS controlled,
               sum(f.judged) FILTER (WHERE NOT f.now) AS judged_before,
               sum(f.controlled) FILTER (WHERE NOT f.now) AS controlled_before
          FROM of_value f GROUP BY f.institution_id, coalesce(f.worker_id, 0))
    SELECT row_number() OVER (ORDER BY s.institution_id, s.worker_id) AS number, s.institution_id, s.worker_id,
           {figures}, NULL::float8 AS chance_below, NULL::float8 AS chance_controlled
      FROM summed s
"""
_FIGURES = ("pressures", "rounded", "below", "above", "by_device", "judged", "controlled", "judged_before",
            "controlled_before")  # fmt: skip
UNITS = UNITS.format(figures=", ".join(f"coalesce(s.{name}, 0)::bigint AS {name}" for name in _FIGURES))
