"""The fourth quarter stands still at every stage, so that each person finds work on the first screen."""

from ..seats.people import SIGN_IN_TOWNSHIPS, doctors
from .quarters import approve_townships, computed_run, confirm
from .work import open_statements, report, scores

QUARTER = "2025Q4"
THROUGH = ("xihuo", "bayi", "haojiazhuang", "nansong")  # approved, with the county's finance office
AT_DIRECTOR = "donghe"
RETURNED = "zhenxing"
CONFIRMING = "xichi"
VERIFIED = "changzhi"  # verified, not computed yet
SUBMITTED = "sudian"
# All others have drafts.


def leave_fourth_quarter_open(county):
    open_statements(county, QUARTER)
    rows = [row for row in county.villages if county.clinic[row["code"]].active]
    scores(county, QUARTER, rows)
    townships = (*THROUGH, AT_DIRECTOR, RETURNED, CONFIRMING)
    report(county, QUARTER, [row for login in townships for row in _active(county, login)])
    for login in SIGN_IN_TOWNSHIPS:
        report(county, QUARTER, _parts(county, login)["first"])
    run = computed_run(county, QUARTER)
    run.action_send()
    _through(county, run)
    later = _in_review(county, run)
    _in_two_townships(county, later)
    _before_settlement(county)


def _active(county, login):
    return [row for row in county.of_township(login) if county.clinic[row["code"]].active]


def _parts(county, login):
    """The clinics of a township people sign in to: settled first, settled later, submitted; the seat is a draft."""
    seat, *rows = _active(county, login)
    return {
        "draft": [seat, *rows[-2:]],
        "first": rows[:-8],
        "later": rows[-8:-5],
        "submitted": rows[-5:-2],
    }


def _settlements(county, run, *logins):
    seats = {county.seat[row["code"]].id for row in county.townships if row["login"] in logins}
    return run.settlement_ids.filtered(lambda settlement: settlement.institution_id.id in seats)


def _through(county, run):
    """Four townships are through; the run that holds them waits for the second finance officer."""
    settlements = _settlements(county, run, *THROUGH)
    confirm(county, settlements.line_ids)
    approve_townships(county, settlements)
    county.as_("finance1", run).action_approval_submit("第四季度第一批乡镇结算。")
    county.approve(run, "primarycare")


def _in_review(county, run):
    """The others went on in the next run: one with its director, one returned, one with its clinics."""
    settlements = _settlements(county, _next_run(county, run), AT_DIRECTOR)
    confirm(county, settlements.line_ids)
    approve_townships(county, settlements, "submit", "ph")
    later = _next_run(county, run)
    settlements = _settlements(county, later, RETURNED)
    confirm(county, settlements.line_ids)
    approve_townships(county, settlements, "submit", "ph")
    county.as_(f"director.{RETURNED}", settlements).action_approval_return("两个村卫生室体检人次与报表不一致，请核对。")
    lines = _settlements(county, later, CONFIRMING).line_ids
    confirm(county, lines[: len(lines) // 2])
    return later


def _in_two_townships(county, run):
    """In the townships people sign in to, each of their people has something to do."""
    for login in SIGN_IN_TOWNSHIPS:
        (settlement,) = _settlements(county, run, login)
        objecting, *others = settlement.line_ids
        doctor = doctors(county)[objecting.institution_id.id]
        county.as_(doctor, objecting).action_object("老年人体检反馈人次少计，请复核。")
        objection = county.as_(f"ph.{login}", "bphs.fund.objection").search([("line_id", "=", objecting.id)])
        objection.action_reject("经复核，未反馈的体检结果不计入，原核定无误。")
        confirm(county, others)
        approve_townships(county, settlement, "submit", "ph")  # waits for the director
        confirm(county, objecting)
        approve_townships(county, objecting.settlement_id, "submit")  # waits for the public-health officer
        report(county, QUARTER, _parts(county, login)["later"])
    finance = county.as_("finance1", run)
    finance.action_compute()
    finance.action_send()
    for login in SIGN_IN_TOWNSHIPS:
        drafts = _settlements(county, run, login).filtered(lambda settlement: settlement.approval_state == "draft")
        confirm(county, drafts.line_ids)  # waits for the accountant to hand it in


def _before_settlement(county):
    """Statements at each step before a settlement."""
    report(county, QUARTER, _active(county, VERIFIED))
    report(county, QUARTER, _active(county, SUBMITTED), until="submitted")
    for login in SIGN_IN_TOWNSHIPS:
        report(county, QUARTER, _parts(county, login)["submitted"], until="submitted")
        report(county, QUARTER, _parts(county, login)["draft"][:1], until="filled")
    report(county, QUARTER, _active(county, "handian")[:6], until="filled")


def _next_run(county, run):
    return county.as_("finance1", "bphs.fund.run").search(
        [("period_id", "=", run.period_id.id), ("sequence", ">", run.sequence)],
        order="sequence",
        limit=1,
    )
