from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.bphs_base.tests.forms import FormsCase

from .common import TeamCase


@tagged("post_install", "-at_install")
class TestForms(FormsCase, TeamCase):
    forms_module = "bphs_team"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.successor = cls.worker("郑医生", "gp", cls.township_a)
        cls.specialist = cls.worker("徐主任", "specialist", cls.bureau)
        cls.specialist.user_id = cls.user["county_specialist"]

    def form_values(self, model, key):
        return {
            # Later than any contract there is.
            "bphs.contract.term": {"date_from": self.Team._county_today() + timedelta(days=1)},
            "bphs.team": {"name": "甲镇三队", "code": f"A3{key}", "institution_id": self.township_a},
            "bphs.team.absence": {"worker_id": self.gp_a, "date_to": self.Team._county_today()},
            "bphs.handover": {"worker_id": self.gp_a, "successor_id": self.successor},
            "bphs.team.post": {"role": "other"},
            "bphs.team.session": {"team_id": self.team_a1, "specialist_id": self.specialist},
        }.get(model, {})
