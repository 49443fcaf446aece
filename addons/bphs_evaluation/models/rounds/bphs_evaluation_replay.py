from odoo import models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.tools.replay_reader import ReplayError, dump

from ...tools.replay import compute, input_document, parse


class BphsEvaluation(models.Model):
    """Any round goes out as the replay document that anybody scores again, offline (evaluation rules, section 3)."""

    _inherit = "bphs.evaluation"

    # === ACTIONS === #

    def action_replay_export(self):
        """Download the replay document.

        :raise UserError: the round has not begun, or a sheet holds what cannot be scored
        """
        self.ensure_one()
        self.check_access("read")
        if self.state == "draft":
            raise UserError(self.env._("%(round)s has not begun yet.", round=self.display_name))
        name = f"evaluation-{self.period_id.code}-{self.id}.json"
        return self.env["ir.attachment"]._for_download(name, self._document_text().encode())

    def action_replay_check(self):
        """Score the exported document again and compare it with what is kept, byte for byte.

        :return dict: the notification that says so
        """
        self.ensure_one()
        self.check_access("read")
        same = dump(compute(parse(self._document()))) == dump(self._result_document())
        return self._notification(
            self.env._("Scored again from the export: every score and rank is the same.")
            if same
            else self.env._("Scored again from the export, the result differs."),
            "success" if same else "danger",
        )

    # === BUSINESS METHODS === #

    def _document(self):
        """:return dict: the round as JSON, units in the order in which they were planned"""
        self.ensure_one()
        return {
            "evaluation": self.scheme_id._document(),
            "units": [sheet._document() for sheet in self.sheet_ids.sorted("id")],
        }

    def _document_text(self):
        """:return str: the replay document
        :raise UserError: names what no rule can score
        """
        try:
            return dump(input_document(parse(self._document())))
        except ReplayError as error:
            raise UserError(self.env._("The round cannot be exported: %(error)s", error=error)) from error

    def _result_document(self):
        """:return dict: what is kept of the round, as the result document"""
        scores = self.score_ids.sorted(lambda score: score.institution_id.code)
        ranked = scores.filtered("has_final").sorted(lambda score: (score.rank, score.institution_id.code))
        return {
            "evaluation": self.scheme_id.code,
            "units": [score._result_row(score.sheet_id._item_scores()) for score in scores],
            "ranking": ranked.institution_id.mapped("code"),
        }
