import os
import sys
from pathlib import Path

import pytest

from tests.live.doors.sweep import Person
from tests.live_server import LiveServer
from tests.runner.job import ROOT


@pytest.fixture(scope="session")
def keeping_nothing():
    """A server on the demo county that undoes what it is told to do, as soon as it has answered."""
    database = os.environ["JICENG_DATABASE"]
    program = [sys.executable, str(ROOT / "tests/keeping_nothing.py")]
    with LiveServer(database, program=program, name=f"{database}-nothing") as running:
        yield running


@pytest.fixture(scope="session")
def facts(keeping_nothing):
    """What county.py and targets.py tell of the county, each in one look."""
    county, targets = (str(Path(__file__).with_name(name)) for name in ("county.py", "targets.py"))
    return keeping_nothing.shell(
        "import runpy\n"
        f"county = runpy.run_path({county!r})\n"
        f"answer = county['make'](env, runpy.run_path({targets!r})['make'])\n"
    )


@pytest.fixture(scope="session")
def people(keeping_nothing, facts):
    """Everybody of the table, signed in: role -> Person."""
    return {role: Person(keeping_nothing, login, facts["password"]) for role, login in facts["people"].items()}
