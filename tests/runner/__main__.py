"""Runs the stages in order and prints the closing line. Called by scripts/test."""

import argparse
import sys
import time
import traceback

from . import browser, demo, lint, live, rules, scenarios, suite, upgrade
from .job import Job, Result

STAGES = {
    "lint": lint,
    "rules": rules,
    "odoo": suite,
    "scenarios": scenarios,
    "demo": demo,
    "browser": browser,
    "live": live,
    "upgrade": upgrade,
}
FAST = ("lint", "rules", "odoo")


def chosen_stages(args):
    if args.stage:
        return args.stage
    if args.only:
        return [name for name in FAST if name != "rules"]
    return FAST if args.fast else list(STAGES)


def main():
    parser = argparse.ArgumentParser(prog="scripts/test")
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--nightly", action="store_true")
    parser.add_argument("--only", metavar="MODULE")
    parser.add_argument("--stage", action="append", choices=STAGES)
    parser.add_argument("--list", action="store_true")
    args = parser.parse_args()
    if args.list:
        print(*STAGES, sep="\n")
        return 0

    job = Job(only=args.only, nightly=args.nightly)
    total, rows = Result(), []
    for name in chosen_stages(args):
        print(f"\n=== {name}", flush=True)
        started = time.monotonic()
        try:
            result = STAGES[name].run(job)
        except Exception:
            # A stage that breaks is one failure; the others still say what they know.
            traceback.print_exc()
            result = Result(0, 1)
        if not result.passed and not result.failed and not result.skipped:
            print(f"{name}: nothing ran")
            result = Result(0, 1)
        rows.append((name, result, time.monotonic() - started))
        total += result
    print("\n=== summary")
    for name, result, seconds in rows:
        note = f"skipped: {result.skipped}" if result.skipped else ""
        print(f"{name:<10} {result.passed:>6} ok {result.failed:>4} bad {seconds:>7.1f} s  {note}")
    if not total.passed and not total.failed:
        total = Result(0, 1)
    print(f"{total.passed} passed, {total.failed} failed", flush=True)
    return 1 if total.failed else 0


sys.exit(main())
