"""Files that have just lost their household want one."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    residents = env["bphs.resident"].search(
        [("household_id", "=", False), "|", ("failures", "=", False), ("failures", "not like", "no_household")]
    )
    for name in ("standardised", "failures"):
        env.add_to_compute(residents._fields[name], residents)
    residents.flush_recordset(["standardised", "failures"])
