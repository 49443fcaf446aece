"""Two people press the same button at the same instant: one result, one clear message, right books."""

import pytest

RUN, SETTLEMENT, LINE = "bphs.fund.run", "bphs.fund.settlement", "bphs.fund.settlement.line"
PAYMENT, TRANSFER, RECEIPT = "bphs.fund.payment", "bphs.fund.payment.line", "bphs.fund.receipt"
HOLD, ACCOUNT = "bphs.fund.hold", "bphs.bank.account"
APPROVE, SUBMIT = "action_approval_approve", "action_approval_submit"


@pytest.fixture
def arrival(do, county):
    def make(amount, level="central"):
        values = {
            "source_id": county.source[level],
            "document_id": county.document,
            "indicator_amount": amount,
            "issued_date": "2025-01-10",
            "date": "2025-02-01",
            "amount": amount,
        }
        return do("finance_officer", RECEIPT, "create", vals_list=[values])[0]

    return make


def new_run(do, county, quarter, person="finance_officer"):
    values = {"institution_id": county.bureau, "period_id": county.quarter[quarter]}
    return do(person, RUN, "create", vals_list=[values])[0]


def new_batch(do, county, person="finance_officer", **values):
    values = {"institution_id": county.bureau, "budget_id": county.budget, "date": "2025-12-01", **values}
    return do(person, PAYMENT, "create", vals_list=[values])[0]


def test_two_batches_never_spend_the_same_money(county, do, once, rows, arrival, seen):
    """Two batches of 280 yuan wait for their last approval while the sources hold 300."""
    batches = []
    for quarter in ("2025Q1", "2025Q2"):
        batches.append(new_batch(do, county, period_id=county.quarter[quarter]))
        do("finance_officer", PAYMENT, "action_fill", batches[-1])
        do("finance_officer", PAYMENT, SUBMIT, batches[-1])
        do("finance_officer_2", PAYMENT, APPROVE, batches[-1])
    once(("deputy_leader", PAYMENT, APPROVE, batches[0]), ("deputy_leader_2", PAYMENT, APPROVE, batches[1]))
    ((poor,),) = rows("SELECT id FROM bphs_fund_payment WHERE id = ANY(%s) AND approval_state <> 'approved'", batches)
    receipt = arrival(9000)
    do("finance_officer_2", RECEIPT, "action_confirm", receipt, **seen(RECEIPT, receipt))
    once(("deputy_leader", PAYMENT, APPROVE, poor), ("deputy_leader_2", PAYMENT, APPROVE, poor))


@pytest.mark.parametrize("time", range(4))
def test_one_arrival_is_confirmed_once(county, arrival, once, rows, seen, time):
    receipt = arrival(10 + time)
    look = seen(RECEIPT, receipt)
    people = ("finance_officer_2", "finance_officer_3")
    once(*[(person, RECEIPT, "action_confirm", receipt, look) for person in people])
    entries = rows("SELECT amount FROM bphs_fund_entry WHERE origin_model = %s AND origin_id = %s", RECEIPT, receipt)
    assert [float(amount) for (amount,) in entries] == [10 + time]


def test_one_arrival_is_changed_or_confirmed(county, arrival, race, rows, seen):
    """At the same instant the first officer changes the amount and the second confirms what was seen."""
    for time in range(4):
        receipt = arrival(40 + time)
        race(
            ("finance_officer", RECEIPT, "write", receipt, {"vals": {"amount": 90 + time}}),
            ("finance_officer_2", RECEIPT, "action_confirm", receipt, seen(RECEIPT, receipt)),
        )
        ((state, amount),) = rows("SELECT state, amount FROM bphs_fund_receipt WHERE id = %s", receipt)
        entries = "SELECT amount FROM bphs_fund_entry WHERE origin_model = %s AND origin_id = %s"
        assert rows(entries, RECEIPT, receipt) == ([(40 + time,)] if state == "confirmed" else [])
        assert amount == (40 if state == "confirmed" else 90) + time


def test_one_arrival_is_reversed_once(county, arrival, do, once, rows, seen):
    receipt = arrival(33)
    do("finance_officer_2", RECEIPT, "action_confirm", receipt, **seen(RECEIPT, receipt))
    once(*[(person, RECEIPT, "action_reverse", receipt) for person in ("finance_officer", "finance_officer_2")])
    assert len(rows("SELECT 1 FROM bphs_fund_receipt WHERE reversal_of_id = %s", receipt)) == 1


def test_one_account_is_verified_once(county, do, once, seen):
    values = {
        "holder": "乙镇卫生院", "bank": "试验农商行", "account_number": "99990000000000077",
        "institution_id": county.township["b"],
    }  # fmt: skip
    account = do("finance_officer", ACCOUNT, "create", vals_list=[values])[0]
    look = seen(ACCOUNT, account)
    once(*[(person, ACCOUNT, "action_verify", account, look) for person in ("finance_officer_2", "finance_officer_3")])


@pytest.mark.parametrize("quarter", ["2025Q1", "2025Q2", "2025Q3"])
def test_a_quarter_goes_its_way_once(county, do, race, once, rows, quarter):
    """From computing to paying, every button pressed by two people, or by one on two screens."""
    run = new_run(do, county, quarter)
    race(*[(person, RUN, "action_compute", run) for person in ("finance_officer", "finance_officer_4") * 2])
    lines = dict(
        rows(
            "SELECT line.institution_id, line.id FROM bphs_fund_settlement_line line"
            " JOIN bphs_fund_settlement settlement ON settlement.id = line.settlement_id WHERE settlement.run_id = %s",
            run,
        )
    )
    assert sorted(lines) == sorted(county.clinic.values()), "each clinic is settled once"
    do("finance_officer", RUN, "action_send", run)

    first = lines[county.clinic["a1"]]
    once(*[(person, LINE, "action_confirm", first) for person in ("village_doctor_a1", "village_doctor_a1_2")])
    second = lines[county.clinic["a2"]]
    once(*[("village_doctor_a2", LINE, "action_confirm", second)] * 2)
    do("village_doctor_b1", LINE, "action_confirm", lines[county.clinic["b1"]])

    settlements = dict(rows("SELECT institution_id, id FROM bphs_fund_settlement WHERE run_id = %s", run))
    theirs = settlements[county.township["a"]]
    once(
        ("township_accountant_a", SETTLEMENT, SUBMIT, theirs),
        ("township_accountant_a_2", SETTLEMENT, SUBMIT, theirs),
    )
    for role in ("township_public_health_a", "township_director_a"):
        once((role, SETTLEMENT, APPROVE, theirs), (f"{role}_2", SETTLEMENT, APPROVE, theirs))
    others = settlements[county.township["b"]]
    do("township_accountant_b", SETTLEMENT, SUBMIT, others)
    do("township_public_health_b", SETTLEMENT, APPROVE, others)
    do("township_director_b", SETTLEMENT, APPROVE, others)

    once(*[("finance_officer", RUN, SUBMIT, run)] * 2)
    minutes = {"minutes_number": "党组会纪要〔2025〕3号"}
    for role, other in (
        ("primary_care_officer", "primary_care_officer_2"),
        ("finance_officer_2", "finance_officer_3"),
        ("deputy_leader", "deputy_leader_2"),
        ("leader", "leader_2"),
    ):
        once((role, RUN, APPROVE, run, minutes), (other, RUN, APPROVE, run, minutes))
    assert rows("SELECT approval_state FROM bphs_fund_run WHERE id = %s", run) == [("approved",)]
    decisions = rows(
        "SELECT count(*), count(DISTINCT user_id) FROM bphs_approval_decision decision"
        " JOIN bphs_approval_request request ON request.id = decision.request_id"
        " WHERE request.res_model = %s AND request.res_id = %s AND decision.verdict = 'approve'",
        RUN, run,
    )  # fmt: skip
    assert decisions == [(4, 4)]
    held = rows("SELECT settlement_line_id FROM bphs_fund_hold WHERE settlement_line_id IN %s", tuple(lines.values()))
    assert held == [(first,)], "the clinic of the low score, once"

    pay_what_is_open(county, do, race, once, rows)


def pay_what_is_open(county, do, race, once, rows):
    batches = [new_batch(do, county), new_batch(do, county)]
    race(*[("finance_officer", PAYMENT, "action_fill", batch) for batch in batches])
    filled = rows("SELECT DISTINCT payment_id FROM bphs_fund_payment_line WHERE payment_id = ANY(%s)", batches)
    assert len(filled) == 1, "one batch takes all that is open"
    batch = filled[0][0]
    once(*[("finance_officer", PAYMENT, SUBMIT, batch)] * 2)
    once(("finance_officer_2", PAYMENT, APPROVE, batch), ("finance_officer_3", PAYMENT, APPROVE, batch))
    once(("deputy_leader", PAYMENT, APPROVE, batch), ("deputy_leader_2", PAYMENT, APPROVE, batch))
    paid = {"voucher": "记-1", "date": "2025-12-02"}
    once(*[(person, PAYMENT, "action_mark_paid", batch, paid) for person in ("finance_officer", "finance_officer_2")])
    transfers = rows(
        "SELECT line.id FROM bphs_fund_payment_line line"
        " JOIN bphs_institution clinic ON clinic.id = line.institution_id"
        " WHERE line.payment_id = %s AND clinic.parent_id = %s",
        batch, county.township["a"],
    )  # fmt: skip
    received = [line for (line,) in transfers]
    for step in ("action_confirm_received", "action_confirm_passed_on"):
        once(*[(person, TRANSFER, step, received) for person in ("township_accountant_a", "township_accountant_a_2")])


def test_paid_and_failed_at_once_is_one_of_them(county, do, once, rows, arrival, seen):
    receipt = arrival(500)
    do("finance_officer_2", RECEIPT, "action_confirm", receipt, **seen(RECEIPT, receipt))
    hold = rows(
        "SELECT hold.id FROM bphs_fund_hold hold WHERE state = 'held' AND institution_id = %s ORDER BY id",
        county.clinic["a1"],
    )[0][0]
    do("finance_officer", HOLD, "write", hold, vals={"release_reason": "已整改"})
    once(("finance_officer", HOLD, SUBMIT, hold), ("finance_officer", HOLD, SUBMIT, hold))
    for role, other in (
        ("primary_care_officer", "primary_care_officer_2"),
        ("finance_officer_2", "finance_officer_3"),
        ("deputy_leader", "deputy_leader_2"),
    ):
        once((role, HOLD, APPROVE, hold), (other, HOLD, APPROVE, hold))
    batch = new_batch(do, county, kind="release")
    do("finance_officer", PAYMENT, "action_fill", batch)
    do("finance_officer", PAYMENT, SUBMIT, batch)
    do("finance_officer_2", PAYMENT, APPROVE, batch)
    do("deputy_leader", PAYMENT, APPROVE, batch)
    (line,) = [line for (line,) in rows("SELECT id FROM bphs_fund_payment_line WHERE payment_id = %s", batch)]
    once(
        ("finance_officer", PAYMENT, "action_mark_paid", batch, {"voucher": "记-2", "date": "2025-12-02"}),
        ("finance_officer_2", TRANSFER, "action_mark_failed", line, {"reason": "户名不符"}),
    )


def test_two_runs_of_one_quarter_settle_each_clinic_once(county, do, race, rows):
    values = {"institution_id": county.bureau, "period_id": county.quarter["2025Q4"]}
    made = {"vals_list": [values]}
    race(*[(person, RUN, "create", None, made) for person in ("finance_officer", "finance_officer_2")])
    if len(runs_of(county, rows, "2025Q4")) == 1:
        new_run(do, county, "2025Q4")
    first, second = runs_of(county, rows, "2025Q4")
    race(*[("finance_officer", RUN, "action_compute", run) for run in (first, second)])
    settled = rows(
        "SELECT line.institution_id FROM bphs_fund_settlement_line line JOIN bphs_fund_settlement settlement"
        " ON settlement.id = line.settlement_id WHERE settlement.run_id IN %s", (first, second),
    )  # fmt: skip
    assert sorted(clinic for (clinic,) in settled) == sorted(county.clinic.values())


def test_confirming_and_objecting_at_once_is_one_of_them(county, do, once, rows):
    ((run, line),) = rows(
        "SELECT settlement.run_id, line.id FROM bphs_fund_settlement_line line JOIN bphs_fund_settlement settlement"
        " ON settlement.id = line.settlement_id WHERE line.period_id = %s AND line.institution_id = %s",
        county.quarter["2025Q4"], county.clinic["a1"],
    )  # fmt: skip
    do("finance_officer", RUN, "action_send", run)
    once(
        ("village_doctor_a1", LINE, "action_confirm", line),
        ("village_doctor_a1_2", LINE, "action_object", line, {"reason": "随访次数少计"}),
    )


def runs_of(county, rows, quarter):
    found = rows(
        "SELECT id FROM bphs_fund_run WHERE period_id = %s AND institution_id = %s ORDER BY id",
        county.quarter[quarter], county.bureau,
    )  # fmt: skip
    return [run for (run,) in found]


def test_payees_added_at_once_leave_the_shares_whole(county, once, rows):
    """Each payee would take the whole of the clinic's money: alone right, together wrong."""
    clinic = county.clinic["b1"]
    people = {"finance_officer": "王医生", "finance_officer_2": "李医生", "finance_officer_3": "赵医生"}
    values = {"institution_id": clinic, "share": 1, "date_from": "2025-01-01"}
    once(
        *[
            (person, "bphs.fund.payee", "create", None, {"vals_list": [{**values, "name": name}]})
            for person, name in people.items()
        ]
    )
    assert rows("SELECT sum(share) FROM bphs_fund_payee WHERE institution_id = %s", clinic) == [(1,)]
