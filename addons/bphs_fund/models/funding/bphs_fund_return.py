from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.tools.money import ZERO, to_decimal


class BphsFundReturn(models.Model):
    """Money a clinic gives back (缴回): too much was prepaid and the clinic closes, or a claim was reclaimed.

    It goes back to the sources by largest remainder over what the clinic received from each, net of earlier
    returns (settlement rules, section 3). One officer records it, a second confirms it against the receipt.
    """

    _name = "bphs.fund.return"
    _description = "Money Returned by a Clinic"
    _inherit = [
        "bphs.print.mixin",
        "bphs.scope.mixin",
        "bphs.fund.countersign.mixin",
        "bphs.money.mixin",
        "bphs.waiting.mixin",
    ]
    _order = "date desc, id desc"
    _waiting_fields = ("state", "proposed_by_id")

    _server_fields = {"state": "draft", "confirmed_by_id": False, "confirmed_at": False}
    _countersigned_fields = (
        "institution_id",
        "budget_id",
        "period_id",
        "amount",
        "date",
        "reason",
        "document_id",
        "deadline",
    )

    budget_id = fields.Many2one(
        "bphs.fund.budget",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env["bphs.fund.budget"].search([], limit=1),
    )
    period_id = fields.Many2one("bphs.period", index="btree_not_null", ondelete="restrict")
    amount = fields.Monetary(required=True)
    date = fields.Date(required=True, default=lambda self: self._county_today())
    reason = fields.Char(required=True)
    document_id = fields.Many2one("bphs.document", index="btree_not_null", ondelete="restrict")
    deadline = fields.Date(help="By when the clinic was told to pay.")
    state = fields.Selection(
        [("draft", "Draft"), ("confirmed", "Confirmed")], required=True, readonly=True, copy=False, default="draft"
    )
    proposed_by_id = fields.Many2one(required=True)
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    confirmed_at = fields.Datetime(readonly=True, copy=False)

    _amount_positive = models.Constraint("CHECK(amount > 0)", "The returned amount must be above zero.")
    _two_persons = models.Constraint(
        "CHECK((state = 'confirmed') = (confirmed_by_id IS NOT NULL)"
        " AND (confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id))",
        "Who recorded a return cannot confirm it: a second person is needed.",
    )

    @api.depends("institution_id.name", "date")
    def _compute_display_name(self):
        for money in self:
            money.display_name = f"{money.institution_id.name or ''} {money.date or ''}".strip()

    def action_confirm(self, seen=None):
        """Confirm returns and enter them in the ledger, all or none.

        :param dict seen: {id: `content_hash` of what was compared with the receipt}
        :raise UserError: confirmed already, recorded by the same person, changed since it was looked at, or more than
            the clinic received
        """
        self._check_countersign(seen)
        self._take_step("confirm", {"confirmed_by_id": self.env.uid, "confirmed_at": fields.Datetime.now()})
        for money in self:
            money._check_in_hand()
            money._take_up_carry()
            parts = money.budget_id.source_ids._split_back(money.institution_id, to_decimal(money.amount))
            self.env["bphs.fund.entry"]._post(
                [
                    {
                        "budget_id": money.budget_id.id,
                        "date": money.date,
                        "kind": "return",
                        "institution_id": money.institution_id.id,
                        "period_id": money.period_id.id,
                        "source_id": source.id,
                        "amount": amount,
                        "origin_model": money._name,
                        "origin_id": money.id,
                        "document_id": money.document_id.id,
                        "note": money.reason,
                    }
                    for source, amount in parts.items()
                ]
            )

    def _check_in_hand(self):
        """A clinic gives back what the bank has paid it: of what is under way the bank may still refuse all.

        :raise UserError: with what is under way, it would give back more than it has
        """
        # sudo: what was paid is the same for whoever confirms
        lines, entries = self.env["bphs.fund.payment.line"].sudo(), self.env["bphs.fund.entry"].sudo()
        mine = [("institution_id", "=", self.institution_id.id)]
        under_way = lines.search(
            [*mine, ("state", "in", ("to_pay", "refused")), ("payment_id.budget_id", "=", self.budget_id.id)]
        )
        waiting = sum((to_decimal(line.amount) for line in under_way), ZERO)
        received = -sum(
            to_decimal(entry.amount)
            for entry in entries.search(
                [*mine, ("kind", "in", ("payment", "return")), ("budget_id", "=", self.budget_id.id)]
            )
        )
        if waiting and to_decimal(self.amount) > received - waiting:
            raise UserError(
                self.env._(
                    "%(clinic)s has %(received)s yuan in hand; %(waiting)s more wait for the bank. Record what the bank"
                    " did first.",
                    clinic=self.institution_id.name,
                    received=f"{received - waiting:,.2f}",
                    waiting=f"{waiting:,.2f}",
                )
            )

    def _take_up_carry(self):
        """Enter what of this return settles the carry (待扣回) that a closed clinic's year left: no year deducts it."""
        # sudo: what is to be returned is the same for whoever confirms
        row = self.env["bphs.fund.overpaid"].sudo()._of(self.budget_id, self.institution_id)
        beyond = to_decimal(self.amount) - max(to_decimal(row.excess), ZERO)
        carry = min(beyond, to_decimal(row.to_carry))
        if carry > 0:
            self.env["bphs.fund.entry"]._post(
                [
                    {
                        "budget_id": self.budget_id.id,
                        "date": self.date,
                        "kind": "carry",
                        "institution_id": self.institution_id.id,
                        "period_id": self.budget_id.period_id.id,
                        "amount": -carry,
                        "origin_model": self._name,
                        "origin_id": self.id,
                        "note": self.reason,
                    }
                ]
            )
