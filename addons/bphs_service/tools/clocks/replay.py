"""The replay document of clocks: what was due for whom, computed again by anyone, offline (clocks rules, section 4)."""

from odoo.addons.bphs_base.tools.replay_reader import decode, dump

from .reading import ClockDocument, parse
from .rows import Row, rows_of
from .terms import STATES


def replay(data: bytes) -> str:
    """Return the result document of the input document ``data``, both JSON in UTF-8.

    :raise ReplayError: for a broken document, naming the field
    """
    return dump(compute(parse(decode(data))), end="")


def compute(document: ClockDocument) -> dict:
    plans = [
        {"code": plan.code, "rows": [row_document(row) for row in _rows(document, plan)]}
        for plan in sorted(document.plans, key=lambda plan: plan.code)
    ]
    counts = dict.fromkeys(STATES, 0)
    for plan in plans:
        for row in plan["rows"]:
            counts[row["state"]] += 1
    return {
        "clock": document.clock.code,
        "as_of": document.as_of.isoformat(),
        "plans": plans,
        "counts": counts,
    }


def row_document(row: Row) -> dict:
    return {
        "kind": row.kind,
        "key": row.key,
        "opens": row.opens.isoformat(),
        "due": row.due.isoformat(),
        "closes": row.closes.isoformat(),
        "state": row.state,
        "visit": row.visit,
    }


def _rows(document, plan):
    return rows_of(document.clock, plan, document.as_of, document.horizon_days)
