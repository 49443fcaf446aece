"""Every figure of two notices, from the inputs they state, each as it was printed; and those that do not agree."""

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from odoo.addons.bphs_indicator.tools.judging import Counted

DATA = Path(__file__).parents[2] / "addons/bphs_indicator/data/targets"


# === 长上卫字〔2026〕2号 === #


@pytest.mark.parametrize(
    ("numerator", "denominator", "digits", "rounding", "printed"),
    [
        (292_216, 310_869, 0, "half_up", "94%"),
        (15_036, 16_256, 2, "truncate", "92.49%"),
        (1_673, 1_779, 2, "truncate", "94.04%"),
        (1_666, 1_779, 2, "truncate", "93.64%"),
    ],
)
def test_a_rate_is_printed_as_the_notice_prints_it(numerator, denominator, digits, rounding, printed):
    assert Counted(numerator, denominator).shown(digits, rounding) == printed


@pytest.mark.parametrize(
    ("numerator", "denominator", "printed", "rounded"),
    [(15_036, 16_256, "92.49%", "92.50%"), (1_666, 1_779, "93.64%", "93.65%")],
)
def test_these_agree_by_cutting_off_alone(numerator, denominator, printed, rounded):
    counted = Counted(numerator, denominator)
    assert counted.shown(2, "truncate") == printed
    assert counted.shown(2, "half_up") == rounded != printed


def test_94_per_cent_stands_only_over_the_files():
    # Over the 316,289 of the funds it is 92.39 %; over the 271,000 of signing it is impossible.
    assert Counted(292_216, 316_289).shown(2, "half_up") == "92.39%"
    assert Counted(292_216, 271_000).above_whole


@pytest.mark.parametrize(
    ("numerator", "percent", "least", "most"),
    [
        (42_479, 83, 50_874, 51_489),  # 老年人
        (39_996, 78, 50_951, 51_607),  # 老年人中医药
        (48_439, 77, 62_502, 63_318),  # 高血压
        (11_427, 74, 15_339, 15_546),  # 糖尿病
        (1_145, 96, 1_187, 1_198),  # 精神障碍
        (6_880, 86, 7_954, 8_046),  # 儿童中医药
    ],
)
def test_a_rate_without_its_denominator_tells_between_which_it_lies(numerator, percent, least, most):
    def printed(over):
        return Counted(numerator, over).shown(0, "half_up") == f"{percent}%"

    assert printed(least)
    assert printed(most)
    assert not printed(least - 1)
    assert not printed(most + 1)


def test_91_83_per_cent_signed_is_of_about_271_000():
    assert Counted(248_859, 271_000).shown(2, "half_up") == "91.83%"
    bases = [over for over in range(270_000, 272_000) if Counted(248_859, over).shown(2, "half_up") == "91.83%"]
    assert (bases[0], bases[-1]) == (270_985, 271_014)


def test_satisfaction_is_not_printed_and_can_be():
    assert Counted(465, 519).shown(2, "half_up") == "89.60%"
    assert Counted(465, 519).shown(2, "truncate") == "89.59%"


def test_what_the_notice_contradicts_itself_in():
    # Three years of 1,779 births, and three sevenths of those under seven, are both far from what 86 % asks for.
    assert Fraction(6_880, 3 * 1_779) > 1
    assert Counted(6_880, 16_256 * 3 // 7).shown(0, "half_up") == "99%"


def test_the_funds_sum_and_tell_of_how_many_residents():
    sources = [Decimal(told) for told in ("1707.962", "572.3874", "113.864", "455.4561")]
    assert sum(sources) == Decimal("2849.6695")
    shares = [round(part / sum(sources) * 100, 4) for part in sources]
    assert shares == [Decimal(told) for told in ("59.9354", "20.0861", "3.9957", "15.9828")]
    # 60:20:4:16 of 90 yuan; three of the four tell of the same 316,289, the province sent 30,672 yuan more.
    yuan = [part * 10_000 for part in sources]
    persons = [round(part / each) for part, each in zip(yuan, map(Decimal, ("54", "18", "3.6", "14.4")), strict=True)]
    assert [persons[0], persons[2], persons[3]] == [316_289] * 3
    assert yuan[1] - 316_289 * 18 == 30_672


RULES = Path(__file__).parents[2] / "docs/rules/indicators.md"
FIGURES = Path(__file__).parents[2] / "addons/bphs_indicator/tests/data/notice_shangdang.csv"


def test_the_rule_book_tells_of_every_figure():
    told = {line.split("|")[1].strip(): line for line in RULES.read_text(encoding="utf-8").splitlines() if "|" in line}
    with FIGURES.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["printed"].endswith("人"):
                continue  # counts stand in the line of their rate
            line = told[row["figure"]]
            assert row["printed"] in line
            for part in ("numerator", "denominator", "least", "most"):
                assert not row[part] or f"{int(row[part]):,}" in line, row["figure"]


# === 鲁卫基层字〔2023〕3号附件1 === #


def rows(name):
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


TABLES = rows("bphs.indicator.target.table.csv")
TARGETS = rows("bphs.indicator.target.csv")


def test_seventeen_tables_of_twenty_four_indicators():
    assert len(TABLES) == 17
    names = {}
    for target in TARGETS:
        names.setdefault(target["table_id:id"], []).append(target["name"])
    assert {len(found) for found in names.values()} == {24}
    assert len({tuple(found) for found in names.values()}) == 1


def test_nine_cells_are_not_stated():
    regions = {table["id"]: table["region"] for table in TABLES}
    missing = [target for target in TARGETS if target["stated"] == "0"]
    found = {}
    for target in missing:
        found.setdefault(regions[target["table_id:id"]], []).append(target["name"])
        assert not target["printed"]
        assert target["defect"]
    assert {region: len(names) for region, names in found.items()} == {
        "济南": 5,
        "青岛": 1,
        "烟台": 1,
        "聊城": 1,
        "菏泽": 1,
    }


@pytest.mark.parametrize(
    ("name", "province", "sum_of_cities"),
    [("高血压患者管理人数", "870", "870.01"), ("2型糖尿病患者管理人数", "340", "340.00")],
)
def test_what_the_cities_sum_to(name, province, sum_of_cities):
    values = {target["table_id:id"]: Decimal(target["value"]) for target in TARGETS if target["name"] == name}
    assert values.pop("table_370000") == Decimal(province)
    assert sum(values.values()) == Decimal(sum_of_cities)


def test_five_are_trends_without_a_number():
    trends = {target["name"] for target in TARGETS if target["shape"] == "trend"}
    assert len(trends) == 5
    assert {target["operator"] for target in TARGETS if target["shape"] == "trend"} == {"increase", "decrease"}


def test_what_is_printed_is_what_is_kept():
    for target in TARGETS:
        if target["stated"] == "1" and target["shape"] != "trend":
            number = target["printed"].removeprefix("≥").removesuffix("%").removesuffix("万人")
            assert Decimal(number) == Decimal(target["value"]), target
