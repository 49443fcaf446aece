"""A worker killed, or its connection cut, in the middle of a step: nothing half-done, and the step works afterwards.

The step is held in its middle by a table that somebody else has locked against writing.
"""

import threading
from contextlib import contextmanager

import psycopg2
import pytest

from tests.live.imported import wait_for
from tests.live_server import WEB

RUN, SETTLEMENT, LINE = "bphs.fund.run", "bphs.fund.settlement", "bphs.fund.settlement.line"
PAYMENT = "bphs.fund.payment"
APPROVE, SUBMIT = "action_approval_approve", "action_approval_submit"
SECONDS = 60
TABLES = (
    "bphs_fund_run", "bphs_fund_settlement", "bphs_fund_settlement_line", "bphs_fund_settlement_item",
    "bphs_fund_run_issue", "bphs_fund_entry", "bphs_fund_payable", "bphs_fund_hold", "bphs_fund_payment",
    "bphs_fund_payment_line", "bphs_fund_payment_split", "bphs_fund_source", "bphs_workload",
    "bphs_approval_request", "bphs_approval_decision", "mail_activity",
)  # fmt: skip


@pytest.fixture
def blocked(rows):
    """PostgreSQL processes that wait for a lock."""
    return lambda: [
        pid
        for (pid,) in rows(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
    ]


@pytest.fixture
def halfway(server, do, blocked):
    """`with halfway(table, call): ...`: the body runs while the call stands still before writing in the table."""

    @contextmanager
    def held(table, *call):
        outcome = []

        def go():
            try:
                do(*call[:4], **(call[4] if len(call) > 4 else {}))
                outcome.append(None)
            except Exception as refusal:
                outcome.append(refusal)

        keeper = psycopg2.connect(dbname=server.database)
        keeper.cursor().execute(f"LOCK TABLE {table} IN SHARE MODE")
        thread = threading.Thread(target=go)
        thread.start()
        try:
            wait_for(blocked, f"{call[2]} reaches {table}")
            yield
        finally:
            keeper.rollback()
            keeper.close()
            thread.join(SECONDS)
        assert not thread.is_alive(), "the broken call never came back"
        assert outcome[0], "the call was broken off, and yet it says it is done"

    return held


def healthy(server):
    try:
        with WEB.open(f"{server.base_url}/web/health", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.fixture
def ways(server, rows, blocked):
    """How what stands still at this moment is broken off: the worker dies, or its connection is cut."""

    def cut():
        for pid in blocked():
            rows("SELECT pg_terminate_backend(%s)", pid)

    return (server.kill_workers, cut)


@pytest.fixture
def quiet(server, rows):
    """Waits until nothing is left of what was broken off, and the server answers again."""

    def wait():
        wait_for(
            lambda: (
                not rows(
                    "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                    " AND xact_start IS NOT NULL AND pid <> pg_backend_pid()"
                )
            ),
            "the broken step ends in the database",
        )
        wait_for(lambda: healthy(server), "the server answers again")

    return wait


@pytest.fixture
def broken(rows, halfway, ways, quiet):
    """`broken(table, call)`: each time the call is broken off before it writes in the table, it leaves no trace."""

    def run(table, *call):
        for break_off in ways:
            before = traces(rows)
            with halfway(table, *call):
                break_off()
            quiet()
            assert traces(rows) == before

    return run


def traces(rows):
    """All that settling and paying writes, as it stands."""
    return {
        table: rows(f"SELECT count(*), md5(string_agg(line::text, ',' ORDER BY id)) FROM {table} line")
        for table in TABLES
    }


def test_a_quarter_broken_off_at_every_turn(county, do, broken, rows, seen):
    """Computing, the last approval and the payment are broken off, and then done."""
    period = county.quarter["2025Q1"]
    run = do("finance_officer", RUN, "create", vals_list=[{"institution_id": county.bureau, "period_id": period}])[0]
    compute = ("finance_officer", RUN, "action_compute", run)
    broken("bphs_fund_settlement_line", *compute)
    broken("bphs_fund_settlement_item", *compute)
    do(*compute)
    through_the_townships(county, do, rows, run)
    do("finance_officer", RUN, SUBMIT, run)
    for role in ("primary_care_officer", "finance_officer_2", "deputy_leader"):
        do(role, RUN, APPROVE, run)
    last = ("leader", RUN, APPROVE, run)
    broken("bphs_fund_entry", *last)
    broken("bphs_fund_payable", *last)
    do(*last)

    values = {
        "source_id": county.source["central"], "document_id": county.document, "indicator_amount": 9000,
        "issued_date": "2025-01-10", "date": "2025-02-01", "amount": 9000,
    }  # fmt: skip
    arrival = do("finance_officer", "bphs.fund.receipt", "create", vals_list=[values])[0]
    look = seen("bphs.fund.receipt", arrival)
    confirm = ("finance_officer_2", "bphs.fund.receipt", "action_confirm", arrival)
    broken("bphs_fund_entry", *confirm, look)
    do(*confirm, **look)

    values = {"institution_id": county.bureau, "budget_id": county.budget, "period_id": period, "date": "2025-12-01"}
    batch = do("finance_officer", PAYMENT, "create", vals_list=[values])[0]
    fill = ("finance_officer", PAYMENT, "action_fill", batch)
    broken("bphs_fund_payment_line", *fill)
    do(*fill)
    do("finance_officer", PAYMENT, SUBMIT, batch)
    do("finance_officer_2", PAYMENT, APPROVE, batch)
    pay = ("deputy_leader", PAYMENT, APPROVE, batch)
    broken("bphs_fund_payment_split", *pay)
    broken("bphs_fund_entry", *pay)
    do(*pay)
    do("finance_officer", PAYMENT, "action_mark_paid", batch, voucher="记-1", date="2025-12-02")
    unpaid = rows("SELECT id FROM bphs_fund_payable WHERE period_id = %s AND state <> 'paid' AND budget_id = %s",
                  period, county.budget)  # fmt: skip
    assert not unpaid


def through_the_townships(county, do, rows, run):
    do("finance_officer", RUN, "action_send", run)
    lines = rows(
        "SELECT line.id, line.institution_id FROM bphs_fund_settlement_line line"
        " JOIN bphs_fund_settlement settlement ON settlement.id = line.settlement_id WHERE settlement.run_id = %s",
        run,
    )
    assert sorted(clinic for _line, clinic in lines) == sorted(county.clinic.values())
    name = {clinic: key for key, clinic in county.clinic.items()}
    for line, clinic in lines:
        do(f"village_doctor_{name[clinic]}", LINE, "action_confirm", line)
    for settlement, township in rows("SELECT id, institution_id FROM bphs_fund_settlement WHERE run_id = %s", run):
        key = next(key for key, place in county.township.items() if place == township)
        do(f"township_accountant_{key}", SETTLEMENT, SUBMIT, settlement)
        do(f"township_public_health_{key}", SETTLEMENT, APPROVE, settlement)
        do(f"township_director_{key}", SETTLEMENT, APPROVE, settlement)
