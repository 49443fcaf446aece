import io
import zipfile

from PIL import Image

from odoo.tests import tagged

from ..reports import charts
from .common import IndicatorCase

PNG = b"\x89PNG"


@tagged("post_install", "-at_install")
class TestPictures(IndicatorCase):
    """What is taken out for a bulletin: as paper, picture and workbook, and nothing of fewer than five in any."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.told("ELDER_MANAGED", {cls.bureau: (103, 200), cls.township_a: (3, 90), cls.township_b: (100, 110)})
        cls.told("TCM_ELDER", {cls.bureau: (150, 200), cls.township_a: (60, 90), cls.township_b: (90, 110)})
        cls.hand_down("primary_care_officer", cls.bureau, [(cls.bureau, ("TCM_ELDER", "≥", 70))])

    @classmethod
    def told(cls, code, parts, hidden=0):
        rows = [
            {
                **cls.Value._head(cls.indicator(code), place, cls.month, cls.today),
                "numerator": part,
                "numerator_whole": part + hidden,
                "denominator": over,
                "denominator_whole": over + hidden,
                "has_denominator": True,
                "base": "",
            }
            for place, (part, over) in parts.items()
        ]
        cls.Value._judge_rows(rows)
        cls.Value._keep(rows)

    def picture(self, key="leader", code="TCM_ELDER", place=None, **vals):
        return self.as_user(key, "bphs.indicator.picture").create(
            {"month": self.month, "code": code, "institution_id": (place or self.bureau).id, **vals}
        )

    def test_each_comes_as_paper_picture_and_workbook(self):
        for form in ("I3", "I4", "I5"):
            for kind, start in (("pdf", b"%PDF"), ("png", PNG), ("xlsx", b"PK")):
                name, content = self.picture()._print_file(form, kind)
                self.assertTrue(content.startswith(start), (form, kind))
                self.assertTrue(name.endswith(kind))

    def test_a_workbook_has_a_chart_of_its_own_with_the_targets(self):
        for form, drawn in (("I3", "c:barChart"), ("I4", "c:lineChart")):
            __, content = self.picture()._print_file(form, "xlsx")
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                chart = book.read("xl/charts/chart1.xml").decode()
            self.assertIn(drawn, chart)
            self.assertIn("目标", chart)

    def test_bars_are_a_ranking_with_targets(self):
        rows = self.picture()._ranking()
        self.assertEqual([row["name"] for row in rows], ["乙镇卫生院", "试验区卫健局", "甲镇卫生院"])
        self.assertEqual([row["drawn"] for row in rows], [82, 75, 67])
        self.assertEqual({row["target"] for row in rows}, {70})
        self.assertEqual([row["passed"] for row in rows], ["yes", "yes", "no"])

    def test_a_named_person_draws_what_everybody_reads(self):
        """Beside what a colleague publishes of the same month it would tell how many are hidden where."""
        self.told("TCM_ELDER", {self.bureau: (150, 200), self.township_a: (60, 90)}, hidden=7)
        drawn = self.picture()
        everybody = drawn._ranking(), drawn._trend(), drawn._heat()[1]
        self.name_person("leader")
        self.assertEqual((drawn._ranking(), drawn._trend(), drawn._heat()[1]), everybody)
        row = next(row for row in drawn._ranking() if row["name"] == "甲镇卫生院")
        self.assertEqual((row["numerator"], row["denominator"]), (60, 90))

    def test_fewer_than_five_are_told_nowhere(self):
        picture = self.picture(code="ELDER_MANAGED")
        rows = {row["name"]: row for row in picture._ranking()}
        # Of two townships the other one would be what is missing of the sum.
        for name in ("甲镇卫生院", "乙镇卫生院"):
            self.assertEqual(
                (rows[name]["drawn"], rows[name]["numerator"], rows[name]["shown"]), (None, None, "fewer than 5")
            )
        self.assertEqual(rows["试验区卫健局"]["numerator"], 103)
        trend = self.picture("leader", "ELDER_MANAGED", self.township_a)._trend()[-1]
        self.assertEqual((trend["drawn"], trend["shown"]), (None, "fewer than 5"))
        __, heat = picture._heat()
        cells = {(indicator.code, row["name"]): row["shown"] for indicator, told in heat for row in told}
        self.assertEqual(cells["ELDER_MANAGED", "甲镇卫生院"], "fewer than 5")
        for form in ("I3", "I5"):
            __, content = picture._print_file(form, "xlsx")
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                told = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
            self.assertNotIn("3.33%", told)
            self.assertNotIn("90.91%", told)

    def test_a_trend_has_a_place_for_each_month_and_a_heat_table_what_is_asked(self):
        trend = self.picture()._trend()
        self.assertEqual((len(trend), trend[-1]["drawn"], trend[0]["drawn"]), (15, 75, None))
        __, heat = self.picture(codes="TCM_ELDER")._heat()
        self.assertEqual([indicator.code for indicator, __ in heat], ["TCM_ELDER"])

    def test_a_picture_is_of_what_its_user_sees(self):
        rows = self.picture("township_director_a", place=self.township_a)._ranking()
        self.assertEqual([row["name"] for row in rows], ["甲镇卫生院"])
        picture = self.picture("leader")
        with self.denied(""):
            self.as_user("auditor", picture).with_context(print_code="I3").action_print()
        action = picture.with_context(print_code="I3", print_kind="png").action_print()
        self.assertIn("/bphs/print/I3/", action["url"])
        self.assertEqual(self.env["bphs.print.log"].search_count([("code", "=", "I3")]), 0)
        picture._print_file("I3", "png")
        self.assertEqual(self.env["bphs.print.log"].search([("code", "=", "I3")]).row_count, 3)

    def test_what_was_entered_late_is_marked(self):
        self.assertEqual(len(charts._notes(self.picture())), 1)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE bphs_indicator_value SET is_late = TRUE WHERE code = 'TCM_ELDER' AND institution_id = %s",
            [self.township_a.id],
        )
        self.env.invalidate_all()
        rows = {row["name"]: row["shown"] for row in self.picture()._ranking()}
        self.assertEqual((rows["甲镇卫生院"], rows["乙镇卫生院"]), ("67%*", "82%"))
        self.assertEqual(len(charts._notes(self.picture())), 2)
        __, content = self.picture()._print_file("I5", "xlsx")
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            told = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
        self.assertIn("67%*", told)

    def test_a_heat_table_is_wide_enough_for_its_places(self):
        __, content = self.picture()._print_file("I5", "png")
        self.assertGreater(Image.open(io.BytesIO(content)).size[0], 1080)
