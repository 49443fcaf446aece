from odoo import models
from odoo.exceptions import AccessError, UserError


class BphsFundSettlementLine(models.Model):
    """Correcting a settled period: take the line back and settle it anew, never edit it."""

    _inherit = "bphs.fund.settlement.line"

    def action_reverse(self, reason):
        """Prepare the taking back of an approved line in the next run of its period.

        The run, once approved, enters the opposite of all this line entered. Computing that run settles the clinic
        anew from what is verified then; both pass the same approval.

        :param str reason: required
        :return dict: the window of the run
        :raise UserError: not approved, taken back already, or later periods rest on it
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("bphs_base.group_finance_officer"):
            raise AccessError(self.env._("Only a finance officer takes a settlement back."))
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the settlement is taken back."))
        # sudo: a taking back under way counts, whoever prepared it
        under_way = self.sudo().search_count([("reversal_of_id", "=", self.id)], limit=1)
        if not self.posted or self.reversed or self.reversal_of_id or under_way:
            raise UserError(
                self.env._(
                    "%(name)s is not an approved settlement that stands, or its taking back is under way.",
                    name=self.display_name,
                )
            )
        self._check_nothing_rests_on_it()
        run = self.settlement_id.run_id._next_run()
        # sudo: nobody may write lines; role, scope and state were checked above
        settlement = run.sudo()._draft_settlements({self.township_id.id})[self.township_id.id]
        # sudo: as above
        self.sudo()._create_past_steps(
            [
                {
                    "settlement_id": settlement.id,
                    "institution_id": self.institution_id.id,
                    "period_id": self.period_id.id,
                    "kind": self.kind,
                    "score": self.score,
                    "coefficient": self.coefficient,
                    "reversal_of_id": self.id,
                    "reason": reason.strip(),
                    "confirm_state": "deemed",
                    **{name: -amount for name, amount in self._amounts().items()},
                }
            ]
        )
        return run._action_open_form()

    def _asked_steps(self):
        return super()._asked_steps() | {
            "reverse": (
                self.env._("Take Back"),
                self.env._(
                    "An approved settlement is never edited. It is taken back by an opposite line, and the clinic is"
                    " settled anew; both pass the same approval."
                ),
                True,
            )
        }

    def _check_nothing_rests_on_it(self):
        # sudo: whether a later settlement exists does not depend on who may see it
        later = self.sudo().search(
            [
                ("institution_id", "=", self.institution_id.id),
                ("previous_line_id", "=", self.id),
                ("reversed", "=", False),
                ("reversal_of_id", "=", False),
            ]
        )
        if later:
            raise UserError(
                self.env._(
                    "%(later)s rests on %(name)s: take that back first.",
                    later=later[0].display_name,
                    name=self.display_name,
                )
            )
