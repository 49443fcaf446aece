from odoo import fields, models


class BphsEvaluation(models.Model):
    """A round tells what its surveys may say."""

    _inherit = "bphs.evaluation"

    survey_count = fields.Integer(string="Number of Surveys", compute="_compute_survey_count")

    def _compute_survey_count(self):
        counts = {}
        if self.env["bphs.survey"].has_access("read"):
            counts = dict(
                self.env["bphs.survey"]._read_group([("evaluation_id", "in", self.ids)], ["evaluation_id"], ["__count"])
            )
        for round_ in self:
            round_.survey_count = counts.get(round_._origin, 0)

    def action_surveys(self):
        """:return dict: the surveys of the round"""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_survey.bphs_survey_action")
        return {**action, "domain": [("evaluation_id", "=", self.id)], "context": {"default_evaluation_id": self.id}}

    def _results_text(self):
        # sudo: the words are of the bureau's own paper, and of whole surveys alone
        surveys = self.env["bphs.survey"].sudo()
        closed = surveys.search([("evaluation_id", "=", self.id), ("state", "=", "closed")], order="id")
        told = [line for survey in closed.filtered(lambda one: one._is_told()) for line in survey._findings()]
        return "\n".join([super()._results_text(), *told])
