from odoo import models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.tools.money import ZERO, to_decimal


class BphsFundRun(models.Model):
    """What a year leaves to be deducted (待扣回): offered to next year's plans, by the press of a button."""

    _inherit = "bphs.fund.run"

    def action_carry_to_plans(self):
        """Write the carries of an approved year into next year's draft plans; running it twice changes nothing.

        :return dict: a message that names the clinics without a draft plan: theirs is entered by hand, or returned
        :raise UserError: not an approved year, or next year is not set up
        """
        self.ensure_one()
        self.check_access("write")
        if self.kind != "annual" or not self._approval_is_approved():
            raise UserError(self.env._("Only an approved annual settlement has a carry to hand on."))
        year = self.period_id._next_year()
        lines = self.settlement_ids.line_ids.filtered(
            lambda line: not line.reversed and not line.reversal_of_id and line.carry
        )
        plans = self.env["bphs.fund.plan"].search(
            [("institution_id", "in", lines.institution_id.ids), ("period_id", "=", year.id), ("state", "=", "draft")]
        )
        plan_of = {plan.institution_id: plan for plan in plans}
        missing = [line.institution_id.name for line in lines if line.institution_id not in plan_of]
        # By the ledger, not by the lines: what was returned meanwhile is not deducted again.
        left = self.env["bphs.fund.plan"]._left_to_deduct(lines.institution_id, self.period_id)
        for line in lines:
            plan = plan_of.get(line.institution_id)
            carry = left.get(line.institution_id.id, ZERO)
            if plan and to_decimal(plan.opening_carry) != carry:
                plan.opening_carry = carry
        message = self.env._("Handed on to %(count)s plans of %(year)s.", count=len(plans), year=year.code)
        if missing:
            message += " " + self.env._("No draft plan for: %(clinics)s.", clinics=", ".join(missing))
        return self._notification(message, "warning" if missing else "success", sticky=bool(missing))
