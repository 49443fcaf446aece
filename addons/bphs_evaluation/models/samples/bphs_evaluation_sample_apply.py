from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...tools.penalties import CAP, DOUBLED, VETO, Ladder, Verdicts, consequence, genuine_told, untrue_rate
from ...tools.references import frame_text

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

    doubles_id = fields.Many2one(
        "bphs.evaluation.sample",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The sample whose untrue records asked for this one.",
    )

    doubled_ids = fields.One2many("bphs.evaluation.sample", "doubles_id", string="Doubled By", readonly=True)
    can_double = fields.Boolean(compute="_compute_can_double")

    @api.depends("state", "frame_ids.consequence", "doubled_ids")
    def _compute_can_double(self):
        for sample in self:
            asked = any(frame.consequence in DOUBLED for frame in sample.frame_ids)
            sample.can_double = sample.state == "done" and asked and not sample.doubled_ids

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

    def action_double(self):
        """Plan to draw once more, twice as much, of each unit whose untrue records reach the step of the ladder.

        Records that were drawn of it in this round are not drawn again.

        :return dict: the new samples
        :raise UserError: the checking is not done, no unit has so many untrue records, or it was planned already
        """
        self.ensure_one()
        self.check_access("write")
        self._check_in_state(("done",))
        frames = self.frame_ids.filtered(lambda frame: frame.consequence in DOUBLED)
        if not frames:
            raise UserError(self.env._("%(sample)s: no unit has so many untrue records.", sample=self.name))
        if self.doubled_ids:
            raise UserError(self.env._("%(sample)s was doubled already.", sample=self.name))
        samples = self.browse()
        for frame in frames:
            samples += self._double(frame)
        samples._write_state({"doubles_id": self.id})
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_evaluation.bphs_evaluation_sample_action")
        return {**action, "domain": [("id", "in", samples.ids)], "context": {}}

    def _double(self, frame):
        """:return: a sample to draw, of what is left of a unit's frame"""
        earlier = self.search([("evaluation_id", "=", self.evaluation_id.id), ("state", "!=", "draft")])
        # A reserve that nobody needed may still be drawn.
        looked_at = earlier.record_ids.filtered(lambda one: not one.stands_in_for or one.verdict)
        gone = set(looked_at.mapped("reference"))
        left = {one: doubts for one, doubts in frame._frame().items() if one not in gone}
        if not left:
            raise UserError(self.env._("%(unit)s: all its records were drawn already.", unit=frame.unit_id.name))
        places = self.record_ids.filtered(lambda one: one.unit_id == frame.unit_id and not one.stands_in_for)
        return self.create(
            {
                "name": self.env._("%(sample)s, doubled: %(unit)s", sample=self.name, unit=frame.unit_id.name),
                "evaluation_id": self.evaluation_id.id,
                "method": self.method,
                "size": 2 * len(places),
                "reserves": self.reserves,
                "frame_ids": [
                    Command.create({"unit_id": frame.unit_id.id, "is_abnormal": True, "references": frame_text(left)})
                ],
            }
        )


class BphsEvaluationSampleFrame(models.Model):
    _inherit = "bphs.evaluation.sample.frame"

    def _checked_before(self):
        """:return: this unit in this sample and in those of its round that were checked before"""
        samples = self.sample_id.search(
            [("evaluation_id", "=", self.sample_id.evaluation_id.id), ("state", "=", "done")]
        )
        return samples.frame_ids.filtered(
            lambda one: one.unit_id == self.unit_id and one.sample_id.id <= self.sample_id.id
        )


class BphsEvaluationSheet(models.Model):
    _inherit = "bphs.evaluation.sheet"

    def _take_sample(self, frame):
        """Enter what the verified records of this unit say, in this sample and in those of the round before it.

        :param frame: the unit of a sample, checked
        """
        frames = frame._checked_before()
        found = sum((one._verdicts() for one in frames), Verdicts())
        ladder = frame.sample_id._ladder()
        rate = untrue_rate(found, ladder)
        step = consequence(rate, ladder)
        words = self.env._(
            "%(count)s records verified, %(rate)s untrue", count=found.checked, rate=frame._rate_text(rate)
        )
        if found.checked:
            self.line_ids.filtered("item_id.takes_verdicts").write(
                {
                    "status": "entered",
                    "numerator": genuine_told(found, step),
                    "denominator": found.checked,
                    "note": self.env._("%(words)s: the item is nothing", words=words) if step in DOUBLED else words,
                }
            )
        # Who is vetoed has passed the cap as well.
        reached = {CAP: ("cap",), VETO: ("cap", "veto")}.get(step, ())
        lines = self.evaluation_id.scheme_id.red_line_ids.filtered(lambda line: line.trigger in reached)
        self.env["bphs.evaluation.crossing"].create(
            [
                {"sheet_id": self.id, "red_line_id": line.id, "finding": words}
                for line in lines - self.crossing_ids.red_line_id
            ]
        )
