from odoo import api, fields, models

from odoo.addons.bphs_base.tools.money import to_decimal


class BphsFundPaymentLine(models.Model):
    """A transfer the bank refused (退票): one officer of finance enters it, another confirms it by the bank's slip.

    A refusal makes the amount payable again. Were it one person's word, what the bank has paid could be paid twice.
    """

    _inherit = "bphs.fund.payment.line"

    refused_by_id = fields.Many2one("res.users", string="Refusal Entered By", readonly=True, ondelete="restrict")
    failed_by_id = fields.Many2one("res.users", string="Refusal Confirmed By", readonly=True, ondelete="restrict")
    can_confirm_failed = fields.Boolean(compute="_compute_can_confirm_failed")

    # Refusals entered before two persons were asked for name nobody.
    _two_persons = models.Constraint(
        "CHECK(failed_by_id IS NULL OR (refused_by_id IS NOT NULL AND failed_by_id <> refused_by_id))",
        "Who entered that the bank refused a transfer cannot confirm it: a second person is needed.",
    )

    @api.depends_context("uid")
    @api.depends("allowed_steps")
    def _compute_can_confirm_failed(self):
        for line in self:
            line.can_confirm_failed = "confirm_failed" in line.allowed_steps

    # === ACTIONS === #

    def action_open_failed(self):
        """Open the dialog that asks for the bank's reason."""
        return self._open_refusal(self.env._("Transfer Failed"))

    def action_open_confirm_failed(self):
        """Open the dialog that shows a second person what they confirm."""
        return self._open_refusal(self.env._("Confirm Refusal"), default_confirming=True)

    def _open_refusal(self, name, **context):
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "bphs.fund.payment.fail",
            "view_mode": "form",
            "target": "new",
            "context": {"default_line_ids": self.ids, **context},
        }

    def action_mark_failed(self, reason):
        """Enter that the bank refused these transfers. Nothing is open again before a second person confirms it.

        :param str reason: what the bank says; demanded
        :raise AccessError: not finance
        :raise UserError: a transfer is not waiting for the bank, or no reason
        """
        self._check_step("mark_failed", reason)
        self._take_step("mark_failed", {"fail_reason": reason.strip(), "refused_by_id": self.env.uid}, reason)

    def action_confirm_failed(self):
        """Confirm refusals somebody else entered: the money is available again, the amount open again.

        The split of the amount is taken back in the ledger by entries of the opposite sign; the transfer itself stays.

        :raise AccessError: not finance
        :raise UserError: no refusal is entered, or the same person entered it
        """
        self._check_step("confirm_failed")
        self._take_step("confirm_failed", {"failed_by_id": self.env.uid})
        self.sudo()._take_back()  # sudo: the ledger is nobody's to write; the step was checked

    def action_withdraw_failed(self):
        """Take back refusals that were entered by mistake: the transfers wait for the bank again.

        :raise AccessError: not finance
        :raise UserError: no refusal is entered, or it is confirmed
        """
        self._check_step("withdraw_failed")
        self._take_step("withdraw_failed", {"fail_reason": False, "refused_by_id": False})

    # === BUSINESS METHODS === #

    def _take_back(self):
        """Give these transfers back to the sources by the rule of returns, so that a replay can tell it as one."""
        for line in self:
            sources = line.payment_id.budget_id.source_ids
            self.env["bphs.fund.entry"]._post(
                [
                    {
                        "budget_id": line.payment_id.budget_id.id,
                        "kind": "payment",
                        "institution_id": line.institution_id.id,
                        "period_id": line.period_id.id,
                        "source_id": source.id,
                        "amount": amount,
                        "origin_model": line._name,
                        "origin_id": line.id,
                        "note": line.fail_reason,
                    }
                    for source, amount in sources._split_back(line.institution_id, to_decimal(line.amount)).items()
                ]
            )
