from odoo.tests import tagged

from odoo.addons.bphs_base.tests.home import check_page
from odoo.addons.bphs_base.tests.queries import QueriesMixin

from .common import IndicatorCase


@tagged("post_install", "-at_install")
class TestScreens(QueriesMixin, IndicatorCase):
    """The board and the first pages, from stored values."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.full(cls.zhang, "elder_exam", done_on=cls.today)
        cls.count()
        cls.hand_down(
            "primary_care_officer",
            cls.bureau,
            [(cls.bureau, ("ELDER_MANAGED", "≥", 90)), (cls.bureau, ("P_FACE", "≥", 50))],
        )

    def test_who_has_the_board_and_what_of(self):
        for key, names in (
            ("leader", ["试验区卫健局", "甲镇卫生院", "乙镇卫生院"]),
            ("township_director_a", ["甲镇卫生院", "甲一村卫生室", "甲二村卫生室"]),
        ):
            told = self.as_user(key, self.Value).board()
            self.assertEqual([place["name"] for place in told["places"]], names)
            self.assertEqual(told["month"], self.month.isoformat())
            self.assertEqual(told["as_of"], self.today.isoformat())
        cell = told["cells"][f"{self.township_a.id}|ELDER_MANAGED"]
        self.assertEqual((cell["shown"], cell["target"], cell["passed"]), ("50.00%", "≥ 90%", "no"))
        self.assertNotIn("SMI_MANAGED", {one["code"] for one in told["indicators"]})
        for key in ("village_doctor_a1", "finance_officer"):
            with self.denied("for those who answer for them"):
                self.as_user(key, self.Value).board()
            with self.denied("for those who answer for them"):
                self.as_user(key, self.Value).trend("ELDER_MANAGED", self.township_a.id)

    def test_a_trend_has_a_place_for_each_month(self):
        told = self.as_user("leader", self.Value).trend("ELDER_MANAGED", self.township_a.id)
        self.assertEqual((told["rates"][-1], told["targets"][-1]), (50, 90))
        self.assertEqual(told["as_of"], self.today.isoformat())
        self.assertEqual(told["rates"][:-1], [None] * 14)
        self.assertEqual(self.as_user("township_director_b", self.Value).trend("ELDER_MANAGED", self.township_a.id)
                         ["rates"], [None] * 15)  # fmt: skip
        self.assertEqual(self.as_user("leader", self.Value).trend(["x"], self.bureau.id)["rates"], [None] * 15)

    def test_a_month_without_values_has_an_empty_board(self):
        told = self.as_user("leader", self.Value).board("2001-05-01")
        self.assertEqual((told["places"], told["as_of"]), ([], ""))

    def test_first_pages(self):
        for key in ("primary_care_officer", "leader", "deputy_leader", "township_director_a"):
            page = check_page(self, self.env(user=self.user[key].id))
            cards = {card["key"]: card for card in page["cards"]}
            figures = {line["label"]: line["figure"] for line in cards["indicators"]["lines"]}
            self.assertEqual(figures["Targets not reached"], "1", key)
            self.assertEqual(figures["Action plans of this quarter"], "0", key)
            chart = cards["indicators"]["chart"]
            self.assertEqual([one["label"] for one in chart["series"]], ["Reached", "Not Reached"])
            self.assertEqual(sum(chart["series"][1]["data"]), int(figures["Below: targets not reached"]), key)
        page = self.env(user=self.user["finance_officer"].id)["bphs.home"].load()
        self.assertNotIn("indicators", {card["key"] for card in page["cards"]})
        self.hand_down("township_director_a", self.township_a, [(self.clinic_a1, ("EHR_OPEN", "≥", 70))])
        page = check_page(self, self.env(user=self.user["village_doctor_a1"].id))
        self.assertIn("indicator_receive", {row["key"] for row in page["waiting"]})

    def test_a_list_is_bounded_in_queries(self):
        model = self.as_user("leader", self.Value)
        names = ["institution_id", "indicator_id", "shown", "parts", "target_words", "passed", "published"]
        model.search([], limit=80).read(names)
        few = self.queries(lambda: model.search([], limit=5).read(names))
        self.assertEqual(self.queries(lambda: model.search([], limit=80).read(names)), few)

    def test_a_value_opens_its_definition_and_back(self):
        action = self.as_user("leader", self.indicator("ELDER_MANAGED")).action_values()
        self.assertEqual(action["domain"], [("code", "=", "ELDER_MANAGED")])
