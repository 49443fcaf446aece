"""Every rule of the clocks as a story with its rows: clocks rules, section 1 to clocks rules, section 3."""

import pytest
from clock_stories import play, stories


@pytest.mark.parametrize(("title", "lines"), [pytest.param(*story, id=story[0]) for story in stories()])
def test_a_story(title, lines):
    told, computed = play(lines)
    assert computed == told


def test_no_two_stories_bear_one_name():
    titles = [title for title, _ in stories()]
    assert len(titles) > 50 and len(set(titles)) == len(titles)
