"""Visits of another system on a server that is killed while they load; and what a machine pushes at once."""

import csv
import threading

import pytest

from tests.live.imported import comes_in_once

VISITS = 45_000  # three parts
LOGIN, PASSWORD, MACHINE = "outside-importer", "outside-importer-1", "outside-machine"
MODEL, SYSTEM = "bphs.outside.import", "LIVE"
PEOPLE = f"""
from odoo import Command
bureau = env["bphs.institution"].search([("kind", "=", "health_bureau")], limit=1)
people = {{
    {LOGIN!r}: ("bphs_base.role_primary_care_officer", "bphs_resident.role_sensitive"),
    {MACHINE!r}: ("bphs_service.role_outside_machine",),
}}
users = env["res.users"].create([{{
    "name": login, "login": login, "password": {PASSWORD!r}, "lang": "zh_CN",
    "role_line_ids": [Command.create({{"role_id": env.ref(role).id}}) for role in roles],
    "bphs_institution_ids": [Command.set(bureau.ids)],
}} for login, roles in people.items()])
env["bphs.outside.system"].create({{
    "code": {SYSTEM!r}, "name": "现场系统", "institution_id": bureau.id, "user_id": users[1].id,
}})
env.cr.commit()
rows = env["bphs.resident"].search([
    ("status", "=", "active"), ("restricted", "=", False), ("birth_date", "<", "2025-01-01"),
], order="id", limit=3000)
answer = [[row.ehr_number, row.name] for row in rows]
"""


@pytest.fixture(scope="module")
def people(server):
    return server.shell(PEOPLE)


def upload(server, run, path):
    """Receive the file as the upload does, by a call in the server's own shell."""
    server.shell(
        f"""
user = env["res.users"].search([("login", "=", {LOGIN!r})])
run = env[{MODEL!r}].with_user(user).browse({run})
run._receive("visits.csv", open({str(path)!r}, "rb").read())
env.cr.commit()
answer = True
"""
    )


def test_killed_and_confirmed_twice_visits_come_in_once(server, rows, people, tmp_path):
    path = tmp_path / "visits.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["来源系统编码", "外部编号", "健康档案编号", "姓名", "服务表单", "服务日期", "备注"])
        for at in range(VISITS):
            number, name = people[at % len(people)]
            writer.writerow([SYSTEM, f"V{at}", number, name, "file_update", f"2025-0{1 + at % 9}-15", "核对"])
    run = server.call(LOGIN, MODEL, "create", vals_list=[{}])[0]
    upload(server, run, path)

    def loaded():
        query = "SELECT count(*) FROM bphs_outside_key k JOIN bphs_outside_system s ON s.id = k.system_id"
        return rows(f"{query} JOIN bphs_visit v ON v.id = k.visit_id WHERE s.code = %s", SYSTEM)[0][0]

    comes_in_once(server, rows, LOGIN, MODEL, run, VISITS, loaded)


def test_pushed_by_two_at_once_it_is_one(server, rows, people):
    number, name = people[0]
    row = {"external_id": "TWICE", "ehr_number": number, "name": name, "day": "2025-11-01", "hba1c": 7.5}
    answers = []

    def push():
        answers.append(server.call(MACHINE, "bphs.outside.system", "push", kind="record", rows=[row]))

    both = [threading.Thread(target=push) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(answer["rows"][0]["result"] for answer in answers) == ["new", "unchanged"]
    query = (
        "SELECT count(*) FROM bphs_outside_record o JOIN bphs_outside_system s ON s.id = o.system_id WHERE s.code = %s"
    )
    assert rows(query, SYSTEM) == [(1,)]
