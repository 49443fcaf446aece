"""Database and files of a county in one zip, laid out as Odoo's own `db dump` does, and back.

    saving.py save DATABASE FILE.zip      saving.py load DATABASE FILE.zip      saving.py note DATABASE FILE.zip

Odoo's own copies the files first and the database later: what people add in between would be missing. Here the
list of files is of the very instant of the dump. Nothing is laid down beside the zip, however large the county is;
and a dump that does not load to its last line is not loaded at all. Errors: exit status 1, told on standard error.
"""

import json
import re
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfileobj
from zipfile import ZIP_DEFLATED, ZipFile

from odoo.service import db as service
from odoo.sql_db import db_connect
from odoo.tools import config
from odoo.tools.misc import exec_pg_environ, find_pg_tool

DUMP, MANIFEST = "dump.sql", "manifest.json"
NOTED = "bphs_base.last_backup"
STORED = re.compile(r"filestore/(\w{2}/\w+)")
BLOCK = 2**20


def save(database, file):
    store = Path(config.filestore(database))
    missing = 0
    with closing(db_connect(database).cursor()) as cr, ZipFile(file, "w", ZIP_DEFLATED) as archive:
        # Odoo sweeps up deleted files under a SHARE lock: this keeps the broom out, and nobody who works.
        cr.execute("LOCK ir_attachment IN ROW EXCLUSIVE MODE")
        cr.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cr.fetchone()
        names = _file_names(cr)
        archive.writestr(MANIFEST, json.dumps(service.dump_db_manifest(cr), indent=4))
        with archive.open(DUMP, "w", force_zip64=True) as dump:
            _run("pg_dump", "--no-owner", f"--snapshot={snapshot}", database, out=dump)
        for name in names:
            if (store / name).is_file():
                archive.write(store / name, f"filestore/{name}")
            else:
                missing += 1
    _tell_missing(missing)


def load(database, file):
    store = Path(config.filestore(database))
    with ZipFile(file) as archive:
        archive.getinfo(MANIFEST)  # otherwise it is no backup
        with archive.open(DUMP) as dump:
            service._create_empty_database(database)
            _run("psql", "-X", "-q", "--set=ON_ERROR_STOP=1", "--single-transaction", "--file=-", database, into=dump)
        for entry in archive.infolist():
            if found := STORED.fullmatch(entry.filename):
                target = store / found[1]
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(entry) as source, target.open("wb") as written:
                    copyfileobj(source, written, BLOCK)
    with closing(db_connect(database).cursor()) as cr:
        _tell_missing(sum(not (store / name).is_file() for name in _file_names(cr)))


def note(database, file):
    """Note in the database that this backup of it can be read back: the administrator's first page tells its age."""
    made = datetime.now(UTC).isoformat(timespec="seconds")
    with closing(db_connect(database).cursor()) as cr:
        cr.execute(
            "INSERT INTO ir_config_parameter (key, value) VALUES (%s, %s)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (NOTED, made),
        )
        cr.commit()


def _file_names(cr):
    cr.execute("SELECT DISTINCT store_fname FROM ir_attachment WHERE store_fname IS NOT NULL ORDER BY store_fname")
    return [name for (name,) in cr.fetchall()]


def _run(tool, *arguments, out=None, into=None):
    """Run one of PostgreSQL's programs, its output to ``out`` or its input from ``into``.

    :raise SystemExit: it failed; it has told why itself
    """
    command = [find_pg_tool(tool), *arguments]
    ends = {"stdout": subprocess.PIPE if out else subprocess.DEVNULL, "stdin": into and subprocess.PIPE}
    with subprocess.Popen(command, env=exec_pg_environ(), **ends) as process:
        try:
            copyfileobj(into or process.stdout, out or process.stdin, BLOCK)
        except BrokenPipeError:
            process.wait()  # it gave up, and its exit status says so
    if process.returncode:
        sys.exit(f"{tool} failed")


def _tell_missing(count):
    if count:
        print(f"{count} files that the database names are not in the file store")


def main():
    config.parse_config([], setup_logging=True)
    config["list_db"] = True  # closes the pages, not the command line: as `odoo db` does
    action, database, file = sys.argv[1:]
    {"save": save, "load": load, "note": note}[action](database, file)


if __name__ == "__main__":
    main()
