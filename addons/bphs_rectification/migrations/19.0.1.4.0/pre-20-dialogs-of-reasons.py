"""One window asks for the reasons of steps: the windows it took the place of are gone.

Odoo leaves the table of a model that is gone, and with it foreign keys that would hold on to the records it names.
"""

from odoo.tools import SQL

TABLES = (
    "bphs_rectification_bphs_rectification_step_rel",
    "bphs_rectification_step",
    "bphs_quarterly_report_bphs_quarterly_report_return_rel",
    "bphs_quarterly_report_return",
)


def migrate(cr, version):
    for table in TABLES:
        cr.execute(SQL("DROP TABLE IF EXISTS %s CASCADE", SQL.identifier(table)))
