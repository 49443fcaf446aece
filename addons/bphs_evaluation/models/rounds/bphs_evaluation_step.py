from odoo import models
from odoo.exceptions import UserError

from odoo.addons.bphs_approval.models.bphs_approval_mixin import PASS, PASS_KEY
from odoo.addons.bphs_base.tools.money import to_decimal

from ...tools.replay import parse
from ...tools.scores import score_units


class BphsEvaluation(models.Model):
    """How a round goes on: begun, scored, approved in stages and published by the last of them."""

    _inherit = "bphs.evaluation"

    # === ACTIONS === #

    def action_start(self):
        """Begin: every unit gets a sheet with a line for each item that is scored.

        :raise UserError: the scheme is not published, no units, or nobody to evaluate one of them
        """
        self._check_step("start")
        self.scheme_id._check_published()
        self._check_units()
        for round_ in self:
            round_.sheet_ids._begin()
        self._take_step("start", {"started_by_id": self.env.uid, "started_on": self._county_today()})

    def action_score(self):
        """Score and rank all units by the rules, once every sheet is signed by both sides.

        :raise UserError: names a sheet that is not, or a reason nobody accepted
        """
        self._check_step("score")
        for round_ in self:
            round_._check_signed()
            round_._make_scores()
            round_._take_step("score", {"scored_by_id": self.env.uid, "scored_on": self._now()})
            round_._draft_bulletin()

    def action_reopen(self, reason):
        """Take the scores back, so that a sheet can be put right."""
        self._check_step("reopen", reason)
        self._approval_check_unlocked()
        self.sudo().score_ids.unlink()  # sudo: scores are made and taken away by these steps alone
        self._take_step("reopen", {"reopen_reason": reason}, reason)

    # === APPROVAL === #

    def _approval_flow_code(self):
        return f"evaluation_{self.level}"

    def _approval_content(self):
        """What is approved: every unit's score with what it follows from, and the words of the bulletin."""
        return {
            "document": self._document_text(),
            "scores": [
                [score.institution_id.code, score.percent, score.rank, score.group_name or ""]
                for score in self.score_ids.sorted("id")
            ],
            "feeds_settlement": self.feeds_settlement,
            "bulletin": [
                self.bulletin_opening or "",
                self.bulletin_results or "",
                self.bulletin_problems or "",
                self.bulletin_demands or "",
            ],
            **self._approved_heading(),
        }

    def _approved_heading(self):
        """What heads and closes the bulletin; a round handed in before it had any goes on as it was."""
        heading = [
            self.bulletin_title or "",
            self.bulletin_to or "",
            self.bulletin_figures or "",
            self.bulletin_signers or "",
            self.bulletin_copies or "",
        ]
        return {"bulletin_heading": heading} if any(heading) else {}

    def _approval_figures(self):
        ranked = self.score_ids.filtered("has_final").sorted("rank")
        groups = ranked.grouped(lambda score: score.group_name or self.env._("No Group"))
        found = [
            (self.env._("Units"), str(len(self.score_ids))),
            *((name, str(len(scores))) for name, scores in groups.items()),
        ]
        if ranked:
            found += [
                (self.env._("Highest"), _told(ranked[0])),
                (self.env._("Lowest"), _told(ranked[-1])),
            ]
        if red := self.score_ids.filtered("red_lines"):
            found.append((self.env._("Crossed a Red Line"), "、".join(red.institution_id.mapped("name"))))
        return found

    def _approval_submit_depends(self):
        return ("state",)

    def _approval_is_complete(self):
        return self.state == "checking"

    def _approval_check_submit(self):
        if self.state != "checking":
            raise UserError(self.env._("%(round)s: score it first.", round=self.display_name))
        self._check_settlement_open()

    def _on_approval_approved(self):
        """Publish: nothing is typed a second time."""
        # The decision locked the document; what follows from it is written past the lock.
        round_ = self.with_context(**{PASS_KEY: PASS})
        round_._take_step("publish", {"published_on": self._county_today()})
        self._write_settlement_scores()
        self._raise_problems()

    # === HELPERS === #

    def _check_signed(self):
        """:raise UserError: names the first sheet that both sides have not signed, or a reason nobody accepted"""
        labels = dict(self.env["bphs.evaluation.sheet"]._fields["state"]._description_selection(self.env))
        for sheet in self.sheet_ids:
            if sheet.state not in ("confirmed", "deemed"):
                raise UserError(
                    self.env._(
                        '%(unit)s: its sheet is "%(state)s"; both sides sign before the round is scored.',
                        unit=sheet.institution_id.name,
                        state=labels[sheet.state],
                    )
                )
            for line in sheet.line_ids.filtered(lambda line: line.status == "not_assessable"):
                if not line.reason_accepted_by_id:
                    raise UserError(
                        self.env._(
                            "%(unit)s, %(item)s: a second person has to accept why it cannot be assessed.",
                            unit=sheet.institution_id.name,
                            item=line.item_id.display_name,
                        )
                    )

    def _scores_before(self):
        """:return dict: unit -> the score it is compared with"""
        return {score.institution_id: score for score in self._previous().score_ids}

    def _make_scores(self):
        """Score from the very document the round is exported as."""
        document = parse(self._document())
        sheets = {sheet.institution_id.code: sheet for sheet in self.sheet_ids}
        before = self._scores_before()
        # sudo: scores are made by this step alone, whose right was checked
        self.env["bphs.evaluation.score"].sudo().create(
            [
                score_values(score, sheets[score.unit.code], before.get(sheets[score.unit.code].institution_id))
                for score in score_units(document.scheme, document.units)
            ]
        )


def _told(score):
    return f"{to_decimal(score.final):.2f} {score.institution_id.name}"


def score_values(score, sheet, before):
    """What is kept of how a unit came out.

    :param score: of the rules
    :param before: its score of the round before, or None
    """
    values = sheet._score_values(score)
    if before and before.has_final:
        values |= {"has_previous": True, "previous_percent": before.percent, "previous_rank": before.rank}
    return values
