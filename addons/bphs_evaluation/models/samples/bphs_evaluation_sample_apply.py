from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.penalties import CAP, VETO, Ladder

STEPS = ("zero", "cap", "veto", "partly", "unverifiable")
TRIGGERS = [("cap", "Untrue Records: Cap"), ("veto", "Untrue Records: Veto")]


class BphsEvaluationRedLine(models.Model):
    _inherit = "bphs.evaluation.red.line"

    trigger = fields.Selection(
        TRIGGERS, string="Crossed by Itself", help="By which step of the ladder of untrue records it is crossed."
    )


class BphsEvaluationItem(models.Model):
    _inherit = "bphs.evaluation.item"

    takes_verdicts = fields.Boolean(
        string="Takes the Verified Rate", help="A rate of genuine records: it is taken from the sample of the round."
    )


class BphsEvaluationSample(models.Model):
    """What a checked sample means for the sheets of its round, by the county's ladder."""

    _inherit = "bphs.evaluation.sample"

    @api.model
    def _ladder(self):
        """:return: the ladder as the county has set it"""
        # sudo: settings that decide for everybody alike
        parameters, usual = self.env["ir.config_parameter"].sudo(), Ladder()
        return Ladder(
            **{name: int(parameters.get_param(f"bphs_evaluation.{name}", getattr(usual, name))) for name in STEPS}
        )

    def action_apply(self):
        """Bring the result into the sheets that are still being entered: the verified rate, and red lines crossed.

        :raise UserError: the checking is not done, or a sheet was signed meanwhile
        """
        self.check_access("write")
        self._check_in_state(("done",))
        for frame in self.frame_ids:
            sheet = self.evaluation_id.sheet_ids.filtered(lambda one, unit=frame.unit_id: one.institution_id == unit)
            if not sheet._is_owner():
                raise UserError(self._step_word("role"))
            sheet._check_in_state(("in_progress",))
            # sudo: what follows from the sample is entered by this step, whoever evaluates
            sheet.sudo()._take_sample(frame)


class BphsEvaluationSheet(models.Model):
    _inherit = "bphs.evaluation.sheet"

    def _take_sample(self, frame):
        """Enter what the verified records of this unit say.

        :param frame: the unit of a sample, checked
        """
        if frame.checked:
            self.line_ids.filtered("item_id.takes_verdicts").write(
                {"status": "entered", "numerator": frame.genuine, "denominator": frame.checked}
            )
        # Who is vetoed has passed the cap as well.
        reached = {CAP: ("cap",), VETO: ("cap", "veto")}.get(frame.consequence, ())
        lines = self.evaluation_id.scheme_id.red_line_ids.filtered(lambda line: line.trigger in reached)
        self.env["bphs.evaluation.crossing"].create(
            [
                {
                    "sheet_id": self.id,
                    "red_line_id": line.id,
                    "finding": self.env._(
                        "%(count)s records verified, %(rate)s untrue", count=frame.checked, rate=frame.untrue_text
                    ),
                }
                for line in lines - self.crossing_ids.red_line_id
            ]
        )
