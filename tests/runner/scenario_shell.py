"""Plays one scenario inside `odoo shell`: the ```python blocks in order, in one namespace.

The blocks see `env` (the administrator), `as_(login)` (the environment of that user), `D`
(Decimal), `show(...)` (prints), `refused(...)` (asserts that the body of a `with` is refused),
`on("2025-04-22")` (the day on which the body of a `with` is done) and whatever earlier blocks defined.
Nothing is kept: the transaction is rolled back at the end.
"""

import json
import re
import time
import traceback
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.bphs_demo import county_clock

BLOCK = re.compile(r"^```python[^\n]*\n(.*?)^```\s*$", re.M | re.S)


def blocks(text):
    """(heading, first line number, code) of every Python block."""
    for match in BLOCK.finditer(text):
        headings = re.findall(r"^#+ +(.*)$", text[: match.start()], re.M)
        line = text.count("\n", 0, match.start(1)) + 1
        yield (headings[-1] if headings else "", line, match.group(1))


def names(env):
    def as_(login):
        user = env["res.users"].search([("login", "=", login)])
        assert user, f"no user signs in as {login!r}"
        # A county's people read Chinese, whatever their own settings say.
        return env(user=user.id, su=False, context={**env.context, "lang": "zh_CN"})

    @contextmanager
    def refused(*fragments):
        """The body must be refused with a message holding each fragment; it is undone."""
        try:
            with env.cr.savepoint():
                yield
                env.flush_all()
        except (AccessError, UserError, ValidationError) as refusal:
            for fragment in fragments:
                assert fragment in str(refusal), f"{fragment!r} is not in: {refusal}"
        else:
            raise AssertionError("this was not refused")

    @contextmanager
    def on(day):
        """What is done in the body is done that day, at half past nine in the county."""
        with county_clock.on(env, date.fromisoformat(str(day))):
            # What was reckoned on another day is reckoned anew.
            env.invalidate_all()
            yield

    return {"env": env, "as_": as_, "D": Decimal, "show": print, "refused": refused, "on": on}


def play(env, document, report):
    """Plays the document and writes to `report`: blocks that passed, lines of problems, seconds by block."""
    path = Path(document)
    text = path.read_text(encoding="utf-8")
    namespace, passed, problems, seconds = names(env), 0, [], {}
    for heading, line, code in blocks(text):
        started = time.monotonic()
        try:
            # Padding keeps the document's own line numbers in tracebacks.
            exec(compile("\n" * (line - 1) + code, str(path), "exec"), namespace)
            env.flush_all()
            passed += 1
            seconds[f"{path.name}:{line} {heading}"] = time.monotonic() - started
        except Exception as error:
            frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == str(path)]
            where = frames[0].lineno if frames else line
            problems = [f"{path.name}:{where}, in “{heading}”: {type(error).__name__}: {error}"]
            problems += traceback.format_exc().splitlines()
            break
    else:
        try:
            # What the database would refuse at commit is refused here.
            env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except Exception as error:
            problems = [f"{path.name}: at the end: {error}"]
    env.cr.rollback()
    Path(report).write_text(json.dumps({"passed": passed, "problems": problems, "seconds": seconds}), encoding="utf-8")
