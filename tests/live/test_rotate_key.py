"""scripts/rotate-key as it is called: broken off, cut off and with the wrong key no number is lost or half-changed."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing

import psycopg2
import pytest

from tests.runner.job import ROOT, SUITE, Job

sys.path.insert(0, str(ROOT / "scripts"))
import pure_addons  # noqa: E402, F401  (makes odoo.addons.*.tools importable without Odoo)

from odoo.addons.bphs_resident.tools import sealing  # noqa: E402

DATABASE = "jiceng_test_rotation"
PEOPLE, BATCH = 6000, 5000  # a whole batch, and one to break off in
GATE = 7301
SECONDS = 90
COLUMNS = {"id_cipher": sealing.ID_NUMBER, "phone_cipher": sealing.PHONE}
# The last row of the second batch waits as long as the test holds the gate.
GATED = f"""
CREATE FUNCTION test_gate() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN PERFORM pg_advisory_xact_lock({GATE}); RETURN NEW; END';
CREATE TRIGGER test_gate BEFORE UPDATE ON bphs_resident FOR EACH ROW
    WHEN (OLD.id = %s) EXECUTE FUNCTION test_gate();
"""


class County:
    """A county of its own, whose numbers are sealed with a key file of its own."""

    def __init__(self, folder):
        self.key_file = folder / "resident.key"
        self.key_file.write_text(sealing.new_key_line("k1"))
        self.db = psycopg2.connect(dbname=DATABASE)
        self.db.autocommit = True

    def rows(self, query, *values):
        with self.db.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def start(self, name, *arguments, key_file=None):
        return subprocess.Popen(
            [ROOT / "scripts" / name, "-d", DATABASE, *arguments],
            env=os.environ | {"JICENG_RESIDENT_KEY": str(key_file or self.key_file)},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            start_new_session=True,
        )  # fmt: skip

    def run(self, name, *arguments, key_file=None):
        process = self.start(name, *arguments, key_file=key_file)
        text, __ = process.communicate(timeout=SECONDS)
        assert "Traceback" not in text, text
        return process.returncode, text

    def stand_still(self):
        """Start sealing anew, up to the gate in the second batch. :return: the process, and the pid in PostgreSQL"""
        process = self.start("rotate-key")
        limit = time.monotonic() + SECONDS
        while True:
            waiting = self.rows(
                "SELECT pid FROM pg_stat_activity WHERE datname = %s AND wait_event = 'advisory'", DATABASE
            )
            if waiting:
                return process, waiting[0][0]
            assert process.poll() is None, process.communicate()[0]
            assert time.monotonic() < limit, "it did not come to the gate"
            time.sleep(0.05)

    def numbers(self):
        """Every number as it opens with the key file, which must open all. :return: dict, and how many by key"""
        keys = sealing.Keyring(self.key_file.read_text())
        opened, bearing = {}, {}
        for id_, *ciphers in self.rows(f"SELECT id, {', '.join(COLUMNS)} FROM bphs_resident"):
            for (column, kind), cipher in zip(COLUMNS.items(), ciphers, strict=True):
                if cipher:
                    opened[id_, column] = keys.open(kind, cipher)
                    name = cipher.partition(".")[0]
                    bearing[name] = bearing.get(name, 0) + (column == "id_cipher")
        return opened, bearing


@pytest.fixture
def county(tmp_path):
    Job().duplicate(SUITE, DATABASE)
    made = County(tmp_path)
    with closing(made.db):
        code, text = made.run("demo-county", "--residents", str(PEOPLE))
        assert code == 0, text
        ((last,),) = made.rows("SELECT max(id) FROM bphs_resident")
        made.rows(GATED, last)
        yield made


def test_the_key_is_changed_whatever_happens_on_the_way(county, tmp_path):
    before, bearing = county.numbers()
    held = bearing["k1"]
    assert list(bearing) == ["k1"] and len(before) > PEOPLE

    code, text = county.run("rotate-key", "--begin")
    assert (code, f"居民档案 {PEOPLE} 份" in text) == (0, True), text
    assert county.numbers() == (before, bearing)

    county.rows("SELECT pg_advisory_lock(%s)", GATE)
    process, __ = county.stand_still()
    os.killpg(process.pid, signal.SIGTERM)
    time.sleep(0.5)
    county.rows("SELECT pg_advisory_unlock(%s)", GATE)  # it hears the signal when the statement is through
    text, __ = process.communicate(timeout=SECONDS)
    assert process.returncode and "Traceback" not in text, text
    county.rows("SELECT pg_advisory_lock(%s)", GATE)
    opened, bearing = county.numbers()
    assert opened == before
    assert bearing["k1"] + bearing["k2"] == held
    # The first batch stands whole, of the second nothing.
    ((done,),) = county.rows(
        "SELECT count(*) FROM bphs_resident WHERE id_cipher LIKE 'k2.%%' OR phone_cipher LIKE 'k2.%%'"
    )
    assert done == BATCH

    process, backend = county.stand_still()
    county.rows("SELECT pg_terminate_backend(%s)", backend)
    text, __ = process.communicate(timeout=SECONDS)
    assert process.returncode and "call it again" in text and "Traceback" not in text, text
    assert county.numbers() == (before, bearing)
    county.rows("SELECT pg_advisory_unlock(%s)", GATE)

    wrong = tmp_path / "wrong.key"
    wrong.write_text(county.key_file.read_text().splitlines()[0] + "\n" + sealing.new_key_line("k1"))
    for key_file, step, words in (
        (wrong, (), "不是这个数据库的"),
        (wrong, ("--check",), "不是这个数据库的"),
        (tmp_path / "nowhere", (), "密钥文件无法使用"),
        (None, ("--finish",), "请先重新加密"),
    ):
        code, text = county.run("rotate-key", *step, key_file=key_file)
        assert code and words in text, text
        assert county.numbers() == (before, bearing)

    code, text = county.run("rotate-key", "--check")
    assert (code, f"全部 {PEOPLE} 份" in text) == (0, True), text
    code, text = county.run("rotate-key")
    assert (code, "居民档案 0 份" in text) == (0, True), text
    code, text = county.run("rotate-key", "--finish")
    assert code == 0, text
    assert [line.split()[0] for line in county.key_file.read_text().splitlines()] == ["k2"]
    assert county.numbers() == (before, {"k2": held})
