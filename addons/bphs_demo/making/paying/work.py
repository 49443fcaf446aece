"""What the clinics did in a quarter, and how it was scored.

The figures are loaded by the townships in one set each, as their import of the city's platform does.
"""

from ..seats.people import doctors
from .money import whole_parts

QUARTERS = ("2025Q1", "2025Q2", "2025Q3", "2025Q4")
# Much work and a low score: what they earn beyond the prepayment is withheld.
LOW_SCORES = {
    "2025Q2": ("140404103202", "140404104203", "140404106204"),
    "2025Q3": ("140404103205", "140404106207", "140404107204", "140404104206"),
}
# They did less than they were prepaid for: the rest is deducted next time.
SLACK = ("140404102205", "140404203203", "140404103209", "140404101206")
# The doctor of the clinic that closes was ill for most of its last quarter.
LAST_QUARTER = ("140404203203", "2025Q3")
FINDINGS = ("随访记录不完整", "体检缺项", "超出服务时限", "与门诊记录不符")


def open_statements(county, quarter):
    """The primary-care section opens the quarter's statements for all clinics."""
    period = county.period(quarter)
    clinics = county.env["bphs.institution"].union(*county.clinic.values()).filtered("active")
    opening = county.as_("primarycare", "bphs.workload.open").create(
        {"period_id": period.id, "institution_ids": [(6, 0, clinics.ids)]}
    )
    opening.action_open_period()


def report(county, quarter, rows, until="verified"):
    """Bring the statements of these villages to a state: `filled`, `submitted` or `verified`, township by township."""
    for login in {_township(county, row): None for row in rows}:
        mine = [row for row in rows if _township(county, row) == login]
        officer = f"ph.{login}"
        statements = county.as_(officer, "bphs.workload").search(
            [
                ("period_id", "=", county.period(quarter).id),
                ("institution_id", "in", [county.clinic[row["code"]].id for row in mine]),
            ]
        )
        lines = _lines(county, statements)
        Line = county.as_(officer, "bphs.workload.line")
        work = {row["code"]: _work(county, row["code"], quarter) for row in mine}
        Line._load_quantities(
            ["planned", "reported"],
            [
                (lines[code, item], planned, reported)
                for code, items in work.items()
                for item, (planned, reported, *__) in items.items()
            ],
        )
        if until == "filled":
            continue
        if until == "submitted":
            # These wait for the officer, who does not verify what they handed in themselves.
            doctor_of = doctors(county)
            for statement in statements:
                # By its id alone: no doctor reads, and sums up, what stands beside it in the officer's list.
                own = county.as_(doctor_of[statement.institution_id.id], "bphs.workload").browse(statement.id)
                own.action_submit()
            continue
        statements.action_submit()
        Line._load_quantities(
            ["invalid", "invalid_reason", "false_qty"],
            [
                (lines[code, item], invalid, reason, false)
                for code, items in work.items()
                for item, (__, __, invalid, reason, false) in items.items()
                if invalid or false
            ],
        )
        # The officer reported for all clinics; a second person verifies.
        county.as_(f"director.{login}", statements).action_verify()


def scores(county, quarter, rows):
    """The primary-care section types the scores of the quarter's check."""
    vals_list = []
    for row in rows:
        score, deduction = _score(county, row["code"], quarter)
        vals_list.append(
            {
                "institution_id": county.clinic[row["code"]].id,
                "period_id": county.period(quarter).id,
                "score": score,
                "deduction": deduction,
                "reason": "宣传栏未按期更新" if deduction else False,
            }
        )
    county.as_("primarycare", "bphs.fund.score").create(vals_list)


def _township(county, row):
    return next(township["login"] for township in county.townships if township["code"] == row["township"])


def _lines(county, statements):
    """{(clinic code, item code): id of the line}."""
    found = county.env["bphs.workload.line"].search_fetch(
        [("workload_id", "in", statements.ids)], ["institution_id", "item_id"]
    )
    clinic_code = {clinic.id: code for code, clinic in county.clinic.items()}
    item_code = {item_id: code for code, item_id in county.item_ids().items()}
    return {(clinic_code[line.institution_id.id], item_code[line.item_id.id]): line.id for line in found}


def _work(county, code, quarter):
    """{item: (planned, reported, invalid, reason, false)} of a clinic in a quarter."""
    draw = county.draw("work", code, quarter)
    effort = draw.uniform(0.93, 1.02)
    if code in SLACK:
        effort = draw.uniform(0.62, 0.74)
    if code in LOW_SCORES.get(quarter, ()):
        effort = 1.14
    if (code, quarter) == LAST_QUARTER:
        effort = 0.36
    work = {}
    for row in county.items:
        parts = whole_parts(
            county.planned[code][row["item"]],
            {name: int(row[name[-2:].lower()]) for name in QUARTERS},
        )
        planned = parts[quarter]
        reported = round(planned * effort * draw.uniform(0.96, 1.04))
        invalid = round(reported * draw.uniform(0.01, 0.04)) if draw.random() < 0.15 else 0
        false = 1 if reported > 20 and draw.random() < 0.008 else 0
        work[row["item"]] = (planned, reported, invalid, invalid and draw.choice(FINDINGS), false)
    return work


def _score(county, code, quarter):
    """(score, deduction in yuan) of a clinic in a quarter."""
    draw = county.draw("score", code, quarter)
    if code in LOW_SCORES.get(quarter, ()):
        return round(draw.uniform(57.0, 59.5), 1), 0.0
    if any(code in codes for codes in LOW_SCORES.values()):
        return round(draw.uniform(87.0, 92.0), 1), 0.0
    score = min(97.5, max(70.0, round(draw.gauss(88.5, 5.0), 1)))
    return score, float(draw.choice((50, 80, 100))) if draw.random() < 0.03 else 0.0
