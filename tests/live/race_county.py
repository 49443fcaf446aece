"""A small county that is raced over: made in `odoo shell` (see conftest.py), beside whatever is there.

It is the county of the addons' own tests, with somebody else of the same role beside everyone who decides something.
"""

import datetime
from unittest.mock import patch

from passlib.context import CryptContext

from odoo import Command

from odoo.addons.bphs_fund.tests.paying_case import PayingCase

PAIRS = (
    "primary_care_officer",
    "deputy_leader",
    "leader",
    "township_public_health_a",
    "township_director_a",
    "township_accountant_a",
    "village_doctor_a1",
)


class RaceCounty(PayingCase):
    @classmethod
    def create_scheme(cls, **values):
        return super().create_scheme(notice_required=False, payment_path="township", **values)

    @classmethod
    def _create_users(cls):
        super()._create_users()
        for key in PAIRS:
            cls._add_person(key, f"{key}_2")
        for number in (3, 4):
            cls._add_person("finance_officer", f"finance_officer_{number}")
        for number, user in enumerate(cls.user.values()):
            user.write({"name": f"试验{number}", "lang": "zh_CN", "tz": "Asia/Shanghai"})

    @classmethod
    def _add_person(cls, like, key):
        first = cls.user[like]
        cls.user[key] = cls.env["res.users"].create(
            {
                "name": key,
                "login": f"test_{key}",
                "role_line_ids": [Command.create({"role_id": first.role_line_ids.role_id.id})],
                "bphs_institution_ids": [Command.set(first.bphs_institution_ids.ids)],
            }
        )

    @classmethod
    def _make_county(cls):
        super()._make_county()
        cls.plan(cls.clinic_a2, {cls.item_ehr: 200})
        for township, number in ((cls.township_a, "99990000000000001"), (cls.township_b, "99990000000000002")):
            cls.account(township, township.name, number)
        cls.arrive(central=200.0, county=100.0)
        for quarter in cls.year.child_ids.filtered(lambda period: period.kind == "quarter"):
            cls.prepay(quarter)
            for clinic in (cls.clinic_a1, cls.clinic_a2, cls.clinic_b1):
                cls.work(clinic, quarter, {cls.item_ehr: 101, cls.item_htn: (57, 3, 1)})
                cls.score(clinic, quarter, 59 if clinic == cls.clinic_a1 else 96.5)

    @classmethod
    def facts(cls):
        """What the tests have to know of it: ids, and a key for each person."""
        until = datetime.datetime.now() + datetime.timedelta(days=1)
        keys = cls.env["res.users.apikeys"]
        return {
            "bureau": cls.bureau.id,
            "budget": cls.budget.id,
            "document": cls.document.id,
            "source": {level: source.id for level, source in cls.source.items()},
            "township": {"a": cls.township_a.id, "b": cls.township_b.id},
            "clinic": {"a1": cls.clinic_a1.id, "a2": cls.clinic_a2.id, "b1": cls.clinic_b1.id},
            "quarter": {period.code: period.id for period in (cls.q1, cls.q2, cls.q3, cls.q4)},
            "keys": {
                user.login: keys.with_user(user).sudo()._generate("rpc", "race", until) for user in cls.user.values()
            },
        }


def make(env):
    """Make the county for good and tell its facts; each call makes another one."""
    RaceCounty.env = env(context={**env.context, "tracking_disable": True, "no_reset_password": True})
    # Nobody signs in by these passwords: they need not be hard to guess.
    quick = CryptContext(["pbkdf2_sha512", "plaintext"], pbkdf2_sha512__rounds=1)
    with patch.object(type(env["res.users"]), "_crypt_context", lambda _self: quick):
        RaceCounty._make_county()
    number = RaceCounty.bureau.id
    for key, user in RaceCounty.user.items():
        user.login = f"{key}@{number}"
    facts = {"number": number, **RaceCounty.facts()}
    make_room(env, number)
    env.cr.commit()
    return facts


def make_room(env, number):
    """Give the codes of this county free for the next one; in SQL, as they are no real codes afterwards."""
    env.flush_all()
    env.cr.execute("UPDATE bphs_institution SET code = code || '@' || %s WHERE code ~ '^T[0-9]{2}$'", [number])
    prefix = f"8{number:05}"
    env.cr.execute("UPDATE bphs_division SET code = %s || substr(code, 7) WHERE code LIKE '990499%%'", [prefix])
    env.cr.execute("UPDATE bphs_document SET issuer = issuer || '@' || %s WHERE issuer = '试验区财政局'", [number])
