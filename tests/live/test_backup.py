"""scripts/backup and scripts/restore: everything comes back, and a bad file changes nothing."""

import os
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.runner.job import ROOT

COPY = "jiceng_test_restored"


def script(name, *arguments):
    command = [ROOT / "scripts" / name, *arguments]
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)


def psql(database, query):
    command = ["psql", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", query]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def contents(database):
    """The number of rows of every table, and the names of the database's files."""
    tables = psql(database, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    counts = psql(database, " UNION ALL ".join(f"SELECT '{t}', count(*) FROM \"{t}\"" for t in tables))
    store = Path(os.environ["ODOO_DATA_DIR"]) / "filestore" / database
    return sorted(counts), sorted(path.name for path in store.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def saved(server, tmp_path_factory):
    """A backup taken of the database of a running server."""
    file = tmp_path_factory.mktemp("备份 backup") / "county.zip"
    done = script("backup", "-d", server.database, file)
    assert done.returncode == 0, done.stderr
    return file


def test_a_backup_is_for_its_owner_only(saved):
    assert saved.stat().st_mode & 0o077 == 0


def test_a_backup_never_overwrites(server, saved):
    before = saved.read_bytes()
    done = script("backup", "-d", server.database, saved)
    assert done.returncode and "exists already" in done.stderr
    assert saved.read_bytes() == before


def test_everything_comes_back(server, saved):
    done = script("restore", "-d", COPY, saved)
    assert done.returncode == 0, done.stderr
    rows, files = contents(COPY)
    was_rows, was_files = contents(server.database)
    # Sessions and scheduled work of the running server move on; nothing of the suite does.
    moving = ("ir_", "bus_", "queue_", "res_users_log", "res_device_log")
    still = [row for row in was_rows if not row.startswith(moving)]
    assert [row for row in rows if not row.startswith(moving)] == still
    assert still and set(files) <= set(was_files)
    assert done.stderr.count("Loaded") == 1

    again = script("restore", "-d", COPY, saved)
    assert again.returncode and "--force" in again.stderr


def test_a_damaged_file_changes_nothing(saved, tmp_path):
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(saved.read_bytes()[: saved.stat().st_size // 2])
    foreign = tmp_path / "foreign.zip"
    with zipfile.ZipFile(foreign, "w") as archive:
        archive.writestr("hello.txt", "no backup")
    before = contents(COPY)
    for file in (damaged, foreign):
        done = script("restore", "-d", COPY, "--force", file)
        assert done.returncode, file.name
        assert "nothing was changed" in done.stderr
    assert contents(COPY) == before
    assert not psql("postgres", "SELECT 1 FROM pg_database WHERE datname LIKE '%_loading'")
