from odoo import fields, models
from odoo.tools import SQL

from .bphs_fund_source import LEVELS


class BphsFundStanding(models.Model):
    """How the money of each source stands, as figures that can be charted: a reading of the
    ledger, no table."""

    _name = "bphs.fund.standing"
    _description = "Standing of Funds"
    _inherit = ["bphs.scope.mixin", "bphs.money.mixin"]
    _auto = False
    _order = "period_id, level"
    _rec_name = "level"
    _depends = {
        "bphs.fund.source": ["budget_id", "institution_id", "period_id", "level", "due"],
        "bphs.fund.entry": ["source_id", "kind", "amount"],
    }

    budget_id = fields.Many2one("bphs.fund.budget", readonly=True)
    period_id = fields.Many2one("bphs.period", string="Budget Year", readonly=True)
    # Stands in the order of the levels of government, and says the year with each of them.
    source_id = fields.Many2one("bphs.fund.source", readonly=True)
    level = fields.Selection(LEVELS, readonly=True)
    due = fields.Monetary(readonly=True)
    arrived = fields.Monetary(readonly=True)
    outstanding = fields.Monetary(readonly=True)
    paid = fields.Monetary(readonly=True)
    returned = fields.Monetary(readonly=True)
    available = fields.Monetary(readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT source.id, source.id AS source_id, source.budget_id, source.institution_id, source.period_id,
            source.level, source.due,
                   source.due - sums.arrived AS outstanding, sums.arrived, sums.paid, sums.returned,
                   sums.arrived - sums.paid + sums.returned AS available
              FROM bphs_fund_source source
             CROSS JOIN LATERAL (
                SELECT COALESCE(sum(amount) FILTER (WHERE kind = 'arrival'), 0) AS arrived,
                       COALESCE(-sum(amount) FILTER (WHERE kind = 'payment'), 0) AS paid,
                       COALESCE(sum(amount) FILTER (WHERE kind = 'return'), 0) AS returned
                  FROM bphs_fund_entry
                 WHERE source_id = source.id
             ) sums
            """
        )
