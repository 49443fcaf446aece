from odoo import api, fields, models


class BphsEvaluation(models.Model):
    """A round tells what its surveys may say."""

    _inherit = "bphs.evaluation"

    survey_ids = fields.One2many("bphs.survey", "evaluation_id", string="Surveys", readonly=True)
    survey_count = fields.Integer(string="Number of Surveys", compute="_compute_survey_count")

    @api.depends("survey_ids")
    def _compute_survey_count(self):
        counts = {}
        if self.env["bphs.survey"].has_access("read"):
            counts = dict(
                self.env["bphs.survey"]._read_group(
                    [("evaluation_id", "in", self.ids)], ["evaluation_id"], ["__count"]
                )
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
        closed = self.sudo().survey_ids.filtered(lambda survey: survey.state == "closed" and survey._is_told())
        return "\n".join([super()._results_text(), *(line for survey in closed for line in survey._findings())])
