"""The bureau evaluates the township institutions: one quarter is published, the next is under way."""

from odoo import Command

from .surveys import ask, ask_and_close

SCHEME = "XJ1000"
FINISHED, RUNNING = "2025Q3", "2025Q4"
# How far the sheets of the running round have come; all others are still to be entered.
SIGNED, TO_SIGN, OBJECTED = ("sudian", "xihuo"), ("yincheng",), ("beicheng",)
OBJECTION = "培训签到册当日在县疾控中心备案，未能现场出示，现附扫描件，请复核。"


def evaluate(county):
    scheme = _published_scheme(county)
    with county.days_ago(70):
        finished = _begun(county, scheme, FINISHED, "第三季度绩效评价")
    ask_and_close(county, finished)
    with county.days_ago(62):
        for sheet in finished.sheet_ids:
            county.as_(_hands(county, sheet), sheet).action_take_rates()
        _enter(county, finished.sheet_ids)
        for login in (row["login"] for row in county.townships):
            _sign(county, finished, login)
            county.as_(f"director.{login}", _sheet(county, finished, login)).action_confirm()
    with county.days_ago(58):
        finished.action_score()
        finished.action_approval_submit("第三季度绩效评价结果。")
        county.approve(finished, "deputy", "leader")
    with county.days_ago(6):
        running = _begun(county, scheme, RUNNING, "第四季度绩效评价")
    ask(county, running)
    with county.days_ago(2):
        for login in (*SIGNED, *TO_SIGN, *OBJECTED):
            _enter(county, _sheet(county, running, login))
            _sign(county, running, login)
        for login in SIGNED:
            county.as_(f"director.{login}", _sheet(county, running, login)).action_confirm()
        for login in OBJECTED:
            county.as_(f"director.{login}", _sheet(county, running, login)).action_object(OBJECTION)


def _published_scheme(county):
    scheme = county.as_("primarycare", "bphs.evaluation.scheme").search([("code", "=", SCHEME)])
    scheme.action_propose()
    county.as_("specialist", scheme).action_publish()
    return scheme


def _begun(county, scheme, period, name):
    """A round over all townships; its scores settle nothing, as the section typed those of this year."""
    round_ = county.as_("primarycare", "bphs.evaluation").create(
        {
            "name": name,
            "institution_id": county.bureau.id,
            "period_id": county.period(period).id,
            "scheme_id": scheme.id,
            "feeds_settlement": False,
        }
    )
    round_.action_add_units()
    people = {"evaluator": "第一组", "specialist": "第二组"}
    for number, sheet in enumerate(round_.sheet_ids):
        login = list(people)[number % 2]
        sheet.write(
            {
                "team": people[login],
                "visit_date": round_._county_today(),
                "evaluator_ids": [Command.set([county.user[login].id])],
            }
        )
    round_.action_start()
    return round_


def _sheet(county, round_, login):
    code = next(row["code"] for row in county.townships if row["login"] == login)
    return round_.sheet_ids.filtered(lambda sheet: sheet.institution_id == county.seat[code])


def _hands(county, sheet):
    """The evaluator's name to sign in by."""
    return next(login for login in ("evaluator", "specialist") if county.user[login] in sheet.evaluator_ids)


def _sign(county, round_, login):
    sheet = _sheet(county, round_, login)
    county.as_(_hands(county, sheet), sheet).action_sign()


def _enter(county, sheets):
    """What was found: most is well, each unit has something of its own to put right."""
    for sheet in sheets:
        mine = county.as_(_hands(county, sheet), sheet)
        # What a survey counted is there already.
        for line in mine.line_ids.filtered(lambda line: line.status != "entered"):
            chance = county.draw(
                "evaluation", sheet.evaluation_id.period_id.code, sheet.institution_id.code, line.item_id.code
            )
            line.write(_found(line, chance))


def _found(line, chance):
    lost = chance.random() < 0.15
    if line.method == "deduct":
        vals = {"status": "entered"}
        if lost:
            count = chance.choice(line.count_ids[:2])
            vals["count_ids"] = [Command.update(count.id, {"count": chance.randint(1, 3)})]
            vals["note"] = f"现场抽查发现：{count.case_id.name}"
        return vals
    whole = chance.randint(80, 240)
    target = line.item_id.target_rate or 1
    reached = target * (chance.uniform(0.82, 0.97) if lost else 1)
    # The least whole number that reaches the rate, or one that does not.
    return {"numerator": min(whole, int(whole * reached) + (0 if lost else 1)), "denominator": whole}
