from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.bphs_approval.models.bphs_approval_mixin import PASS, PASS_KEY


class BphsFundSettlementLine(models.Model):
    """The clinic's word on its sheet: confirm, object, or be silent until the deadline."""

    _inherit = "bphs.fund.settlement.line"

    def action_confirm(self):
        """Confirm the sheet as the clinic's doctor."""
        self._check_step("confirm")
        self._check_open_to_clinic()
        self._take_step("confirm", {"confirmed_by_id": self.env.uid, "confirmed_on": self._now()})

    def action_object(self, reason):
        """Object to the sheet (异议): this clinic goes on in a supplementary settlement, the others do not wait.

        :param str reason: what is wrong, required
        """
        self._check_step("object", reason)
        self._check_open_to_clinic()
        # sudo: nobody may edit lines or write objections; role, scope and state were checked just above
        for line in self.sudo():
            # sudo: as above
            self.env["bphs.fund.objection"].sudo().create(
                {
                    "line_id": line.id,
                    "institution_id": line.institution_id.id,
                    "period_id": line.period_id.id,
                    "reason": reason.strip(),
                    "user_id": self.env.uid,
                }
            )
            line._take_step("object")
            line._move_to_supplement()

    def _asked_steps(self):
        return super()._asked_steps() | {
            "object": (
                self.env._("Object"),
                self.env._("Say which figure is wrong and why. The review answers you; the other clinics do not wait."),
                True,
            )
        }

    def _step_words(self):
        return super()._step_words() | {
            "role": self.env._("Only the clinic itself confirms its sheet or objects to it."),
            "reason": self.env._("Say what is wrong with the sheet: the review answers it."),
            "busy": self.env._("This sheet is being worked on at this moment. Try again shortly."),
            "state": self.env._(
                "%(name)s is not open for confirmation: it was not sent yet, or it has been answered already."
            ),
        }

    def _check_open_to_clinic(self):
        # sudo: the township's document around the sheet is not visible to the clinic
        for line in self.sudo():
            if not line._is_open_to_clinic():
                raise UserError(self._step_word("state", record=line))

    def _move_to_supplement(self):
        """Put the line into its township's next settlement, unless it is alone in this one."""
        self.ensure_one()
        settlement = self.settlement_id
        if settlement.line_ids == self:
            return
        supplement = settlement.search(
            [
                ("run_id", "=", settlement.run_id.id),
                ("institution_id", "=", settlement.institution_id.id),
                ("sequence", ">", settlement.sequence),
                ("approval_state", "=", "draft"),
            ],
            order="sequence",
            limit=1,
        )
        if not supplement:
            last = settlement.search(
                [
                    ("institution_id", "=", settlement.institution_id.id),
                    ("period_id", "=", settlement.period_id.id),
                    ("kind", "=", settlement.kind),
                ],
                order="sequence desc",
                limit=1,
            )
            supplement = settlement.create(
                {
                    "run_id": settlement.run_id.id,
                    "institution_id": settlement.institution_id.id,
                    "period_id": settlement.period_id.id,
                    "kind": settlement.kind,
                    "sequence": last.sequence + 1,
                    "scheme_id": settlement.scheme_id.id,
                    "sent_on": settlement.sent_on,
                }
            )
        self.settlement_id = supplement

    def _ask_again(self):
        """After a review the clinic is asked once more, with a deadline of its own. Called with rights checked."""
        lines = self.filtered(lambda line: line.confirm_state == "objected")
        lines.settlement_id._approval_check_unlocked()
        for settlement, members in lines.grouped("settlement_id").items():
            # Passed by the lines' own check: whoever reviews an objection is no author, and goes on to approve.
            members.with_context(**{PASS_KEY: PASS})._take_step(
                "ask_again", {"confirm_deadline": settlement.run_id._confirm_deadline()}
            )

    @api.model
    def _cron_deem_confirmed(self):
        """Silence counts as consent: sheets whose deadline has passed are deemed confirmed."""
        today = self._county_today()
        lines = self.search(
            Domain("confirm_state", "=", "waiting")
            & Domain("confirm_deadline", "<", today)
            & Domain("settlement_id.approval_state", "=", "draft")
            & Domain("settlement_id.sent_on", "!=", False)
        )
        lines._take_step("deem", {"confirmed_on": fields.Datetime.now()})
