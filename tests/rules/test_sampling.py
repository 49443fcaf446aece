"""Samples that anybody can draw again."""

import random
from fractions import Fraction
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_base.tools.sampling import (
    METHODS,
    SamplingError,
    draw,
    frame_hash,
    start_of,
    systematic,
)

FRAMES = st.lists(st.text("0123456789-ZG", min_size=1, max_size=12), min_size=1, max_size=300, unique=True)
SEEDS = st.text("0123456789abcdef", min_size=1, max_size=16)


def test_places_of_a_survey_drawn_with_a_step_of_93_65():
    assert systematic(1873, 20, 40) == [
        40, 134, 228, 321, 415, 509, 602, 696, 790, 883, 977, 1071, 1164, 1258, 1352, 1445, 1539, 1633, 1726, 1820,
    ]  # fmt: skip


def test_the_step_itself_is_the_last_start():
    assert systematic(10, 2, 5) == [5, 10]


def test_whoever_knows_the_seed_works_out_the_start():
    number = int(sha256(b"2026\nstart").hexdigest(), 16)
    assert start_of("2026", 100, 10) == Fraction(10 * (number + 1), 2**256)


@pytest.mark.parametrize("start", [0, -1, Fraction(1873, 20) + 1])
def test_a_start_outside_the_step_is_refused(start):
    with pytest.raises(SamplingError, match="start"):
        systematic(1873, 20, start)


@given(st.sampled_from(METHODS), FRAMES, st.integers(1, 320), SEEDS)
def test_a_draw_is_the_same_every_time_and_of_the_size_asked(method, frame, size, seed):
    drawn = draw(method, frame, size, seed)
    assert drawn == draw(method, list(frame), size, seed)
    assert len(drawn) == len(set(drawn)) == min(size, len(frame))
    assert drawn == [key for key in frame if key in set(drawn)]


@given(FRAMES, st.integers(1, 300), SEEDS, st.integers())
def test_a_random_draw_does_not_depend_on_the_order_of_the_frame(frame, size, seed, order):
    shuffled = list(frame)
    random.Random(order).shuffle(shuffled)
    assert set(draw("random", frame, size, seed)) == set(draw("random", shuffled, size, seed))


@given(st.integers(1, 100_000), st.integers(1, 300), SEEDS)
def test_an_equidistant_sample_covers_the_frame_evenly(total, size, seed):
    size = min(size, total)
    start = start_of(seed, total, size)
    assert 0 < start <= Fraction(total, size)
    places = systematic(total, size, start)
    gaps = {after - before for before, after in zip(places, places[1:], strict=False)}
    assert 1 <= places[0] <= places[-1] <= total
    assert all(gap in (total // size, -(-total // size)) for gap in gaps)


def test_every_part_of_the_frame_can_be_drawn():
    frame = [str(number) for number in range(40)]
    for method in METHODS:
        met = {key for seed in range(200) for key in draw(method, frame, 4, str(seed))}
        assert met == set(frame), method


@given(FRAMES, st.integers(1, 300), SEEDS, st.data())
def test_the_worst_come_first_and_one_place_of_five_is_left_to_chance(frame, size, seed, data):
    doubts = data.draw(st.dictionaries(st.sampled_from(frame), st.integers(0, 5)))
    drawn = draw("worst", frame, size, seed, doubts)
    size = len(drawn)
    doubtful = sorted((count for count in doubts.values() if count), reverse=True)
    places = min(size * 4 // 5, len(doubtful))
    # The so many worst are in, whoever else comes in by lot.
    assert sorted((doubts.get(key, 0) for key in drawn), reverse=True)[:places] == doubtful[:places]


def test_nobody_is_sure_to_be_passed_over():
    frame = [f"{number:02}" for number in range(30)]
    doubts = dict.fromkeys(frame[:20], 9)
    for size in (1, 2, 5):
        met = {key for seed in range(400) for key in draw("worst", frame, size, str(seed), doubts)}
        assert met == set(frame)
    assert {"07", "21"} <= set(draw("worst", frame, 5, "2026", {"07": 3, "21": 1}))


@pytest.mark.parametrize(
    ("method", "keys", "size", "seed", "word"),
    [
        ("lottery", ["a"], 1, "s", "method"),
        ("random", ["a"], 1, "", "seed"),
        ("random", ["a"], 0, "s", "nothing"),
        ("systematic", [], 1, "s", "nothing"),
        ("systematic", ["a", "a"], 1, "s", "twice"),
    ],
)
def test_what_cannot_be_drawn_is_refused(method, keys, size, seed, word):
    with pytest.raises(SamplingError, match=word):
        draw(method, keys, size, seed)


def test_the_hash_tells_frames_apart():
    assert frame_hash(["a", "b"]) == frame_hash(("a", "b")) != frame_hash(["b", "a"])
    assert draw("random", ["a", "b", "c", "d"], 2, "2026") == ["b", "d"]  # by sha256sum, the two least
