"""Every public method of the suite, as every role, on records in and out of sight, against the table beside this file.

A method that is new does not stand there, and fails. What the server did is proposed in `var/test/methods.csv`: look at
each cell that is new or other, and copy it over the table where it is right.
"""

from tests.live.doors import sweep
from tests.runner.job import VAR


def test_everybody_may_do_what_the_table_says(people, facts):
    found = sweep.sweep(people, facts)
    sweep.write_table(found, VAR / sweep.TABLE.name)
    different = list(sweep.differences(found, sweep.read_table()))
    assert not different, "\n".join([f"proposed in {VAR / sweep.TABLE.name}:", *different])
