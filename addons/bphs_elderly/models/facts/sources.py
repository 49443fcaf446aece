"""Where facts of people come from: one SQL statement a source, all of one shape, read together as one set.

Each source is a function of what is needed and of a day, and gives rows of::

    resident_id, kind, fact, word, day, until, id, named, place, changed

as `tools/grading/lines.py` reads them. ``place`` says which of two facts of one day is the later: the one that was
entered later, whichever table it stands in. ``changed`` is when it was last written. The database is told all days as
they are; which of them count, the rules decide.
"""

from collections.abc import Callable
from datetime import date

from odoo.tools import SQL

from ...tools.grading.needs import Needs
from ...tools.grading.rules import EXAM, VALUES

DISEASES = ("hypertension", "diabetes", "copd")
# What a typed column or an answer of a service record tells. `t` is its form.
OF_VISITS = {
    "adl_score": "CASE WHEN t.code = 'self_care' AND v.is_scored THEN v.score::text END",
    "sbp": "nullif(v.systolic, 0)::text",
    "dbp": "nullif(v.diastolic, 0)::text",
    "fasting_glucose": "nullif(v.fasting_glucose, 0)::text",
    "hba1c": "nullif(v.hba1c, 0)::text",
    "bmi": """CASE WHEN v.height > 0 AND v.weight > 0 THEN
        round((v.weight / (v.height / 100) ^ 2)::numeric, 1)::text END""",
    "smi_risk": "v.risk_level",
    "smi_state": "CASE v.smi_class WHEN 'nearly' THEN 'fairly_stable' ELSE v.smi_class END",
    "cognition_screen": """CASE t.code WHEN 'elder_exam' THEN v.answers ->> 'cognition' WHEN 'ad8' THEN
        CASE WHEN v.is_scored THEN CASE v.score_level WHEN 'normal' THEN 'negative' ELSE 'positive' END END END""",
    "mood_screen": """CASE t.code WHEN 'elder_exam' THEN v.answers ->> 'mood' WHEN 'gds15' THEN
        CASE WHEN v.is_scored THEN CASE v.score_level WHEN 'normal' THEN 'negative' ELSE 'positive' END END END""",
    # Of the records that ask for all medicines a person takes.
    "long_term_drugs": """CASE WHEN t.code IN ('elder_exam', 'chronic') THEN nullif((SELECT count(*) FROM
        bphs_visit_medicine m WHERE m.visit_id = v.id AND m.adherence IS DISTINCT FROM 'none'), 0)::text END""",
}
OF_SMI = frozenset({"smi_risk", "smi_state"})
IS_OF_SMI = "(v.risk_level IS NOT NULL OR v.smi_class IS NOT NULL)"
IS_EXAM = "CASE t.code WHEN 'elder_exam' THEN 'exam' END"
# Of its own form, or of the one for all, each disease it was for.
CONTROL_OF = """CASE WHEN t.code = 'DISEASE' OR t.code = 'chronic' AND v.answers -> 'diseases' ? 'DISEASE' THEN
    CASE WHEN v.result = 'satisfied' THEN 'controlled' WHEN v.result IS NOT NULL THEN 'uncontrolled' END END"""
# The day on which it was measured, where that is not the day of the record.
MEASURED_ON = {"hba1c": "coalesce(v.hba1c_on, v.done_on)"}
# The second of the entry, then the record's id; what came from outside stands after what was found here at that moment.
PLACE = "(date_part('epoch', coalesce({0}.create_date, 'epoch'))::bigint << 32) + {0}.id"
OF_VISIT, OF_CONDITION = SQL(PLACE.format("v")), SQL(PLACE.format("c"))
FROM_OUTSIDE = SQL(PLACE.format("o") + " + (1::bigint << 31)")
Source = Callable[[Needs, date, list[int]], SQL | None]


def all_facts(needs: Needs, day: date, people: list[int]) -> SQL:
    """Return the facts of people that may matter on a day, of all sources, as one set.

    :param people: ids of residents
    """
    parts = [part for source in SOURCES if (part := source(needs, day, people)) is not None]
    return SQL(" UNION ALL ").join(parts)


def visits(needs, day, people):
    """Measurements, scores, screenings, examinations and assessments of the service records that count: in one pass."""
    of_records = {("v", fact): (since, OF_VISITS[fact]) for fact in OF_VISITS if (since := needs.since(fact, day))}
    if since := needs.since(EXAM, day):
        of_records["e", "event"] = (since, IS_EXAM)
    for disease in DISEASES:
        if since := needs.since(("control", disease), day):
            of_records["c", disease] = (since, CONTROL_OF.replace("DISEASE", disease))
    parts = [
        _of_visits(asked, answered, people)
        for answered, asked in (
            (SQL("TRUE"), {key: told for key, told in of_records.items() if key[1] not in OF_SMI}),
            # Looked for longest, and asked by one form alone.
            (SQL(IS_OF_SMI), {key: told for key, told in of_records.items() if key[1] in OF_SMI}),
        )
        if asked
    ]
    return SQL(" UNION ALL ").join(parts) if parts else None


def _of_visits(asked, answered, people):
    told = SQL(", ").join(
        SQL(
            "(%s, %s, %s, %s, %s::date, %s)",
            kind,
            fact,
            SQL(words),  # pylint: disable=sql-injection
            SQL(MEASURED_ON.get(fact, "v.done_on")),  # pylint: disable=sql-injection
            since,
            "exam" if kind == "e" else fact,
        )
        for (kind, fact), (since, words) in asked.items()
    )
    return SQL(
        """
        SELECT v.resident_id, f.kind, f.fact, f.word, f.day, NULL::date AS until,
               'v' || v.id || '.' || f.part AS id, v.sensitive AS named, %(place)s AS place, v.write_date AS changed
          FROM bphs_visit v JOIN bphs_form_template t ON t.id = v.template_id
         CROSS JOIN LATERAL (VALUES %(told)s) AS f (kind, fact, word, day, since, part)
         WHERE v.state = 'done' AND v.done_on > %(oldest)s AND %(answered)s AND f.word IS NOT NULL AND f.day > f.since
           AND v.resident_id = ANY(%(people)s)
        """,
        told=told,
        place=OF_VISIT,
        oldest=min(since for since, _words in asked.values()),
        answered=answered,
        people=people,
    )


def conditions(needs, day, people):
    """Diseases and complications that were entered with their days; a complication stands for any of them as well."""
    codes = sorted(needs.codes.get("condition", ()))
    if not codes:
        return None
    return SQL(
        """
        SELECT c.resident_id, 'r', 'condition', k.code, c.date_from, c.date_to,
               'c' || c.id || CASE k.code WHEN c.kind THEN '' ELSE '.complication' END, c.sensitive, c.id, c.write_date
          FROM bphs_condition c
         CROSS JOIN LATERAL (VALUES (c.kind), (CASE WHEN c.is_complication THEN 'complication' END)) AS k (code)
         WHERE c.state = 'recorded' AND k.code = ANY(%(codes)s) AND c.resident_id = ANY(%(people)s)
        """,
        codes=codes,
        people=people,
    )


def gold_stages(needs, day, people):
    """The stage that a diagnosis of COPD says, where it is one of the four."""
    since = needs.since("gold_stage", day)
    if since is None:
        return None
    return SQL(
        """
        SELECT c.resident_id, 'v', 'gold_stage', substring(c.stage FROM '[1-4]'), c.date_from, NULL::date,
               'c' || c.id || '.gold_stage', FALSE, %(place)s, c.write_date
          FROM bphs_condition c
         WHERE c.state = 'recorded' AND c.kind = 'copd' AND c.stage ~* '^(GOLD)? *[1-4] *级?$'
           AND c.date_from > %(since)s AND c.resident_id = ANY(%(people)s)
        """,
        place=OF_CONDITION,
        since=since,
        people=people,
    )


def key_groups(needs, day, people):
    """Diseases and social circumstances that stand in the register as a key group alone."""
    parts = [
        SQL(
            """
            SELECT g.resident_id, 'r', %(fact)s, g.kind, g.date_from, g.date_to, 'g' || g.id, g.kind IN ('smi', 'tb'),
                   g.id, g.write_date
              FROM bphs_resident_group g
             WHERE g.kind = ANY(%(codes)s) AND g.resident_id = ANY(%(people)s)
               AND NOT EXISTS (SELECT FROM %(dated)s f
                                WHERE f.resident_id = g.resident_id AND f.kind = g.kind AND f.state = 'recorded')
            """,
            fact=fact,
            codes=sorted(codes),
            people=people,
            dated=SQL.identifier(table),
        )
        for fact, table in (("condition", "bphs_condition"), ("social", "bphs_social_fact"))
        if (codes := needs.codes.get(fact))
    ]
    return SQL(" UNION ALL ").join(parts) if parts else None


def social_facts(needs, day, people):
    """Circumstances that were entered with their days."""
    codes = sorted(needs.codes.get("social", ()))
    if not codes:
        return None
    return SQL(
        """
        SELECT s.resident_id, 'r', 'social', s.kind, s.date_from, s.date_to, 's' || s.id, FALSE, s.id, s.write_date
          FROM bphs_social_fact s
         WHERE s.state = 'recorded' AND s.kind = ANY(%(codes)s) AND s.resident_id = ANY(%(people)s)
        """,
        codes=codes,
        people=people,
    )


MARKS = ("living_alone", "empty_nest", "extreme_poverty", "minimum_living", "disability_card")


def register_marks(needs, day, people):
    """Circumstances that the register marks, since nobody knows when, and nobody entered with a day."""
    asked = [mark for mark in MARKS if mark in needs.codes.get("social", ())]
    if not asked:
        return None
    return SQL(
        """
        SELECT r.id, 'r', 'social', m.code, NULL::date, NULL::date, 'r' || r.id || '.' || m.code, FALSE, r.id,
               NULL::timestamp
          FROM bphs_resident r CROSS JOIN LATERAL (VALUES %(marks)s) AS m (code, marked)
         WHERE m.marked AND r.id = ANY(%(people)s)
           AND NOT EXISTS (SELECT FROM bphs_social_fact f
                            WHERE f.resident_id = r.id AND f.kind = m.code AND f.state = 'recorded')
        """,
        marks=SQL(", ").join(SQL("(%s, %s)", mark, SQL.identifier("r", mark)) for mark in asked),
        people=people,
    )


def events(needs, day, people):
    """What befell a person on a day."""
    codes = {
        key[1]: since
        for key in needs.windows
        if isinstance(key, tuple) and key[0] == "event" and (since := needs.since(key, day))
    }
    if not codes:
        return None
    return SQL(
        """
        SELECT a.resident_id, 'e', 'event', a.kind, a.event_on, NULL::date, 'e' || a.id, FALSE, a.id, a.write_date
          FROM bphs_acute_event a JOIN (VALUES %(told)s) AS k (code, since) ON k.code = a.kind AND a.event_on > k.since
         WHERE a.state = 'recorded' AND a.resident_id = ANY(%(people)s)
        """,
        told=SQL(", ").join(SQL("(%s, %s::date)", *pair) for pair in codes.items()),
        people=people,
    )


def findings(needs, day, people):
    """What an examination found, from the day it was found to the one before it was handled, as by an answer.

    Of a record for named persons it is for them, like what the record says.
    """
    codes = sorted(needs.codes.get("finding", ()))
    if not codes:
        return None
    return SQL(
        """
        SELECT f.resident_id, 'r', 'finding', f.severity, f.found_on, f.handled_on - 1, 'f' || f.id,
               exam.sensitive IS TRUE, f.id, f.write_date
          FROM bphs_finding f
          LEFT JOIN bphs_visit exam ON exam.id = f.visit_id
         WHERE f.state IN ('open', 'closed') AND (f.handled_on IS NULL OR f.handled_on > f.found_on)
           AND f.severity = ANY(%(codes)s) AND f.resident_id = ANY(%(people)s)
        """,
        codes=codes,
        people=people,
    )


def outside_values(needs, day, people):
    """Measurements, scores, examinations and assessments of control that were brought in from outside."""
    asked = {fact: since for fact in (*VALUES, EXAM) if (since := needs.since(fact, day))}
    asked |= {disease: since for disease in DISEASES if (since := needs.since(("control", disease), day))}
    if not asked:
        return None
    return SQL(
        """
        SELECT o.resident_id,
               CASE WHEN o.kind = 'exam' THEN 'e' WHEN o.kind = ANY(%(diseases)s) THEN 'c' ELSE 'v' END,
               CASE WHEN o.kind = 'exam' THEN 'event' ELSE o.kind END,
               CASE WHEN o.kind = 'exam' THEN 'exam' ELSE o.value END,
               o.measured_on, NULL::date, 'o' || o.id, o.sensitive, %(place)s, o.write_date
          FROM bphs_elderly_outside o
          JOIN (VALUES %(told)s) AS k (fact, since) ON k.fact = o.kind AND o.measured_on > k.since
         WHERE o.state = 'recorded' AND o.resident_id = ANY(%(people)s)
        """,
        diseases=list(DISEASES),
        place=FROM_OUTSIDE,
        told=SQL(", ").join(SQL("(%s, %s::date)", *pair) for pair in asked.items()),
        people=people,
    )


def decisions(needs, day, people):
    """What a team leader decided and a second person confirmed."""
    return SQL(
        """
        SELECT d.resident_id, 'm', 'manual', d.colour, d.date_from, d.date_to, 'd' || d.id, FALSE, d.id, d.write_date
          FROM bphs_elderly_decision d
         WHERE d.state IN ('confirmed', 'ended') AND d.resident_id = ANY(%(people)s)
        """,
        people=people,
    )


SOURCES: tuple[Source, ...] = (
    visits,
    conditions,
    gold_stages,
    key_groups,
    social_facts,
    register_marks,
    events,
    findings,
    outside_values,
    decisions,
)
