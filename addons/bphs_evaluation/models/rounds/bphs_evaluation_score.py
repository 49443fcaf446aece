from decimal import Decimal

from odoo import api, fields, models

from odoo.addons.bphs_base.tools.money import to_decimal


class BphsEvaluationScore(models.Model):
    """How a unit came out of a round: made when the round is scored, never written by anybody.

    Printed, final and per cent are cut off to 0.01; ``final_exact`` is the fraction they were ranked by.
    """

    _name = "bphs.evaluation.score"
    _description = "Score of a Round"
    _inherit = ["bphs.township.mixin"]
    _order = "evaluation_id desc, has_final desc, rank, institution_id"

    evaluation_id = fields.Many2one(
        "bphs.evaluation", string="Round", required=True, readonly=True, index=True, ondelete="cascade"
    )
    sheet_id = fields.Many2one("bphs.evaluation.sheet", required=True, readonly=True, index=True, ondelete="restrict")
    institution_id = fields.Many2one(readonly=True)
    organiser_id = fields.Many2one(related="evaluation_id.institution_id", store=True, string="Organised By")
    period_id = fields.Many2one(related="evaluation_id.period_id", store=True, index=True)
    scored = fields.Float(string="Points Earned", digits=(8, 2), readonly=True, aggregator=None)
    assessable = fields.Float(string="Points Assessable", digits=(8, 2), readonly=True, aggregator=None)
    has_final = fields.Boolean(string="Has a Final Score", readonly=True)
    final = fields.Float(string="Final Score", digits=(8, 2), readonly=True, aggregator="avg")
    final_exact = fields.Char(string="Final Score, Exact", readonly=True)
    percent = fields.Float(string="Per Cent", digits=(8, 2), readonly=True, aggregator="avg")
    group_name = fields.Char(string="Group", readonly=True)
    rank = fields.Integer(readonly=True, aggregator=None)
    red_lines = fields.Char(string="Red Lines Crossed", readonly=True)
    has_previous = fields.Boolean(readonly=True)
    previous_percent = fields.Float(string="Last Round", digits=(8, 2), readonly=True, aggregator=None)
    previous_rank = fields.Integer(string="Rank Last Round", readonly=True, aggregator=None)
    change = fields.Float(string="Change in Points", digits=(8, 2), compute="_compute_change")

    _unit_uniq = models.Constraint("UNIQUE(evaluation_id, institution_id)", "Each unit has one score in a round.")

    @api.depends("evaluation_id", "institution_id")
    def _compute_display_name(self):
        for score in self:
            name = score.evaluation_id.sudo().display_name  # sudo: a unit reads its score, and not the whole round
            score.display_name = f"{name} {score.institution_id.name or ''}".strip()

    @api.depends("percent", "previous_percent", "has_previous", "has_final")
    def _compute_change(self):
        for score in self:
            compared = score.has_previous and score.has_final
            score.change = to_decimal(score.percent) - to_decimal(score.previous_percent) if compared else Decimal(0)

    def _compared_words(self):
        """:return str: how it came out beside the score it is compared with, as papers say it; empty without one"""
        if not self.has_previous:
            return ""
        words = f"上一轮得分率 {to_decimal(self.previous_percent):.2f}%"
        change = to_decimal(self.change)
        if not change:
            return f"{words}，持平"
        return f"{words}，{'上升' if change > 0 else '下降'} {abs(change):.2f} 个百分点"

    def _result_row(self, items):
        """:return dict: this score as the result document writes it"""
        return {
            "code": self.institution_id.code,
            "items": items,
            "assessable": _two(self.assessable),
            "scored": _two(self.scored),
            "red_lines": self.sheet_id.crossing_ids.sorted("id").red_line_id.mapped("code"),
            "final": _two(self.final) if self.has_final else None,
            "percent": _two(self.percent) if self.has_final else None,
            "group": self.group_name if self.has_final else None,
            "rank": self.rank if self.has_final else None,
        }


def _two(number):
    return f"{to_decimal(number):.2f}"
