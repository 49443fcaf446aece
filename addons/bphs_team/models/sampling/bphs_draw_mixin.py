import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.tools.rate import Population, Rate
from odoo.addons.bphs_base.tools.sampling import draw, frame_hash

METHODS = [("systematic", "Equidistant"), ("random", "Random")]
STATES = [("draft", "To Draw"), ("drawn", "Being Checked"), ("done", "Done")]
# What the draw sets.
DRAWN = ("seed", "frame", "frame_hash", "frame_size", "drawn_on", "drawn_by_id")


class BphsDrawMixin(models.AbstractModel):
    """A sample of people's records, drawn once and to be drawn again by anybody: seed and frame are kept.

    A model says of which records it is (`_frame_keys`), writes down those drawn (`_put_down`) and tells which they were
    (`_drawn_keys`). Its first step is ``draw``.
    """

    _name = "bphs.draw.mixin"
    _description = "Sample Drawn by Chance"
    _inherit = ["bphs.steps.mixin", "bphs.readable.links.mixin", "bphs.scope.mixin"]
    _order = "id desc"
    _step_sets = DRAWN

    date_from = fields.Date(
        string="From", required=True, default=lambda self: self._county_today().replace(month=1, day=1)
    )
    date_to = fields.Date(string="Until", required=True, default=lambda self: self._county_today())
    method = fields.Selection(METHODS, required=True, default="systematic")
    size = fields.Integer(string="How Many to Draw", required=True, default=20, aggregator=None)
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False, index=True)
    seed = fields.Char(readonly=True, copy=False)
    frame = fields.Text(
        readonly=True, copy=False, prefetch=False, help="What could be drawn, by its numbers, in order."
    )
    frame_hash = fields.Char(string="SHA-256 of the Frame", readonly=True, copy=False)
    frame_size = fields.Integer(string="In the Period", readonly=True, copy=False, aggregator=None)
    drawn_on = fields.Datetime(readonly=True, copy=False)
    drawn_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")

    _size_positive = models.Constraint("CHECK(size > 0)", "At least one is drawn.")
    _dates_order = models.Constraint("CHECK(date_from <= date_to)", "The last day comes before the first.")

    # Whatever the context says: what was drawn stays.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_drawn(self):
        self._check_in_state(("draft",))

    # === ACTIONS === #

    def action_draw(self):
        """Draw the sample: once, with a seed of the system's own.

        :raise UserError: drawn already, or there is nothing to draw from
        """
        self.ensure_one()
        self._check_step("draw")
        keys = self._frame_keys()
        if not keys:
            raise UserError(self._nothing_words())
        seed = secrets.token_hex(16)
        self._take_step(
            "draw",
            {
                "seed": seed,
                "frame": "\n".join(keys),
                "frame_hash": frame_hash(keys),
                "frame_size": len(keys),
                "drawn_on": self._now(),
                "drawn_by_id": self.env.uid,
            },
        )
        self._put_down(draw(self.method, keys, self.size, seed))

    def action_repeat(self):
        """Draw again from the seed and the frame that are kept, and tell whether the same come out.

        :return dict: the notification that says so
        """
        self.ensure_one()
        self.check_access("read")
        same, other = self._repeat_words()
        return self._notification(*((same, "success") if self._is_repeatable() else (other, "danger")))

    # === WHAT A SAMPLE SAYS ABOUT ITSELF === #

    def _frame_keys(self):
        """:return list: what can be drawn, as keys, in a lasting order"""
        raise NotImplementedError

    def _put_down(self, keys):
        """Write down what was drawn.

        :param keys: in the order of the frame
        """
        raise NotImplementedError

    def _drawn_keys(self):
        """:return list: the keys that were drawn, in the order of the frame"""
        raise NotImplementedError

    def _nothing_words(self):
        """:return str: said where there is nothing to draw from"""
        raise NotImplementedError

    def _repeat_words(self):
        """:return: (what is said where the same come out again, what where others do)"""
        raise NotImplementedError

    # === HELPERS === #

    def _is_repeatable(self):
        """Whether seed and frame give what stands here."""
        if self.state == "draft":
            return False
        keys = (self.frame or "").split()
        if frame_hash(keys) != self.frame_hash:
            return False
        return draw(self.method, keys, self.size, self.seed) == self._drawn_keys()

    @api.model
    def _counted_lines(self):
        """Whose file has come to be for named persons since the draw is counted for these alone: beside the list a
        number that counts everybody would tell of them.

        :return list: a domain of lines, for whoever asks
        """
        seen = self.env["bphs.resident"]._named_roles_domain()
        return [("resident_id", "any", seen)] if seen else []

    def _part_words(self, part, whole, words):
        """:return str: a part beside the whole and the rate, which is of `words`"""
        over = Population(whole, words, self.display_name or "", self.date_to or self._county_today())
        return f"{part}/{whole} {Rate(part, over).shown(1)}" if whole else "—"
