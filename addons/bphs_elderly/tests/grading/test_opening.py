from datetime import date, timedelta
from unittest.mock import patch

from lxml import etree

from odoo import Command
from odoo.tests import tagged

from odoo.addons.bphs_base.tests.queries import QueriesMixin, specification

from .common import GradingCase


@tagged("post_install", "-at_install")
class TestOpening(QueriesMixin, GradingCase):
    """A file is opened: all its tabs, of all modules, asked for as one page."""

    day = date(2026, 3, 1)
    # Those of the file itself, its places and its log, and one for each kind of line that a tab shows.
    MOST = 29

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        home = cls.env["bphs.household"].create({"division_id": cls.village_a1.id})
        cls.man = cls.make("赵大年", cls.village_a1, "19550601", 11, household_id=home.id, relation="head")
        for kind in ("hypertension", "diabetes"):
            cls.as_user("village_doctor_a1", "bphs.condition").create({"resident_id": cls.man.id, "kind": kind})
        cls.as_user("village_doctor_a1", "bphs.acute.event").create(
            {"resident_id": cls.man.id, "kind": "fall", "event_on": "2026-02-01"}
        )
        cls.man.social_ids = [Command.create({"kind": "living_alone"})]
        cls.as_user("village_doctor_a1", "bphs.elderly.outside").create(
            {"resident_id": cls.man.id, "kind": "adl_score", "value": "0"}
        )
        cls.visit("village_doctor_a1", cls.man, "elder_exam", done_on=cls.day, systolic=186)

    def opening(self):
        man = self.as_user("village_doctor_a1", self.man)
        arch = etree.fromstring(man.get_view(view_type="form")["arch"])
        fields = specification(arch, man)
        return lambda: man.web_read(fields)

    def test_by_few_statements(self):
        ask = self.opening()
        (told,) = ask()
        for name in ("condition_ids", "event_ids", "social_ids", "elder_outside_ids", "elder_grading_ids"):
            self.assertTrue(told[name], name)
        self.queries(ask)  # what is read once for each process is now read
        self.assertLessEqual(self.queries(ask), self.MOST)

    def test_as_one_opening(self):
        """Reading a line is reading the file: on the page of the file it is entered with it, by itself as any other."""
        opened = [("resident_id", "=", self.man.id), ("kind", "=", "open")]
        before, now = self.env["bphs.resident.access"].search_count(opened), self.env.cr.now()
        for hours, read in (
            (1, self.opening()),
            (2, lambda: self.as_user("village_doctor_a1", self.man.condition_ids[:1]).web_read({"kind": {}})),
        ):
            # Long enough after the last not to be the same opening.
            with patch.object(type(self.env.cr), "now", lambda _cursor, at=hours: now + timedelta(hours=at)):
                read()
            self.assertEqual(self.env["bphs.resident.access"].search_count(opened), before + hours)
