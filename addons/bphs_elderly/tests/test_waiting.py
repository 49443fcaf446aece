from odoo.tests import tagged

from odoo.addons.bphs_base.tests.home import check_page

from .common import RulesetCase


@tagged("post_install", "-at_install")
class TestWaiting(RulesetCase):
    """What is proposed waits for whoever may publish it."""

    def waiting(self, key):
        page = check_page(self, self.env(user=self.user[key]))
        return {row["key"]: row["count"] for row in page["waiting"]}.get("elderly_ruleset_publish")

    def test_a_proposed_set_waits_for_a_second_person_alone(self):
        self.assertFalse(self.waiting("county_specialist"))
        self.propose()
        self.assertEqual(self.waiting("county_specialist"), 1)
        self.assertFalse(self.waiting("primary_care_officer"))
        self.assertFalse(self.waiting("township_public_health_a"))
        self.as_user("county_specialist", self.ruleset).action_publish()
        self.assertFalse(self.waiting("county_specialist"))
