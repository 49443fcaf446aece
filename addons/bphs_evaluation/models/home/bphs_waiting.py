from odoo import api, models

from odoo.addons.bphs_base.tools.home import Wait

from ...tools.roles import EVALUATORS, OWNERS, SCHEMERS, UNIT

SHEETS = "bphs.evaluation.sheet"
LIST = "bphs_evaluation.bphs_evaluation_sheet_action"


class BphsWaiting(models.AbstractModel):
    """Sheets as they wait: for evaluators, for the units, and for who decides on objections."""

    _inherit = "bphs.waiting"

    @api.model
    def _waits(self):
        waits, user, _ = super()._waits(), self.env.user, self.env._
        if user._holds_role(EVALUATORS):
            mine = [("state", "=", "in_progress"), ("evaluator_ids", "in", user.ids)]
            waits.append(Wait("sheet_enter", _("Sheets to Enter"), SHEETS, mine, LIST, date="visit_date", sequence=18))
        if user._holds_role(UNIT):
            unit = [
                ("state", "=", "submitted"),
                ("institution_id", "in", user.bphs_institution_ids.ids),
                ("evaluator_ids", "not in", user.ids),
            ]
            waits.append(
                Wait(
                    "sheet_sign",
                    _("Sheets to Sign"),
                    SHEETS,
                    unit,
                    LIST,
                    since="signed_at",
                    tone="warning",
                    sequence=10,
                )
            )
        if user._holds_role(OWNERS):
            objected = [
                ("state", "=", "objected"),
                ("organiser_id", "child_of", user.bphs_institution_ids.ids),
                ("evaluator_ids", "not in", user.ids),
            ]
            waits.append(
                Wait(
                    "sheet_objected",
                    _("Objections to Decide"),
                    SHEETS,
                    objected,
                    LIST,
                    tone="danger",
                    sequence=11,
                )
            )
        if user._holds_role(SCHEMERS):
            proposed = [
                ("state", "=", "submitted"),
                ("proposed_by_id", "!=", user.id),
                ("editor_ids", "not in", user.ids),
            ]
            waits.append(
                Wait(
                    "evaluation_scheme_publish",
                    _("Evaluation Schemes to Publish"),
                    model="bphs.evaluation.scheme",
                    domain=proposed,
                    action="bphs_evaluation.bphs_evaluation_scheme_action",
                    sequence=40,
                )
            )
        return waits
