import secrets
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_base.tools.money import to_decimal
from odoo.addons.bphs_base.tools.sampling import frame_hash
from odoo.addons.bphs_base.tools.steps import Step

from ...tools.roles import OWNERS
from ...tools.strata import RESERVES, draw_strata

METHODS = [("systematic", "Equidistant"), ("random", "Random"), ("worst", "Worst First")]
STATES = [("draft", "To Draw"), ("drawn", "Being Checked"), ("done", "Done")]
STEPS = {
    "draw": Step(("draft",), "drawn", OWNERS),
    "finish": Step(("drawn",), "done", OWNERS),
}
PLAN = ("name", "evaluation_id", "method", "size", "weight", "reserves", "frame_ids")


class BphsEvaluationSample(models.Model):
    """Records drawn to be verified in a round (抽样核实): each unit a stratum, abnormal ones drawn more densely.

    Nobody of the management wing learns of a person: a record is an opaque reference that only the people wing
    resolves. The seed comes from the system and the draw is made once; seed and frames are kept, so that anybody can
    draw the same sample again (evaluation rules, section 4).
    """

    _name = "bphs.evaluation.sample"
    _description = "Sample of Records to Verify"
    _inherit = ["bphs.steps.mixin", "bphs.print.mixin", "bphs.scope.mixin"]
    _order = "id desc"
    _steps = STEPS
    _step_sets = ("seed", "drawn_on", "drawn_by_id")
    _writable = {"draft": {ANYBODY: PLAN}}

    name = fields.Char(string="Sample", required=True)
    evaluation_id = fields.Many2one("bphs.evaluation", string="Round", required=True, index=True, ondelete="restrict")
    institution_id = fields.Many2one(
        related="evaluation_id.institution_id", store=True, precompute=True, string="Organised By"
    )
    method = fields.Selection(
        METHODS,
        required=True,
        default="systematic",
        help="Worst first: of every five places four go to the records with the most doubts, the fifth to chance.",
    )
    size = fields.Integer(string="Records in All", required=True, default=20)
    weight = fields.Float(
        string="Weight of Abnormal Units",
        digits=(10, 4),
        default=2.0,
        aggregator=None,
        help="How much denser a unit is drawn whose findings, control rate or values look abnormal.",
    )
    reserves = fields.Integer(string="Reserves Each", default=RESERVES, help="They stand in for who cannot be reached.")
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False, index=True)
    seed = fields.Char(readonly=True, copy=False)
    drawn_on = fields.Datetime(readonly=True, copy=False)
    drawn_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    frame_ids = fields.One2many("bphs.evaluation.sample.frame", "sample_id", string="Units")
    record_ids = fields.One2many("bphs.evaluation.sample.record", "sample_id", string="Records", readonly=True)

    _size_positive = models.Constraint("CHECK(size > 0)", "At least one record is drawn.")
    _reserves_range = models.Constraint("CHECK(reserves BETWEEN 0 AND 9)", "There are 0 to 9 reserves each.")
    _weight_range = models.Constraint("CHECK(weight >= 1)", "An abnormal unit is not drawn less densely.")

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_drawn(self):
        self._check_in_state(("draft",))

    def _step_words(self):
        drawn = self.env._("%(name)s was drawn and stays as it was.")
        return super()._step_words() | {
            "role": self.env._("A sample is drawn by who runs the round."),
            "state": drawn,
            "closed": drawn,
        }

    # === ACTIONS === #

    def action_draw(self):
        """Draw the sample: once, with a seed of the system's own.

        :raise UserError: drawn already, or no unit has records
        """
        self.ensure_one()
        self._check_step("draw")
        frames = self._frames()
        if not any(frames.values()):
            raise UserError(self.env._("%(sample)s: no unit has records to draw from.", sample=self.name))
        for frame in self.frame_ids:
            frame._fix()
        seed = secrets.token_hex(16)
        self._take_step("draw", {"seed": seed, "drawn_on": self._now(), "drawn_by_id": self.env.uid})
        records = self.env["bphs.evaluation.sample.record"].sudo()  # sudo: what was drawn is written by the draw alone
        records.create(self._drawn_values(self._draw(frames)))

    def action_finish(self):
        """End the checking: what was found stands.

        :raise UserError: a record has no verdict, and no reserve of it has one
        """
        self._check_step("finish")
        for sample in self:
            missing = sample.record_ids.filtered(lambda record: not record.stands_in_for and not record._settled())
            if missing:
                raise UserError(
                    self.env._(
                        "%(count)s records have no verdict yet, the first: %(record)s.",
                        count=len(missing),
                        record=missing[0].reference,
                    )
                )
        self._take_step("finish")

    def action_repeat(self):
        """Draw again from the seed and the frames that are kept, and tell whether the same records come out.

        :return dict: the notification that says so
        """
        self.ensure_one()
        self.check_access("read")
        same = self._is_repeatable()
        return self._notification(
            self.env._("Drawn again: the same records come out.")
            if same
            else self.env._("Drawn again: other records come out. The sample or its frame was changed."),
            "success" if same else "danger",
        )

    def action_records(self):
        """:return dict: the list of what was drawn"""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_evaluation.bphs_evaluation_sample_record_action")
        return {**action, "domain": [("sample_id", "=", self.id)], "context": {}}

    # === HELPERS === #

    def _frames(self):
        return {frame.unit_id.code: frame._references() for frame in self.frame_ids}

    def _draw(self, frames):
        weights = {
            frame.unit_id.code: to_decimal(self.weight) if frame.is_abnormal else Decimal(1) for frame in self.frame_ids
        }
        doubts = {}
        if self.method == "worst":
            for frame in self.frame_ids:
                doubts |= frame._frame()
        return draw_strata(self.method, frames, weights, self.size, self.seed, self.reserves, doubts)

    def _drawn_values(self, strata):
        """:return list: values of the records, in the order in which a sample is listed"""
        units = {frame.unit_id.code: frame.unit_id.id for frame in self.frame_ids}
        values = []
        for stratum in strata:
            for place, reference in enumerate(stratum.drawn, 1):
                standing_by = ((reference, False), *((one, reference) for one in stratum.reserves[reference]))
                values += [
                    {
                        "sample_id": self.id,
                        "unit_id": units[stratum.key],
                        "place": place,
                        "reference": one,
                        "stands_in_for": drawn,
                    }
                    for one, drawn in standing_by
                ]
        return values

    def _is_repeatable(self):
        """Whether seed and frames give the records that stand here."""
        if self.state == "draft":
            return False
        if any(frame_hash(frame._references()) != frame.frame_hash for frame in self.frame_ids):
            return False
        again = self._drawn_values(self._draw(self._frames()))
        names = ("unit_id", "place", "reference", "stands_in_for")
        kept = [
            (record.unit_id.id, record.place, record.reference, record.stands_in_for)
            for record in self.record_ids.sorted("id")
        ]
        return kept == [tuple(values[name] for name in names) for values in again]
