from odoo.tests import freeze_time, tagged

from odoo.addons.bphs_base.tests.home import check_page

from .common import WorkloadCase


@tagged("post_install", "-at_install")
@freeze_time("2025-04-02 02:00:00")
class TestWaitingStatements(WorkloadCase):
    """H7: statements to fill in and to verify stand in the list of whom they wait for."""

    def _page(self, key):
        page = check_page(self, self.env(user=self.user[key]))
        return {row["key"]: row for row in page["waiting"]}, {card["key"]: card for card in page["cards"]}

    def test_h7_to_fill_in_waits_for_its_doctor_until_the_due_day(self):
        waiting, cards = self._page("village_doctor_a1")
        self.assertEqual(waiting["workload_fill"]["count"], 1)
        self.assertEqual(waiting["workload_fill"]["date"], self.q1.workload_due_date.isoformat())
        self.assertEqual(cards["to_fill"]["lines"][0]["figure"], "1")
        self.assertNotIn("workload_fill", self._page("township_public_health_a")[0])

    def test_a_quarter_that_has_not_begun_waits_for_nobody(self):
        self.Workload._open_period(self.q4, self.clinic_a1)
        self.assertEqual(self._page("village_doctor_a1")[0]["workload_fill"]["count"], 1)

    def test_h7_to_verify_waits_for_the_township_that_did_not_report_it(self):
        self.submitted(self.statement_a1, EHR_UPDATE=3)
        self.assertEqual(self._page("township_public_health_a")[0]["workload_verify"]["count"], 1)
        self.assertEqual(self._page("township_director_a")[0]["workload_verify"]["count"], 1)
        self.assertNotIn("workload_verify", self._page("township_public_health_b")[0])
        self.assertNotIn("workload_fill", self._page("village_doctor_a1")[0])
        self.as_user("township_public_health_a", self.statement_a2).line_ids[0].write({"reported": 1})
        self.as_user("township_public_health_a", self.statement_a2).action_submit()
        self.assertEqual(self._page("township_public_health_a")[0]["workload_verify"]["count"], 1)
        self.assertEqual(self._page("township_director_a")[0]["workload_verify"]["count"], 2)

    def test_the_funnel_by_township(self):
        self.submitted(self.statement_a1, EHR_UPDATE=3)
        _waiting, cards = self._page("primary_care_officer")
        self.assertEqual([line["figure"] for line in cards["funnel"]["lines"]], ["2", "1", "0", "0"])
        chart = cards["funnel"]["chart"]
        drawn = {label: [one["data"][place] for one in chart["series"]] for place, label in enumerate(chart["labels"])}
        self.assertEqual(drawn, {"甲镇卫生院": [1, 1, 0, 0], "乙镇卫生院": [1, 0, 0, 0]})
        _waiting, cards = self._page("township_director_b")
        self.assertEqual([line["figure"] for line in cards["funnel"]["lines"]], ["1", "0", "0", "0"])
        self.assertFalse(cards["funnel"]["chart"])
