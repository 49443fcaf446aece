from odoo.tests import tagged

from odoo.addons.bphs_base.tests.rights import RightsCase

from .common import SurveyCase


@tagged("post_install", "-at_install")
class TestRights(RightsCase, SurveyCase):
    rights_module = "bphs_survey"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey.action_issue()
        # A round of the township over its clinics, for whose rows a township has to be asked.
        own = cls._plan("township_public_health_a", cls.township_a, cls.q1, cls.clinic_a1)
        own.action_start()
        cls.own_survey = cls._survey("township_public_health_a", evaluation_id=own.id, sample_id=False, is_open=True)
        cls.own_survey.action_issue()

    @property
    def rights_actions(self):
        def tablet(key):
            survey = self.own_survey if key.startswith("township") else self.survey
            self.as_user(key, survey.sudo().unit_ids[0]).action_open_tablet()

        return {"bphs.survey.unit.action_open_tablet": tablet}
