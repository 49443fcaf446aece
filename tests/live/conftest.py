import re
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.live_server import CallError

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{4,}")


@pytest.fixture(scope="session")
def counties():
    """Those that were made."""
    return []


@pytest.fixture(scope="module")
def county(server, counties, request):
    """A small county of race_county.py on the live server; ids of its things, and everybody's key.

    Each module that moves money has one of its own; one that says `SHARES_A_COUNTY` takes what is there.
    """
    if counties and getattr(request.module, "SHARES_A_COUNTY", False):
        return counties[-1]
    path = Path(__file__).with_name("race_county.py")
    facts = server.shell(f"import runpy\nanswer = runpy.run_path({str(path)!r})['make'](env)\n")
    server._keys.update(facts.pop("keys"))
    counties.append(SimpleNamespace(**facts))
    return counties[-1]


@pytest.fixture
def books(county, rows):
    """After every test that does something, the county's books are right."""
    yield
    check_books(county, rows)


@pytest.fixture
def do(server, county, books):
    """`do("finance_officer", model, method, ids, ...)`: one call by one person, in Chinese."""

    def call(person, model, method, ids=None, **arguments):
        if ids is not None:
            arguments["ids"] = ids if isinstance(ids, list) else [ids]
        return server.call(f"{person}@{county.number}", model, method, context={"lang": "zh_CN"}, **arguments)

    return call


@pytest.fixture
def seen(do):
    """`seen(model, id)`: what the second person of finance brings along, having looked at it."""

    def look(model, record):
        (row,) = do("finance_officer_2", model, "read", record, fields=["content_hash"])
        return {"seen": {str(record): row["content_hash"]}}

    return look


@pytest.fixture
def race(do):
    """`race(call, call, ...)`: all at the same instant; a list of None or the refusal for each."""

    def run(*calls):
        start = threading.Barrier(len(calls))
        outcomes = [None] * len(calls)

        def one(place, call):
            start.wait()
            try:
                do(*call[:4], **(call[4] if len(call) > 4 else {}))
            except Exception as refusal:
                outcomes[place] = refusal

        threads = [threading.Thread(target=one, args=pair) for pair in enumerate(calls)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for refusal in filter(None, outcomes):
            check_told_clearly(refusal)
        return outcomes

    return run


@pytest.fixture
def once(race):
    """As `race`, and exactly one of the calls did it."""

    def run(*calls):
        outcomes = race(*calls)
        assert outcomes.count(None) == 1, [str(outcome) for outcome in outcomes]

    return run


def check_told_clearly(refusal):
    """A refusal is one of ours, in Chinese, and not what a database or a program says."""
    assert isinstance(refusal, CallError), repr(refusal)
    assert 400 <= refusal.status < 500, str(refusal)
    assert CHINESE.search(refusal.message), refusal.message
    assert not ENGLISH.search(refusal.message), refusal.message
    assert "锁定记录" not in refusal.message, f"says nothing to whom it is told: {refusal.message}"


def check_books(county, rows):
    overdrawn = rows(
        "SELECT source_id, sum(amount) FROM bphs_fund_entry WHERE budget_id = %s AND source_id IS NOT NULL"
        " GROUP BY source_id HAVING sum(amount) < 0",
        county.budget,
    )
    assert not overdrawn, f"sources are overdrawn: {overdrawn}"
    twice = rows(
        "SELECT kind, origin_model, origin_id, source_id FROM bphs_fund_entry WHERE budget_id = %s"
        " GROUP BY kind, origin_model, origin_id, source_id, period_id HAVING count(*) > 1",
        county.budget,
    )
    assert not twice, f"entered twice: {twice}"
    arrivals = rows(
        "SELECT (SELECT COALESCE(sum(amount), 0) FROM bphs_fund_receipt WHERE budget_id = %s AND state = 'confirmed'),"
        " (SELECT COALESCE(sum(amount), 0) FROM bphs_fund_entry WHERE budget_id = %s AND kind = 'arrival')",
        county.budget, county.budget,
    )  # fmt: skip
    assert arrivals[0][0] == arrivals[0][1], f"arrived and entered: {arrivals}"
    batches = rows(
        "SELECT payment.id, sum(line.amount),"
        "  (SELECT sum(split.amount) FROM bphs_fund_payment_split split WHERE split.payment_id = payment.id),"
        "  (SELECT -sum(entry.amount) FROM bphs_fund_entry entry JOIN bphs_fund_payment_split split"
        "      ON split.id = entry.origin_id AND entry.origin_model = 'bphs.fund.payment.split'"
        "    WHERE split.payment_id = payment.id)"
        " FROM bphs_fund_payment payment JOIN bphs_fund_payment_line line ON line.payment_id = payment.id"
        " WHERE payment.budget_id = %s AND payment.approval_state = 'approved' GROUP BY payment.id",
        county.budget,
    )
    for batch, lines, splits, entries in batches:
        assert lines == splits == entries, f"batch {batch}: {lines}, split {splits}, entered {entries}"
    overpaid = rows(
        "SELECT payable.id, payable.amount, sum(line.amount) FROM bphs_fund_payable payable"
        " JOIN bphs_fund_payment_line line ON line.payable_id = payable.id AND line.state <> 'failed'"
        " WHERE payable.budget_id = %s GROUP BY payable.id HAVING sum(line.amount) > payable.amount",
        county.budget,
    )
    assert not overpaid, f"paid more than owed: {overpaid}"
    posted = rows(
        "SELECT line.id, line.settled - line.prepaid, sum(entry.amount), count(entry.id)"
        " FROM bphs_fund_settlement_line line JOIN bphs_fund_run run ON run.budget_id = %s"
        " JOIN bphs_fund_settlement settlement ON settlement.id = line.settlement_id AND settlement.run_id = run.id"
        " LEFT JOIN bphs_fund_entry entry ON entry.origin_model = 'bphs.fund.settlement.line'"
        "   AND entry.origin_id = line.id AND entry.kind = 'settlement'"
        " WHERE line.posted GROUP BY line.id",
        county.budget,
    )
    for line, settled, entered, count in posted:
        assert (settled, 1) == (entered, count), f"line {line}: settled {settled}, entered {entered} in {count}"
