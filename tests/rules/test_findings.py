from decimal import Decimal

import pytest

from odoo.addons.bphs_service.tools.findings import FindingRule, findings, is_asked_again

HIGH = FindingRule(1, "pressure", "systolic", ">=", Decimal(140))
CRISIS = FindingRule(2, "pressure", "systolic", ">=", Decimal(180), severity="critical")
LOW_DIASTOLIC = FindingRule(3, "pressure", "diastolic", ">=", Decimal(90))
ECG = FindingRule(4, "ecg", "ecg", "in", answers=frozenset({"abnormal"}))
HB_WOMEN = FindingRule(5, "anaemia", "hemoglobin", "<", Decimal(110), sex="female")


@pytest.mark.parametrize(
    ("op", "value", "answer", "hits"),
    [
        (">=", "7.0", 7.0, True),
        (">=", "7.0", 6.9, False),
        (">", "28", 28, False),
        (">", "28", 28.1, True),
        ("<=", "3.9", 3.9, True),
        ("<=", "3.9", 3.91, False),
        ("<", "110", 110, False),
        ("<", "110", 109.9, True),
        # 0.1 + 0.2 is what a float makes of 0.3.
        (">", "0.3", 0.3, False),
    ],
)
def test_bounds(op, value, answer, hits):
    assert FindingRule(1, "x", "x", op, Decimal(value)).hits({"x": answer}, None) is hits


@pytest.mark.parametrize("blank", [None, False, "", [], ()])
def test_what_was_not_answered_is_not_abnormal(blank):
    assert not HIGH.hits({"systolic": blank}, "male")
    assert not FindingRule(1, "x", "systolic", "<", Decimal(90)).hits({"systolic": blank}, "male")
    assert not HIGH.hits({}, "male")


def test_choices_alone_and_several():
    assert ECG.hits({"ecg": "abnormal"}, None)
    assert not ECG.hits({"ecg": "normal"}, None)
    assert ECG.hits({"ecg": ["normal", "abnormal"]}, None)


def test_bounds_of_one_sex():
    assert HB_WOMEN.hits({"hemoglobin": 105}, "female")
    assert not HB_WOMEN.hits({"hemoglobin": 105}, "male")
    assert not HB_WOMEN.hits({"hemoglobin": 105}, None)


def test_one_finding_of_several_rules_at_its_worst():
    rules = [HIGH, CRISIS, LOW_DIASTOLIC, ECG]
    found = findings(rules, {"systolic": 186, "diastolic": 96, "ecg": "normal"}, "male")
    assert list(found) == ["pressure"]
    assert found["pressure"].rule is CRISIS
    assert found["pressure"].hits == (HIGH, CRISIS, LOW_DIASTOLIC)
    assert findings(rules, {"systolic": 150}, "male")["pressure"].rule is HIGH
    assert findings(rules, {"systolic": 130, "diastolic": 80}, "male") == {}


def test_asked_again_where_all_that_was_abnormal_is_answered():
    rules = [HIGH, LOW_DIASTOLIC, ECG]
    hit = ("systolic", "diastolic")
    assert is_asked_again(rules, "pressure", hit, {"systolic": 130, "diastolic": 80})
    assert not is_asked_again(rules, "pressure", hit, {"systolic": 130})
    assert not is_asked_again(rules, "ecg", hit, {"systolic": 130, "diastolic": 80})
    assert not is_asked_again([], "pressure", hit, {"systolic": 130, "diastolic": 80})
