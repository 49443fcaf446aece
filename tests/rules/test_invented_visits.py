"""Services of an invented county: as many as asked for, in order of their days, and the same every time."""

from datetime import date, timedelta

from odoo.addons.bphs_demo.invented.visits import YEARS, Cared, draw_visits, forms_of

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
