"""A roll of residents on a server that is killed while it loads, and confirmed by two at once."""

import itertools
import json
import sys
import urllib.request
import uuid
from http.cookiejar import CookieJar

import pytest

from tests.live.imported import comes_in_once
from tests.runner.job import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
import pure_addons  # noqa: E402, F401  (makes odoo.addons.*.tools importable without Odoo)

from odoo.addons.bphs_demo.invented.county import Village, draw_county  # noqa: E402
from odoo.addons.bphs_demo.invented.files import roll_row, write_csv  # noqa: E402

PEOPLE = 45_000  # three parts
SPARE = 500
LOGIN, PASSWORD = "roll-importer", "roll-importer-1"
MODEL = "bphs.resident.import"
IMPORTER = f"""
from odoo import Command
roles = ("bphs_base.role_primary_care_officer", "bphs_resident.role_sensitive")
bureau = env["bphs.institution"].search([("kind", "=", "health_bureau")], limit=1)
env["res.users"].create({{
    "name": "名册导入", "login": {LOGIN!r}, "password": {PASSWORD!r}, "lang": "zh_CN",
    "role_line_ids": [Command.create({{"role_id": env.ref(role).id}}) for role in roles],
    "bphs_institution_ids": [Command.set(bureau.ids)],
}})
env.cr.commit()
served = env["bphs.institution"]._responsible()
answer = env["bphs.division"].browse(served).sorted("code").mapped("code")[:40]
"""


@pytest.fixture
def roll(server, rows, tmp_path):
    """A roll of people who are not in the register yet."""
    known = rows("SELECT id FROM res_users WHERE login = %s", LOGIN)
    villages = server.shell(IMPORTER) if not known else []
    path = tmp_path / "全县名册.csv"
    # Seats high enough that no resident of the demo has their numbers; files and households fall where they will.
    drawn = list(map(roll_row, draw_county(map(Village, villages), PEOPLE + SPARE, seed=77, used=100)))
    write_csv(path, itertools.islice(_apart(rows, drawn), PEOPLE))
    return path


def _apart(rows, drawn):
    """The rows of households of whom neither house nor member has a number of the register."""
    files = {number for (number,) in rows("SELECT ehr_number FROM bphs_resident")}
    homes = {number for (number,) in rows("SELECT number FROM bphs_household")}
    homes |= {row["household"] for row in drawn if row["ehr_number"] in files}
    return (row for row in drawn if row["household"] not in homes)


def upload(server, run, path):
    """Send the file as the page does: signed in, in one form."""
    web = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar()))
    params = {"db": server.database, "login": LOGIN, "password": PASSWORD}
    body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}).encode()
    sign_in = urllib.request.Request(
        f"{server.base_url}/web/session/authenticate", body, {"Content-Type": "application/json"}
    )
    web.open(sign_in).read()
    page = web.open(f"{server.base_url}/odoo").read().decode()
    token = page.partition('csrf_token: "')[2].partition('"')[0]
    mark = uuid.uuid4().hex
    fields = "".join(
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (("csrf_token", token), ("import_id", run))
    )
    file = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{path.name}"\r\n\r\n'
    form = fields.encode() + file.encode() + path.read_bytes() + f"\r\n--{mark}--\r\n".encode()
    request = urllib.request.Request(
        f"{server.base_url}/bphs_resident/import/upload",
        form,
        {"Content-Type": f"multipart/form-data; boundary={mark}"},
    )
    assert json.load(web.open(request)) == {"id": run}


def test_killed_and_confirmed_twice_a_roll_is_loaded_once(server, rows, roll):
    run = server.call(LOGIN, MODEL, "create", vals_list=[{}])[0]
    upload(server, run, roll)

    def loaded():
        return rows("SELECT count(*) FROM bphs_resident WHERE create_uid = (SELECT id FROM res_users WHERE login = %s)",
                    LOGIN)[0][0]  # fmt: skip

    comes_in_once(server, rows, LOGIN, MODEL, run, PEOPLE, loaded)
    assert rows(
        "SELECT sum(count_whole) FROM bphs_resident_access"
        " WHERE kind = 'import' AND user_id = (SELECT id FROM res_users WHERE login = %s)",
        LOGIN,
    ) == [(PEOPLE,)]
