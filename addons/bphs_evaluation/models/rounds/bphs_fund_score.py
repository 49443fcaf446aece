from odoo import api, fields, models
from odoo.exceptions import UserError


class BphsEvaluation(models.Model):
    """A published round writes each unit's score to the settlement of its period."""

    _inherit = "bphs.evaluation"

    def _settled_scores(self):
        """:return: those that settle money"""
        return self.score_ids.filtered("has_final") if self.feeds_settlement else self.score_ids.browse()

    def _fund_scores(self):
        """:return: what settlements hold for the units and the period of this round"""
        # sudo: what is settled for whom decides, whoever may see it
        scores = self.env["bphs.fund.score"].sudo()
        return scores.search(
            [
                ("period_id", "=", self.period_id.id),
                ("institution_id", "in", self._settled_scores().institution_id.ids),
            ]
        )

    def _check_settlement_open(self):
        """:raise UserError: a unit's score is settled by already, or another round wrote it"""
        self._fund_scores()._check_not_settled()
        other = self.search(
            [
                ("id", "!=", self.id),
                ("state", "=", "published"),
                ("feeds_settlement", "=", True),
                ("period_id", "=", self.period_id.id),
                ("institution_id", "=", self.institution_id.id),
            ],
            limit=1,
        )
        if self.feeds_settlement and other:
            raise UserError(
                self.env._("%(other)s has written the scores of this period already.", other=other.display_name)
            )

    def _write_settlement_scores(self):
        scores = self._settled_scores()
        if not scores:
            return
        kept = {score.institution_id: score for score in self._fund_scores()}
        none = self.env["bphs.fund.score"]
        rows = []
        for score in scores:
            # A deduction that finance entered stays: the round says nothing of yuan.
            known = kept.get(score.institution_id, none)
            rows.append(
                {
                    "institution_id": score.institution_id.id,
                    "period_id": self.period_id.id,
                    "score": score.percent,
                    "deduction": known.deduction,
                    "reason": known.reason,
                }
            )
        # sudo: the stages of the approval decided on these scores; who decides last writes none of their own
        none.sudo()._record(rows, "evaluation")


class BphsFundScore(models.Model):
    _inherit = "bphs.fund.score"

    evaluation_score_id = fields.Many2one(
        "bphs.evaluation.score", string="From the Evaluation", compute="_compute_evaluation_score_id"
    )

    @api.depends("source", "institution_id", "period_id")
    def _compute_evaluation_score_id(self):
        """Where a score came from; computed with the reader's own rights."""
        found = self.env["bphs.evaluation.score"].search(
            [
                ("institution_id", "in", self.institution_id.ids),
                ("period_id", "in", self.period_id.ids),
                ("evaluation_id.state", "=", "published"),
                ("evaluation_id.feeds_settlement", "=", True),
            ]
        )
        by_unit = {(score.institution_id, score.period_id): score for score in found}
        for score in self:
            scored = by_unit.get((score.institution_id, score.period_id), found.browse())
            score.evaluation_score_id = score.source == "evaluation" and scored
