import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_base.tools.sampling import draw, frame_hash
from odoo.addons.bphs_base.tools.steps import Step

from ...tools.states import CLERKS

METHODS = [("systematic", "Equidistant"), ("random", "Random")]
STATES = [("draft", "To Draw"), ("drawn", "Being Checked"), ("done", "Done")]
STEPS = {
    "draw": Step(("draft",), "drawn", CLERKS),
    # Every task that was drawn has been checked.
    "finish": Step(("drawn",), "done", by_system=True),
}
PLAN_FIELDS = {"name", "institution_id", "date_from", "date_to", "township_ids", "method", "size"}


class BphsLookback(models.Model):
    """Look-back (回头看): a sample of closed tasks is drawn and checked again by people who did not verify them.

    The seed comes from the system and the draw is made once, so that nobody draws until the sample pleases. Seed and
    frame are kept: anybody can draw the same sample again.
    """

    _name = "bphs.lookback"
    _description = "Look-back"
    _inherit = ["bphs.steps.mixin", "bphs.print.mixin", "bphs.scope.mixin"]
    _order = "id desc"
    _steps = STEPS
    _step_sets = ("seed", "drawn_on", "drawn_by_id", "frame", "frame_size", "frame_hash")
    _writable = {"draft": {ANYBODY: PLAN_FIELDS}}

    name = fields.Char(required=True)
    institution_id = fields.Many2one(
        string="Bureau",
        default=lambda self: self.env["bphs.institution"].search([("kind", "=", "health_bureau")], limit=1),
    )
    date_from = fields.Date(string="Closed From", required=True)
    date_to = fields.Date(string="Closed Until", required=True)
    township_ids = fields.Many2many(
        "bphs.institution",
        string="Townships",
        help="Empty: all.",
        domain="[('kind', 'in', ('township_hospital', 'community_centre'))]",
    )
    method = fields.Selection(METHODS, required=True, default="systematic")
    size = fields.Integer(string="Sample Size", required=True, default=20)
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False, index=True)
    seed = fields.Char(readonly=True, copy=False)
    drawn_on = fields.Datetime(readonly=True, copy=False)
    drawn_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    # Numbers of all tasks that could have been drawn, in their order.
    frame = fields.Json(readonly=True, copy=False)
    frame_size = fields.Integer(string="Closed Tasks", readonly=True, copy=False)
    frame_hash = fields.Char(string="SHA-256 of the Frame", readonly=True, copy=False)
    line_ids = fields.One2many("bphs.lookback.line", "lookback_id", string="Tasks Drawn", readonly=True)
    line_count = fields.Integer(string="Drawn", compute="_compute_counts")
    holds_count = fields.Integer(string="Still Holds", compute="_compute_counts")
    fails_count = fields.Integer(string="Does Not Hold", compute="_compute_counts")
    open_count = fields.Integer(string="To Check", compute="_compute_counts")

    _size_positive = models.Constraint("CHECK(size > 0)", "At least one task is drawn.")
    _dates_order = models.Constraint("CHECK(date_from <= date_to)", "The period cannot end before it starts.")

    @api.depends("line_ids.verdict")
    def _compute_counts(self):
        counts = {}
        for lookback, verdict, count in self.env["bphs.lookback.line"]._read_group(
            [("lookback_id", "in", self.ids)], ["lookback_id", "verdict"], ["__count"]
        ):
            counts.setdefault(lookback.id, {})[verdict] = count
        for lookback in self:
            of_this = counts.get(lookback.id, {})
            lookback.line_count = sum(of_this.values())
            lookback.holds_count = of_this.get("holds", 0)
            lookback.fails_count = of_this.get("fails", 0)
            lookback.open_count = of_this.get(False, 0)

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{name: vals[name] for name in PLAN_FIELDS & set(vals)} for vals in vals_list])

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_drawn(self):
        self._check_in_state(("draft",))

    def _step_words(self):
        drawn = self.env._("%(name)s was drawn and stays as it was.")
        return super()._step_words() | {
            "role": self.env._("A look-back is drawn by the clerk or the section."),
            "state": drawn,
            "closed": drawn,
            "set": self.env._("What was drawn is set by the draw alone."),
        }

    # === ACTIONS === #

    def action_draw(self):
        """Draw the sample: once, with a seed of the system's own.

        :raise AccessError: not the clerk's role
        :raise UserError: drawn already, or no closed task in the period
        """
        self.ensure_one()
        self._check_step("draw")
        tasks = self.env["bphs.rectification"].search_fetch(
            self._frame_domain(), ["number", "institution_id", "closed_on"], order="number, id"
        )
        if not tasks:
            raise UserError(
                self.env._("No task was closed from %(start)s to %(end)s.", start=self.date_from, end=self.date_to)
            )
        frame = tasks.mapped("number")
        seed = secrets.token_hex(16)
        by_number = dict(zip(frame, tasks, strict=True))
        drawn = [by_number[number] for number in draw(self.method, frame, self.size, seed)]
        self._take_step(
            "draw",
            {
                "seed": seed,
                "drawn_on": fields.Datetime.now(),
                "drawn_by_id": self.env.uid,
                "frame": frame,
                "frame_size": len(frame),
                "frame_hash": frame_hash(frame),
            },
        )
        self.env["bphs.lookback.line"].sudo().create(  # sudo: what was drawn is written by the draw alone
            [
                {
                    "lookback_id": self.id,
                    "sequence": number,
                    "rectification_id": task.id,
                    "institution_id": task.institution_id.id,
                    "closed_on": task.closed_on,
                }
                for number, task in enumerate(drawn, start=1)
            ]
        )

    def action_repeat(self):
        """Draw again from the seed and the frame that are kept, and tell whether the same tasks come out.

        :return dict: the notification that says so
        """
        self.ensure_one()
        self.check_access("read")
        same = self._is_repeatable()
        return self._notification(
            self.env._("Drawn again: the same tasks come out.")
            if same
            else self.env._("Drawn again: other tasks come out. The sample or its frame was changed."),
            "success" if same else "danger",
        )

    # === BUSINESS METHODS === #

    def _frame_domain(self):
        domain = [
            ("state", "=", "closed"),
            ("closed_on", ">=", self.date_from),
            ("closed_on", "<=", self.date_to),
            ("institution_id", "child_of", self.institution_id.ids),
        ]
        return [*domain, ("township_id", "in", self.township_ids.ids)] if self.township_ids else domain

    def _is_repeatable(self):
        """Whether seed and frame give the tasks that stand in the lines."""
        if self.state == "draft" or frame_hash(self.frame) != self.frame_hash:
            return False
        drawn = draw(self.method, self.frame, self.size, self.seed)
        return drawn == self.line_ids.sorted("sequence").rectification_id.mapped("number")

    def _finish(self):
        """Done once every task was checked."""
        for lookback in self:
            if lookback.state == "drawn" and all(lookback.line_ids.mapped("verdict")):
                lookback._take_step("finish")
