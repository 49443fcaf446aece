"""One window asks for the reasons of steps: the windows it took the place of are gone.

Odoo leaves the table of a model that is gone, and with it foreign keys that would hold on to the records it names.
"""

from odoo.tools import SQL

TABLES = (
    "bphs_fund_objection_answer",
    "bphs_fund_settlement_object",
    "bphs_fund_settlement_reverse",
    "bphs_fund_allotment_reverse",
)


def migrate(cr, version):
    for table in TABLES:
        cr.execute(SQL("DROP TABLE IF EXISTS %s CASCADE", SQL.identifier(table)))
