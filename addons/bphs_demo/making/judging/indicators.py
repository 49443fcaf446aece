"""A year and more of indicators, what others counted, the targets handed down, and what a township does about one."""

from odoo import Command

from odoo.addons.bphs_indicator.tools.periods import last_months

MONTHS, OPEN = 15, 2
# What the section asks of the county, and by it of every township (rates after the annex, people after the notice).
ASKED = (
    ("ELDER_STANDARD", "≥", 62),
    ("ELDER_MANAGED", "≥", 70),
    ("TCM_ELDER", "≥", 70),
    ("HTN_STANDARD", "≥", 62),
    ("DM_STANDARD", "≥", 62),
    ("CHILD_MANAGED", "≥", 85),
    ("CHILD_SYSTEM", "≥", 80),
    ("CHILD_EYE", "≥", 90),
    ("TCM_CHILD", "≥", 77),
    ("SMI_MANAGED", "≥", 80),
    ("TB_MANAGED", "≥", 90),
    ("EHR_STANDARD_FILES", "≥", 62),
    ("EHR_OPEN", "≥", 70),
    ("VACCINE", "≥", 90),
    ("INFECTIOUS", "≥", 95),
    ("SATISFACTION", "increase", 0),
)
# What others counted, of a township: code, who should be, who is less than that at most.
OUTSIDE = (("VACCINE", 60, 9), ("INFECTIOUS", 20, 1), ("SATISFACTION", 40, 6))


def indicators(county):
    env = county.env
    values = env["bphs.indicator.value"]
    months = last_months(values._county_today(), MONTHS)
    for month in months:
        values._count_month(month)
    _outside(county, months)
    issue = _hand_down(county, months[-1].year)
    for township in ("yincheng",):
        county.as_(f"director.{township}", issue).action_receive()
    values._freeze(months[-OPEN])
    _do_something(county)


def _outside(county, months):
    """Brought in by the section for this month and the same of last year, as the import does once a file is read."""
    rows = [
        {
            "code": code,
            "institution_code": hospital.code,
            "month": f"{month:%Y-%m}",
            "numerator": over - county.draw("outside", code, hospital.code, str(month)).randrange(most + 1),
            "denominator": over,
        }
        for month in (months[-13], months[-1])
        for hospital in county.seat.values()
        for code, over, most in OUTSIDE
    ]
    county.as_("primarycare", "bphs.indicator.import").create({})._import_apply(rows)


def _hand_down(county, year):
    indicators = {one.code: one for one in county.env["bphs.indicator"]._in_force()}
    issue = county.as_("primarycare", "bphs.indicator.issue").create(
        {
            "name": f"{year}年基本公共卫生服务绩效目标",
            "year": year,
            "document_number": f"长上卫字〔{year}〕28号",
            "task_ids": [
                Command.create(
                    {
                        "institution_id": county.bureau.id,
                        "indicator_id": indicators[code].id,
                        "operator": operator,
                        "value": value,
                    }
                )
                for code, operator, value in ASKED
            ],
        }
    )
    # The number of people of the county, by shares that sum to it.
    people = county.env["bphs.indicator.value"].search(
        [("code", "=", "HTN_COUNT"), ("institution_id", "=", county.bureau.id)], limit=1
    )
    issue._share_out(indicators["HTN_COUNT"], "≥", people.numerator, "numerator")
    issue.action_issue()
    return issue


def _do_something(county):
    """What the first township plans for this quarter, where there is one."""
    today = county.env["base"]._county_today()
    quarter = county.env["bphs.period"].search(
        [("kind", "=", "quarter"), ("date_start", "<=", today), ("date_end", ">=", today)], limit=1
    )
    if quarter:
        county.as_("ph.yincheng", "bphs.indicator.action").create(
            {
                "period_id": quarter.id,
                "indicator_id": county.env["bphs.indicator"].search([("code", "=", "EHR_OPEN")], limit=1).id,
                "what": "体检现场演示查询电子健康档案",
                "who": "公卫科、各村医生",
                "expected": "开放率达到70%",
            }
        )
