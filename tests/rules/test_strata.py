"""Samples in strata: sizes, draws, reserves."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.sampling import METHODS, SamplingError, draw, frame_hash
from odoo.addons.bphs_evaluation.tools.strata import allot, draw_strata, reserve

SIZES = st.dictionaries(st.sampled_from("甲乙丙丁戊"), st.integers(0, 40), min_size=1)
WEIGHTS = st.sampled_from([Decimal("0"), Decimal("0.5"), Decimal("1"), Decimal("1.3"), Decimal("2")])


@st.composite
def strata(draw):
    sizes = draw(SIZES)
    frames = {key: [f"{key}{number:03}" for number in range(size)] for key, size in sizes.items()}
    return frames, {key: draw(WEIGHTS) for key in draw(st.lists(st.sampled_from(sorted(sizes)), unique=True))}


def test_what_looks_abnormal_is_drawn_twice_as_densely():
    frames = {"A": 100, "B": 100, "C": 200}
    assert allot(20, frames, {}) == {"A": 5, "B": 5, "C": 10}
    assert allot(20, frames, {"B": Decimal(2)}) == {"A": 4, "B": 8, "C": 8}
    # 3.5 and 3.5 and 7: the half left over goes to the lower key.
    assert allot(14, frames, {}) == {"A": 4, "B": 3, "C": 7}


def test_a_stratum_never_gives_more_than_it_has():
    assert allot(20, {"A": 3, "B": 100, "C": 100}, {"A": Decimal(50)}) == {"A": 3, "B": 9, "C": 8}
    assert allot(500, {"A": 3, "B": 4}, {}) == {"A": 3, "B": 4}
    assert allot(10, {"A": 3, "B": 4}, {"B": Decimal(0)}) == {"A": 3, "B": 0}
    assert allot(10, {"A": 0, "B": 0}, {}) == {"A": 0, "B": 0}


@given(strata(), st.integers(1, 150))
def test_sizes_are_the_whole_size_or_all_there_is(made, size):
    frames, weights = made
    counts = {key: len(frame) for key, frame in frames.items()}
    sizes = allot(size, counts, weights)
    drawable = sum(count for key, count in counts.items() if weights.get(key, 1))
    assert sum(sizes.values()) == min(size, drawable)
    assert all(0 <= sizes[key] <= counts[key] for key in counts)


@given(strata(), st.integers(1, 60), st.sampled_from(METHODS), st.integers(0, 3))
def test_sample_and_reserves_are_disjoint_and_come_again(made, size, method, each):
    frames, weights = made
    samples = draw_strata(method, frames, weights, size, "2026", each)
    assert samples == draw_strata(
        method, {k: list(reversed(v)) for k, v in frames.items()}, weights, size, "2026", each
    )
    assert [sample.key for sample in samples] == sorted(sample.key for sample in samples)
    for sample in samples:
        frame = sorted(frames[sample.key])
        assert sample.frame_hash == frame_hash(frame)
        assert list(sample.drawn) == draw(method, frame, len(sample.drawn), f"2026/{sample.key}")
        standing_in = [key for keys in sample.reserves.values() for key in keys]
        assert set(sample.drawn) | set(standing_in) <= set(frame)
        assert len(set(sample.drawn) | set(standing_in)) == len(sample.drawn) + len(standing_in)
        assert len(standing_in) == min(each * len(sample.drawn), len(frame) - len(sample.drawn))


def test_reserves_are_the_next_that_are_free_each_in_turn():
    frame = list("abcdefgh")
    assert reserve(frame, ["b", "c", "h"]) == {"b": ("d", "f"), "c": ("e", "g"), "h": ("a",)}
    assert reserve(frame, ["b", "c"]) == {"b": ("d", "f"), "c": ("e", "g")}
    assert reserve(frame, ["h"]) == {"h": ("a", "b")}
    assert reserve(frame, ["c", "b"], 1) == {"b": ("d",), "c": ("e",)}
    assert reserve(list("abc"), ["a", "b"]) == {"a": ("c",), "b": ()}


def test_the_worst_of_each_stratum_come_first():
    frames = {key: [f"{key}{number:02}" for number in range(20)] for key in "AB"}
    doubts = {"A03": 2, "A11": 1, "B07": 5}
    for seed in map(str, range(20)):
        samples = draw_strata("worst", frames, {}, 10, seed, 1, doubts)
        assert samples == draw_strata("worst", frames, {}, 10, seed, 1, doubts)
        assert {"A03", "A11"} <= set(samples[0].drawn)
        assert "B07" in samples[1].drawn


@given(st.integers(2, 12), st.data())
def test_everybody_can_be_drawn(size, data):
    frame = [f"{number:02}" for number in range(size)]
    key = data.draw(st.sampled_from(frame))
    for method in METHODS:
        assert any(key in draw_strata(method, {"A": frame}, {}, 1, str(seed))[0].drawn for seed in range(400))


@pytest.mark.parametrize(
    ("frames", "weights", "size", "seed", "why"),
    [
        ({"A": ["a"]}, {}, 1, "", "no seed"),
        ({"A": ["a"]}, {}, 0, "1", "nothing to draw"),
        ({"A": ["a"], "B": ["a"]}, {}, 1, "1", "twice"),
        ({"A": ["a"]}, {"A": Decimal(-1)}, 1, "1", "negative"),
    ],
)
def test_what_cannot_be_drawn(frames, weights, size, seed, why):
    with pytest.raises(SamplingError, match=why):
        draw_strata("random", frames, weights, size, seed)
