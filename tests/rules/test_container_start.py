"""docker/start: a backup takes the place of the database only where the key in use opens every number in it."""

import os
import subprocess
from pathlib import Path

import pytest

START = Path(__file__).resolve().parents[2] / "docker" / "start"
# Stands for the programs of the image: writes down how it was called; as the prompt it says what the key check says.
PROGRAM = """#!/bin/sh
echo "$(basename "$0") $*" >>"$CALLS"
[ "$1" != shell ] || exit "$KEY_OPENS"
"""


@pytest.fixture
def load(tmp_path):
    (tmp_path / "db_password").write_text("secret")
    for name in ("odoo", "python3"):
        program = tmp_path / name
        program.write_text(PROGRAM)
        program.chmod(0o755)
    script = tmp_path / "start"
    script.write_text(START.read_text().replace("/run/secrets", str(tmp_path)))

    def run(*arguments, key_opens):
        calls = tmp_path / "calls"
        environment = {
            "PATH": f"{tmp_path}:{os.environ['PATH']}",
            "CALLS": str(calls),
            "KEY_OPENS": "0" if key_opens else "1",
        }
        done = subprocess.run(
            ["sh", script, "load", "saved.zip", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done, [line.split(" --")[0] for line in calls.read_text().splitlines()]

    return run


DROP, RENAME = "odoo db drop jiceng_loading", "odoo db rename"
LOAD, CHECK = "python3 /opt/jiceng/saving.py load jiceng_loading saved.zip", "odoo shell -d jiceng_loading"


def test_the_key_is_asked_before_the_database_is_replaced(load):
    done, calls = load(key_opens=True)
    assert done.returncode == 0, done.stderr
    assert calls == [DROP, LOAD, CHECK, RENAME]


def test_another_key_changes_nothing(load):
    done, calls = load(key_opens=False)
    assert done.returncode == 1
    assert "nothing was changed" in done.stderr
    assert calls == [DROP, LOAD, CHECK, DROP]


def test_a_lost_key_is_said_to_be_lost(load):
    done, calls = load("--without-key", key_opens=False)
    assert done.returncode == 0, done.stderr
    assert calls == [DROP, LOAD, RENAME]
