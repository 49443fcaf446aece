from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.bphs_base.tools.sampling import frame_hash

from ...tools.penalties import Verdicts, consequence, untrue_rate
from ...tools.references import OpaqueError, read_frame

CONSEQUENCES = [
    ("none", "No Consequence"),
    ("reduce", "Item in Proportion"),
    ("zero", "Item Nothing, Sample Doubled"),
    ("cap", "Capped, Interview"),
    ("veto", "Veto, Money Taken Back"),
]

# What the draw and the look at the unit's work set.
KEPT = frozenset({"frame_hash", "hard_count", "soft_count", "frame_size"})


class BphsEvaluationSampleFrame(models.Model):
    """A unit in a sample: the references that may be drawn of it, and what the checking came to."""

    _name = "bphs.evaluation.sample.frame"
    _description = "Unit of a Sample"
    _inherit = ["bphs.scope.mixin"]
    _order = "sample_id, unit_id"
    _rec_name = "unit_id"

    sample_id = fields.Many2one("bphs.evaluation.sample", required=True, index=True, ondelete="cascade")
    # Whose affair it is: a unit does not learn what will be looked at.
    institution_id = fields.Many2one(
        related="sample_id.institution_id", store=True, precompute=True, string="Organised By"
    )
    unit_id = fields.Many2one("bphs.institution", required=True, index=True, ondelete="restrict")
    is_abnormal = fields.Boolean(string="Abnormal", help="Drawn more densely.")
    hard_count = fields.Integer(
        string="Contradictions", readonly=True, aggregator=None, help="Doubts that an honest record cannot show."
    )
    soft_count = fields.Integer(
        string="Doubts",
        readonly=True,
        aggregator=None,
        help="What may be chance: control rates, values crowded below the limit and the like.",
    )
    references = fields.Text(
        prefetch=False,  # as long as the work of a year
        help="Record numbers, one a line; behind a blank, how many doubts there are about it. Never a name, an identity"
        " number or a phone number.",
    )
    frame_size = fields.Integer(string="Records", compute="_compute_frame_size", store=True, aggregator=None)
    frame_hash = fields.Char(string="SHA-256 of the Frame", readonly=True, copy=False)
    checked = fields.Integer(compute="_compute_verdicts")
    genuine = fields.Integer(compute="_compute_verdicts")
    untrue_text = fields.Char(string="Untrue", compute="_compute_verdicts")
    consequence = fields.Selection(CONSEQUENCES, compute="_compute_verdicts")

    _unit_uniq = models.Constraint("UNIQUE(sample_id, unit_id)", "Each unit stands in a sample once.")

    @api.depends("references")
    def _compute_frame_size(self):
        for frame in self:
            frame.frame_size = sum(1 for line in (frame.references or "").splitlines() if line.strip())

    @api.depends("sample_id.record_ids.verdict")
    def _compute_verdicts(self):
        ladder = self.env["bphs.evaluation.sample"]._ladder()
        for frame in self:
            found = frame._verdicts()
            rate = untrue_rate(found, ladder)
            frame.checked, frame.genuine = found.checked, found.genuine
            frame.untrue_text = self._rate_text(rate)
            frame.consequence = consequence(rate, ladder)

    @api.constrains("references")
    def _check_references(self):
        for frame in self:
            try:
                read_frame(frame.references or "")
            except OpaqueError as error:
                raise ValidationError(
                    self.env._("%(unit)s: %(problem)s", unit=frame.unit_id.name, problem=error)
                ) from error

    @api.constrains("unit_id", "sample_id")
    def _check_unit(self):
        for frame in self:
            if frame.unit_id not in frame.sample_id.evaluation_id.sheet_ids.institution_id:
                raise ValidationError(self.env._("%(unit)s is not evaluated in this round.", unit=frame.unit_id.name))

    @api.model_create_multi
    def create(self, vals_list):
        frames = super().create([{name: vals[name] for name in vals if name not in KEPT} for vals in vals_list])
        frames.sample_id._check_in_state(("draft",))
        return frames

    def write(self, vals):
        if vals:
            self.check_access("write")
            self.sample_id._check_in_state(("draft",))
        return super().write(vals)

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_drawn(self):
        self.sample_id._check_in_state(("draft",))

    @api.model
    def _rate_text(self, rate):
        return f"{float(rate * 100):.2f}%" if rate is not None else ""  # float: shown alone

    def _fix(self):
        """Keep what tells whether the frame is still the one that was drawn from."""
        self.frame_hash = frame_hash(self._references())

    def _references(self):
        return sorted(self._frame())

    def _frame(self):
        """:return dict: reference -> how many doubts there are about it"""
        try:
            return read_frame(self.references or "")
        except OpaqueError as error:
            raise UserError(str(error)) from error

    def _verdicts(self):
        """:return: how many of the unit's records were found to be what"""
        counts = {}
        for record in self.sample_id.record_ids:
            if record.unit_id == self.unit_id and record.verdict:
                counts[record.verdict] = counts.get(record.verdict, 0) + 1
        return Verdicts(**counts)
