"""scripts/backup and scripts/restore: everything comes back, and a bad file changes nothing."""

import os
import re
import subprocess
import threading
import zipfile
from pathlib import Path

import pytest

from tests.runner.job import ROOT

COPY = "jiceng_test_restored"


def script(name, *arguments, **environment):
    command = [ROOT / "scripts" / name, *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, stdin=subprocess.DEVNULL, env=os.environ | environment
    )  # fmt: skip


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
    # It is the same county: addresses in printed codes and signatures go on being true.
    same = "SELECT key, value FROM ir_config_parameter WHERE key LIKE 'database.%' OR key LIKE 'web.base%' ORDER BY 1"
    assert psql(COPY, same) == psql(server.database, same)

    again = script("restore", "-d", COPY, saved)
    assert again.returncode and "--force" in again.stderr


def test_what_is_added_meanwhile_is_in_whole_or_not_at_all(server, tmp_path):
    """People upload and delete all the time; the backup holds every file its database names."""
    stop, added, refused = threading.Event(), [], []
    admin = server.logins[0]
    server.key(admin)

    def work():
        while not stop.is_set():
            values = {"name": "scan", "raw": f"page {len(added)} of {tmp_path}"}
            try:
                added.extend(server.call(admin, "ir.attachment", "create", vals_list=[values]))
                if len(added) % 3 == 0:
                    server.call(admin, "ir.attachment", "unlink", ids=[added[-2]])
            except Exception as refusal:
                refused.append(refusal)
                return

    worker = threading.Thread(target=work)
    worker.start()
    try:
        file = tmp_path / "meanwhile.zip"
        done = script("backup", "-d", server.database, file)
    finally:
        stop.set()
        worker.join()
    assert done.returncode == 0, done.stderr
    assert not refused and len(added) > 2
    with zipfile.ZipFile(file) as archive:
        rows = archive.read("dump.sql").decode().partition("COPY public.ir_attachment ")[2].partition("\n\\.\n")[0]
        named = set(re.findall(r"\t(\w\w/[0-9a-f]{40})\t", rows))
        held = {name.removeprefix("filestore/") for name in archive.namelist() if name.startswith("filestore/")}
    assert named and named == held


def test_another_key_is_refused(server, saved, tmp_path):
    wrong = tmp_path / "wrong.key"
    wrong.write_text(f"k1 {'5e' * 32}\n")
    done = script("restore", "-d", f"{COPY}_key", saved, JICENG_RESIDENT_KEY=str(wrong))
    assert done.returncode and "does not open this backup; nothing was changed" in done.stderr, done.stderr
    assert not psql("postgres", f"SELECT 1 FROM pg_database WHERE datname LIKE '{COPY}_key%'")


def test_a_damaged_file_changes_nothing(saved, tmp_path):
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(saved.read_bytes()[: saved.stat().st_size // 2])
    foreign = tmp_path / "foreign.zip"
    with zipfile.ZipFile(foreign, "w") as archive:
        archive.writestr("hello.txt", "no backup")
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("manifest.json", "{}")
        archive.writestr("dump.sql", "CREATE TABLE half (id int);\nSELECT no_such_thing();\n")
    before = contents(COPY)
    for file in (damaged, foreign, broken):
        done = script("restore", "-d", COPY, "--force", file)
        assert done.returncode, file.name
        assert "nothing was changed" in done.stderr
    assert contents(COPY) == before
    assert not psql("postgres", "SELECT 1 FROM pg_database WHERE datname LIKE '%_loading'")
