"""Runs the stages and prints the closing line. Called by scripts/test."""

import argparse
import dataclasses
import json
import sys
import traceback

from . import browser, databases, demo, lint, live, rules, scenarios, suite, upgrade
from .job import VAR, Job, Result
from .lanes import run_all

# In the order in which they are begun: what others wait for and what takes long comes first, what is short last, that
# no processor is idle at the end.
STAGES = {
    "demo-county": databases.county,
    "suite": databases.suite,
    "odoo-rest": suite.run_rest,
    "odoo": suite.run,
    "clicks": browser.clicks,
    "screens": browser.screens,
    "rules": rules.run,
    "browser": browser.run,
    "live": live.run,
    "doors": live.doors,
    "upgrade": upgrade.run,
    "lint": lint.run,
    "demo": demo.run,
    "beginning": browser.beginning,
    "scenarios": scenarios.run,
}
# The databases which stages copy. They are made once, and only for who needs them.
NEEDS = {
    "odoo": ["suite"],
    "odoo-rest": ["suite"],
    "scenarios": ["suite"],
    "demo": ["demo-county"],
    "clicks": ["demo-county"],
    "screens": ["demo-county"],
    "browser": ["demo-county"],
    "beginning": ["suite"],
    "live": ["demo-county", "suite"],
    "doors": ["demo-county"],
}
FAST = ("lint", "rules", "odoo", "odoo-rest")
# Whoever asks for the one means the other too.
TOGETHER = {"odoo": "odoo-rest"}
# Looking at every screen as every person, on a desk and on a phone, takes as long as all the rest.
NIGHTLY = ("screens",)


def chosen_stages(args, job):
    if args.stage:
        names = [*args.stage, *(TOGETHER[name] for name in args.stage if name in TOGETHER)]
    elif args.only:
        names = ["lint", "odoo" if job.plain else "demo"]
    else:
        names = FAST if args.fast else [name for name in STAGES if in_a_full_run(name, args.nightly)]
    wanted = {*names, *(need for name in names for need in NEEDS.get(name, ()))}
    return [name for name in STAGES if name in wanted]


def in_a_full_run(name, nightly):
    return not is_database(name) and (nightly or name not in NIGHTLY)


def is_database(name):
    return any(name in needs for needs in NEEDS.values())


def work(name, job):
    """Runs one stage in this process and leaves its result for the process that asked."""
    try:
        result = STAGES[name](job)
    except Exception:
        # A stage that breaks is one failure; the others still say what they know.
        traceback.print_exc()
        result = Result(0, 1)
    if not result.passed and not result.failed and not result.skipped:
        print(f"{name}: nothing ran")
        result = Result(0, 1)
    (VAR / f"stage-{name}.json").write_text(json.dumps(dataclasses.asdict(result)), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(prog="scripts/test")
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--nightly", action="store_true")
    parser.add_argument("--only", metavar="MODULE")
    parser.add_argument("--stage", action="append", choices=STAGES)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--work", choices=STAGES, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.list:
        print(*(name for name in STAGES if not is_database(name)), sep="\n")
        return 0
    job = Job(only=args.only, nightly=args.nightly)
    if args.work:
        work(args.work, job)
        return 0

    arguments = ["--nightly"] if args.nightly else []
    arguments += ["--only", args.only] if args.only else []
    rows = run_all(chosen_stages(args, job), NEEDS, arguments)
    total = Result()
    print("\n=== summary")
    for name, result, seconds in rows:
        note = f"skipped: {result.skipped}" if result.skipped else ""
        print(f"{name:<12} {result.passed:>6} ok {result.failed:>4} bad {seconds:>7.1f} s  {note}")
        total += result
    if not total.passed and not total.failed:
        total = Result(0, 1)
    print(f"{total.passed} passed, {total.failed} failed", flush=True)
    return 1 if total.failed else 0


sys.exit(main())
