"""The checks of authenticity, each one statement over the records done between two days.

Each tells of who (``institution_id``, ``worker_id``), of what (``key``: the same doubt found again is the same one),
what was seen (``seen``) and which records show it (``visits``). A statement reads `doubtful_unit`, the figures of each
worker at each institution in the days, where a figure of a unit decides, and the records themselves where one record
does. ``least`` and ``most`` are the settings of the check.
"""

# The figures of every unit, by one pass over the records.
UNITS = """
    CREATE TEMPORARY TABLE doubtful_unit ON COMMIT DROP AS
    SELECT v.institution_id, v.worker_id,
           count(*) FILTER (WHERE v.systolic > 0) AS pressures,
           count(*) FILTER (WHERE v.systolic > 0 AND v.systolic %% 5 = 0) AS rounded,
           count(*) FILTER (WHERE v.systolic BETWEEN 130 AND 139) AS below,
           count(*) FILTER (WHERE v.systolic BETWEEN 140 AND 149) AS above,
           count(*) FILTER (WHERE v.systolic > 0 AND v.source = 'device') AS by_device,
           count(v.result) AS judged,
           count(*) FILTER (WHERE v.result = 'satisfied') AS controlled
      FROM bphs_visit v
     WHERE v.state = 'done' AND v.done_on BETWEEN %(first)s AND %(last)s
     GROUP BY v.institution_id, v.worker_id
"""
BEFORE = """
    CREATE TEMPORARY TABLE doubtful_before ON COMMIT DROP AS
    SELECT v.institution_id, v.worker_id, count(*) AS judged,
           count(*) FILTER (WHERE v.result = 'satisfied') AS controlled
      FROM bphs_visit v
     WHERE v.state = 'done' AND v.result IS NOT NULL AND v.done_on BETWEEN %(before)s AND %(first)s::date - 1
     GROUP BY v.institution_id, v.worker_id
"""
_DONE = "v.state = 'done' AND v.done_on BETWEEN %(first)s AND %(last)s"
# The records of a unit that show its figure: some of them, the latest.
_SHOWN = f"""
    ARRAY(SELECT v.id FROM bphs_visit v WHERE v.institution_id = u.institution_id
             AND v.worker_id IS NOT DISTINCT FROM u.worker_id AND {_DONE} AND {{which}}
           ORDER BY v.done_on DESC, v.id LIMIT %(kept)s)
"""


def _unit(seen, where, which, more=""):
    return f"""
        SELECT u.institution_id, u.worker_id, '' AS key, {seen} AS seen, {_SHOWN.format(which=which)} AS visits
          FROM doubtful_unit u {more} WHERE {where}
    """


# On a day of exams many come, and what goes with an exam is done with each.
_NO_CAMPAIGN = """v.template_id NOT IN (
    SELECT id FROM bphs_form_template WHERE code IN ('elder_exam', 'self_care', 'tcm33', 'feedback'))"""
_EXAM = ("systolic", "diastolic", "heart_rate", "weight", "height", "waist", "fasting_glucose", "hba1c", "hemoglobin")
_SAME = " AND ".join(f"coalesce(v.{name}, 0) = coalesce(b.{name}, 0)" for name in _EXAM)
_MEASURED = " + ".join(f"(coalesce(v.{name}, 0) > 0)::int" for name in _EXAM)
# By how much more a clinic, or the insurance, must have found for a record to be doubted: mmol/L, per cent.
_GLUCOSE_APART, _HBA1C_APART = 2, 1

STATEMENTS = {
    # --- one record decides ---
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
                      ORDER BY v.id LIMIT %(kept)s) AS visits
          FROM (SELECT v.institution_id, v.worker_id, v.done_on, count(*) AS people
                  FROM bphs_visit v
                 WHERE {_DONE} AND v.worker_id IS NOT NULL AND {_NO_CAMPAIGN}
                 GROUP BY v.institution_id, v.worker_id, v.done_on HAVING count(*) > %(most)s) d
    """,
    # When it was typed tells of what is typed alone.
    "at_once": f"""
        SELECT m.institution_id, m.worker_id, m.minute::text AS key, m.number::text AS seen, m.visits
          FROM (SELECT v.institution_id, v.worker_id, date_trunc('minute', v.create_date) AS minute,
                       count(*) AS number, array_agg(v.id) AS visits
                  FROM bphs_visit v
                 WHERE v.source = 'entered' AND {_DONE}
                 GROUP BY v.institution_id, v.worker_id, v.create_uid, date_trunc('minute', v.create_date)
                HAVING count(*) >= %(least)s) m
    """,
    "at_night": f"""
        SELECT v.institution_id, v.worker_id, '' AS key, count(*)::text AS seen,
               (array_agg(v.id ORDER BY v.id DESC))[1:%(kept)s] AS visits
          FROM bphs_visit v
         WHERE v.source = 'entered' AND {_DONE}
           AND extract(hour FROM v.create_date AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Shanghai') < %(most)s
         GROUP BY v.institution_id, v.worker_id HAVING count(*) >= %(least)s
    """,
    # The same pressure of several people one after another. Only records like the one before them are looked at again.
    "repeated": f"""
        SELECT s.institution_id, s.worker_id, s.systolic || '/' || s.diastolic || ' ' || s.start AS key,
               s.systolic || '/' || s.diastolic || ' × ' || count(*) AS seen,
               (array_agg(s.id ORDER BY s.id))[1:%(kept)s] AS visits
          FROM (SELECT r.*, max(CASE WHEN NOT r.same THEN r.id END)
                       OVER (PARTITION BY r.institution_id, r.worker_id ORDER BY r.done_on, r.id) AS start
                  FROM (SELECT v.id, v.institution_id, v.worker_id, v.done_on, v.systolic, v.diastolic,
                               coalesce(lag(v.systolic) OVER w = v.systolic AND lag(v.diastolic) OVER w = v.diastolic,
                                        FALSE) AS same,
                               coalesce(lead(v.systolic) OVER w = v.systolic
                                        AND lead(v.diastolic) OVER w = v.diastolic, FALSE) AS same_next
                          FROM bphs_visit v WHERE {_DONE} AND v.systolic > 0
                        WINDOW w AS (PARTITION BY v.institution_id, v.worker_id ORDER BY v.done_on, v.id)) r
                 WHERE r.same OR r.same_next) s
         GROUP BY s.institution_id, s.worker_id, s.systolic, s.diastolic, s.start HAVING count(*) >= %(least)s
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
                AND o.fasting_glucose >= 7 AND o.fasting_glucose - v.fasting_glucose >= {_GLUCOSE_APART}
                OR v.hba1c > 0 AND v.hba1c < 7 AND o.hba1c >= 7 AND o.hba1c - v.hba1c >= {_HBA1C_APART})
         WHERE o.seen_on BETWEEN %(first)s::date - 60 AND %(last)s::date + 60 AND {_DONE}
         GROUP BY v.institution_id, v.worker_id HAVING count(DISTINCT v.id) >= %(least)s
    """,
    # --- a figure of the unit decides ---
    "last_digit": _unit(
        "u.rounded || '/' || u.pressures || ' = ' || round(100.0 * u.rounded / u.pressures, 1) || '%%'",
        "u.pressures >= %(least)s AND 100.0 * u.rounded > %(most)s * u.pressures",
        "v.systolic > 0 AND v.systolic %% 5 = 0",
    ),
    "fudging": _unit(
        "u.below || ':' || u.above",
        "u.below + u.above >= %(least)s AND u.below > %(most)s * u.above",
        "v.systolic BETWEEN 130 AND 139",
    ),
    "control_high": _unit(
        "u.controlled || '/' || u.judged || ' = ' || round(100.0 * u.controlled / u.judged, 1) || '%%'",
        "u.judged >= %(least)s AND 100.0 * u.controlled > %(most)s * u.judged",
        "v.result = 'satisfied'",
    ),
    "control_rise": _unit(
        "round(100.0 * b.controlled / b.judged, 1) || '%% → ' || round(100.0 * u.controlled / u.judged, 1) || '%%'",
        "u.judged >= %(least)s AND b.judged >= %(least)s"
        " AND 100.0 * u.controlled / u.judged - 100.0 * b.controlled / b.judged > %(most)s",
        "v.result = 'satisfied'",
        "JOIN doubtful_before b ON b.institution_id = u.institution_id"
        " AND b.worker_id IS NOT DISTINCT FROM u.worker_id",
    ),
    # Where an institution has a device at all.
    "no_device": _unit(
        "u.by_device || '/' || u.pressures",
        "u.pressures >= %(least)s AND 100.0 * u.by_device < %(most)s * u.pressures"
        " AND EXISTS (SELECT FROM doubtful_unit d WHERE d.institution_id = u.institution_id AND d.by_device > 0)",
        "v.systolic > 0 AND v.source <> 'device'",
    ),
}
