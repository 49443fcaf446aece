"""What rules ask to be read, and what is read: graded from the database's text, people come out as from documents."""

from datetime import date
from decimal import Decimal

from grading_people import DAY, SHIPPED, people, ruleset
from hypothesis import given, settings

from odoo.addons.bphs_base.tools.months import months_before
from odoo.addons.bphs_elderly.tools.grading.grade import Grader
from odoo.addons.bphs_elderly.tools.grading.lines import facts_told, person_document, read_person
from odoo.addons.bphs_elderly.tools.grading.needs import needs_of, rules_for_named
from odoo.addons.bphs_elderly.tools.grading.replay import parse
from odoo.addons.bphs_elderly.tools.grading.ruleset_document import read_ruleset

RULESETS = {name: read_ruleset(ruleset(name)) for name in SHIPPED}


def lines_of(person, needs=None, day=DAY):
    """The text the database would give, of what is needed alone, of all that is known where nothing is said."""
    rows = []

    def wanted(key, on):
        since = needs and needs.since(key, day)
        return needs is None or since is not None and on > since

    for place, v in enumerate(person["values"]):
        if wanted(v["fact"], date.fromisoformat(v["date"])):
            rows.append((v["date"], place, "v", v["fact"], v["value"], v["date"], "", v["id"]))
    for place, r in enumerate(person["ranges"]):
        if needs is None or r["code"] in needs.codes.get(r["fact"], ()):
            rows.append(("", place, "r", r["fact"], r["code"], r["from"], r["to"] or "", r["id"]))
    for place, e in enumerate(person["events"]):
        key = "exam" if e["code"] == "exam" else ("event", e["code"])
        if wanted(key, date.fromisoformat(e["date"])):
            rows.append((e["date"], place, "e", "event", e["code"], e["date"], "", e["id"]))
    for place, c in enumerate(person["control"]):
        if wanted(("control", c["disease"]), date.fromisoformat(c["date"])):
            rows.append((c["date"], place, "c", c["disease"], c["is"], c["date"], "", c["id"]))
    for place, m in enumerate(person["manual"]):
        rows.append(("", place, "m", "manual", m["colour"], m["from"], m["to"] or "", m["id"]))
    return "\n".join("\t".join((*row[2:], "")) for row in sorted(rows))


def known_on(person, day):
    """Of the values those of the day or before it: the database holds no days to come."""
    values = [value for value in person["values"] if date.fromisoformat(value["date"]) <= day]
    return {**person, "values": values}


@settings(max_examples=settings().max_examples * 2)
@given(people())
def test_what_is_read_for_a_set_grades_as_all_that_is_known(document):
    for rules in RULESETS.values():
        grader = Grader(rules, DAY)
        person = parse({"ruleset": ruleset(SHIPPED[0]), "as_of": DAY.isoformat(), "people": [document]}).people[0]
        known = known_on(document, DAY)
        for needs in (None, needs_of(rules)):
            read, whole = read_person(person.code, person.birth_date, lines_of(known, needs))
            assert whole is None
            assert grader.grade(read) == grader.grade(person)


def test_what_is_for_named_persons_is_read_apart():
    text = "v\tsbp\t150\t2025-12-01\t\tv1\t\nv\tsmi_risk\t3\t2025-12-02\t\tv2\t1\nr\tcondition\tchd\t\t\tc1\t"
    shown, whole = read_person("x", date(1950, 1, 1), text)
    assert [value.fact for value in shown.values] == ["sbp"]
    assert [value.fact for value in whole.values] == ["sbp", "smi_risk"]
    assert shown.spans[0].start == date(1950, 1, 1), "since nobody knows when"
    assert read_person("x", date(1950, 1, 1), None)[0].values == ()


def test_facts_are_told_beside_a_grade_and_written_as_a_document():
    text = "\n".join(
        (
            "v\tsbp\t150\t2025-12-01\t\tv1\t",
            "v\tmood_screen\tpositive\t2025-12-01\t\tv2\t",
            "r\tsocial\tliving_alone\t2020-01-01\t2025-12-31\ts1\t",
            "e\tevent\tfall\t2025-11-01\t\te1\t",
            "c\thypertension\tcontrolled\t2025-10-01\t\tv3.hypertension\t",
            "m\tmanual\tred\t2025-12-01\t2026-01-01\td1\t",
        )
    )
    person, _none = read_person("x", date(1950, 1, 1), text)
    assert person.values[0].value == Decimal(150)
    assert facts_told(person, frozenset({"s1", "d1"})) == {
        "d1": ["m", "manual", "red", "2025-12-01", "2026-01-01"],
        "s1": ["r", "social", "living_alone", "2020-01-01", "2025-12-31"],
    }
    assert facts_told(person, frozenset({"v1", "e1", "v3.hypertension"})) == {
        "e1": ["e", "event", "fall", "2025-11-01", None],
        "v1": ["v", "sbp", "150", "2025-12-01", None],
        "v3.hypertension": ["c", "hypertension", "controlled", "2025-10-01", None],
    }
    document = {"ruleset": ruleset(SHIPPED[0]), "as_of": "2025-12-31", "people": [person_document(person)]}
    assert parse(document).people[0] == person


def test_needs_are_the_longest_windows_and_the_codes_that_are_named():
    needs = needs_of(RULESETS["strict-2025"])
    assert needs.since("sbp", DAY) == months_before(DAY, 6)
    assert needs.since("adl_score", DAY) == months_before(DAY, 12)
    assert needs.since("gold_stage", DAY) == months_before(DAY, 60)
    assert needs.since(("event", "stroke"), DAY) == date.min, "one longer ago is looked for as well"
    assert needs.since(("event", "major_surgery"), DAY) == months_before(DAY, 6)
    assert needs.since(("control", "copd"), DAY) == months_before(DAY, 12)
    assert needs.since("mmse", DAY) is None
    assert "dialysis" in needs.codes["condition"] and needs.codes["finding"] == {"critical", "recheck"}
    assert {80, 90} <= needs.ages
    assert needs_of(RULESETS["own-clock-2025"]).codes["condition"] >= {"hypertension", "diabetes", "copd"}


def test_rules_whose_text_speaks_of_what_only_named_persons_are_told():
    assert rules_for_named(RULESETS["strict-2025"]) == {"R06", "Y11"}
