from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.bphs_base.tools.money import ZERO, to_decimal

HOLDERS = ("bphs_base.group_finance_officer", "bphs_base.group_primary_care_officer")


class BphsFundPayable(models.Model):
    """Holding back by hand (暂缓拨付): some or all of what is still open, with a reason, until its release is approved.

    Keeping money back needs one person, letting it go needs the stages of the flow `hold_release`.
    """

    _inherit = "bphs.fund.payable"

    hold_ids = fields.One2many("bphs.fund.hold", "payable_id", string="Holds", readonly=True)
    held_amount = fields.Monetary(string="Held", compute="_compute_open_amount", store=True)

    def action_hold(self, amount, reason):
        """Hold back some of what is open of this amount.

        :param amount: yuan above zero, at most what is open
        :param str reason: what must be put right; demanded
        :raise AccessError: for anybody but finance and the primary-care section
        :raise UserError: no reason, or more than is open: what is in a batch or paid cannot be held
        """
        self.ensure_one()
        self.check_access("read")
        if not any(self.env.user.has_group(group) for group in HOLDERS):
            raise AccessError(self.env._("Only finance and the primary-care section hold money back."))
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the money is held back."))
        # sudo: nobody may write amounts to pay; role and scope were checked above
        payable = self.sudo()
        payable._lock_rows(
            self.env._("%(name)s is being paid or held by someone else at this moment.", name=self.display_name)
        )
        payable.invalidate_recordset(["open_amount"])
        amount = to_decimal(amount)
        if not ZERO < amount <= to_decimal(payable.open_amount):
            raise UserError(
                self.env._(
                    "Between 0.01 and %(open)s yuan can be held: the rest is in a batch, paid or held already.",
                    open=f"{to_decimal(payable.open_amount):,.2f}",
                )
            )
        payable._hold(amount, reason.strip(), self.env.user)

    def action_open_hold(self):
        """:return dict: the window that asks for amount and reason"""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hold Back"),
            "res_model": "bphs.fund.payable.hold",
            "view_mode": "form",
            "target": "new",
            "context": {"default_payable_id": self.id, "default_amount": self.open_amount},
        }

    def _hold(self, amount, reason, user):
        """Hold back `amount` and enter it. Called with elevated rights, after the checks."""
        # As the system: who holds money back edits no release, and may approve it when its stage is theirs.
        hold = (
            self.env["bphs.fund.hold"]
            .with_user(SUPERUSER_ID)
            .create(
                {
                    "institution_id": self.institution_id.id,
                    "period_id": self.period_id.id,
                    "payable_id": self.id,
                    "amount": amount,
                    "origin": "manual",
                    "reason": reason,
                    "held_by_id": user.id,
                }
            )
        )
        self.env["bphs.fund.entry"]._post(
            [
                {
                    "budget_id": self.budget_id.id,
                    "kind": "hold",
                    "institution_id": self.institution_id.id,
                    "period_id": self.period_id.id,
                    "amount": -amount,
                    "origin_model": hold._name,
                    "origin_id": hold.id,
                    "note": reason,
                }
            ]
        )
