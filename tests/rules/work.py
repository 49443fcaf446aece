"""How much work a function does, counted in steps: the same on every machine, however busy it is."""

import sys


def steps(function):
    """The calls, of Python and of C functions, that `function()` makes."""
    count = 0

    def called(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        function()
    finally:
        sys.setprofile(before)
    return count


def growth(task, small, large):
    """How many times more steps `task(large)` takes than `task(small)`, per unit of size.

    About 1 where work grows with size; `large / small` where it grows with its square.
    """
    task(small)  # what is made once is made now
    return steps(lambda: task(large)) / large / (steps(lambda: task(small)) / small)
