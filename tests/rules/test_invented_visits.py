"""Services of an invented county: as many as asked for, in order of their days, and the same every time."""

from datetime import date, timedelta

from odoo.addons.bphs_demo.invented.elders import ITEMS, comes_to_exams, days_between_visits, dependence, screened
from odoo.addons.bphs_demo.invented.visits import YEARS, Cared, draw_visits, forms_of
from odoo.addons.bphs_service.tools.scores import self_care

TODAY = date(2026, 6, 30)
SINCE = date(2015, 1, 1)


def cared(number, birth, *groups, since=SINCE):
    return Cared(number, 7, birth, since, frozenset(groups))


PEOPLE = [
    cared(1, date(1950, 1, 1), "hypertension"),
    cared(2, date(1970, 1, 1), "hypertension", "diabetes"),
    cared(3, date(1980, 1, 1), "smi", "tb"),
    cared(4, date(2025, 1, 1), since=date(2025, 1, 1)),
    cared(5, date(2021, 1, 1)),
    cared(6, date(1990, 1, 1)),
]


def test_forms_follow_from_groups_and_age():
    assert [forms_of(person, TODAY) for person in PEOPLE] == [
        ["hypertension", "elder_exam", "self_care", "tcm33", "elder_follow"],
        ["chronic", "elder_exam"],
        ["smi", "tb_follow"],
        ["child", "child_tcm"],
        ["child"],
        [],
    ]


def test_exactly_so_many_in_order():
    for count in (0, 1, 17, 500):
        drawn = list(draw_visits(PEOPLE, TODAY, count))
        assert len(drawn) == count
        assert [record.done_on for record in drawn] == sorted(record.done_on for record in drawn)
        assert drawn == list(draw_visits(PEOPLE, TODAY, count))
    assert drawn != list(draw_visits(PEOPLE, TODAY, count, seed=2))
    assert list(draw_visits(PEOPLE[-1:], TODAY)) == []


def test_as_the_specification_asks():
    drawn = list(draw_visits(PEOPLE, TODAY))
    first = [record.form for record in drawn if record.person.resident_id == 1]
    forms = ("hypertension", "elder_exam", "self_care", "tcm33", "elder_follow")
    assert [first.count(form) for form in forms] == [12, 3, 3, 3, 6]
    for record in drawn:
        assert max(record.person.since, TODAY - timedelta(YEARS * 365)) <= record.done_on <= record.entered_on <= TODAY
        assert record.form not in ("elder_exam", "child") or record.mode != "phone"
        assert ("result" in record.values) == (record.form in ("hypertension", "diabetes", "chronic"))


def test_elders_depend_on_others_the_more_the_older_they_are_and_stay_so():
    def share(age):
        return sum(dependence(number, age) != "able" for number in range(2000)) / 2000

    assert dependence(1, 40) == "able"
    assert 0.01 < share(66) < share(76) < share(81) < share(90) < 0.4
    assert {dependence(number, 90) for number in range(2000)} == set(ITEMS)
    for level, worth in ITEMS.items():
        assert self_care(worth).level == level
    assert 0.05 < sum(not comes_to_exams(number) for number in range(2000)) / 2000 < 0.2


def test_who_is_frail_is_seen_more_often_and_screened():
    assert [days_between_visits(*who) for who in (("able", 70), ("mild", 70), ("able", 84), ("unable", 70))] == [
        183,
        91,
        91,
        30,
    ]
    screens = [screened(number, "able")["cognition"] for number in range(2000)]
    assert 0.01 < screens.count("positive") / 2000 < 0.06
    assert screened(1, "moderate")["cognition"] == "positive"


def test_self_care_is_asked_when_they_are_examined():
    drawn = [record for record in draw_visits(PEOPLE, TODAY) if record.person.resident_id == 1]
    days = {form: {record.done_on for record in drawn if record.form == form} for form in ("elder_exam", "self_care")}
    assert days["elder_exam"] == days["self_care"]
    answers = next(record.values for record in drawn if record.form == "self_care")
    assert self_care([int(answers[f"item_{number}"]) for number in range(1, 6)]).level == "able"
    exam = next(record.values for record in drawn if record.form == "elder_exam")
    assert (exam["self_care_level"], exam["cognition"]) == ("able", "negative")
