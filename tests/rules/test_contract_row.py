"""A row of a list of contracts: what it says, and every reason why it is refused."""

from datetime import date

import pytest

from odoo.addons.bphs_base.tools.reading.cells import Unread
from odoo.addons.bphs_team.tools.contract_row import COLUMNS, ContractReader
from odoo.addons.bphs_team.tools.terms import TermRule

TODAY = date(2026, 3, 10)
KEYS = [column.key for column in COLUMNS]
EHR, ID = "14040410220012345", "11010519491231002X"
TERMS = [TermRule(date(2020, 1, 1), 12, 60, 12), TermRule(date(2026, 3, 1), 24, 36, 24)]
PACKAGES = {"JC": [(date(2024, 1, 1), 1, 12), (date(2026, 1, 1), 2, 24)]}


def read(**cells):
    reader = ContractReader({key: at for at, key in enumerate(KEYS)}, {"T1": 7}, PACKAGES, TERMS, TODAY)
    row = {"ehr_number": EHR, "name": "张 三", "package": "JC", "signed_on": "2026-02-01", **cells}
    return reader.read([row.get(key, "") for key in KEYS])


def test_what_a_row_says():
    row, problems = read(team="T1", id_number=ID.lower(), months="36", date_from="2026-02-10")
    assert not problems
    assert row == {
        "ehr_number": EHR,
        "id_number": ID,
        "name": "张三",
        "team_id": 7,
        "package_id": 2,
        "signed_on": date(2026, 2, 1),
        "date_from": date(2026, 2, 10),
        "months": 36,
        "until": date(2029, 2, 10),
    }


def test_what_it_leaves_open_is_usual():
    row, __ = read()
    assert (row["team_id"], row["months"], row["date_from"]) == (None, 24, date(2026, 2, 1))
    row, __ = read(signed_on="2025-02-01")
    assert (row["package_id"], row["months"]) == (1, 12), "the version of that day"


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("missing", {"name": ""}),
        ("missing", {"ehr_number": ""}),
        ("number", {"ehr_number": "123"}),
        ("number", {"id_number": "110105194912310021"}),
        ("date", {"signed_on": "2026-03-11"}),
        ("date", {"signed_on": "1999-01-01"}),
        ("date", {"date_from": "2026-01-01"}),
        ("package", {"package": "XX"}),
        ("package", {"signed_on": "2023-01-01"}),
        ("team", {"team": "T9"}),
        ("months", {"months": "6"}),
        ("months", {"months": "61"}),
        ("months", {"months": "0"}),
        ("months", {"months": "12", "signed_on": "2026-03-05"}),
        ("unreadable", {"months": "一年"}),
        ("unreadable", {"name": "=张三"}),
        ("unreadable", {"name": "张" * 61}),
        ("unreadable", {"name": Unread("=A1", "是公式")}),
    ],
)
def test_why_a_row_is_refused(kind, cells):
    __, problems = read(**cells)
    assert [problem.kind for problem in problems] == [kind]
    assert "：" in str(problems[0])


def test_a_document_of_another_kind_is_taken_as_it_is():
    row, problems = read(id_number="E1234567", ehr_number="")
    assert not problems and row["id_number"] == "E1234567"


def test_a_short_row_is_read_as_far_as_it_goes():
    reader = ContractReader({"ehr_number": 0, "name": 9}, {}, PACKAGES, TERMS, TODAY)
    __, problems = reader.read([EHR])
    assert {problem.column for problem in problems} == {"name", "package", "signed_on"}


def test_a_day_said_twice_is_read_once():
    row, problems = read(signed_on="2025-03-01", date_from="2025-03-01")
    assert not problems
    assert row["signed_on"] == row["date_from"]
