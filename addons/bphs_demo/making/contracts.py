"""What the county's people have signed, and how much less of it was kept.

In the proportion of the notice: 91.83 % of the population for signing have a contract, far fewer are served. Some
villages end within two months, some people say they never signed, and many were not seen since.
"""

from datetime import date, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import Command
from odoo.fields import Domain

from odoo.addons.bphs_team.models.contracting.bphs_contract_signing import Signing

from .people import doctors
from .residents import RESIDENTS

SIGNED = Decimal("0.9183")
POPULATION = "签约服务人口（演示库，实有人口的百分之一）"
PACKAGE_FROM = date(2024, 1, 1)
# (name, kind of record, due, times, weeks, months)
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


def contracts(county):
    _population(county)
    basic, chronic = _packages(county)
    wanted = round(SIGNED * RESIDENTS)
    for place, row in enumerate(county.townships):
        left = len(county.townships) - place
        wanted -= _sign(county, row, basic, chronic, wanted, left)
    _say(county)
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
                "item_ids": [
                    Command.create(
                        dict(zip(("name", "record_kind", "due", "times", "weeks", "months"), item, strict=True))
                    )
                    for item in items
                ],
            }
            for code, name, kind, insurance, public, person, groups, items in (
                ("JC01", "基础服务包", "basic", 0, 0, 0, (), BASIC),
                ("MB01", "慢病个性化服务包", "personal", 30, 35, 55, CHRONIC_GROUPS, CHRONIC),
            )
        ]
    )
    packages.action_publish()
    return packages


def _sign(county, row, basic, chronic, wanted, townships_left):
    """:return: how many of the township signed"""
    leader = f"teamleader.{row['login']}"
    residents = county.as_(leader, "bphs.resident").search([("status", "=", "active")], order="division_id, id")
    # The last township makes up what the rounding of the others left.
    most = min(len(residents), -(-wanted // townships_left)) if townships_left > 1 else wanted
    draw = county.draw("signed", row["login"])
    chosen = residents.browse(sorted(draw.sample(residents.ids, min(most, len(residents)))))
    villages = chosen.division_id.sorted("code")
    made = 0
    for third, days in enumerate(SIGNED_DAYS_AGO):
        here = chosen.filtered(lambda one, third=third: villages.ids.index(one.division_id.id) % 3 == third)
        with county.days_ago(days):
            made += _sign_at_once(county, leader, here, basic, chronic)
    return made


def _sign_at_once(county, leader, residents, basic, chronic):
    today = residents._county_today()
    ill = residents.filtered(lambda one: set(one.sudo().group_ids.mapped("kind")) & set(CHRONIC_GROUPS))
    count = 0
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
            made = county.as_(leader, "bphs.contract")._sign(Domain("id", "in", people.ids), signing)
            count += len(made)
    return count


def _say(county):
    """What some of them said when they were asked."""
    asked = county.env["bphs.contract"].search([], order="id", limit=40)
    for at, contract in enumerate(asked):
        leader = county.user[f"teamleader.{_login_of(county, contract)}"]
        if at % 10 == 9:
            contract.with_user(leader).action_deny("电话回访：本人称未签过，家人代签")
        else:
            contract.with_user(leader).action_confirm_call()


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
    given = {}
    for contract in signed:
        draw = county.draw("served", contract.resident_id.ehr_number)
        doctor = by_clinic.get(contract.resident_id.institution_id.id)
        if draw.random() >= SERVED_SHARE or doctor not in worker_of:
            continue
        for kind in SERVICES[: 1 + draw.randrange(3)]:
            day = contract.date_from + timedelta(days=draw.randrange(5, 100))
            if day <= today:
                given.setdefault(doctor, []).append(
                    {
                        "resident_id": contract.resident_id.id,
                        "date": day,
                        "kind": kind,
                        "worker_id": worker_of[doctor].id,
                    }
                )
    for doctor, vals_list in given.items():
        seen = county.as_(doctor, "bphs.resident").search([("id", "in", [vals["resident_id"] for vals in vals_list])])
        county.as_(doctor, "bphs.service.record").create(
            [vals for vals in vals_list if vals["resident_id"] in seen.ids]
        )


def _months(county):
    this = county.env["base"]._county_today().replace(day=1)
    for months in range(MONTHS_FIXED, 0, -1):
        county.env["bphs.contract.figure"]._fix(this - relativedelta(months=months))
