from odoo.tests import tagged

from odoo.addons.bphs_base.tests.forms import FormsCase

from .common import SurveyCase


@tagged("post_install", "-at_install")
class TestMenuForms(FormsCase, SurveyCase):
    forms_module = "bphs_survey"

    def form_values(self, model, key):
        if model == "bphs.survey":
            return {"evaluation_id": self._own_round(key)}
        if model == "survey.survey":
            return {"title": "问卷"}
        return {}

    def _own_round(self, key):
        if self.user[key].bphs_institution_ids == self.bureau:
            return self.round
        return self._plan("township_public_health_a", self.township_a, self.q1, self.clinic_a1)
