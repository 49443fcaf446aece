"""The previous release's county is kept from one run to the next: the same files give the same, and it takes minutes.

What it was made of is in its name: the release, Odoo and its environment, the key its numbers are sealed with; and the
week, for its dates count from the day on which it was made. Whatever goes wrong here, it is made anew.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

FOLDER = Path(os.environ.get("JICENG_KEPT", "~/.cache/jiceng/kept")).expanduser()
DAYS = 14  # what nobody took out for so long is thrown away
DUMP, FILES = "database.dump", "files"


def name_of(commit):
    key = Path(os.environ["JICENG_RESIDENT_KEY"]).read_bytes()
    parts = (commit, sys.prefix, os.environ.get("ODOO_SRC", ""), key.hex(), *map(str, date.today().isocalendar()[:2]))
    return f"county-{hashlib.sha256('/'.join(parts).encode()).hexdigest()[:16]}"


def take_out(name, database):
    """:return bool: whether the database stands now as it was put away"""
    place = FOLDER / name
    if not (place / DUMP).exists():
        return False
    try:
        _run("createdb", database)
        _run("pg_restore", "--no-owner", "--exit-on-error", "--dbname", database, str(place / DUMP))
        _run("vacuumdb", "--quiet", "--analyze-only", database)
        shutil.rmtree(_files_of(database), ignore_errors=True)
        if (place / FILES).exists():
            shutil.copytree(place / FILES, _files_of(database))
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"what was kept in {place} is of no use: {error}")
        shutil.rmtree(place, ignore_errors=True)
        subprocess.run(["dropdb", "--if-exists", "--force", database], check=True)
        return False
    os.utime(place)
    return True


def put_away(name, database):
    FOLDER.mkdir(parents=True, exist_ok=True)
    FOLDER.chmod(0o700)  # numbers of invented people, but sealed with a key in use
    half = Path(tempfile.mkdtemp(dir=FOLDER))
    try:
        _run("pg_dump", "--format=custom", "--compress=1", "--file", str(half / DUMP), database)
        if _files_of(database).exists():
            shutil.copytree(_files_of(database), half / FILES)
        if not (FOLDER / name).exists():
            half.rename(FOLDER / name)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"the county is not kept: {error}")
    shutil.rmtree(half, ignore_errors=True)
    for old in FOLDER.iterdir():
        if time.time() - old.stat().st_mtime > DAYS * 86400:
            shutil.rmtree(old, ignore_errors=True)


def _files_of(database):
    return Path(os.environ["ODOO_DATA_DIR"]) / "filestore" / database


def _run(*command):
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
