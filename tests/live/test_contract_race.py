"""Two people sign the same resident at the same instant: one contract, one clear message."""

import threading

SIGN = "bphs.contract.sign"
SIGNERS = ("contract-signer-1", "contract-signer-2")
PREPARE = f"""
from odoo import Command
today = env.user._county_today()
villages = env["bphs.division"].browse(env["bphs.institution"]._responsible()).sorted("code")
township = env["bphs.institution"].search([("village_ids", "in", villages[:1].ids)], limit=1).township_id
for login in {SIGNERS!r}:
    if not env["res.users"].search([("login", "=", login)]):
        env["res.users"].create({{
            "name": login, "login": login, "lang": "zh_CN",
            "role_line_ids": [Command.create({{"role_id": env.ref("bphs_base.role_team_leader").id}})],
            "bphs_institution_ids": [Command.set(township.ids)],
        }})
people = env["res.users"].search([("login", "in", {SIGNERS!r})]).sorted("login")
package = env["bphs.package"].search([("code", "=", "RACE")]) or env["bphs.package"].create({{
    "code": "RACE", "name": "抢签包", "date_from": "2020-01-01",
    "item_ids": [Command.create({{"name": "随访", "due": "rhythm", "months": 3}})],
}})
package.sudo()._write_state({{"state": "published"}})
team = env["bphs.team"].search([("code", "=", "RACE")]) or env["bphs.team"].create({{
    "code": "RACE", "name": "抢签队", "institution_id": township.id, "date_from": "2020-01-01",
}})
resident = env["bphs.resident"].create({{
    "name": "冯抢签", "division_id": villages[:1].id, "birth_date": "1960-01-01", "sex": "male", "id_type": "none",
    "id_reason": "待办",
}})
dialogs = [
    env[{SIGN!r}].with_user(person).create({{
        "resident_id": resident.id, "team_id": team.id, "package_id": package.id,
        "line_ids": [Command.create({{"resident_id": resident.id, "chosen": True}})],
    }}).id
    for person in people
]
env.cr.commit()
answer = resident.id, dialogs
"""


def test_two_sign_the_same_resident(server, rows):
    for __ in range(4):
        resident, dialogs = server.shell(PREPARE)
        outcomes = at_once(server, dialogs)
        refused = [str(outcome) for outcome in outcomes if outcome]
        assert len(refused) == 1, outcomes
        assert any(words in refused[0] for words in ("已有签约", "刚刚", "已经签约")), refused
        assert rows("SELECT count(*) FROM bphs_contract WHERE resident_id = %s", resident) == [(1,)]


def at_once(server, dialogs):
    start = threading.Barrier(len(dialogs))
    outcomes = [None] * len(dialogs)

    def sign(place):
        start.wait()
        try:
            server.call(SIGNERS[place], SIGN, "action_sign", ids=[dialogs[place]], context={"lang": "zh_CN"})
        except Exception as refusal:
            outcomes[place] = refusal

    threads = [threading.Thread(target=sign, args=(place,)) for place in range(len(dialogs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
