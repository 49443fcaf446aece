"""Names whose surname is found under more readings than before, and those written with radicals out of PDFs."""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

from odoo.addons.bphs_resident.tools import pinyin

RADICALS = "[\u2e80-\u2eff\u2f00-\u2fdf]"


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    rows = env.execute_query(
        SQL(
            "SELECT id FROM bphs_resident WHERE left(name, 1) = ANY(%s) OR name ~ %s",
            sorted(pinyin.SURNAMES),
            RADICALS,
        )
    )
    residents = env["bphs.resident"].browse([id_ for (id_,) in rows])
    for name in ("pinyin", "initials", "search_tokens"):
        env.add_to_compute(residents._fields[name], residents)
    residents.flush_recordset(["pinyin", "initials", "search_tokens"])
