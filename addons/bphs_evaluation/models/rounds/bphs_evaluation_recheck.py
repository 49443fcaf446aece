import secrets
from decimal import Decimal
from math import ceil

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.bphs_base.tools.money import to_decimal
from odoo.addons.bphs_base.tools.sampling import draw

# From a difference of so many points of a hundred on a bulletin names the clinic.
APART = Decimal(5)


class BphsEvaluation(models.Model):
    """The bureau evaluates a share of the clinics once more that townships evaluated (县级复核).

    Which ones is drawn by lot in each township, so that anybody can draw again; each clinic's result is compared with
    the township's, and settles no money: the township's does.
    """

    _inherit = "bphs.evaluation"

    is_recheck = fields.Boolean(
        string="Re-Check of Townships' Rounds",
        help="The bureau evaluates a share of the clinics again that townships evaluated for the period.",
    )
    recheck_share = fields.Float(
        string="Share of Clinics (%)",
        digits=(5, 2),
        default=10,
        aggregator=None,
        help="Of each township, at least one.",
    )
    recheck_seed = fields.Char(string="Seed", readonly=True, copy=False)

    @api.constrains("is_recheck", "institution_id", "feeds_settlement", "recheck_share")
    def _check_recheck(self):
        for round_ in self.filtered("is_recheck"):
            if round_.level != "county":
                raise ValidationError(self.env._("The bureau re-checks, not a township."))
            if round_.feeds_settlement:
                raise ValidationError(
                    self.env._("A re-check settles no money: the township's scores of these clinics do.")
                )
            if not 0 < to_decimal(round_.recheck_share) <= 100:
                raise ValidationError(self.env._("A share lies above 0 and at most at 100 %."))

    @api.onchange("is_recheck")
    def _onchange_is_recheck(self):
        if self.is_recheck:
            self.feeds_settlement = False

    def action_add_units(self):
        """Put every unit the organiser leads into the plan; of a re-check, those that the lot falls on and no others.

        :raise UserError: the round has begun, or no township has published a round of the period
        """
        self.check_access("write")
        self._check_in_state(("draft",))
        again = self.filtered("is_recheck")
        for round_ in again:
            units = round_._drawn_clinics()
            round_.sheet_ids.filtered(lambda sheet, drawn=units: sheet.institution_id not in drawn).unlink()
            self.env["bphs.evaluation.sheet"].create(
                [
                    {"evaluation_id": round_.id, "institution_id": unit.id}
                    for unit in units - round_.sheet_ids.institution_id
                ]
            )
        return super(BphsEvaluation, self - again).action_add_units()

    def _check_units(self):
        super()._check_units()
        for round_ in self.filtered("is_recheck"):
            # Put in or taken out by hand, or the round made a re-check when they were chosen.
            if round_.sheet_ids.institution_id != round_._drawn_clinics():
                raise UserError(
                    self.env._(
                        "%(round)s: the lot says which clinics are re-checked. Draw them again.",
                        round=round_.display_name,
                    )
                )

    def _drawn_clinics(self):
        """:return: clinics by lot: of each township a share, at least one; pressed again the same ones"""
        found = self._township_scores()
        if not found:
            raise UserError(
                self.env._(
                    "%(round)s: no township has published a round for %(period)s yet.",
                    round=self.name,
                    period=self.period_id.display_name,
                )
            )
        if not self.recheck_seed:
            self._write_state({"recheck_seed": secrets.token_hex(16)})
        units = self.env["bphs.institution"]
        for township, scores in found.grouped("organiser_id").items():
            clinics = {clinic.code: clinic for clinic in scores.institution_id}
            size = max(1, ceil(len(clinics) * to_decimal(self.recheck_share) / 100))
            drawn = draw("random", sorted(clinics), size, f"{self.recheck_seed}/{township.code}")
            units = units.union(*(clinics[code] for code in drawn))
        return units.sorted("code")

    def _township_scores(self):
        """:return: what townships that this bureau leads published for the period"""
        return self.env["bphs.evaluation.score"].search(
            [
                ("evaluation_id.state", "=", "published"),
                ("evaluation_id.level", "=", "township"),
                ("period_id", "=", self.period_id.id),
                ("institution_id", "child_of", self.institution_id.ids),
                ("has_final", "=", True),
            ]
        )

    def action_scores(self):
        action = super().action_scores()
        return {**action, "context": {**action["context"], "recheck": self.is_recheck}}

    # === WHAT FOLLOWS === #

    def _previous(self):
        # A round is compared with the one before of its own kind.
        found = self.browse() if self.is_recheck else super()._previous()
        return found.browse() if found.is_recheck else found

    def _scores_before(self):
        if not self.is_recheck:
            return super()._scores_before()
        return {score.institution_id: score for score in self._township_scores()}

    def _approval_figures(self):
        found = super()._approval_figures()
        if self.is_recheck:
            apart = [f"{score.institution_id.name} {to_decimal(score.change):+.2f}" for score in self._apart()]
            found.append(
                (self.env._("5 Points or More Apart from the Township"), "、".join(apart) or self.env._("None"))
            )
        return found

    def _apart(self):
        """:return: scores far from what the township gave, the farthest first"""
        compared = self.score_ids.filtered(lambda score: score.has_final and score.has_previous)
        apart = compared.filtered(lambda score: abs(to_decimal(score.change)) >= APART)
        return apart.sorted(lambda score: (-abs(to_decimal(score.change)), score.institution_id.code))

    def _kind_words(self):
        return "绩效评价县级复核" if self.is_recheck else super()._kind_words()

    def _compared_text(self, compared):
        if not self.is_recheck:
            return super()._compared_text(compared)
        apart = self._apart()
        words = f"与乡镇评分相比，复核 {len(compared)} 个单位，得分率相差 {APART} 个百分点以上的 {len(apart)} 个"
        named = "；".join(
            f"{score.institution_id.name}乡镇评 {to_decimal(score.previous_percent):.2f}%，"
            f"复核 {to_decimal(score.percent):.2f}%"
            for score in apart
        )
        return f"{words}：{named}。" if named else f"{words}。"

    def _lost_to_register(self):
        """What the township's round registered already is not registered a second time, as a repeat."""
        lost = super()._lost_to_register()
        if not self.is_recheck:
            return lost
        # sudo: only what is to be registered anew follows from it
        known = self.env["bphs.problem.line"].sudo()
        known = known.search(
            [
                ("institution_id", "in", lost.institution_id.ids),
                ("problem_id.evaluation_id", "in", self._township_scores().evaluation_id.ids),
            ]
        )
        told = {(line.institution_id, line.problem_id.indicator) for line in known}
        return lost.filtered(lambda line: (line.institution_id, line.item_id.code) not in told)


class BphsEvaluationScore(models.Model):
    """A re-check is compared with the township's score of the same period, not with a round before."""

    _inherit = "bphs.evaluation.score"

    is_recheck = fields.Boolean(related="evaluation_id.is_recheck")

    def _compared_words(self):
        if not self.has_previous or not self.is_recheck:
            return super()._compared_words()
        words = f"乡镇评价得分率 {to_decimal(self.previous_percent):.2f}%"
        change = to_decimal(self.change)
        if not change:
            return f"{words}，复核一致"
        return f"{words}，复核{'高' if change > 0 else '低'} {abs(change):.2f} 个百分点"
