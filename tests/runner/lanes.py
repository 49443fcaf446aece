"""Runs stages side by side: as many at once as the machine has processors, each in a process of its own.

A stage begins when what it needs is there. What it prints is shown as a whole at its end, so that
the stages' reports do not mingle.
"""

import json
import os
import signal
import subprocess
import sys
import time

from .job import ROOT, VAR, Result

# Longer than any stage takes on a slow machine: what still runs then hangs.
LIMIT_SECONDS = 50 * 60


class Lane:
    """One stage at work."""

    def __init__(self, name, arguments):
        self.name = name
        self.started = time.monotonic()
        self.report = VAR / f"stage-{name}.json"
        self.told = VAR / f"stage-{name}.txt"
        self.note = VAR / f"stage-{name}.pid"
        with self.told.open("w", encoding="utf-8") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.runner", *arguments, "--work", name],
                cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip
        self.note.write_text(str(self.process.pid), encoding="utf-8")
        print(f"... {name}", flush=True)

    @property
    def seconds(self):
        return time.monotonic() - self.started

    def over(self):
        """Whether it has ended; one that hangs is ended."""
        if self.process.poll() is None and self.seconds > LIMIT_SECONDS:
            self.stop()
            with self.told.open("a", encoding="utf-8") as out:
                out.write(f"{self.name} was ended: it ran for {LIMIT_SECONDS} seconds\n")
        return self.process.poll() is not None

    def stop(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def result(self):
        """Shows what the stage printed; a stage that died is one failure."""
        self.note.unlink(missing_ok=True)
        print(f"\n=== {self.name} ({self.seconds:.0f} s)")
        print(self.told.read_text(encoding="utf-8", errors="replace"), flush=True)
        if self.process.returncode or not self.report.exists():
            print(f"FAILED {self.name}: it broke off with exit code {self.process.returncode}")
            return Result(0, 1)
        return Result(**json.loads(self.report.read_text(encoding="utf-8")))


def run_all(stages, needs, arguments):
    """[(name, Result, seconds)] of the stages, in the order in which they ended.

    :param stages: names, the most urgent first
    :param needs: name -> names of what it needs; it fails unrun where one of them failed
    """
    waiting, lanes, rows = list(stages), [], []
    good, bad = set(), set()
    try:
        while waiting or lanes:
            for name in [name for name in waiting if bad & set(needs.get(name, ()))]:
                waiting.remove(name)
                print(f"\n=== {name}\nFAILED {name}: not run, for what it needs has failed", flush=True)
                rows.append((name, Result(0, 1), 0))
                bad.add(name)
            ready = [name for name in waiting if good >= set(needs.get(name, ()))]
            for name in ready[: max(0, (os.cpu_count() or 1) - len(lanes))]:
                waiting.remove(name)
                lanes.append(Lane(name, arguments))
            time.sleep(0.1)
            for lane in [lane for lane in lanes if lane.over()]:
                lanes.remove(lane)
                result = lane.result()
                rows.append((lane.name, result, lane.seconds))
                (bad if result.failed else good).add(lane.name)
    finally:
        for lane in lanes:
            lane.stop()
    return rows
