"""A thumb that presses twice, and an answer that never came: one visit, and every sending is told of it."""

import threading

VISITOR = "visit-doctor"
PREPARE = f"""
from odoo import Command
villages = env["bphs.division"].browse(env["bphs.institution"]._responsible()).sorted("code")
clinic = env["bphs.institution"].search([("village_ids", "in", villages[:1].ids)], limit=1)
if not env["res.users"].search([("login", "=", {VISITOR!r})]):
    env["res.users"].create({{
        "name": "随访医生", "login": {VISITOR!r}, "lang": "zh_CN",
        "role_line_ids": [Command.create({{"role_id": env.ref("bphs_base.role_village_doctor").id}})],
        "bphs_institution_ids": [Command.set(clinic.ids)],
    }})
resident = env["bphs.resident"].create({{
    "name": "褚双击", "division_id": villages[:1].id, "birth_date": "1960-01-01", "sex": "male", "id_type": "none",
    "id_reason": "待办",
}})
form = env["bphs.form.template"]._in_use("hypertension")
env.cr.commit()
answer = resident.id, form.id
"""
SENDINGS = 4


def test_a_double_tap_is_one_visit(server, rows):
    for number in range(4):
        resident, form = server.shell(PREPARE)
        vals = {
            "resident_id": resident,
            "template_id": form,
            "systolic": 138,
            "client_token": f"tap-{resident}-{number}",
        }
        made = at_once(server, vals)
        assert len(made) == SENDINGS, "every sending is answered"
        assert len({tuple(ids) for ids in made}) == 1, made
        assert rows("SELECT id FROM bphs_visit WHERE resident_id = %s", resident) == [(made[0][0],)]


def test_an_answer_that_was_lost_is_given_again(server, rows):
    resident, form = server.shell(PREPARE)
    vals = {"resident_id": resident, "template_id": form, "systolic": 138, "client_token": f"lost-{resident}"}
    first = server.call(VISITOR, "bphs.visit", "create", vals_list=[vals])
    # The phone heard nothing and sends the same again, the record having been done meanwhile.
    server.call(VISITOR, "bphs.visit", "action_complete", ids=first)
    assert server.call(VISITOR, "bphs.visit", "create", vals_list=[vals]) == first
    assert rows("SELECT state FROM bphs_visit WHERE resident_id = %s", resident) == [("done",)]


def at_once(server, vals):
    start, made = threading.Barrier(SENDINGS), []

    def send():
        start.wait()
        made.append(server.call(VISITOR, "bphs.visit", "create", vals_list=[vals]))

    threads = [threading.Thread(target=send) for __ in range(SENDINGS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return made
