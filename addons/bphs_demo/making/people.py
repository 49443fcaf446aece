"""Who works in the county, appointed by the bureau's administrator.

Everybody has an account, as the steps they take name them. Those with a password are the sign-ins: one of each
county role, and the people of two townships.
"""

from odoo import Command

from .county import read

TOWNSHIP_ROLES = (
    ("director", "township_director"),
    ("ph", "township_public_health"),
    ("accountant", "township_accountant"),
    ("teamleader", "team_leader"),
)
SIGN_IN_TOWNSHIPS = ("yincheng", "beicheng")
# People without approvals land on their own list; everybody else on what waits for their decision.
HOMES = {
    "administrator": "bphs_base.bphs_institution_action",
    "rectification_clerk": "bphs_fund.bphs_fund_hold_action",
    "county_specialist": "bphs_workload.bphs_workload_action_overview",
    "evaluator": "bphs_workload.bphs_workload_action_overview",
    "finance_bureau": "bphs_fund.bphs_fund_standing_action",
    "auditor": "bphs_fund.bphs_fund_entry_action",
    "township_accountant": "bphs_fund.bphs_fund_settlement_action",
    "team_leader": "bphs_workload.bphs_workload_action",
    "village_doctor": "bphs_workload.bphs_workload_action_pending",
}
SURNAMES = "申牛原和秦郭赵李王张冯宋程苗常靳"
GIVEN_NAMES = (
    "建军",
    "晓东",
    "丽娟",
    "志刚",
    "雪梅",
    "永红",
    "海生",
    "秀兰",
    "卫东",
    "文静",
    "国庆",
    "春花",
    "长青",
)


def people(county):
    vals_list = [
        person(county, row["role"], row["login"], row["name"], county.bureau, sign_in=True)
        for row in read("people")
        if row["login"] not in county.user
    ]
    for place, township in enumerate(county.townships):
        seat = county.seat[township["code"]]
        for number, (prefix, role) in enumerate(TOWNSHIP_ROLES):
            surname = SURNAMES[(place * 5 + number * 3) % len(SURNAMES)]
            name = surname + GIVEN_NAMES[(place + number * 4) % len(GIVEN_NAMES)]
            sign_in = township["login"] in SIGN_IN_TOWNSHIPS
            vals_list.append(person(county, role, f"{prefix}.{township['login']}", name, seat, sign_in))
    for number, (login, row) in enumerate(doctor_logins(county).items()):
        # Where a village has no doctor, one of the township hospital comes round.
        name = row["doctors"].split("、")[0] or f"{SURNAMES[number % len(SURNAMES)]}巡诊"
        clinic = county.clinic[row["code"]]
        vals_list.append(person(county, "village_doctor", login, name, clinic, login.startswith("doctor.")))
    # The first person has the scope of the bureau since making it.
    users = county.as_("bureauadmin", "res.users").create(vals_list)
    county.user |= {user.login: user for user in users.with_env(county.env)}
    for role, home in HOMES.items():
        action = county.env.ref(home).id
        held = county.env.ref(f"bphs_base.role_{role}")
        mine = (
            county.env["res.users"]
            .union(*county.user.values())
            .filtered(
                lambda user: held in user.role_line_ids.role_id  # noqa: B023
            )
        )
        mine.action_id = action


def doctor_logins(county):
    """{login: village row}: a doctor signs in by the clinic's code, those of two seats by a name."""
    seats = {next(row["code"] for row in county.of_township(login)): f"doctor.{login}" for login in SIGN_IN_TOWNSHIPS}
    return {seats.get(row["code"], row["code"]): row for row in county.villages}


def doctors(county):
    """{clinic id: login of its doctor}."""
    return {county.clinic[row["code"]].id: login for login, row in doctor_logins(county).items()}


def person(county, role, login, name, institution, sign_in):
    vals = {
        "name": name,
        "login": login,
        "lang": "zh_CN",
        "role_line_ids": [Command.create({"role_id": county.env.ref(f"bphs_base.role_{role}").id})],
        "bphs_institution_ids": [Command.set(institution.ids)],
    }
    if sign_in:
        # No e-mail invites anybody: the password is set at once.
        vals["password"] = county.env["ir.config_parameter"].get_param("bphs_demo.password")
    return vals
