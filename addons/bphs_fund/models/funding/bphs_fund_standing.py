from odoo import fields, models
from odoo.tools import SQL

from .bphs_fund_source import LEVELS


class BphsFundStanding(models.Model):
    """How the money of each source stands, as figures that can be charted: a reading of the ledger, no table.

    The ledger takes money from its source at the final approval. Here it is paid once the bank has paid it: what waits
    for the bank, and what it refused until a second person has confirmed that, stand by themselves.
    """

    _name = "bphs.fund.standing"
    _description = "Standing of Funds"
    _inherit = ["bphs.scope.mixin", "bphs.money.mixin"]
    _auto = False
    _order = "period_id, level"
    _rec_name = "level"
    _depends = {
        "bphs.fund.source": ["budget_id", "institution_id", "period_id", "level", "due"],
        "bphs.fund.entry": ["source_id", "kind", "amount"],
        "bphs.fund.payment.line": ["state", "amount"],
    }

    budget_id = fields.Many2one("bphs.fund.budget", readonly=True)
    period_id = fields.Many2one("bphs.period", string="Budget Year", readonly=True)
    # Stands in the order of the levels of government, and says the year with each of them.
    source_id = fields.Many2one("bphs.fund.source", readonly=True)
    level = fields.Selection(LEVELS, readonly=True)
    due = fields.Monetary(readonly=True)
    arrived = fields.Monetary(readonly=True)
    outstanding = fields.Monetary(readonly=True)
    paid = fields.Monetary(readonly=True, help="The bank has paid it.")
    at_bank = fields.Monetary(string="Waiting for the Bank", readonly=True)
    refused = fields.Monetary(string="Refused, to Be Confirmed", readonly=True)
    returned = fields.Monetary(readonly=True)
    available = fields.Monetary(readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT source.id, source.id AS source_id, source.budget_id, source.institution_id, source.period_id,
                   source.level, source.due, source.due - sums.arrived AS outstanding, sums.arrived, sums.returned,
                   sums.granted - COALESCE(bank.at_bank, 0) - COALESCE(bank.refused, 0) AS paid,
                   COALESCE(bank.at_bank, 0) AS at_bank, COALESCE(bank.refused, 0) AS refused,
                   sums.arrived - sums.granted + sums.returned AS available
              FROM bphs_fund_source source
             CROSS JOIN LATERAL (
                SELECT COALESCE(sum(amount) FILTER (WHERE kind = 'arrival'), 0) AS arrived,
                       COALESCE(-sum(amount) FILTER (WHERE kind = 'payment'), 0) AS granted,
                       COALESCE(sum(amount) FILTER (WHERE kind = 'return'), 0) AS returned
                  FROM bphs_fund_entry
                 WHERE source_id = source.id
             ) sums
              LEFT JOIN (%s) bank ON bank.source_id = source.id
            """,
            self._at_the_bank(),
        )

    def _at_the_bank(self):
        """Query of what of each source the bank has not paid yet: (source_id, at_bank, refused), exact to the fen.

        Several doctors may share an amount, and several sources bear it: laid one behind the other, each transfer
        covers a stretch of the amount and each source another, and what both cover is that source's part of it.
        """
        return SQL(
            """
            WITH waiting AS (
                SELECT payment_id, payable_id
                  FROM bphs_fund_payment_line
                 WHERE state IN ('to_pay', 'refused')
                 GROUP BY payment_id, payable_id
            ), transfer AS (
                SELECT line.payment_id, line.payable_id, line.state, line.amount,
                       sum(line.amount) OVER (PARTITION BY line.payment_id, line.payable_id ORDER BY line.id) AS upto
                  FROM bphs_fund_payment_line line
                  JOIN waiting USING (payment_id, payable_id)
            ), part AS (
                SELECT split.payment_id, split.payable_id, split.source_id, split.amount,
                       sum(split.amount) OVER (PARTITION BY split.payment_id, split.payable_id
                                               ORDER BY source.sequence, source.id) AS upto
                  FROM bphs_fund_payment_split split
                  JOIN bphs_fund_source source ON source.id = split.source_id
                  JOIN waiting USING (payment_id, payable_id)
            )
            SELECT part.source_id,
                   sum(both_cover) FILTER (WHERE transfer.state = 'to_pay') AS at_bank,
                   sum(both_cover) FILTER (WHERE transfer.state = 'refused') AS refused
              FROM transfer
              JOIN part USING (payment_id, payable_id)
             CROSS JOIN LATERAL (
                SELECT LEAST(transfer.upto, part.upto)
                       - GREATEST(transfer.upto - transfer.amount, part.upto - part.amount) AS both_cover
             ) stretch
             WHERE transfer.state IN ('to_pay', 'refused') AND both_cover > 0
             GROUP BY part.source_id
            """
        )
