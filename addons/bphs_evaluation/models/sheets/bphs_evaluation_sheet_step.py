from odoo import models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.tools.replay_reader import ReplayError

from ...tools.replay import parse


class BphsEvaluationSheet(models.Model):
    """How a sheet goes on: begun with the round, signed by both sides, objected to and decided on."""

    _inherit = "bphs.evaluation.sheet"

    # === ACTIONS === #

    def action_sign(self):
        """Sign what was entered: the unit sees it from now on.

        :raise UserError: an item has neither a result nor a reason, or holds what no rule can score
        """
        self._check_step("sign")
        for sheet in self:
            sheet._check_complete()
        self._take_step("sign", {"signed_by_id": self.env.uid, "signed_at": self._now(), "reason": False})

    def action_withdraw(self, reason):
        """Take a signed sheet back before the unit signed it."""
        self._check_step("withdraw", reason)
        self._take_step("withdraw", {"reason": reason, "signed_by_id": False, "signed_at": False}, reason)

    def action_confirm(self):
        """Sign for the unit."""
        self._check_step("confirm")
        self._take_step("confirm", self._unit_signature())

    def action_object(self, reason):
        """Object for the unit: who runs the round decides."""
        self._check_step("object", reason)
        self.env["bphs.evaluation.objection"].sudo().create(  # sudo: objections are made by this step alone
            [
                {"sheet_id": sheet.id, "text": reason, "raised_by_id": self.env.uid, "raised_at": self._now()}
                for sheet in self
            ]
        )
        self._take_step("object", {"reason": reason}, reason)

    def action_uphold(self, reason):
        """The objection is right: the sheet is entered anew and signed again."""
        self._check_step("uphold", reason)
        self._answer("upheld", reason)
        self._take_step("uphold", {"reason": reason, "signed_by_id": False, "signed_at": False}, reason)

    def action_dismiss(self, reason):
        """The sheet stands as it was signed."""
        self._check_step("dismiss", reason)
        self._answer("dismissed", reason)
        self._take_step("dismiss", {"reason": reason}, reason)

    def action_deem(self, reason):
        """Count a sheet as signed whose unit let the day pass."""
        self._check_step("deem", reason)
        self._take_step("deem", {"reason": reason}, reason)

    def action_enter(self):
        """:return dict: the items of this sheet, one after the other, as a phone shows them"""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_evaluation.bphs_evaluation_line_action")
        return {
            **action,
            "name": self.institution_id.name,
            "domain": [("sheet_id", "=", self.id)],
            "context": {"create": False},
        }

    # === HELPERS === #

    def _begin(self):
        """Give each planned sheet a line for every item that is scored."""
        lines = self.env["bphs.evaluation.line"].sudo()  # sudo: lines follow from the scheme alone
        for sheet in self:
            sheet._take_step("begin")
            lines._create_lines(sheet, sheet.evaluation_id.scheme_id._leaves())
        self.line_ids._take_rates()
        self.line_ids._take_counts()

    def _unit_signature(self):
        return {"unit_signed_by_id": self.env.uid, "unit_signed_at": self._now(), "reason": False}

    def _answer(self, outcome, reason):
        # sudo: decided by these steps alone, whose right was checked
        self.sudo().objection_ids.filtered(lambda one: not one.outcome).write(
            {"outcome": outcome, "answer": reason, "decided_by_id": self.env.uid, "decided_at": self._now()}
        )

    def _check_complete(self):
        """:raise UserError: names an item without a result, or one that holds what no rule can score"""
        for line in self.line_ids:
            if not line.status or (line.status == "not_assessable" and not (line.reason or "").strip()):
                raise UserError(
                    self.env._(
                        "%(item)s: enter a result, or say why it cannot be assessed.", item=line.item_id.display_name
                    )
                )
        # sudo: whoever signs may not read the whole round
        document = {"evaluation": self.evaluation_id.sudo().scheme_id._document(), "units": [self._document()]}
        try:
            parse(document)
        except ReplayError as error:
            raise UserError(
                self.env._("%(sheet)s cannot be scored: %(problem)s", sheet=self.display_name, problem=error)
            ) from error
