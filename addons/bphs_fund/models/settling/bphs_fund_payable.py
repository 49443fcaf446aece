from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.money import ZERO, to_decimal

KINDS = [
    ("prepaid", "Prepayment"),
    ("pay", "Quarterly Settlement"),
    ("release", "Released Hold"),
    ("annual", "Annual Settlement"),
    ("township", "Township Institutions"),
]
STATES = [
    ("to_pay", "Waiting to Be Paid"),
    ("held", "Held Back"),
    ("in_batch", "In a Batch"),
    ("paid", "Paid"),
    ("deducted", "Settled by Deduction"),
]


class BphsFundPayable(models.Model):
    """An amount an institution is owed since its final approval: opened once, paid through payment batches."""

    _name = "bphs.fund.payable"
    _description = "Amount to Pay"
    _inherit = ["bphs.scope.mixin", "bphs.money.mixin"]
    _order = "period_id, institution_id, id"

    institution_id = fields.Many2one(readonly=True)
    budget_id = fields.Many2one("bphs.fund.budget", required=True, index=True, readonly=True, ondelete="restrict")
    period_id = fields.Many2one("bphs.period", required=True, index=True, readonly=True, ondelete="restrict")
    kind = fields.Selection(KINDS, required=True, readonly=True)
    amount = fields.Monetary(required=True, readonly=True)
    origin_model = fields.Char(required=True, readonly=True)
    origin_id = fields.Many2oneReference(model_field="origin_model", required=True, readonly=True)
    township_id = fields.Many2one(related="institution_id.township_id", string="Township Institution")
    line_ids = fields.One2many("bphs.fund.payment.line", "payable_id", string="Payments", readonly=True)
    deduction_ids = fields.One2many("bphs.fund.deduction", "payable_id", string="Deductions", readonly=True)
    deducted_amount = fields.Monetary(string="Deducted", compute="_compute_open_amount", store=True)
    # All are columns, so that two batches that take the same amount at once write the same row and one of them fails.
    open_amount = fields.Monetary(compute="_compute_open_amount", store=True)
    state = fields.Selection(STATES, compute="_compute_open_amount", store=True, index=True)

    _origin_uniq = models.Constraint(
        "UNIQUE(kind, origin_model, origin_id)", "This amount has been opened for payment already."
    )
    _amount_positive = models.Constraint("CHECK(amount > 0)", "Only amounts above zero can be paid.")
    _open_amount_range = models.Constraint(
        "CHECK(open_amount >= 0 AND open_amount <= amount)",
        "More would be paid than is owed: it is in a batch already.",
    )
    _kept_range = models.Constraint(
        "CHECK(COALESCE(held_amount, 0) >= 0 AND COALESCE(deducted_amount, 0) >= 0)",
        "What is held back or deducted cannot be below zero.",
    )

    @api.depends("institution_id.name", "period_id.code", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for payable in self:
            known = (payable.institution_id.name, payable.period_id.display_name, kinds.get(payable.kind))
            payable.display_name = " ".join(filter(None, known))

    @api.depends("line_ids.state", "line_ids.amount", "hold_ids.state", "hold_ids.amount", "deduction_ids.amount")
    def _compute_open_amount(self):
        held = self._sums("bphs.fund.hold", [("state", "=", "held")])
        deducted = self._sums("bphs.fund.deduction", [])
        taken = dict.fromkeys(self.ids, ZERO)
        waiting = set()
        for payable, state, amount in self.env["bphs.fund.payment.line"]._read_group(
            [("payable_id", "in", self.ids), ("state", "!=", "failed")], ["payable_id", "state"], ["amount:sum"]
        ):
            taken[payable.id] += to_decimal(amount)
            if state != "paid":
                waiting.add(payable.id)
        for payable in self:
            live = taken.get(payable.id, ZERO)
            payable.held_amount = held.get(payable.id, ZERO)
            payable.deducted_amount = deducted.get(payable.id, ZERO)
            payable.open_amount = (
                to_decimal(payable.amount)
                - live
                - to_decimal(payable.held_amount)
                - to_decimal(payable.deducted_amount)
            )
            if payable.open_amount:
                payable.state = "to_pay"
            elif payable.id in waiting:
                payable.state = "in_batch"
            elif payable.held_amount:
                payable.state = "held"
            else:
                payable.state = "paid" if live else "deducted"

    def _sums(self, model, domain):
        """{payable id: Decimal yuan} of the rows of `model` that belong to these."""
        return {
            payable.id: to_decimal(amount)
            for payable, amount in self.env[model]._read_group(
                [("payable_id", "in", self.ids), *domain], ["payable_id"], ["amount:sum"]
            )
        }

    @api.model
    def _open(self, vals_list):
        """Open amounts for payment, each origin once however often it is asked. Private: no client opens money.

        :param vals_list: dicts of institution_id, budget_id, period_id, kind, amount (Decimal yuan), origin_model,
            origin_id; amounts of zero are left out
        """
        rows = [vals for vals in vals_list if to_decimal(vals["amount"]) > 0]
        if not rows:
            return
        names = ("institution_id", "budget_id", "period_id", "kind", "amount", "origin_model", "origin_id")
        self.env.execute_query(
            SQL(
                """
                INSERT INTO bphs_fund_payable (%s, open_amount, held_amount, deducted_amount, state,
                                               create_uid, create_date, write_uid, write_date)
                VALUES %s
                ON CONFLICT (kind, origin_model, origin_id) DO NOTHING
                RETURNING id
                """,
                SQL(", ").join(map(SQL.identifier, names)),
                SQL(", ").join(
                    SQL(
                        "(%s, %s, 0, 0, 'to_pay', %s, %s, %s, %s)",
                        SQL(", ").join(SQL("%s", vals[name]) for name in names),
                        vals["amount"],
                        self.env.uid,
                        self.env.cr.now(),
                        self.env.uid,
                        self.env.cr.now(),
                    )
                    for vals in rows
                ),
            )
        )
        self.invalidate_model()
