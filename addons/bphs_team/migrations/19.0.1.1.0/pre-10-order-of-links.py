"""Links are found by contract in an index that holds their order too; the one of the contract alone has no use left."""

from odoo.tools import SQL


def migrate(cr, version):
    cr.execute(SQL("DROP INDEX IF EXISTS bphs_service_link__contract_id_index"))
