"""A year of colours: what befell the county's elders, its rules put in force by two persons, and graded month by month.

Graded by the code a county uses, with what each month's visits showed; what became better was confirmed by team
leaders, but for the last two months.
"""

from datetime import timedelta

from odoo.addons.bphs_base.tools.months import age_on, months_before
from odoo.addons.bphs_elderly.tools.grading.following import News

from ...invented.ages import share_of
from ...invented.elders import dependence
from ..seats.people import SIGN_IN_TOWNSHIPS

# The shipped rules, with what the section changed in them: where most elders live without their children and every
# sixth is 80, these alone would make more yellow than doctors can visit.
SHIPPED = "own-clock-2025"
RULES = {"code": "county-2025", "name": "区老年人健康分级标准（2025年）", "source": "区卫健局办公会议纪要〔2025〕3号"}
ALONE, LEFT_OUT = "Y05", {"living_alone", "empty_nest"}
OLD, YELLOW_FROM = "Y02", "85"
MONTHS = 12
# (model, what, day of it, from which age, per mille of the elders); in the last two years.
BEFELL = (
    ("bphs.acute.event", "fall", 65, 40),
    ("bphs.acute.event", "fall_injury", 70, 15),
    ("bphs.acute.event", "stroke", 65, 12),
    ("bphs.acute.event", "mi", 65, 6),
    ("bphs.acute.event", "hip_fracture", 75, 6),
    ("bphs.condition", "chd", 65, 40),
    ("bphs.condition", "stroke_sequelae", 65, 15),
    ("bphs.condition", "dementia", 75, 20),
    ("bphs.condition", "cancer_active", 65, 6),
    ("bphs.condition", "cancer_stable", 65, 8),
    ("bphs.social.fact", "no_carer", 75, 25),
)
DAYS = 730
# Of those proposed a few are refused, per mille.
REFUSED_SHARE = 80
REFUSED = "近期家中有变故，再观察一段时间。"
# (month, colour, why) of each township whose people sign in; the last waits for a second person.
DECIDED = (
    (10, "red", "近期两次家中无人应门，子女均在外地，由团队每月上门。"),
    (11, "yellow", "丧偶后情绪低落，饮食减少，团队每季度上门关注。"),
    (MONTHS, "red", "出院后卧床，家属照护有困难。"),
)


def elders(county):
    today = county.env["base"]._county_today()
    born = months_before(today, 65 * 12)
    people = county.env["bphs.resident"].search([("birth_date", "<=", born), ("status", "=", "active")])
    _befell(county, people, today)
    days = [months_before(today, months) for months in range(MONTHS, -1, -1)]
    with county.on(days[0]):
        _publish(county)
    shown = _shown(county, people, days)
    for month, day in enumerate(days):
        with county.on(day):
            known = people.filtered(lambda one, day=day: (one.file_created_on or day) <= day)
            news = {id_: News(contacts=contacts) for id_, contacts in shown[day].items()}
            county.env["bphs.elderly.grader"]._grade(known.ids, news)
            if month < MONTHS - 1:
                _decide_on_proposals(county, day)
            for decided, colour, reason in DECIDED:
                if decided == month:
                    _decide(county, colour, reason, confirmed=month < MONTHS)
    county.env["bphs.plan"]._follow_colours(people.ids)


def _befell(county, people, today):
    by_township = people.grouped("township_id")
    for row in county.townships:
        hands = f"ph.{row['login']}"
        found = {}
        for person in by_township.get(county.seat[row["code"]], people.browse()):
            age = age_on(person.birth_date, today)
            for model, kind, since, share in BEFELL:
                if age >= since and share_of(kind, person.id) < share:
                    day = today - timedelta(days=5 + share_of(f"{kind}/day", person.id) * DAYS // 1000)
                    name = "event_on" if model == "bphs.acute.event" else "date_from"
                    found.setdefault(model, []).append({"resident_id": person.id, "kind": kind, name: day})
            if dependence(person.id, age) == "unable":
                facts = {"resident_id": person.id, "kind": "bedridden", "date_from": today - timedelta(days=400)}
                found.setdefault("bphs.social.fact", []).append(facts)
        for model, vals_list in found.items():
            county.as_(hands, model).create(vals_list)


def _publish(county):
    """The section changes what was shipped and proposes it, a specialist of the county publishes."""
    shipped = county.as_("primarycare", "bphs.elderly.ruleset").search([("code", "=", SHIPPED)])
    ruleset = shipped.copy({**RULES, "date_from": shipped._county_today()})
    rules = {rule.code: rule for rule in ruleset.rule_ids}
    for condition in rules[ALONE].condition_ids:
        condition.code_ids = condition.code_ids.filtered(lambda one: one.code not in LEFT_OUT)
    rules[ALONE].text = rules[ALONE].text.replace("独居、空巢、", "")
    rules[OLD].condition_ids.filtered(lambda one: one.operator == ">=").value = YELLOW_FROM
    rules[OLD].text = rules[OLD].text.replace("80", YELLOW_FROM)
    ruleset.action_propose()
    county.as_("specialist", ruleset).action_publish()


def _shown(county, people, days):
    """:return: {day: {resident id: what the visits since the day before it showed}}"""
    shown = {day: {} for day in days}
    since = [("resident_id", "in", people.ids), ("done_on", ">", days[0]), ("state", "=", "done")]
    for visit in county.env["bphs.visit"].search(since, order="done_on, id"):
        if contacts := visit._elder_contacts():
            day = next(day for day in days if visit.done_on <= day)
            shown[day].setdefault(visit.resident_id.id, []).extend(contacts)
    return shown


def _decide_on_proposals(county, day):
    proposed = county.env["bphs.elderly.standing"].search([("proposal", "!=", False)])
    places = proposed.resident_id.township_id
    for row in county.townships:
        if county.seat[row["code"]] in places:
            _decide_on_some(county.as_(f"teamleader.{row['login']}", "bphs.elderly.standing"), day)


def _decide_on_some(standings, day):
    proposed = standings.search([("told", "=", True), ("proposal", "!=", False)]).filtered("may_confirm")
    refused = proposed.filtered(lambda one: share_of(f"refused/{day}", one.resident_id.id) < REFUSED_SHARE)
    if refused:
        refused.action_refuse(REFUSED)
    if confirmed := proposed - refused:
        confirmed.action_confirm()


def _decide(county, colour, reason, confirmed):
    """A team leader decides against the rules, public health of the township confirms: first of the seat's village."""
    for township in SIGN_IN_TOWNSHIPS:
        leader = f"teamleader.{township}"
        standings = county.as_(leader, "bphs.elderly.standing").search(
            [("told", "=", True), ("colour", "in", ("green", "unrated", *(("yellow",) if colour == "red" else ())))],
            order="id",
        )
        clinic = county.clinic[county.of_township(township)[0]["code"]]
        elder = standings.resident_id.sorted(lambda one, clinic=clinic: (one.institution_id != clinic, one.id))[:1]
        decision = county.as_(leader, "bphs.elderly.decision").create(
            {"resident_id": elder.id, "colour": colour, "reason": reason}
        )
        decision.action_propose()
        if confirmed:
            county.as_(f"ph.{township}", decision).action_confirm()
