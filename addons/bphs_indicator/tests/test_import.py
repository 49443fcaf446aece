from odoo.tests import tagged

from odoo.addons.bphs_base.tests.import_case import ImportCase

from .common import IndicatorCase

HEADINGS = ["Code of the Indicator", "Institution Code", "Up to Month", "Numerator", "Denominator"]


@tagged("post_install", "-at_install")
class TestImport(ImportCase, IndicatorCase):
    """Values that others count are brought in; the county is its lowest township where a notice says so."""

    def load(self, *rows, key="primary_care_officer"):
        wizard = self.import_file("bphs.indicator.import", key, [HEADINGS, *map(list, rows)])
        wizard.action_load()
        return wizard

    def test_the_county_is_told_with_its_townships(self):
        month = f"{self.month:%Y-%m}"
        rows = [("VACCINE", "T10", month, 95, 100), ("VACCINE", "T20", month, 80, 90),
                ("INFECTIOUS", "T10", month, 9, 10), ("INFECTIOUS", "T20", month, 5, 5)]  # fmt: skip
        wizard = self.load(*rows)
        self.assertEqual(wizard.state, "loaded", wizard.message)
        self.assertEqual(self.parts("VACCINE", self.township_a), (95, 100))
        self.assertEqual(self.parts("VACCINE", self.bureau), (80, 90))
        self.assertEqual(self.parts("INFECTIOUS", self.bureau), (14, 15))
        # The same again, and a county told by itself.
        self.load(*rows)
        self.assertEqual(self.parts("VACCINE", self.bureau), (80, 90))
        self.load(*rows, ("VACCINE", "T00", month, 175, 190))
        self.assertEqual(self.parts("VACCINE", self.bureau), (175, 190))
        # What is counted every night leaves it alone.
        self.count()
        self.assertEqual(self.parts("VACCINE", self.bureau), (175, 190))

    def test_what_is_wrong_is_told_by_row(self):
        month = f"{self.month:%Y-%m}"
        wizard = self.load(
            ("ELDER_MANAGED", "T10", month, 1, 2),
            ("VACCINE", "T21", month, 1, 2),
            ("VACCINE", "T10", "2099-01", 1, 2),
            ("VACCINE", "T11", "25年1月", 1, 2),
            ("VACCINE", "T12", month, 1, ""),
            ("SATISFACTION", "T10", month, 1, 2),
            ("SATISFACTION", "T10", month, 1, 2),
            key="township_public_health_a",
        )
        self.assertRefused(
            wizard,
            {
                2: "does not exist",
                3: "not within your scope",
                4: "is to come",
                5: "is not a month",
                6: "what it is reckoned over",
                8: "the same as row",
            },
        )
        self.assertFalse(self.value("SATISFACTION", self.township_a))

    def test_the_template_names_what_is_brought_in(self):
        wizard = self.as_user("primary_care_officer", "bphs.indicator.import").create({})
        wizard.action_template()
        rows = self.read_book(wizard.template_file)
        self.assertIn("VACCINE", {row[0] for row in rows})
