from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.money import to_decimal

from ...tools.sources import split_return
from ...tools.terms import SettlementError

LEVELS = [
    ("central", "Central"),
    ("province", "Province"),
    ("city", "City"),
    ("county", "County"),
]


class BphsFundSource(models.Model):
    """What one level of government bears of a budget, and how that money stands.

    Every figure but `due` is a sum over the ledger: available = arrived + returned - paid.
    """

    _name = "bphs.fund.source"
    _description = "Fund Source"
    _inherit = ["bphs.scope.mixin", "bphs.money.mixin"]
    _order = "budget_id, sequence, id"

    budget_id = fields.Many2one("bphs.fund.budget", required=True, index=True, ondelete="cascade")
    institution_id = fields.Many2one(related="budget_id.institution_id", store=True, required=False)
    period_id = fields.Many2one(related="budget_id.period_id", store=True, index=True)
    level = fields.Selection(LEVELS, required=True)
    sequence = fields.Integer(compute="_compute_sequence", store=True)
    share = fields.Float(digits=(5, 4), required=True, aggregator=None, help="Part of the whole, e.g. 0.6000.")
    due = fields.Monetary(compute="_compute_due", store=True)
    arrived = fields.Monetary(compute="_compute_balances")
    paid = fields.Monetary(
        string="Approved for Payment",
        compute="_compute_balances",
        help="Finally approved, whether the bank has paid it already or not.",
    )
    returned = fields.Monetary(compute="_compute_balances")
    available = fields.Monetary(compute="_compute_balances")
    outstanding = fields.Monetary(compute="_compute_balances", help="Due less arrived; negative where more arrived.")
    # Raised by every posting of money to this source: see `_lock_available`.
    posting_count = fields.Integer(readonly=True, copy=False, default=0)

    _budget_level_uniq = models.Constraint(
        "UNIQUE(budget_id, level)", "Each level of government bears one share of a budget."
    )
    _share_range = models.Constraint("CHECK(share >= 0 AND share <= 1)", "A share lies between 0 and 1.")

    @api.depends("level", "period_id.code")
    def _compute_display_name(self):
        labels = dict(self._fields["level"]._description_selection(self.env))
        for source in self:
            source.display_name = f"{source.period_id.code or ''} {labels.get(source.level, '')}".strip()

    @api.model
    def _search_display_name(self, operator, value):
        """Year and level are typed as they are read, 2026 中央."""
        if operator != "ilike" or not isinstance(value, str):
            return super()._search_display_name(operator, value)
        labels = dict(self._fields["level"]._description_selection(self.env))
        return Domain.AND(
            Domain("period_id.code", "ilike", word)
            | Domain("level", "in", [level for level, label in labels.items() if word.lower() in label.lower()])
            for word in value.split()
        )

    @api.depends("level")
    def _compute_sequence(self):
        order = [level for level, __ in LEVELS]
        for source in self:
            source.sequence = order.index(source.level) if source.level else len(order)

    @api.depends(
        "level",
        "share",
        "budget_id.standard",
        "budget_id.population",
        "budget_id.source_ids.share",
        "budget_id.source_ids.level",
    )
    def _compute_due(self):
        for budget, sources in self.grouped("budget_id").items():
            parts = budget._due_by_source() if budget else {}
            for source in sources:
                source.due = parts.get(source, 0)

    def _compute_balances(self):
        sums = {}
        for source, kind, amount in self.env["bphs.fund.entry"]._read_group(
            [("source_id", "in", self.ids)], ["source_id", "kind"], ["amount:sum"]
        ):
            sums[source.id, kind] = to_decimal(amount)
        for source in self:
            arrived, paid, returned = (
                sums.get((source._origin.id, kind), Decimal()) for kind in ("arrival", "payment", "return")
            )
            source.arrived = arrived
            source.paid = -paid
            source.returned = returned
            source.available = arrived + paid + returned
            source.outstanding = to_decimal(source.due) - arrived

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_count_not_set(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_count_not_set(vals)
        if {"budget_id", "level"} & set(vals):
            self._check_not_posted()
        return super().write(vals)

    def _check_count_not_set(self, vals):
        # A number near the largest of its column would end every further posting of this source.
        if "posting_count" in vals and not self.env.su:
            raise UserError(self.env._("How often money was entered for a source is counted by the ledger."))

    def _check_not_posted(self):
        """:raise UserError: money has been entered for one of these sources, so what it is stays"""
        # sudo: the question is whether any entry exists, whoever may see it
        entries = self.env["bphs.fund.entry"].sudo()
        posted = entries.search([("source_id", "in", self.ids)], limit=1)
        if posted:
            raise UserError(
                self.env._(
                    "Money of %(level)s has been entered in the ledger: its level and budget stay.",
                    level=posted.source_id.display_name,
                )
            )

    def _lock_available(self):
        """Lock these sources until the end of the transaction and return {source id: available
        Decimal}.

        The rows are updated, not only locked: a transaction that started before another posted
        would otherwise
        get the lock afterwards and still see the old sum. So it fails to serialize, and is run
        again.
        """
        ids = sorted(self.ids)
        if not ids:
            return {}
        self.env["bphs.fund.entry"].flush_model()
        # Ordered, so that two who take the same sources never wait for each other in a circle.
        self.env.execute_query(SQL("SELECT id FROM bphs_fund_source WHERE id IN %s ORDER BY id FOR UPDATE", tuple(ids)))
        self.env.execute_query(
            SQL(
                "UPDATE bphs_fund_source SET posting_count = posting_count + 1 WHERE id IN %s RETURNING id",
                tuple(ids),
            )
        )
        self.invalidate_recordset(["posting_count"], flush=False)
        sums = self.env.execute_query(
            SQL(
                "SELECT source_id, sum(amount)::text FROM bphs_fund_entry WHERE source_id IN %s GROUP BY source_id",
                tuple(ids),
            )
        )
        return dict.fromkeys(ids, Decimal("0.00")) | {source: to_decimal(amount) for source, amount in sums}

    def _split_back(self, clinic, amount):
        """Split money that comes back from `clinic` by what it received from each of these sources, net of returns.

        :param Decimal amount: yuan above zero
        :return: {source: Decimal yuan}
        :raise UserError: the clinic received less than that
        """
        self._lock_available()
        received = {
            source.level: -to_decimal(amount)
            for source, amount in self.env["bphs.fund.entry"]._read_group(
                [
                    ("source_id", "in", self.ids),
                    ("institution_id", "=", clinic.id),
                    ("kind", "in", ("payment", "return")),
                ],
                ["source_id"],
                ["amount:sum"],
            )
        }
        try:
            parts = split_return(amount, received)
        except SettlementError as error:
            raise UserError(self.env._("%(clinic)s: %(error)s", clinic=clinic.name, error=error)) from error
        return {source: parts[source.level] for source in self if parts.get(source.level)}

    def _check_not_overdrawn(self):
        """:raise UserError: naming the source that would hold less than nothing, and the
        shortfall"""
        available = self._lock_available()
        for source in self:
            if available[source.id] < 0:
                raise UserError(
                    self.env._(
                        "%(level)s does not hold enough: %(shortfall)s yuan are lacking.",
                        level=source.display_name,
                        shortfall=f"{-available[source.id]:,.2f}",
                    )
                )
