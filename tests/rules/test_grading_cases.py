"""The table a doctor reads (docs/rules/grading-cases.md) is what the shipped sets do; no threshold moves unseen."""

import copy
import re
from datetime import date
from decimal import Decimal

import pytest
from grading_people import DAY, ROOT, SHIPPED, ruleset

from odoo.addons.bphs_elderly.tools.grading.grade import Grader
from odoo.addons.bphs_elderly.tools.grading.replay import parse
from odoo.addons.bphs_elderly.tools.grading.ruleset_document import read_ruleset

# How the table speaks of facts.
NUMBERS = {
    "自理评分": "adl_score",
    "收缩压": "sbp",
    "舒张压": "dbp",
    "空腹血糖": "fasting_glucose",
    "糖化血红蛋白": "hba1c",
    "体质指数": "bmi",
    "危险性分级": "smi_risk",
    "慢阻肺分级": "gold_stage",
    "长期用药种数": "long_term_drugs",
}
WORDS = {
    ("认知初筛", "阳性"): ("cognition_screen", "positive"),
    ("认知初筛", "阴性"): ("cognition_screen", "negative"),
    ("情感初筛", "阳性"): ("mood_screen", "positive"),
    ("情感初筛", "阴性"): ("mood_screen", "negative"),
    ("精神障碍病情", "不稳定"): ("smi_state", "unstable"),
    ("精神障碍病情", "基本稳定"): ("smi_state", "fairly_stable"),
}
RANGES = {
    "高血压": ("condition", "hypertension"),
    "糖尿病": ("condition", "diabetes"),
    "冠心病": ("condition", "chd"),
    "并发症": ("condition", "complication"),
    "肿瘤治疗中": ("condition", "cancer_active"),
    "肿瘤稳定期": ("condition", "cancer_stable"),
    "失智": ("condition", "dementia"),
    "透析": ("condition", "dialysis"),
    "独居": ("social", "living_alone"),
    "无人照护": ("social", "no_carer"),
    "危急异常未处理": ("finding", "critical"),
    "异常待复查": ("finding", "recheck"),
}
EVENTS = {"卒中": "stroke", "跌倒": "fall", "跌倒受伤": "fall_injury"}
CONTROL = {"控制满意": "controlled", "控制不满意": "uncontrolled"}
COLOURS = {"红": "red", "黄": "yellow"}
TABLE = (ROOT / "docs" / "rules" / "grading-cases.md").read_text(encoding="utf-8")


def person(born, facts):
    made = {"code": "x", "birth_date": born, "values": [], "ranges": [], "events": [], "control": [], "manual": []}
    for place, fact in enumerate([] if facts == "—" else facts.split("；")):
        what, dates = re.fullmatch(r"(.+)（(.+)）", fact).groups()
        key, written = written_fact(what, dates)
        made[key].append({"id": str(place), **written})
    return made


def written_fact(what, dates):
    begin, _, end = dates.partition(" 至 ")
    name, _, value = what.partition(" ")
    if name == "决定":
        return "manual", {"colour": COLOURS[value], "from": begin, "to": end}
    if what in RANGES:
        fact, code = RANGES[what]
        return "ranges", {"fact": fact, "code": code, "from": begin, "to": None if end == "今" else end}
    if what in EVENTS:
        return "events", {"code": EVENTS[what], "date": begin}
    for told, word in CONTROL.items():
        if what.endswith(told):
            return "control", {"disease": RANGES[what.removesuffix(told)][1], "is": word, "date": begin}
    fact, value = WORDS.get((name, value)) or (NUMBERS[name], value)
    return "values", {"fact": fact, "value": value, "date": begin}


CASES = [
    (rule, born, facts, {"strict-2025": default == "是", "own-clock-2025": single == "是"})
    for rule, born, facts, default, single in re.findall(
        r"^\| ([RY]\d\d) \| ([\d-]+) \| (.+?) \| (是|否) \| (是|否) \|$", TABLE, re.M
    )
]
PEOPLE = parse(
    {
        "ruleset": ruleset("strict-2025"),
        "as_of": DAY.isoformat(),
        "people": [{**person(born, facts), "code": f"{n}"} for n, (_rule, born, facts, _hits) in enumerate(CASES)],
    }
).people


def outcomes(document):
    grader = Grader(read_ruleset(document), DAY)
    return [
        any(hit.rule == rule for hit in grader.grade(made).hits)
        for (rule, *_rest), made in zip(CASES, PEOPLE, strict=True)
    ]


def test_every_row_of_the_table_was_read():
    assert len(CASES) == len(re.findall(r"^\| [RY]\d\d ", TABLE, re.M)) > 120
    assert {rule for rule, *_rest in CASES} == {rule["code"] for rule in ruleset("strict-2025")["rules"]}


@pytest.mark.parametrize("name", SHIPPED)
def test_the_table_is_what_the_rules_do(name):
    wrong = [case for case, hit in zip(CASES, outcomes(ruleset(name)), strict=True) if hit != case[3][name]]
    assert not wrong


def moved(name):
    """The rule set with one threshold or one window moved by one step, each in turn.

    Two conditions on one fact, as "4 to 8", have one window.
    """
    for number, rule in enumerate(ruleset(name)["rules"]):
        for place, alternative in enumerate(rule["any"]):
            for index, condition in enumerate(alternative):
                for key in sorted({"value", "months", "older_than_months", "at_least", "last"} & set(condition)):
                    for step in (-1, 1):
                        document = ruleset(name)
                        targets = document["rules"][number]["any"][place]
                        targets = [targets[index]] if key == "value" else same_fact(targets, condition)
                        for target in targets:
                            target[key] = shifted(condition[key], step)
                        if targets[0][key]:
                            yield f"{rule['code']}[{place}][{index}].{key}{step:+}", document


def same_fact(conditions, condition):
    return [
        other for other in conditions if other["fact"] == condition["fact"] and other.get("in") == condition.get("in")
    ]


def shifted(value, step):
    if isinstance(value, int):
        return value + step
    return str(Decimal(value) + step * (Decimal("0.1") if "." in value else 1))


@pytest.mark.parametrize("name", SHIPPED)
def test_no_threshold_and_no_window_moves_unseen(name):
    stands = outcomes(ruleset(name))
    unseen = [what for what, document in moved(name) if outcomes(document) == stands]
    assert unseen == []


def test_the_gate_and_the_age_have_their_cases_too():
    """Just 65, just not; examined just within the year, just before it."""
    grader = Grader(read_ruleset(ruleset("strict-2025")), DAY)

    def colour(born, assessed, examined):
        made = person(born, "—")
        made["values"] = [{"id": "v", "fact": "adl_score", "value": "0", "date": assessed}]
        made["events"] = [{"id": "e", "code": "exam", "date": examined}]
        document = {"ruleset": ruleset("strict-2025"), "as_of": DAY.isoformat(), "people": [made]}
        return grader.grade(parse(copy.deepcopy(document)).people[0]).colour

    assert colour("1960-12-31", "2025-01-01", "2025-01-01") == "green"
    assert colour("1961-01-01", "2025-01-01", "2025-01-01") is None
    assert colour("1960-12-31", "2024-12-31", "2025-01-01") == "unrated"
    assert colour("1960-12-31", "2025-01-01", "2024-12-31") == "unrated"
    assert colour("1960-12-31", "2025-01-01", date(2026, 1, 1).isoformat()) == "unrated"
