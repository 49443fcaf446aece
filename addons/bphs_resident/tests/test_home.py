from odoo.tests import tagged

from odoo.addons.bphs_base.tests.common import ROLES
from odoo.addons.bphs_base.tests.home import check_page

from .common import ResidentCase


@tagged("post_install", "-at_install")
class TestHome(ResidentCase):
    def _page(self, key):
        page = check_page(self, self.env(user=self.user[key]))
        return {row["key"]: row for row in page["waiting"]}, {card["key"]: card for card in page["cards"]}

    def test_a_list_asked_for_waits_for_a_second_person(self):
        export = self.as_user("township_public_health_a", "bphs.resident.export").create(
            {"reason": "体检预约", "unmasked": True}
        )
        export.action_submit()
        self.assertEqual(export.state, "waiting")
        self.assertEqual(self._page("township_director_a")[0]["export"]["count"], 1)
        for key in ("township_director_b", "township_public_health_a", "finance_officer"):
            self.assertNotIn("export", self._page(key)[0], key)

    def test_files_are_counted_for_those_who_keep_them_by_their_own_rules(self):
        def files(key):
            return self._page(key)[1].get("files")

        for role in ROLES:
            key = next(name for name in self.user if name.startswith(role))
            kept = role in ("village_doctor", "team_leader", "township_public_health")
            self.assertEqual(bool(files(key)), kept, role)
        mine = self.as_user("village_doctor_a1", "bphs.resident").search_count(
            [("status", "=", "active"), ("standardised", "=", False)]
        )
        self.assertEqual(files("village_doctor_a1")["lines"][0]["figure"], str(mine))

    def test_who_took_many_at_once_is_the_auditors_to_see(self):
        for role in ROLES:
            key = next(name for name in self.user if name.startswith(role))
            self.assertEqual("taken" in self._page(key)[1], role in ("auditor", "administrator"), role)
