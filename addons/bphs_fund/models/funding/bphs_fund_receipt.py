from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.tools.money import to_decimal
from odoo.addons.bphs_base.tools.steps import Step

from ..mixins.bphs_fund_countersign_mixin import CONFIRM


class BphsFundReceipt(models.Model):
    """Money of one source that arrived (到位), in one instalment, with the document that
    announced it.

    One officer enters it, a second confirms it, which posts it to the ledger; from then on it is fixed. A mistake is
    corrected by a reversal: a receipt of the opposite amount that names the one it reverses, and takes two persons too.
    """

    _name = "bphs.fund.receipt"
    _description = "Arrival of Funds"
    _inherit = ["bphs.scope.mixin", "bphs.fund.countersign.mixin", "bphs.money.mixin", "bphs.waiting.mixin"]
    _order = "date desc, id desc"
    _waiting_fields = ("state", "proposed_by_id")

    _server_fields = {
        "state": "draft",
        "confirmed_by_id": False,
        "confirmed_at": False,
        "reversal_of_id": False,
    }
    _steps = {"confirm": CONFIRM, "reverse": Step(("confirmed",), None)}
    _countersigned_fields = (
        "source_id",
        "document_id",
        "issued_date",
        "indicator_amount",
        "date",
        "amount",
        "note",
        "reversal_of_id",
    )

    source_id = fields.Many2one("bphs.fund.source", required=True, index=True, ondelete="restrict")
    institution_id = fields.Many2one(related="source_id.institution_id", store=True, required=False)
    budget_id = fields.Many2one(related="source_id.budget_id", store=True, index=True)
    level = fields.Selection(related="source_id.level", string="Level", store=True)
    document_id = fields.Many2one("bphs.document", required=True, index=True, ondelete="restrict")
    indicator_amount = fields.Monetary(required=True, help="The amount the document assigns (指标额).")
    issued_date = fields.Date(required=True, help="The date the amount was assigned.")
    date = fields.Date(string="Arrival Date", required=True, default=lambda self: self._county_today())
    amount = fields.Monetary(string="Arrived Amount", required=True)
    note = fields.Char()
    state = fields.Selection(
        [("draft", "Draft"), ("confirmed", "Confirmed")],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
    )
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    confirmed_at = fields.Datetime(readonly=True, copy=False)
    reversal_of_id = fields.Many2one(
        "bphs.fund.receipt",
        string="Reverses",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    reversal_ids = fields.One2many("bphs.fund.receipt", "reversal_of_id", string="Reversed By")
    reversal_state = fields.Selection(related="reversal_ids.state", string="State of the Reversal")

    _amount_sign = models.Constraint(
        "CHECK(amount <> 0 AND (amount > 0) = (reversal_of_id IS NULL))",
        "The arrived amount must be above zero. To correct a confirmed arrival, reverse it.",
    )
    _reversal_uniq = models.UniqueIndex(
        "(reversal_of_id) WHERE reversal_of_id IS NOT NULL",
        "This arrival has been reversed already.",
    )
    # Arrivals confirmed before two persons were asked for name nobody as having entered them.
    _two_persons = models.Constraint(
        "CHECK((state = 'confirmed') = (confirmed_by_id IS NOT NULL)"
        " AND (confirmed_by_id IS NULL OR proposed_by_id IS NULL OR confirmed_by_id <> proposed_by_id))",
        "Who entered an arrival cannot confirm it: a second person is needed.",
    )
    _dates_order = models.Constraint("CHECK(issued_date <= date)", "Money cannot arrive before it is assigned.")
    _indicator_sign = models.Constraint(
        "CHECK(reversal_of_id IS NOT NULL OR indicator_amount > 0)",
        "The assigned amount must be above zero.",
    )

    @api.depends("document_id.number", "source_id", "date")
    def _compute_display_name(self):
        for receipt in self:
            receipt.display_name = " ".join(
                filter(
                    None,
                    (
                        receipt.source_id.display_name,
                        receipt.document_id.number,
                        str(receipt.date or ""),
                    ),
                )
            )

    @api.onchange("document_id")
    def _onchange_document_id(self):
        if self.document_id and not self.issued_date:
            self.issued_date = self.document_id.date

    def write(self, vals):
        if self.filtered("reversal_of_id"):
            raise UserError(
                self.env._("A reversal is the opposite of what it takes back: confirm it or delete it, nothing else.")
            )
        return super().write(vals)

    def action_confirm(self, seen=None):
        """Confirm draft receipts and post them to the ledger, all or none.

        :param dict seen: {id: `content_hash` of what was compared with document and bank slip}
        :raise UserError: one is confirmed already, was entered or changed by the same person, changed since it was
            looked at, or a reversal would take back money already paid out
        """
        self._check_countersign(seen)
        self._take_step("confirm", {"confirmed_by_id": self.env.uid, "confirmed_at": fields.Datetime.now()})
        self.env["bphs.fund.entry"]._post(
            [
                {
                    "budget_id": receipt.budget_id.id,
                    "date": receipt.date,
                    "kind": "arrival",
                    "institution_id": receipt.institution_id.id,
                    "source_id": receipt.source_id.id,
                    "amount": to_decimal(receipt.amount),
                    "origin_model": self._name,
                    "origin_id": receipt.id,
                    "document_id": receipt.document_id.id,
                    "note": receipt.note,
                }
                for receipt in self
            ]
        )

    def action_reverse(self):
        """Make the reversal of a confirmed receipt, for a second person to confirm, and open it.

        :raise UserError: it is no confirmed receipt
        """
        self.ensure_one()
        self._check_step("reverse")
        if self.reversal_of_id:
            raise UserError(self._step_word("state", "reverse", self))
        reversal = self._server_create(
            {
                "source_id": self.source_id.id,
                "document_id": self.document_id.id,
                "indicator_amount": -self.indicator_amount,
                "issued_date": self.issued_date,
                "date": max(self.date, self._county_today()),
                "amount": -self.amount,
                "note": self.note,
                "reversal_of_id": self.id,
                "proposed_by_id": self.env.uid,
            }
        )
        return reversal._action_open()

    def _step_words(self):
        return super()._step_words() | {"state:reverse": self.env._("Only a confirmed arrival can be reversed.")}

    def _action_open(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }
