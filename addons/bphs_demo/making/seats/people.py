"""Who works in the county, appointed by the bureau's administrator.

Everybody has an account, as the steps they take name them. Those with a password are the sign-ins: one of each
county role, and the people of two townships.
"""

from odoo import Command

from ..county import read

TOWNSHIP_ROLES = (
    ("director", "township_director"),
    ("ph", "township_public_health"),
    ("accountant", "township_accountant"),
    ("teamleader", "team_leader"),
)
SIGN_IN_TOWNSHIPS = ("yincheng", "beicheng")
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
        person(county, row["role"], row["login"], row["name"], county.bureau)
        for row in read("people")
        if row["login"] not in county.user
    ]
    signing_in = {vals["login"] for vals in vals_list}
    for place, township in enumerate(county.townships):
        seat = county.seat[township["code"]]
        for number, (prefix, role) in enumerate(TOWNSHIP_ROLES):
            surname = SURNAMES[(place * 5 + number * 3) % len(SURNAMES)]
            name = surname + GIVEN_NAMES[(place + number * 4) % len(GIVEN_NAMES)]
            vals_list.append(person(county, role, f"{prefix}.{township['login']}", name, seat))
            if township["login"] in SIGN_IN_TOWNSHIPS:
                signing_in.add(vals_list[-1]["login"])
    for number, (login, row) in enumerate(doctor_logins(county).items()):
        # Where a village has no doctor, one of the township hospital comes round.
        name = row["doctors"].split("、")[0] or f"{SURNAMES[number % len(SURNAMES)]}巡诊"
        clinic = county.clinic[row["code"]]
        vals_list.append(person(county, "village_doctor", login, name, clinic))
        if login.startswith("doctor."):
            signing_in.add(login)
    # The first person has the scope of the bureau since making it.
    users = county.as_("bureauadmin", "res.users").create(vals_list)
    county.user |= {user.login: user for user in users.with_env(county.env)}
    let_in(county, [county.user[login] for login in signing_in])


def doctor_logins(county):
    """{login: village row}: a doctor signs in by the clinic's code, those of two seats by a name."""
    seats = {next(row["code"] for row in county.of_township(login)): f"doctor.{login}" for login in SIGN_IN_TOWNSHIPS}
    return {seats.get(row["code"], row["code"]): row for row in county.villages}


def doctors(county):
    """{clinic id: login of its doctor}."""
    return {county.clinic[row["code"]].id: login for login, row in doctor_logins(county).items()}


def person(county, role, login, name, institution):
    return {
        "name": name,
        "login": login,
        "lang": "zh_CN",
        "role_line_ids": [Command.create({"role_id": county.env.ref(f"bphs_base.role_{role}").id})],
        "bphs_institution_ids": [Command.set(institution.ids)],
    }


def let_in(county, users):
    """Let these people sign in. They share a password that is no secret, and its hash, which takes long on purpose."""
    password = county.env["ir.config_parameter"].get_param("bphs_demo.password")
    hashed = county.env["res.users"]._crypt_context().hash(password)
    for user in users:
        user._set_encrypted_password(user.id, hashed)
