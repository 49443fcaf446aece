"""What the county's people have signed, and how much less of it was kept.

In the proportion of the notice: 91.83 % of the population for signing have a contract, far fewer are served. Some
villages end within two months, some people say they never signed, and many were not seen since.
"""

from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle

from dateutil.relativedelta import relativedelta

from odoo import Command
from odoo.fields import Domain

from odoo.addons.bphs_team.models.contracting.bphs_contract_signing import Signing

from ..registering.residents import RESIDENTS
from ..seats.people import SIGN_IN_TOWNSHIPS, doctors

SIGNED = Decimal("0.9183")
POPULATION = "签约服务人口（演示库，实有人口的百分之一）"
PACKAGE_FROM = date(2024, 1, 1)
ITEM_COLUMNS = ("name", "record_kind", "due", "times", "weeks", "months")
BASIC = (
    ("健康档案更新与健康评估", "management", "within", 1, 8, 12),
    ("健康咨询与用药指导", "medication", "rhythm", 0, 0, 6),
    ("体检预约与结果解读", "exam_reading", "rhythm", 1, 0, 12),
)
CHRONIC = (
    ("血压血糖监测随访", "monitoring", "rhythm", 0, 0, 3),
    ("中医药健康指导", "tcm", "rhythm", 1, 0, 12),
    ("优先预约转诊", "referral", "within", 1, 52, 12),
)
CHRONIC_GROUPS = ("hypertension", "diabetes", "elderly_65")
# How long ago each third of a township's villages was signed; the first third ends within two months.
SIGNED_DAYS_AGO = (320, 210, 130)
# Of those signed so many were ever served, each so often.
SERVED_SHARE, SERVICES = 0.42, ("management", "monitoring", "medication")
MONTHS_FIXED = 3
LEFT_TO_SIGN, GROWN = 2, 20
# How calls go, and how many of those drawn nobody has called yet.
OUTCOMES = ("knows", "knows", "unreached", "knows", "unaware", "knows", "wrong", "knows")
CALLS, LEFT_TO_CALL = 12, 4


def contracts(county):
    _population(county)
    basic, chronic = _packages(county)
    asked = [_eligible(county, row) for row in county.townships]
    wanted, whole, before = round(SIGNED * RESIDENTS), sum(map(len, asked)), 0
    for row, residents in zip(county.townships, asked, strict=True):
        # Cut where the whole county's share is cut: the rounding of one township is made up by the next.
        upto = before + len(residents)
        most = wanted * upto // whole - wanted * before // whole
        before = upto
        _sign(county, row, basic, chronic, residents, most)
    _say(county)
    _call(county)
    _serve(county)
    _months(county)


def _population(county):
    figure = county.as_("primarycare", "bphs.population").create(
        {
            "basis": "signing",
            "name": POPULATION,
            "number": RESIDENTS,
            "division_id": county.bureau.division_id.id,
            "source": "演示数据",
            "date": date(2026, 1, 1),
        }
    )
    county.as_("bureauadmin", figure).action_approve()


def _packages(county):
    packages = county.as_("primarycare", "bphs.package").create(
        [
            {
                "code": code,
                "name": name,
                "kind": kind,
                "date_from": PACKAGE_FROM,
                "fee_insurance": insurance,
                "fee_public": public,
                "fee_person": person,
                "group_ids": [Command.create({"kind": group}) for group in groups],
                "item_ids": [Command.create(dict(zip(ITEM_COLUMNS, item, strict=True))) for item in items],
            }
            for code, name, kind, insurance, public, person, groups, items in (
                ("JC01", "基础服务包", "basic", 0, 0, 0, (), BASIC),
                ("MB01", "慢病个性化服务包", "personal", 30, 35, 55, CHRONIC_GROUPS, CHRONIC),
            )
        ]
    )
    packages.action_publish()
    return packages


def _eligible(county, row):
    """Who of a township its team leader can sign: living here, to be seen by them, in a village that has a team."""
    residents = county.as_(f"teamleader.{row['login']}", "bphs.resident")
    found = residents.search([("status", "=", "active"), ("team_id", "!=", False)], order="division_id, id")
    # Whoever signs in as a village doctor has somebody left to sign.
    clinics = {clinic for clinic, login in doctors(county).items() if login == f"doctor.{row['login']}"}
    left = found.filtered(lambda one: one.institution_id.id in clinics and one.age > GROWN)
    return found - left[:LEFT_TO_SIGN]


def _sign(county, row, basic, chronic, residents, most):
    draw = county.draw("signed", row["login"])
    chosen = residents.browse(sorted(draw.sample(residents.ids, most)))
    villages = chosen.division_id.sorted("code")
    for third, days in enumerate(SIGNED_DAYS_AGO):
        here = chosen.filtered(lambda one, third=third: villages.ids.index(one.division_id.id) % 3 == third)
        with county.days_ago(days):
            _sign_at_once(county, f"teamleader.{row['login']}", here, basic, chronic)


def _sign_at_once(county, leader, residents, basic, chronic):
    today = residents._county_today()
    # sudo: groups decide on the package, and some are not the leader's to read
    ill = residents.filtered(lambda one: set(one.sudo().group_ids.mapped("kind")) & set(CHRONIC_GROUPS))
    for people, extras in ((residents - ill, basic.browse()), (ill, chronic)):
        signing = Signing(
            package=basic.with_env(people.env),
            extras=extras.with_env(people.env),
            signed_on=today,
            date_from=today,
            months=12,
            source="home",
            worker=people.env["bphs.worker"],
        )
        if people:
            county.as_(leader, "bphs.contract")._sign(Domain("id", "in", people.ids), signing)


def _say(county):
    """What some of them said when they were asked."""
    asked = county.env["bphs.contract"].search([], order="id", limit=40)
    for at, contract in enumerate(asked):
        leader = county.user[f"teamleader.{_login_of(county, contract)}"]
        if at % 10 == 9:
            contract.with_user(leader).action_deny("电话回访：本人称未签过，家人代签")
        else:
            contract.with_user(leader).action_confirm_call()


def _call(county):
    """Public health of two townships draws some and calls them: one is through, the other has some left."""
    for at, login in enumerate(SIGN_IN_TOWNSHIPS):
        seat = county.seat[next(row["code"] for row in county.townships if row["login"] == login)]
        sample = county.as_(f"ph.{login}", "bphs.contract.sample").create(
            {"institution_id": seat.id, "date_from": date(2025, 1, 1), "size": CALLS}
        )
        sample.action_draw()
        lines = sample.line_ids
        for line, outcome in zip(lines[: CALLS - LEFT_TO_CALL] if at else lines, cycle(OUTCOMES)):
            if outcome == "unaware":
                line.contract_id.action_deny("电话回访：本人不知道签过约，称未见过协议")
            else:
                getattr(line, f"action_{outcome}")()
        if not at:
            sample.action_finish()


def _login_of(county, contract):
    seat = contract.team_id.institution_id
    return next(row["login"] for row in county.townships if county.seat[row["code"]] == seat)


def _serve(county):
    today = county.env["base"]._county_today()
    worker_of = {
        worker.user_id.login: worker for worker in county.env["bphs.worker"].search([("user_id", "!=", False)])
    }
    by_clinic = doctors(county)
    signed = county.env["bphs.contract"].search([("state", "=", "running")], order="id")
    given = []
    for contract in signed:
        draw = county.draw("served", contract.resident_id.ehr_number)
        doctor = by_clinic.get(contract.resident_id.institution_id.id)
        if draw.random() >= SERVED_SHARE or doctor not in worker_of:
            continue
        for kind in SERVICES[: draw.choice((1, 1, 1, 2, 3))]:
            day = contract.date_from + timedelta(days=draw.randrange(5, 100))
            if day <= today:
                values = {"resident_id": contract.resident_id.id, "date": day, "kind": kind}
                given.append(values | {"worker_id": worker_of[doctor].id})
    # The history that a county brings along: entered by none of its people.
    county.env["bphs.service.record"].create(given)


def _months(county):
    this = county.env["base"]._county_today().replace(day=1)
    for months in range(MONTHS_FIXED, 0, -1):
        county.env["bphs.contract.figure"]._fix(this - relativedelta(months=months))
