from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class BphsFundScore(models.Model):
    """The evaluation score (0 to 100) a clinic or township institution is settled by in a quarter or
    a year, and the deduction in yuan, which clinics alone have."""

    _name = "bphs.fund.score"
    _description = "Evaluation Score"
    _inherit = ["bphs.township.mixin", "bphs.money.mixin", "bphs.period.guard.mixin"]
    _order = "period_id, institution_id"

    period_id = fields.Many2one(
        "bphs.period",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("kind", "in", ("quarter", "year"))],
    )
    score = fields.Float(digits=(5, 2), required=True, aggregator="avg")
    deduction = fields.Monetary(
        default=0.0,
        required=True,
        help="In yuan, for other reasons than false work: that is deducted by its own rule, where the county has one.",
    )
    reason = fields.Char(help="Why something is deducted.")
    source = fields.Selection(
        [("typed", "Typed"), ("imported", "Imported"), ("evaluation", "Evaluation")],
        default="typed",
        required=True,
        readonly=True,
        copy=False,
    )

    _institution_period_uniq = models.Constraint(
        "UNIQUE(institution_id, period_id)", "This clinic has a score for this period already."
    )
    _score_range = models.Constraint("CHECK(score >= 0 AND score <= 100)", "A score lies between 0 and 100.")
    _deduction_reason = models.Constraint(
        "CHECK(deduction >= 0 AND (deduction = 0 OR (reason IS NOT NULL AND btrim(reason) <> '')))",
        "A deduction cannot be below zero, and needs a reason.",
    )

    @api.depends("institution_id", "period_id")
    def _compute_display_name(self):
        for score in self:
            score.display_name = f"{score.period_id.display_name or ''} {score.institution_id.name or ''}".strip()

    @api.constrains("period_id")
    def _check_period_id(self):
        for score in self:
            if score.period_id.kind not in ("quarter", "year"):
                raise ValidationError(
                    self.env._(
                        "%(period)s is neither a quarter nor a budget year.",
                        period=score.period_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        # Whatever a client says, what it types is typed.
        scores = super().create([{**vals, "source": "typed"} for vals in vals_list])
        scores._check_not_settled()
        return scores

    def write(self, vals):
        self._check_not_settled()
        res = super().write({**vals, "source": "typed"})
        self._check_not_settled()
        return res

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_settled(self):
        self._check_not_settled()

    def _check_not_settled(self):
        """:raise UserError: naming the first clinic that has been settled for the period of its
        score"""
        # sudo: the question is whether any entry exists, whoever may see it
        entries = self.env["bphs.fund.entry"].sudo()
        settled = entries._read_group(
            [
                ("kind", "=", "settlement"),
                ("institution_id", "in", self.institution_id.ids),
                ("period_id", "in", self.period_id.ids),
            ],
            ["institution_id", "period_id"],
        )
        done = {(institution.id, period.id) for institution, period in settled}
        for score in self:
            if (score.institution_id.id, score.period_id.id) in done:
                raise UserError(
                    self.env._(
                        "%(score)s has been settled: its score is fixed. A settled period is corrected by a reversal.",
                        score=score.display_name,
                    )
                )

    @api.model
    def _record(self, rows, source):
        """Set scores from elsewhere, in one set. Private: what a client writes is `typed`.

        :param rows: dicts of institution_id, period_id, score (0 to 100), deduction (yuan), reason
        :param source: `imported` or `evaluation`
        :return: the scores, created or changed
        """
        self.check_access("create")
        known = {
            (score.institution_id.id, score.period_id.id): score
            for score in self.search(
                [
                    ("institution_id", "in", [row["institution_id"] for row in rows]),
                    ("period_id", "in", [row["period_id"] for row in rows]),
                ]
            )
        }
        changed, new = {}, []
        for row in rows:
            score = known.get((row["institution_id"], row["period_id"]))
            if score:
                changed[score] = {
                    **{name: row[name] for name in ("score", "deduction", "reason")},
                    "source": source,
                }
            else:
                new.append({**row, "source": source})
        scores = self.browse([score.id for score in changed])
        scores._check_not_settled()
        for score, vals in changed.items():
            super(BphsFundScore, score).write(vals)
        created = super().create(new)
        created._check_not_settled()
        return scores | created
