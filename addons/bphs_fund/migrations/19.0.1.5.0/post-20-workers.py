"""Who is paid stands in the register of workers, and each payee names its doctor; the name stays as text."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    workers = env["bphs.worker"].with_context(active_test=False)
    today = workers._county_today()
    standing = {(worker.name, worker.institution_id) for worker in workers.search([])}
    paid = env["bphs.fund.payee"]._read_group(
        [("kind", "=", "person"), ("worker_id", "=", False), "|", ("date_to", "=", False), ("date_to", ">=", today)],
        ["name", "institution_id"],
        ["date_from:min"],
    )
    workers.create(
        [
            {
                "name": name,
                "institution_id": clinic.id,
                "profession": "village_doctor",
                "since": min(first, today),
            }
            for name, clinic, first in paid
            if (name, clinic) not in standing
        ]
    )
    # Those who stood in the register before are named as well.
    workers.search([("active", "=", True)])._link_texts()
