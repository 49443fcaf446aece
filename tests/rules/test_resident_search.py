"""A name is found by every part of it that a person may type, and by nothing else."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from odoo.addons.bphs_resident.tools import pinyin, tokens
from odoo.addons.bphs_resident.tools.tokens import Term

SURNAMES = (
    ("卜", "bu"), ("阚", "kan"), ("都", "du"), ("乜", "nie"), ("佴", "nai"), ("藏", "zang"), ("薄", "bo"), ("繁", "po"),
    ("粘", "nian"),
)  # fmt: skip
HAN = st.sampled_from("王李张刘陈欧阳单吕任曾小明晓霞三丰安西乐朝行翀喆龘𠮷")
NAMES = st.text(HAN, min_size=1, max_size=5)


def found_by_index(name, query):
    """Whether the index hands the name over for each term of a query."""
    fragments = tokens.fragments_of(tokens.plain_name(name))
    return all(any(set(way) <= fragments for way in tokens.alternatives(term)) for term in tokens.parse(query))


def found(name, query):
    terms = tokens.parse(query)
    return bool(terms) and found_by_index(name, query) and all(tokens.match(term, name) for term in terms)


@given(NAMES, st.data())
def test_every_part_of_a_name_finds_it(name, data):
    start = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(start + 1, len(name)))
    assert found(name, name[start:end])
    assert tokens.match(Term("name", name[start:end]), name) is not None


@given(NAMES, st.data())
def test_pinyin_typed_in_any_mixture_finds_it(name, data):
    reading = data.draw(st.sampled_from(pinyin.readings(name)))
    start = data.draw(st.integers(0, len(name) - 1))
    spelt = [syllable for syllable in reading[start:] if syllable]
    assume(spelt)
    units = [data.draw(st.sampled_from([syllable, syllable[0]])) for syllable in spelt]
    last = spelt[-1]
    units[-1] = last[: data.draw(st.integers(1, len(last)))]
    letters = "".join(units)
    term = Term("spelling", letters)
    assert tokens.match(term, name) is not None
    # What the index is asked for is one of a bounded number of ways to cut the letters; initials and whole syllables
    # are always among them.
    if units == [syllable[0] for syllable in spelt] or letters == last:
        assert found_by_index(name, letters)


@pytest.mark.parametrize(
    ("query", "name", "span"),
    [
        ("zsf", "张三丰", (0, 3)),
        ("zhangsf", "张三丰", (0, 3)),
        ("zhangsanf", "张三丰", (0, 3)),
        ("sanfeng", "张三丰", (1, 3)),
        ("zh", "张三丰", (0, 1)),
        ("三丰", "张三丰", (1, 3)),
        ("danx", "单雄信", (0, 2)),
        ("shanx", "单雄信", (0, 2)),
        ("lvb", "吕布", (0, 2)),
        ("LüB", "吕布", (0, 2)),
        ("lyub", "吕布", (0, 2)),
        ("yuchi", "尉迟恭", (0, 2)),
        ("mmt", "阿依·买买提", (3, 6)),
        ("阿依买", "阿依·买买提", (0, 4)),
        ("𠮷", "张𠮷", (1, 2)),
        ("wangan", "王安", (0, 2)),
        ("zs", "张あ三", (0, 3)),
        ("smith", "John Smith", (5, 10)),
        # Radicals as they come out of PDFs.
        ("马", "⻢⼩试", (0, 1)),
        ("马小试", "⻢⼩试", (0, 3)),
        ("max", "⻢⼩试", (0, 2)),
        ("⻢⼩", "马小试", (0, 2)),
        # Surnames are found under their reading as surnames, and under every other.
        *((f"{spelt}m", f"{surname}明", (0, 2)) for surname, spelt in SURNAMES),
        ("boming", "薄明", (0, 2)),
        ("baom", "薄明", (0, 2)),
        ("doum", "都明", (0, 2)),
        ("fanm", "繁明", (0, 2)),
        ("cangm", "藏明", (0, 2)),
        ("zhanm", "粘明", (0, 2)),
    ],
)
def test_found_by_example(query, name, span):
    assert found(name, query)
    assert [tokens.match(term, name) for term in tokens.parse(query)][-1] == span


@pytest.mark.parametrize(
    ("query", "name"), [("zsx", "张三丰"), ("三张", "张三丰"), ("sf", "张三"), ("zhangz", "张三"), ("zhangs", "张")]
)
def test_not_found_by_example(query, name):
    assert not found(name, query)
    assert any(tokens.match(term, name) is None for term in tokens.parse(query))


def test_fragments_that_lie_apart_are_no_match():
    assert found_by_index("小明大明月", "小明月") and not found("小明大明月", "小明月")


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("", []),
        (None, []),
        ("荫城 王xm 0014", [("name", "荫城"), ("name", "王"), ("spelling", "xm"), ("last4", "0014")]),
        ("11010519491231002x", [("id", "11010519491231002X")]),
        ("14040410120100001", [("ehr", "14040410120100001")]),
        ("140404101201", [("ehr_begin", "140404101201")]),
        ("138 12341234", [("name", "138"), ("name", "12341234")]),
        ("138-1234-1234", [("phone", "13812341234")]),
        ("140404101201h00012", [("household", "140404101201H00012")]),
        ("002x", [("last4", "002X")]),
    ],
)
def test_what_a_query_asks_for(query, terms):
    assert tokens.parse(query) == [Term(*term) for term in terms]


@given(st.integers(1, 10**6), st.text(min_size=1, max_size=8))
def test_tokens_fit_their_column(township, fragment):
    assert -(2**31) <= tokens.token(township, fragment) < 2**31


def test_townships_do_not_share_tokens():
    assert not set(tokens.tokens_of(1, "张三丰")) & set(tokens.tokens_of(2, "张三丰"))
    assert tokens.tokens_of(1, "张 三丰") == tokens.tokens_of(1, "张三丰")
    assert tokens.whole(Term("name", "张三")) == [["n张三"]]
    assert tokens.whole(Term("name", "张")) == tokens.whole(Term("spelling", "zs")) == []


def test_cuts_are_bounded_and_hold_the_initials():
    ways = tokens.cuts("zhangsanfenglixiaoming")
    assert len(ways) <= 7 and ways[-1] == list("zhangsanfenglixiaoming")
    assert tokens.cuts("zsf") == [["z", "s", "f"]]


def test_spelling_of_names():
    assert pinyin.pinyin_of("张三丰") == "zhang san feng"
    assert pinyin.pinyin_of("单雄") == "shan xiong|dan xiong|chan xiong"
    assert pinyin.initials_of("张三丰") == "zsf"
    assert pinyin.syllable_of("a") == "a" and pinyin.syllable_of("-") == "" and pinyin.syllable_of("\U0003fffd") == ""
    assert pinyin.syllable_of("吕") == "lv"


def test_f18_a_surnames_own_reading_comes_first():
    for surname, spelt in SURNAMES:
        assert pinyin.readings(surname + "明")[0] == (spelt, "ming")
        assert pinyin.initials_of(surname + "明") == f"{spelt[0]}m"


def test_what_tells_of_one_person():
    for query in ("张三", "zhangsanfeng", "lyubo", "xian", "140499195001010014", "13812341234"):
        assert tokens.is_telling(*tokens.parse(query)), query
    for query in (
        "张",
        "zs",
        "zsf",
        "zhang",
        "zhangsf",
        "zhangsanf",
        "0014",
        "99049910120100001",
        "990499101201H00001",
        "990499101201",
    ):
        assert not tokens.is_telling(*tokens.parse(query)), query


def test_what_names_somebody_whole():
    for query, name in (
        ("张三丰", "张三丰"), ("zhangsanfeng", "张三丰"),
        ("danxiong", "单雄"), ("shanxiong", "单雄"), ("lyubo", "吕波"),
    ):  # fmt: skip
        assert tokens.names_whole(*tokens.parse(query), name), query
    for query, name in (
        ("张三", "张三丰"), ("zsf", "张三丰"), ("zhangsanf", "张三丰"), ("sanfeng", "张三丰"),
        ("13812341234", "张三丰"), ("zhangsan", None),
    ):  # fmt: skip
        assert not tokens.names_whole(*tokens.parse(query), name), query


def test_what_goes_with_the_last_four():
    for query, is_part in (("张", True), ("zs", True), ("z", False), ("0014", False)):
        assert tokens.is_part(*tokens.parse(query)) == is_part, query
