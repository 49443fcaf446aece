from odoo import models
from odoo.exceptions import UserError


class BphsSurvey(models.Model):
    """How a survey goes on: issued with a code for everybody who is asked, and closed."""

    _inherit = "bphs.survey"

    def action_issue(self):
        """Begin to ask: every unit of the round gets a row, everybody of the sample a code.

        :raise UserError: nobody would be asked, or the questionnaire is not complete
        """
        self._check_step("issue")
        for survey in self:
            survey._check_issuable()
            survey._make_codes()
        self._take_step("issue", {"issued_on": self._county_today(), "issued_by_id": self.env.uid})

    def action_close(self):
        """End the asking: what was counted stands."""
        self._check_step("close")
        self._take_step("close", {"closed_on": self._county_today(), "closed_by_id": self.env.uid})

    def action_units(self):
        """:return dict: the rates of the units"""
        return self._rows("bphs_survey_unit_action")

    def action_answers(self):
        """:return dict: the answers, each with whether it counts"""
        return self._rows("bphs_survey_answer_action")

    def action_invitations(self):
        """:return dict: who is asked, and who has answered"""
        return self._rows("bphs_survey_invitation_action")

    # === HELPERS === #

    def _rows(self, action):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(f"bphs_survey.{action}")
        return {**action, "domain": [("survey_id", "=", self.id)], "context": {}}

    def _check_issuable(self):
        """:raise UserError: what is missing"""
        self.ensure_one()
        questionnaire = self.questionnaire_id
        questionnaire._check_complete()
        asked = len(questionnaire._asked().filtered(lambda question: question.bphs_measure == "aware"))
        if self.aware_least > asked:
            raise UserError(
                self.env._(
                    "%(survey)s: there are only %(count)s questions on awareness.", survey=self.name, count=asked
                )
            )
        if self.date_end and self.date_end < self._county_today():
            raise UserError(self.env._("%(survey)s: its last day is over.", survey=self.name))
        if not self.sample_id and not self.is_open:
            raise UserError(
                self.env._("%(survey)s: say which sample is asked, or open it to everybody.", survey=self.name)
            )
        if self.evaluation_id.state == "draft":
            raise UserError(self.env._("%(round)s has not begun.", round=self.evaluation_id.display_name))

    def _make_codes(self):
        """A row for each unit, and a code for everybody who was drawn or is in reserve."""
        self.ensure_one()
        units = self.sample_id.frame_ids.unit_id or self.evaluation_id.sheet_ids.institution_id
        # sudo: rows and codes are made by this step alone
        rows = self.env["bphs.survey.unit"].sudo()
        rows = rows.create([{"survey_id": self.id, "unit_id": unit.id} for unit in units.sorted("code")])
        row_of = {row.unit_id: row.id for row in rows}
        self.env["bphs.survey.invitation"].sudo().create(  # sudo: as above
            [
                {
                    "survey_id": self.id,
                    "survey_unit_id": row_of[record.unit_id],
                    "reference": record.reference,
                    "stands_in_for": record.stands_in_for,
                }
                for record in self.sample_id.record_ids.sorted("id")
            ]
        )

    def _takes_answers(self):
        """Whether an answer that comes now is taken."""
        self.ensure_one()
        return self.state == "running" and (not self.date_end or self._county_today() <= self.date_end)
