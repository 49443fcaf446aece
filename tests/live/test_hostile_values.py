"""Numbers and ids that cannot be: told in words, by whatever call they come, and nothing is changed."""

import math

import pytest

from tests.live_server import CallError

HUGE = (2**31, 2**40, 2**70, -(2**70))


def told(do, *call, **arguments):
    """The refusal of a call: of ours, in words, and no fault of the server."""
    with pytest.raises(CallError) as refusal:
        do(*call, **arguments)
    assert 400 <= refusal.value.status < 500, str(refusal.value)
    assert "Traceback" not in refusal.value.message and "psycopg2" not in refusal.value.message
    return refusal.value.message


@pytest.mark.parametrize("number", [*HUGE, 100_000_001, math.nan, math.inf, "twelve", [1], {"a": 1}])
def test_no_count_is_beyond_a_province(do, county, number):
    values = {"name": "常住人口", "basis": "permanent", "number": number, "source": "统计局"}
    message = told(do, "finance_officer", "bphs.population", "create", vals_list=[values])
    assert "人数" in message, message


@pytest.mark.parametrize("amount", [10**13, -(10**13), math.nan, math.inf, -math.inf, "much"])
def test_no_amount_is_beyond_a_county(do, county, amount):
    values = {"source_id": county.source["central"], "document_id": county.document, "indicator_amount": amount,
              "issued_date": "2025-01-10", "date": "2025-02-01", "amount": 9000}  # fmt: skip
    message = told(do, "finance_officer", "bphs.fund.receipt", "create", vals_list=[values])
    assert "指标额" in message or "金额" in message, message


def test_a_quantity_is_plausible(do, county, rows):
    line, statement = rows(
        "SELECT line.id, workload.id FROM bphs_workload_line line JOIN bphs_workload workload"
        " ON workload.id = line.workload_id WHERE workload.institution_id = %s LIMIT 1",
        county.clinic["a1"],
    )[0]
    state = rows("SELECT state FROM bphs_workload WHERE id = %s", statement)
    for quantity in (1_000_001, 2**31, 2**70, math.nan):
        told(do, "village_doctor_a1", "bphs.workload.line", "write", line, vals={"reported": quantity})
    assert rows("SELECT state FROM bphs_workload WHERE id = %s", statement) == state


@pytest.mark.parametrize("unknown", [987654321, *HUGE, -1, 0.5, "x", [1], True])
def test_a_record_that_is_none_is_told(do, county, unknown):
    values = {"source_id": unknown, "document_id": county.document, "indicator_amount": 1, "issued_date": "2025-01-10",
              "date": "2025-02-01", "amount": 1}  # fmt: skip
    told(do, "finance_officer", "bphs.fund.receipt", "create", vals_list=[values])


@pytest.mark.parametrize("model", ["bphs.institution", "bphs.population", "bphs.workload", "bphs.fund.entry"])
@pytest.mark.parametrize(
    "value", [*HUGE, 987654321, "x", "1; drop table res_users", [2**70], [None], {"a": 1}, math.nan]
)
def test_a_filter_of_ids_that_are_none_finds_nothing_or_is_told(do, county, model, value):
    for leaf in ([["id", "=", value]], [["id", "in", [value]]], [["institution_id", "=", value]],
                 [["institution_id", "child_of", value]], [["create_uid", "in", [value]]]):  # fmt: skip
        if model == "bphs.institution" or model == "bphs.population":
            leaf = [[part[0].replace("institution_id", "create_uid"), *part[1:]] for part in leaf]
            if leaf[0][1] == "child_of":
                continue
        for method, more in (("search_count", {}), ("search_read", {"fields": ["display_name"]}),
                             ("formatted_read_group", {"groupby": [], "aggregates": ["__count"]})):  # fmt: skip
            try:
                found = do("finance_officer", model, method, domain=leaf, **more)
            except CallError as refusal:
                assert 400 <= refusal.status < 500, (leaf, method, str(refusal))
            else:
                assert not found or method == "formatted_read_group", (leaf, method, found)


@pytest.mark.parametrize("ids", [[2**31], [2**70], ["x"], [None], [[1]], [{"a": 1}], [-1], "x", 5, {"a": 1}])
def test_a_call_on_ids_that_are_none_is_told(server, county, ids):
    for model, method, more in (
        ("bphs.fund.receipt", "read", {"fields": ["amount"]}), ("bphs.fund.receipt", "action_confirm", {}),
        ("bphs.workload", "action_submit", {}), ("bphs.fund.receipt", "write", {"vals": {"note": "x"}}),
        ("bphs.fund.receipt", "unlink", {}),
    ):  # fmt: skip
        try:
            server.call(f"finance_officer@{county.number}", model, method, ids=ids, **more)
        except CallError as refusal:
            assert 400 <= refusal.status < 500, (model, method, str(refusal))


@pytest.mark.parametrize("bound", [2**70, -1, "x", [1], {"a": 1}])
def test_a_page_that_is_none_is_told(do, county, bound):
    for name in ("limit", "offset"):
        try:
            do("finance_officer", "bphs.institution", "search_read", domain=[], fields=["name"], **{name: bound})
        except CallError as refusal:
            assert 400 <= refusal.status < 500, (name, bound, str(refusal))
