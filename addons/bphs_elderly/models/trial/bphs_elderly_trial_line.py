from decimal import ROUND_HALF_UP, Decimal

from odoo import api, fields, models

from ...tools.trial import COLOURS, Tried

TENTH = Decimal("0.1")


class BphsElderlyTrialLine(models.Model):
    """What a trial would do to the elders and the doctor of one institution, or of a township together."""

    _name = "bphs.elderly.trial.line"
    _description = "Trial of a Rule Set: a Place"
    _order = "is_township desc, institution_id, id"

    trial_id = fields.Many2one("bphs.elderly.trial", required=True, readonly=True, index=True, ondelete="cascade")
    institution_id = fields.Many2one("bphs.institution", required=True, readonly=True, ondelete="restrict")
    is_township = fields.Boolean(readonly=True)
    red = fields.Integer(string="▲ Red", readonly=True)
    yellow = fields.Integer(string="◆ Yellow", readonly=True)
    green = fields.Integer(string="● Green", readonly=True)
    unrated = fields.Integer(string="○ Unrated", readonly=True)
    red_now = fields.Integer(string="▲ Red Today", readonly=True)
    yellow_now = fields.Integer(string="◆ Yellow Today", readonly=True)
    green_now = fields.Integer(string="● Green Today", readonly=True)
    unrated_now = fields.Integer(string="○ Unrated Today", readonly=True)
    changed = fields.Integer(string="Would Change", readonly=True)
    visits_now = fields.Float(string="Visits a Month Today", digits=(10, 1), readonly=True)
    visits = fields.Float(string="Visits a Month", digits=(10, 1), readonly=True)
    visits_more = fields.Float(string="More Visits a Month", digits=(10, 1), readonly=True)
    flow = fields.Json(readonly=True)

    _place_uniq = models.Constraint("UNIQUE(trial_id, institution_id, is_township)", "A place stands once in a trial.")

    @api.model
    def _keep(self, trial, institution_id, tried, is_township=False):
        """Write down what came out for a place, in place of what was."""
        now, then = _tenths(tried.now), _tenths(tried.then)
        key = {"trial_id": trial.id, "institution_id": institution_id, "is_township": is_township}
        self.search([(name, "=", value) for name, value in key.items()]).unlink()
        self.create(
            {
                **key,
                **{colour: tried.of(colour, True) for colour in COLOURS},
                **{f"{colour}_now": tried.of(colour, False) for colour in COLOURS},
                "changed": tried.changed,
                "visits_now": now,
                "visits": then,
                # As it stands on the page: what is told of two figures fits both, and sums of places add up.
                "visits_more": then - now,
                "flow": {">".join(pair): count for pair, count in tried.flow.items()},
            }
        )

    def _sum_townships(self):
        """Add a row for each township, of all institutions it leads."""
        for township, lines in self.filtered(lambda line: not line.is_township).grouped(
            lambda line: line.institution_id.township_id
        ).items():  # fmt: skip
            if not township:
                continue
            together: Tried = lines.trial_id._together(lines)
            self._keep(lines.trial_id, township.id, together, is_township=True)
            row = self.search([("trial_id", "=", lines.trial_id.id), ("institution_id", "=", township.id),
                               ("is_township", "=", True)])  # fmt: skip
            row.write({name: sum(lines.mapped(name)) for name in ("visits_now", "visits", "visits_more")})


def _tenths(fraction):
    exact = Decimal(fraction.numerator) / Decimal(fraction.denominator)
    return exact.quantize(TENTH, ROUND_HALF_UP)
