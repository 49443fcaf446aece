"""What all checks of authenticity read: the records of the days, once and narrow, and from these the figures of units.

A unit is a worker at an institution. A record without a worker has worker 0, so that units are compared by `=`. Both
tables are of the transaction that looks.
"""

# Whether a record `v` is one that everybody sees: what a figure of a unit is made of, which the list stands beside.
SEEN_BY_ALL = """v.sensitive IS NOT TRUE
                  AND v.resident_id NOT IN (SELECT id FROM bphs_resident WHERE restricted IS TRUE)"""


def typed_before(hour):
    """:return: SQL that a record `v` was typed for itself before an hour of the county's clock, eight hours before the
    one that stamps; a day's last hour is 23
    """
    return f"v.source = 'entered' AND (v.create_date + interval '8 hours')::time < make_time(least({hour}, 23), 0, 0)"


# The one pass over the records, those of the quarter before the days as well (`now` says which it is of). A unit is one
# number, and so is the minute of an institution in which a record was typed for itself, where it was typed at all.
RECORDS = f"""
    CREATE TEMPORARY TABLE doubtful_record ON COMMIT DROP AS
    SELECT v.institution_id::bigint << 32 | coalesce(v.worker_id, 0) AS unit, v.id, v.done_on, v.systolic, v.diastolic,
           v.done_on >= %(first)s AS now, v.source = 'device' AS by_device, v.result IS NOT NULL AS judged,
           v.result = 'satisfied' AS controlled,
           {typed_before("%(night)s::int")} AS nightly, {SEEN_BY_ALL} AS seen_by_all,
           CASE WHEN v.source = 'entered' AND v.group_id IS NULL
                THEN v.institution_id::bigint << 32 | floor(date_part('epoch', v.create_date) / 60)::bigint
            END AS minute
      FROM bphs_visit v
     WHERE v.state = 'done' AND v.institution_id IS NOT NULL AND v.done_on BETWEEN %(before)s AND %(last)s
"""
# Of records that everybody sees: set against the list, a figure with the others would tell how many of them a unit has.
# Summed by value first, which leaves few rows to ask many questions of. `number` counts the units from 1.
UNITS = """
    CREATE TEMPORARY TABLE doubtful_unit ON COMMIT DROP AS
    WITH of_value AS (
        SELECT v.unit, v.systolic, v.now, v.by_device, (count(*) FILTER (WHERE v.seen_by_all))::int AS records,
               (count(*) FILTER (WHERE v.seen_by_all AND v.judged))::int AS judged,
               (count(*) FILTER (WHERE v.seen_by_all AND v.controlled))::int AS controlled,
               (count(*) FILTER (WHERE v.seen_by_all AND v.nightly))::int AS nightly
          FROM doubtful_record v GROUP BY v.unit, v.systolic, v.now, v.by_device),
    summed AS (
        SELECT f.unit,
               sum(f.records) FILTER (WHERE f.now AND f.systolic > 0) AS pressures,
               sum(f.records) FILTER (WHERE f.now AND f.systolic > 0 AND f.systolic %% 5 = 0) AS rounded,
               sum(f.records) FILTER (WHERE f.now AND f.systolic BETWEEN 130 AND 139) AS below,
               sum(f.records) FILTER (WHERE f.now AND f.systolic BETWEEN 140 AND 149) AS above,
               sum(f.records) FILTER (WHERE f.now AND f.systolic > 0 AND f.by_device) AS by_device,
               sum(f.nightly) FILTER (WHERE f.now) AS nightly,
               sum(f.judged) FILTER (WHERE f.now) AS judged,
               sum(f.controlled) FILTER (WHERE f.now) AS controlled,
               sum(f.judged) FILTER (WHERE NOT f.now) AS judged_before,
               sum(f.controlled) FILTER (WHERE NOT f.now) AS controlled_before
          FROM of_value f GROUP BY f.unit)
    SELECT row_number() OVER (ORDER BY s.unit) AS number, s.unit, (s.unit >> 32)::int AS institution_id,
           (s.unit & 4294967295)::int AS worker_id, {figures},
           NULL::float8 AS chance_below, NULL::float8 AS chance_controlled
      FROM summed s
"""
_FIGURES = ("pressures", "rounded", "below", "above", "by_device", "nightly", "judged", "controlled", "judged_before",
            "controlled_before")  # fmt: skip
UNITS = UNITS.format(figures=", ".join(f"coalesce(s.{name}, 0)::bigint AS {name}" for name in _FIGURES))
