"""Calls every public method as everybody, over web sessions, and says what came of it.

A cell of the table (methods.csv) says what the method does to a person who calls it on records they see, in up to
three states: `✓` it is done, `?` it is refused for another reason than a right, `·` they lack the right, `–` they see
none. The worst of them stands there, in this order. `outside` says it of records they do not see, over all people.
"""

import csv
import json
import re
import urllib.request
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path

from tests.live_server import CallError

TABLE = Path(__file__).with_name("methods.csv")
DONE, REFUSED, NO_RIGHT, NONE, BROKEN = "✓", "?", "·", "–", "!"
WORST = BROKEN + DONE + REFUSED + NO_RIGHT + NONE
RIGHTS = {"AccessError", "AccessDenied", "MissingError"}
WORDS = {"UserError", "ValidationError", "RedirectWarning"}
OUTSIDE = "outside"


class Person:
    """Somebody signed in, as a browser is."""

    def __init__(self, server, login, password):
        self.server = server
        self.web = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )
        self.ask("/web/session/authenticate", db=server.database, login=login, password=password)

    def ask(self, path, **params):
        """:raise CallError: it was refused, or it broke"""
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}).encode()
        request = urllib.request.Request(
            f"{self.server.base_url}{path}", data=body, headers={"Content-Type": "application/json"}
        )
        with self.web.open(request, timeout=120) as answer:
            told = json.load(answer)
        if error := told.get("error"):
            raise CallError(200, error["data"]["name"], error["data"].get("message") or "", error["data"])
        return told.get("result")

    def call(self, model, method, *args, **kwargs):
        return self.ask(
            f"/web/dataset/call_kw/{model}/{method}", model=model, method=method, args=list(args), kwargs=kwargs
        )


@dataclass(frozen=True)
class Outcome:
    """What came of a call: a letter, the words of a refusal, and all that was told with it."""

    letter: str
    words: str = ""
    told: str = ""

    @classmethod
    def of(cls, call, *args, **kwargs):
        try:
            call(*args, **kwargs)
        except CallError as error:
            name = error.name.rpartition(".")[2]
            letter = NO_RIGHT if name in RIGHTS else REFUSED if name in WORDS else BROKEN
            return cls(letter, f"{name}: {error.message}"[:200], json.dumps(error.told, ensure_ascii=False))
        return cls(DONE)

    def without(self, number):
        """The same, whatever the record's number is."""
        alone = re.compile(rf"(?<!\d){number}(?!\d)")
        return Outcome(self.letter, alone.sub("#", self.words), alone.sub("#", self.told))


def worst(outcomes):
    return min(outcomes, key=lambda outcome: WORST.index(outcome.letter), default=Outcome(NONE))


def sweep(people, facts):
    """:return dict: (model, method) -> column of the table -> Outcome"""
    table = {}
    for method in facts["methods"]:
        row = {role: _try(person, method, facts, 0, role) for role, person in people.items()}
        row[OUTSIDE] = worst([_try(person, method, facts, 1, role) for role, person in people.items()])
        table[method["model"], method["method"]] = row
    return table


def words(method, values):
    """What is said to the method: all it takes that has a value by its name, and nothing for the rest that it needs."""
    return {name: values.get(name) for name in method["takes"] if name in values or name in method["needs"]}


def _try(person, method, facts, which, role):
    """:param int which: 0 on what they see, 1 on what they do not"""
    model, name = method["model"], method["method"]
    said = words(method, facts["values"])
    if not method["on_records"]:
        return Outcome.of(person.call, model, name, **said) if which == 0 else Outcome(NONE)
    outcomes = []
    for one in facts["records"][model][role][which]:
        outcomes.append(Outcome.of(person.call, model, name, [one], **said))
        if outcomes[-1].letter in (BROKEN, DONE):
            break  # nothing worse can come
    return worst(outcomes)


def read_table():
    """:return dict: (model, method) -> column -> letter"""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {(row.pop("model"), row.pop("method")): row for row in csv.DictReader(file)}


def write_table(found, path):
    with path.open("w", encoding="utf-8", newline="") as file:
        columns = [OUTSIDE, *(column for column in next(iter(found.values())) if column != OUTSIDE)]
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["model", "method", *columns])
        for (model, method), row in sorted(found.items()):
            writer.writerow([model, method, *(row[column].letter for column in columns)])


def differences(found, table):
    """What differs from the table, a line each."""
    for key in sorted(set(table) - set(found)):
        yield f"{'.'.join(key)}: stands in the table, and is no public method"
    for key, row in sorted(found.items()):
        name = ".".join(key)
        if key not in table:
            yield f"{name}: is a public method, and does not stand in the table"
            continue
        for column, outcome in row.items():
            if (expected := table[key].get(column)) != outcome.letter:
                yield f"{name}, {column}: the table says {expected}, the server {outcome.letter} {outcome.words}"
