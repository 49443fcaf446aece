"""The checks of authenticity, each one statement over the records done between two days.

Each tells of who (``institution_id``, ``worker_id``), of what (``key``: the same doubt found again is the same one),
what was seen (``seen``) and which records show it (``visits``). What all records are asked is asked of
`doubtful_record` of `passes`, which holds them once; where a figure of a unit decides, the statement reads
`doubtful_unit`, the figures of each worker at each institution. One over a few people (who died, who moved, whom a
clinic saw) begins with these and reads their records by index; one over all records groups them by few columns first,
and looks closer where a limit is exceeded. ``least`` and ``most`` are the settings of the check.
"""

from .passes import SEEN_BY_ALL, typed_before

_DONE = "v.state = 'done' AND v.done_on BETWEEN %(first)s AND %(last)s"
_MINUTE = "date_bin('1 minute', v.create_date, '1970-01-01')"
# The records of a unit that show its figure: some of them, the latest.
_SHOWN = f"""
    ARRAY(SELECT v.id FROM bphs_visit v WHERE v.institution_id = u.institution_id
             AND coalesce(v.worker_id, 0) = u.worker_id AND {_DONE} AND {SEEN_BY_ALL} AND {{which}}
           ORDER BY v.done_on DESC, v.id LIMIT %(kept)s)
"""


def _unit(seen, where, which):
    return f"""
        SELECT u.institution_id, nullif(u.worker_id, 0) AS worker_id, '' AS key, {seen} AS seen,
               {_SHOWN.format(which=which)} AS visits
          FROM doubtful_unit u WHERE {where}
    """


def _of_people(people, which):
    """The records that condemn themselves, of few people: OFFSET keeps the database from reading all records for them.

    :param people: a FROM clause of those people, `p`, with their `resident_id`
    """
    return f"""
        SELECT v.institution_id, v.worker_id, '' AS key, count(DISTINCT v.id)::text AS seen,
               array_agg(DISTINCT v.id) AS visits
          FROM {people}
         CROSS JOIN LATERAL (SELECT v.id, v.institution_id, v.worker_id FROM bphs_visit v
                              WHERE v.resident_id = p.resident_id AND {_DONE} AND {which} OFFSET 0) v
         GROUP BY v.institution_id, v.worker_id
    """


def _gone(status):
    return f"""(SELECT r.id AS resident_id, r.status_date FROM bphs_resident r
                 WHERE r.status = '{status}' AND r.status_date <= %(last)s) p"""


# Who came to an activity is entered by one tap; what stands in its records is the activity's.
_NO_ACTIVITY = "v.group_id IS NULL"
_NO_CAMPAIGN = """v.template_id NOT IN (
    SELECT id FROM bphs_form_template WHERE code IN ('elder_exam', 'self_care', 'tcm33', 'feedback'))"""
_EXAM = ("systolic", "diastolic", "heart_rate", "weight", "height", "waist", "fasting_glucose", "hba1c", "hemoglobin")
_EXAMS = """v.template_id = ANY(ARRAY(SELECT id FROM bphs_form_template WHERE code = 'elder_exam'))
    AND v.state = 'done' AND v.done_on BETWEEN %(first)s::date - 550 AND %(last)s"""
_VALUES = ", ".join(f"coalesce(v.{name}, 0) AS {name}" for name in _EXAM)
_SAME = " AND ".join(f"v.{name} = b.{name}" for name in _EXAM)
_MEASURED = " + ".join(f"(v.{name} > 0)::int" for name in _EXAM)
# By how much more a clinic, or the insurance, must have found for a record to be doubted: mmol/L, per cent.
_GLUCOSE_APART, _HBA1C_APART = 2, 1
# A number of a record has 31 bits, and so has either pressure.
_LOW = 2**31 - 1

STATEMENTS = {
    # --- one record decides ---
    "after_death": _of_people(_gone("died"), "v.done_on > p.status_date"),
    "after_moving": _of_people(_gone("moved_out"), "v.done_on > p.status_date AND v.face_to_face"),
    # From the day somebody was told to be in hospital to the day of the discharge, or for want of one the day itself.
    "in_hospital": _of_people(
        """(SELECT a.resident_id, a.made_on,
                   (SELECT min(e.event_on) FROM bphs_acute_event e
                     WHERE e.resident_id = a.resident_id AND e.kind = 'discharge' AND e.state = 'recorded'
                       AND e.event_on BETWEEN a.made_on AND a.made_on + 90) AS home
              FROM bphs_followup_attempt a
             WHERE a.kind = 'in_hospital' AND a.made_on BETWEEN %(first)s::date - 90 AND %(last)s) p""",
        "v.face_to_face AND (v.done_on = p.made_on OR v.done_on > p.made_on AND v.done_on < p.home)",
    ),
    # Only exams are read; whoever has two of the same pressure and weight is looked at closer, with the very values.
    "exam_copied": f"""
        WITH again AS MATERIALIZED (
            SELECT v.resident_id FROM bphs_visit v WHERE {_EXAMS}
             GROUP BY v.resident_id, coalesce(v.systolic, 0), coalesce(v.diastolic, 0), coalesce(v.weight, 0)
            HAVING count(*) > 1),
        exam AS MATERIALIZED (
            SELECT v.* FROM (SELECT DISTINCT resident_id FROM again) p
             CROSS JOIN LATERAL (
                   SELECT v.id, v.resident_id, v.template_id, v.institution_id, v.worker_id, v.done_on, {_VALUES}
                     FROM bphs_visit v WHERE v.resident_id = p.resident_id AND {_EXAMS} OFFSET 0) v)
        SELECT v.institution_id, v.worker_id, '' AS key, count(DISTINCT v.id)::text AS seen,
               array_agg(DISTINCT v.id) AS visits
          FROM exam v
          JOIN exam b ON b.resident_id = v.resident_id AND b.template_id = v.template_id AND {_SAME}
           AND b.done_on BETWEEN v.done_on - 550 AND v.done_on - 180
         WHERE v.done_on >= %(first)s AND {_MEASURED} >= %(least)s
         GROUP BY v.institution_id, v.worker_id
    """,
    # On a day of exams many come, and what goes with an exam is done with each: days with many records of whatever kind
    # come from the index alone, and only these are looked at.
    "many_a_day": f"""
        WITH busy AS MATERIALIZED (
            SELECT v.worker_id, v.done_on FROM bphs_visit v WHERE {_DONE} AND v.worker_id IS NOT NULL
             GROUP BY v.worker_id, v.done_on HAVING count(*) > %(most)s)
        SELECT v.institution_id, v.worker_id, v.done_on::text AS key, count(*)::text AS seen,
               (array_agg(v.id ORDER BY v.id))[1:%(kept)s] AS visits
          FROM busy b
         CROSS JOIN LATERAL (SELECT v.id, v.institution_id, v.worker_id, v.done_on FROM bphs_visit v
                              WHERE v.worker_id = b.worker_id AND v.done_on = b.done_on AND v.state = 'done'
                                AND {_NO_CAMPAIGN} AND {_NO_ACTIVITY} OFFSET 0) v
         GROUP BY v.institution_id, v.worker_id, v.done_on HAVING count(*) > %(most)s
    """,
    # When it was typed tells of what is typed alone. A minute of an institution is one whole number, which sorts faster
    # than columns are hashed; who typed it, and for whom, is asked where a minute has many.
    "at_once": f"""
        WITH typed AS (
            SELECT v.minute FROM doubtful_record v WHERE v.minute IS NOT NULL AND v.now ORDER BY v.minute OFFSET 0),
        busy AS MATERIALIZED (
            SELECT t.minute >> 32 AS institution_id,
                   to_timestamp((t.minute & {_LOW}) * 60.0) AT TIME ZONE 'UTC' AS minute
              FROM typed t GROUP BY t.minute HAVING count(*) >= %(least)s),
        many AS (
            SELECT v.* FROM (SELECT DISTINCT institution_id FROM busy) i
             CROSS JOIN LATERAL (SELECT v.id, v.institution_id, v.worker_id, v.create_uid, {_MINUTE} AS minute
                                   FROM bphs_visit v
                                  WHERE v.institution_id = i.institution_id AND v.source = 'entered' AND {_DONE}
                                    AND {_NO_ACTIVITY} OFFSET 0) v
              JOIN busy b ON b.institution_id = v.institution_id AND b.minute = v.minute)
        SELECT m.institution_id, m.worker_id, m.minute::text AS key, count(*)::text AS seen, array_agg(m.id) AS visits
          FROM many m
         GROUP BY m.institution_id, m.worker_id, m.create_uid, m.minute HAVING count(*) >= %(least)s
    """,
    # The same pressure of several people one after another. Where a record stands (unit, day, id) is one whole number,
    # which sorts far faster than four columns; only records like the one before them are looked at again.
    "repeated": f"""
        WITH placed AS (
            SELECT (u.number << 44) + ((v.done_on - %(first)s::date)::bigint << 31) + v.id AS place,
                   (v.systolic::bigint << 31) + v.diastolic AS pressure
              FROM doubtful_record v
              JOIN doubtful_unit u ON u.unit = v.unit
             WHERE v.now AND v.systolic > 0),
        neighbours AS (
            SELECT p.place, p.pressure, lag(p.place) OVER w AS place_before, lag(p.pressure) OVER w AS pressure_before
              FROM placed p WINDOW w AS (ORDER BY p.place)),
        same AS (
            SELECT n.*, n.place_before IS DISTINCT FROM lag(n.place) OVER (ORDER BY n.place) AS begins
              FROM neighbours n
             WHERE n.pressure = n.pressure_before AND n.place >> 44 = n.place_before >> 44),
        of_run AS (SELECT s.*, count(*) FILTER (WHERE s.begins) OVER (ORDER BY s.place) AS run FROM same s),
        runs AS (
            SELECT s.run, min(s.pressure) AS pressure, min(s.place_before) AS start,
                   array_agg(s.place) || min(s.place_before) AS places
              FROM of_run s GROUP BY s.run HAVING count(*) + 1 >= %(least)s)
        SELECT u.institution_id, nullif(u.worker_id, 0) AS worker_id,
               r.pressure >> 31 || '/' || (r.pressure & {_LOW}) || ' ' || (r.start & {_LOW}) AS key,
               r.pressure >> 31 || '/' || (r.pressure & {_LOW}) || ' × ' || cardinality(r.places) AS seen,
               ARRAY(SELECT (place & {_LOW})::integer FROM unnest(r.places) place ORDER BY 1 LIMIT %(kept)s) AS visits
          FROM runs r JOIN doubtful_unit u ON u.number = r.start >> 44
    """,
    # Only numbers that several households have are looked for in the records.
    "shared_phone": f"""
        SELECT v.institution_id, v.worker_id, min(r.id)::text AS key, count(DISTINCT r.id)::text AS seen,
               array_agg(v.id) AS visits
          FROM (SELECT phone_index FROM bphs_resident WHERE phone_index IS NOT NULL GROUP BY phone_index
                HAVING count(*) >= %(least)s
                   AND (%(least)s < 2 OR min(coalesce(household_id, -id)) < max(coalesce(household_id, -id)))) shared
          JOIN bphs_resident r ON r.phone_index = shared.phone_index
         CROSS JOIN LATERAL (SELECT v.id, v.institution_id, v.worker_id FROM bphs_visit v
                              WHERE v.resident_id = r.id AND v.mode = 'phone' AND {_DONE} OFFSET 0) v
         GROUP BY v.institution_id, v.worker_id, r.phone_index
        HAVING count(DISTINCT coalesce(r.household_id, -r.id)) >= %(least)s
    """,
    # Well here and not well there: pressure and fasting glucose within a week, HbA1c within two months.
    "clinic_differs": _of_people(
        """(SELECT o.resident_id, o.seen_on, o.systolic, o.fasting_glucose, o.hba1c FROM bphs_outside_record o
             WHERE o.seen_on BETWEEN %(first)s::date - 60 AND %(last)s::date + 60) p""",
        f"""v.done_on BETWEEN p.seen_on - 60 AND p.seen_on + 60
            AND (abs(v.done_on - p.seen_on) <= 7 AND v.systolic > 0 AND v.systolic < 140 AND p.systolic >= 140
                 AND p.systolic - v.systolic >= %(most)s
                 OR abs(v.done_on - p.seen_on) <= 7 AND v.fasting_glucose > 0 AND v.fasting_glucose < 7
                 AND p.fasting_glucose >= 7 AND p.fasting_glucose - v.fasting_glucose >= {_GLUCOSE_APART}
                 OR v.hba1c > 0 AND v.hba1c < 7 AND p.hba1c >= 7 AND p.hba1c - v.hba1c >= {_HBA1C_APART})""",
    )
    + " HAVING count(DISTINCT v.id) >= %(least)s",
    # --- a figure of the unit decides ---
    "at_night": _unit(
        "u.nightly::text",
        "u.nightly >= greatest(%(least)s, 1)",
        typed_before("%(most)s::int"),
    ),
    "last_digit": _unit(
        "u.rounded || '/' || u.pressures || ' = ' || round(100.0 * u.rounded / u.pressures, 1) || '%%'",
        "u.pressures >= %(least)s AND 100.0 * u.rounded > %(most)s * u.pressures",
        "v.systolic > 0 AND v.systolic %% 5 = 0",
    ),
    # Few records lie unevenly by chance: `chance` is how likely that is, beside the county's others.
    "fudging": _unit(
        "u.below || ':' || u.above",
        "u.below + u.above >= %(least)s AND u.below > %(most)s * u.above"
        " AND (%(chance)s = 0 OR u.chance_below <= %(chance)s)",
        "v.systolic BETWEEN 130 AND 139",
    ),
    "control_high": _unit(
        "u.controlled || '/' || u.judged || ' = ' || round(100.0 * u.controlled / u.judged, 1) || '%%'",
        "u.judged >= %(least)s AND 100.0 * u.controlled > %(most)s * u.judged"
        " AND (%(chance)s = 0 OR u.chance_controlled <= %(chance)s)",
        "v.result = 'satisfied'",
    ),
    "control_rise": _unit(
        "round(100.0 * u.controlled_before / u.judged_before, 1) || '%% → '"
        " || round(100.0 * u.controlled / u.judged, 1) || '%%'",
        "u.judged >= greatest(%(least)s, 1) AND u.judged_before >= greatest(%(least)s, 1)"
        " AND 100.0 * u.controlled / nullif(u.judged, 0) - 100.0 * u.controlled_before / nullif(u.judged_before, 0)"
        " > %(most)s",
        "v.result = 'satisfied'",
    ),
    # Where an institution has a device at all.
    "no_device": _unit(
        "u.by_device || '/' || u.pressures",
        "u.pressures >= %(least)s AND 100.0 * u.by_device < %(most)s * u.pressures"
        " AND EXISTS (SELECT FROM doubtful_unit d WHERE d.institution_id = u.institution_id AND d.by_device > 0)",
        "v.systolic > 0 AND v.source <> 'device'",
    ),
}
