"""The rules of the house find what they are for, and leave alone what is in order."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT))  # noqa: E402 the runner is a package of the checkout

from tests.runner import house, house_money, house_tests  # noqa: E402

NAMES = {"amount", "prepay_ratio"}
MODEL = Path("addons/bphs_fund/models/bphs_fund_x.py")
RULE = Path("addons/bphs_fund/tools/x.py")


def money(code, path=MODEL):
    return [line for line, _what in house_money.problems(path, ast.parse(code), NAMES)]


@pytest.mark.parametrize(
    "code",
    [
        "x = line.amount + 1",
        "x = 3 * line.amount",
        "x = -line.amount - y",
        "total += line.amount",
        "x = sum(line.amount for line in lines)",
        "x = sum(lines.mapped('amount'))",
        "x = round(line.prepay_ratio, 2)",
        "x = line.prepay_ratio < other",
        "x = float(y)",
    ],
)
def test_arithmetic_on_money_is_found(code):
    assert money(code) == [1]


@pytest.mark.parametrize(
    "code",
    [
        "x = to_decimal(line.amount) + 1",
        "x = sum((to_decimal(line.amount) for line in lines), ZERO)",
        "x = line.amount <= 0",
        "x = {'amount': line.amount}",
        "x = line.sequence + 1",
    ],
)
def test_decimals_are_left_alone(code):
    assert money(code) == []


def test_rules_reckon_with_what_is_decimal_there_and_write_no_float_down():
    assert money("x = quarter.amount * quarter.prepay_ratio", RULE) == []
    assert money("x = amount * 0.7", RULE) == [1]
    assert money("x = line.amount + 1", Path("addons/bphs_resident/models/x.py")) == []


def test_names_of_money_are_read_from_the_fields():
    code = "a = fields.Monetary()\nb = fields.Float(digits=(5, 4))\nc = fields.Float()\nd = fields.Integer()\n"
    assert house_money.field_names([ast.parse(code), ast.parse("b = fields.Integer()")]) == {"a"}


def found_in(body):
    code = "def test_x(self):\n" + "\n".join(f"    {line}" for line in body.splitlines())
    return [line for line, _what in house_tests.problems(ast.parse(code))]


@pytest.mark.parametrize(
    "body",
    [
        "self.assertRaises(UserError, call)",
        "with self.assertRaises(AccessError):\n    call()",
        "with self.assertRaises((KeyError, ValidationError)):\n    call()",
        "self.assertEqual(order.name, order.name)",
        "self.assertEqual(1, 1)",
        "self.assertTrue('a text')",
        "self.assertTrue(len(found) >= 0)",
        "assert found or True",
        "assert (found, 'a text')",
        "told.append(x)\nself.assertIn(x, told)",
    ],
)
def test_a_test_that_says_nothing_is_found(body):
    assert found_in(body)


@pytest.mark.parametrize(
    "body",
    [
        "with self.refused('is under approval'):\n    call()",
        "with self.assertRaisesRegex(UserError, 'is under'):\n    call()",
        "with self.assertRaises(KeyError):\n    call()",
        "self.assertEqual(order.name, other.name)",
        "self.assertTrue(found)",
        "told.append(x)\nself.assertIn(y, told)",
    ],
)
def test_a_test_that_can_fail_is_left_alone(body):
    assert not found_in(body)


COMMON = "class Case:\n    def test_x(self):\n        pass\n"


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        (COMMON + "@tagged()\nclass Own(Case):\n    module = 'x'\n", [5]),
        (COMMON + "class Between(Case):\n    pass\n@tagged()\nclass Own(Between):\n    pass\n", [7]),
        (COMMON + "@tagged()\nclass Own(Case):\n    allow_inherited_tests_method = True\n", []),
        (
            COMMON.replace("Case:", "Case:\n    allow_inherited_tests_method = True")
            + "@tagged()\nclass Own(Case): ...\n",
            [],
        ),
        (COMMON + "@tagged()\nclass Own(Case):\n    def test_y(self):\n        pass\n", []),
        ("@tagged()\nclass Own(Elsewhere):\n    pass\n", []),
    ],
)
def test_a_class_of_which_nothing_runs_is_found(code, lines):
    assert [line for _path, line, _what in house_tests.idle_classes({Path("x.py"): ast.parse(code)})] == lines


def sudo_lines(tmp_path, text):
    path = tmp_path / "x.py"
    path.write_text(text, encoding="utf-8")
    return [line for line, _what in house.sudo_problems(path, ast.parse(text))]


def test_sudo_says_why_within_its_statement_or_above(tmp_path):
    assert sudo_lines(tmp_path, "x = 1\ny = a.sudo()\n") == [2]
    assert sudo_lines(tmp_path, "# sudo: because\ny = a.sudo()\n") == []
    assert sudo_lines(tmp_path, "y = f(\n    a.sudo(),  # sudo: because\n)\n") == []
    assert sudo_lines(tmp_path, "def f():  # why\n    a.sudo()\n") == [2]


def test_a_float_outside_the_rules_says_for_what():
    code = "# the length of a bar\nx = float(y)"
    tree = ast.parse(code)
    assert not list(house_money.problems(MODEL, tree, NAMES, code.splitlines()))
    assert list(house_money.problems(RULE, tree, NAMES, code.splitlines()))
