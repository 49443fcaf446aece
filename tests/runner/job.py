"""What the stages share: where things are, how Odoo and pytest are run, how results count."""

import ast
import fcntl
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var" / "test"
ADDONS = ROOT / "addons"
# The databases of databases.py: made once, then only copied.
SUITE, COUNTY = "jiceng_test_suite", "jiceng_test_demo"

# Lines a sound run may log, each with its reason. Every other WARNING or ERROR fails the stage.
HARMLESS = (
    # Printed as root, which containers and build machines are.
    r"Running as user 'root' is a security risk",
    # A browser gone before the last answer reached it.
    r"werkzeug: .*(BrokenPipe|ConnectionReset)",
)
LOUD = re.compile(r"^\S+ \S+ \d+ (WARNING|ERROR|CRITICAL) ")


# How many of a stage's tests are named as its slowest.
SLOWEST = 10


@dataclass
class Result:
    passed: int = 0
    failed: int = 0
    skipped: str = ""
    _since = time.monotonic()  # a stage is a process of its own: its first check began here

    def __add__(self, other):
        return Result(self.passed + other.passed, self.failed + other.failed)

    def check(self, name, problems):
        """Counts one check; `problems` are the lines that say why it failed. Says how long it took since the last."""
        problems = [line for line in problems if line.strip()]
        now = time.monotonic()
        took = f"({now - Result._since:.0f} s)"
        Result._since = now
        if problems:
            self.failed += 1
            print(f"FAILED {name} {took}", *problems, sep="\n    ", flush=True)
        else:
            self.passed += 1
            print(f"ok     {name} {took}", flush=True)


@dataclass
class Job:
    only: str | None = None
    nightly: bool = False

    def __post_init__(self):
        if self.only and self.only not in self.addons:
            sys.exit(f"scripts/test: no module {self.only}; there are: {', '.join(self.addons)}")

    @cached_property
    def addons(self):
        """All addons of the suite, in the order in which they can be installed."""
        depends = {
            path.parent.name: ast.literal_eval(path.read_text(encoding="utf-8")).get("depends", [])
            for path in ADDONS.glob("*/__manifest__.py")
        }
        ordered = []
        while waiting := sorted(set(depends) - set(ordered)):
            ready = [m for m in waiting if not (set(depends[m]) & set(waiting)) - {m}]
            if not ready:
                sys.exit(f"scripts/test: addons depend on each other in a circle: {waiting}")
            ordered += ready
        return ordered

    @property
    def modules(self):
        """The addons this run is about."""
        return [self.only] if self.only else self.addons

    @property
    def plain(self):
        return [m for m in self.modules if not m.endswith("_demo")]

    @property
    def demo(self):
        return [m for m in self.modules if m.endswith("_demo")]

    # --- Odoo -------------------------------------------------------------------------------------
    def odoo(self, *arguments, log, stdin=None, timeout=2400, env=None):
        """Runs Odoo's command; returns the lines of its log and what was wrong, a line each."""
        path = VAR / f"{log}.log"
        with path.open("a+", encoding="utf-8", errors="replace") as out:
            start = out.seek(0, os.SEEK_END)
            done = subprocess.run(
                [os.environ["ODOO"], *arguments],
                input=stdin,
                text=True,
                stdout=out,
                stderr=subprocess.STDOUT,
                timeout=timeout,
                env=os.environ | (env or {}),
                **({} if stdin else {"stdin": subprocess.DEVNULL}),
            )
            out.seek(start)
            lines = out.read().splitlines()
        problems = loud_lines(lines)
        if done.returncode:
            problems += [f"odoo {' '.join(arguments)[:120]}: exit code {done.returncode}; see {path}"]
            problems += [] if loud_lines(lines) else lines[-30:]
        return lines, problems

    def shell(self, database, code, log):
        """Runs Python text in `odoo shell`, where `env` is the administrator's environment."""
        return self.odoo("shell", "-d", database, "--no-http", log=log, stdin=code)

    def duplicate(self, source, target):
        """Copies a database nobody is connected to, and its files; without Odoo, which takes seconds to open it."""
        files = Path(os.environ["ODOO_DATA_DIR"]) / "filestore"
        with copying():
            subprocess.run(["dropdb", "--if-exists", "--force", target], check=True)
            subprocess.run(["createdb", "--template", source, target], check=True)
            shutil.rmtree(files / target, ignore_errors=True)
            if (files / source).exists():
                shutil.copytree(files / source, files / target)

    # --- pytest -----------------------------------------------------------------------------------
    def pytest(self, name, folder, *arguments, command=("-m", "pytest"), env=None):
        """Runs the tests of a folder or file and counts them; a skipped test counts as failed."""
        report = VAR / f"pytest-{name}.xml"
        done = subprocess.run(
            [sys.executable, *command, "-qq", f"--durations={SLOWEST}", f"--junitxml={report}", folder, *arguments],
            cwd=ROOT,
            env=os.environ | ({"JICENG_NIGHTLY": "1"} if self.nightly else {}) | (env or {}),
            stdin=subprocess.DEVNULL,
        )
        if not report.exists():
            return Result(0, 1)
        suite = ElementTree.parse(report).getroot().find("testsuite")
        count = {key: int(suite.get(key)) for key in ("tests", "failures", "errors", "skipped")}
        failed = count["failures"] + count["errors"] + count["skipped"]
        if count["skipped"]:
            print(f"{folder}: {count['skipped']} tests were skipped, which counts as failed")
        # A run that dies without naming a test (a broken fixture file) must not pass.
        failed = failed or (1 if done.returncode else 0)
        return Result(max(count["tests"] - failed, 0), failed)

    def pytest_on_demo(self, name, folder, *arguments):
        """The same with a copy of the demo county of its own, named in JICENG_DATABASE."""
        return self.pytest_on_copy(name, COUNTY, folder, *arguments)

    def pytest_on_copy(self, name, source, folder, *arguments):
        """The same with a copy of that database."""
        copy = f"jiceng_test_{name}"
        self.duplicate(source, copy)
        return self.pytest(name, folder, *arguments, env={"JICENG_DATABASE": copy})


@contextmanager
def copying():
    """One copy of a database at a time: nobody else may read it."""
    with (VAR / "duplicate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def loud_lines(lines):
    return [line for line in lines if LOUD.match(line) and not any(re.search(h, line) for h in HARMLESS)]


def show_slowest(tests):
    """Prints the slowest of {name: seconds}."""
    print(f"slowest {SLOWEST} tests:")
    for name, seconds in sorted(tests.items(), key=lambda item: -item[1])[:SLOWEST]:
        print(f"{seconds:8.1f} s  {name}")


def free_ports(count):
    """Ports nobody listens on at the moment, on the loopback address.

    They are looked for from a number of chance, below those which the system itself gives out: two
    stages that look at the same instant do not find the same.
    """
    found, first = [], random.randrange(20000, 31000)
    for port in range(first, first + 1000):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        found.append(port)
        if len(found) == count:
            return found
    raise RuntimeError("no free ports")
