"""Whether what was measured is controlled, at every boundary of the specification's values and in every branch."""

from decimal import Decimal

import pytest

from odoo.addons.bphs_service.tools.control import Rule, assess

# (disease, measure, bound, value, effect, from age, to age): as the module ships them.
RULES = [
    Rule(disease, measure, bound, Decimal(value), effect, *ages)
    for disease, measure, bound, value, effect, *ages in (
        ("hypertension", "systolic", "from", "140", "uncontrolled", 0, 64),
        ("hypertension", "systolic", "from", "150", "uncontrolled", 65, 0),
        ("hypertension", "diastolic", "from", "90", "uncontrolled"),
        ("hypertension", "drug_reaction", "from", "1", "reaction"),
        ("diabetes", "fasting_glucose", "from", "7.0", "uncontrolled"),
        ("any", "systolic", "from", "180", "danger"),
        ("any", "diastolic", "from", "110", "danger"),
        ("any", "fasting_glucose", "from", "16.7", "danger"),
        ("any", "fasting_glucose", "up_to", "3.9", "danger"),
    )
]
PRESSURE, SUGAR, BOTH = frozenset({"hypertension"}), frozenset({"diabetes"}), frozenset({"hypertension", "diabetes"})


def judged(diseases, age, **measured):
    found = assess(RULES, diseases, age, {name: Decimal(value) for name, value in measured.items()})
    return found.result, found.danger


@pytest.mark.parametrize(
    ("diseases", "age", "measured", "expected"),
    [
        (PRESSURE, 64, {"systolic": "139", "diastolic": "89"}, ("satisfied", False)),
        (PRESSURE, 64, {"systolic": "140", "diastolic": "80"}, ("uncontrolled", False)),
        (PRESSURE, 65, {"systolic": "140", "diastolic": "80"}, ("satisfied", False)),
        (PRESSURE, 65, {"systolic": "149", "diastolic": "89"}, ("satisfied", False)),
        (PRESSURE, 65, {"systolic": "150", "diastolic": "89"}, ("uncontrolled", False)),
        (PRESSURE, 90, {"systolic": "120", "diastolic": "90"}, ("uncontrolled", False)),
        (PRESSURE, 50, {"systolic": "179", "diastolic": "109"}, ("uncontrolled", False)),
        (PRESSURE, 50, {"systolic": "180", "diastolic": "80"}, ("uncontrolled", True)),
        (PRESSURE, 70, {"systolic": "149", "diastolic": "110"}, ("uncontrolled", True)),
        # One value alone decides nothing good, and everything bad.
        (PRESSURE, 50, {"systolic": "120"}, (None, False)),
        (PRESSURE, 50, {"systolic": "150"}, ("uncontrolled", False)),
        (PRESSURE, 50, {}, (None, False)),
        # Whose age nobody knows is not told to be controlled by a rule that asks for it.
        (PRESSURE, None, {"systolic": "120", "diastolic": "80"}, (None, False)),
        (PRESSURE, None, {"systolic": "120", "diastolic": "95"}, ("uncontrolled", False)),
        (PRESSURE, 50, {"systolic": "120", "diastolic": "80", "drug_reaction": "1"}, ("reaction", False)),
        (PRESSURE, 50, {"systolic": "150", "diastolic": "80", "drug_reaction": "1"}, ("reaction", False)),
        (PRESSURE, 50, {"systolic": "120", "diastolic": "80", "drug_reaction": "0"}, ("satisfied", False)),
        (SUGAR, None, {"fasting_glucose": "6.9"}, ("satisfied", False)),
        (SUGAR, 60, {"fasting_glucose": "7.0"}, ("uncontrolled", False)),
        (SUGAR, 60, {"fasting_glucose": "16.69"}, ("uncontrolled", False)),
        (SUGAR, 60, {"fasting_glucose": "16.7"}, ("uncontrolled", True)),
        (SUGAR, 60, {"fasting_glucose": "3.91"}, ("satisfied", False)),
        (SUGAR, 60, {"fasting_glucose": "3.9"}, ("uncontrolled", True)),
        # Both diseases ask for both measures.
        (BOTH, 60, {"systolic": "120", "diastolic": "80"}, (None, False)),
        (BOTH, 60, {"systolic": "120", "diastolic": "80", "fasting_glucose": "6.0"}, ("satisfied", False)),
        (BOTH, 60, {"systolic": "120", "diastolic": "80", "fasting_glucose": "8.0"}, ("uncontrolled", False)),
        # Danger is anybody's; a class is not.
        (frozenset(), 30, {"systolic": "185", "diastolic": "80"}, (None, True)),
        (frozenset(), 30, {"systolic": "150", "diastolic": "80"}, (None, False)),
    ],
)
def test_every_boundary(diseases, age, measured, expected):
    assert judged(diseases, age, **measured) == expected


def test_all_that_is_hit_is_told():
    found = assess(RULES, PRESSURE, 50, {"systolic": Decimal(185), "diastolic": Decimal(95)})
    assert [(rule.measure, rule.effect, value) for rule, value in found.hits] == [
        ("systolic", "uncontrolled", 185),
        ("diastolic", "uncontrolled", 95),
        ("systolic", "danger", 185),
    ]


def test_ages_run_to_their_last_year():
    rule = RULES[0]
    assert [rule.is_at(age) for age in (0, 64, 65, None)] == [True, True, False, False]
    assert [RULES[1].is_at(age) for age in (64, 65, 120)] == [False, True, True]
