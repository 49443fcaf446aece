"""Somebody joins a household while somebody else moves it: both come through, or one is told why not."""

import threading
import time

import psycopg2
import pytest

KEEPER = "household-keeper"
PREPARE = f"""
from odoo import Command
if not env["res.users"].search([("login", "=", {KEEPER!r})]):
    villages = env["bphs.division"].browse(env["bphs.institution"]._responsible()).sorted("code")
    township = env["bphs.institution"].search([("village_ids", "in", villages[:1].ids)], limit=1).township_id
    env["res.users"].create({{
        "name": "家庭管理", "login": {KEEPER!r}, "lang": "zh_CN",
        "role_line_ids": [Command.create({{"role_id": env.ref("bphs_base.role_township_public_health").id}})],
        "bphs_institution_ids": [Command.set(township.ids)],
    }})
keeper = env["res.users"].search([("login", "=", {KEEPER!r})])
units = env["bphs.institution"].search([("id", "child_of", keeper.bphs_institution_ids.ids)])
here, there = units.village_ids.sorted("code")[:2]
home = env["bphs.household"].create({{"division_id": here.id}})
values = {{"division_id": here.id, "birth_date": "1970-01-01", "sex": "male", "id_type": "none", "id_reason": "待办"}}
first, second = env["bphs.resident"].create([
    {{**values, "name": "程甲", "household_id": home.id, "relation": "head"}}, {{**values, "name": "程乙"}},
])
env.cr.commit()
answer = home.id, first.id, second.id, there.id
"""


@pytest.fixture
def other(server):
    connection = psycopg2.connect(dbname=server.database)
    connection.set_isolation_level(psycopg2.extensions.ISOLATION_LEVEL_REPEATABLE_READ)
    yield connection
    connection.close()


def test_who_joins_a_household_at_the_moment_it_moves_moves_with_it(server, rows, other):
    home, first, second, there = server.shell(PREPARE)
    values = {"resident_id": first, "kind": "within", "division_id": there, "whole_household": True}
    dialog = server.call(KEEPER, "bphs.resident.moving", "create", vals_list=[values])
    outcome = []

    def move():
        try:
            server.call(KEEPER, "bphs.resident.moving", "action_confirm", ids=dialog)
        except Exception as refusal:
            outcome.append(refusal)

    with other.cursor() as cursor:
        cursor.execute("UPDATE bphs_resident SET household_id = %s WHERE id = %s", (home, second))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        thread = threading.Thread(target=move)
        thread.start()
        limit = time.monotonic() + 30
        while not rows("SELECT 1 FROM pg_locks WHERE NOT granted") and time.monotonic() < limit:
            time.sleep(0.05)
        assert thread.is_alive(), f"the move waits for who joins the household: {outcome}"
        other.commit()
    thread.join()
    assert not outcome, f"a bare server error: {outcome}"
    assert rows("SELECT DISTINCT division_id FROM bphs_resident WHERE id IN (%s, %s)", first, second) == [(there,)]
    assert rows("SELECT division_id FROM bphs_household WHERE id = %s", home) == [(there,)]
