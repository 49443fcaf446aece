import io
from datetime import timedelta

from psycopg2.errors import UniqueViolation
from pypdf import PdfReader

from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import ServiceCase


@tagged("post_install", "-at_install")
class TestPatrol(ServiceCase):
    """Patrols of health supervision: places, what was found, and that it was reported onward."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.Visit._county_today()
        cls.school = cls.as_user("village_doctor_a1", "bphs.patrol.object").create(
            {"name": "甲一村小学", "speciality": "school", "address": "村口"}
        )

    def patrol(self, complete=True, **vals):
        patrol = self.as_user("village_doctor_a1", "bphs.patrol").create({"object_id": self.school.id, **vals})
        if complete:
            patrol.action_complete()
        return patrol

    def test_a_place_is_due_until_it_was_patrolled_twice_this_year(self):
        due = lambda: self.env["bphs.patrol.object"].search([("is_due", "=", True)])  # noqa: E731 asked thrice
        self.assertEqual(self.school.institution_id, self.clinic_a1)
        action = self.school.action_patrol()
        self.assertEqual(action["context"], {"default_object_id": self.school.id})
        self.patrol()
        self.patrol(complete=False)
        last_year = self.today.replace(month=1, day=1) - timedelta(days=1)
        self.patrol(done_on=last_year)
        self.school.invalidate_recordset()
        self.assertEqual((self.school.patrols_this_year, self.school.is_due), (1, True))
        self.assertIn(self.school, due())
        second = self.patrol()
        self.school.invalidate_recordset()
        self.assertEqual((self.school.patrols_this_year, self.school.is_due), (2, False))
        self.assertNotIn(self.school, due())
        self.assertIn(self.school, self.env["bphs.patrol.object"].search([("is_due", "=", False)]))
        second.action_void("重复")
        self.assertIn(self.school, due())

    def test_a_place_is_given_away_to_nobody(self):
        """Who has fewer places has patrolled more of them."""
        for key in ("village_doctor_a1", "township_public_health_a"):
            given = {"institution_id": self.clinic_b1.id}
            for method, *arguments in (("write", given), ("web_save", given, {})):
                with self.denied("this record is not within your scope"), self.cr.savepoint():
                    self.ask(key, "bphs.patrol.object", method, self.school.ids, *arguments)
        self.assertEqual(self.school.institution_id, self.clinic_a1)
        within = {"institution_id": self.clinic_a2.id}
        self.ask("township_public_health_a", "bphs.patrol.object", "write", self.school.ids, within)
        self.assertEqual(self.school.institution_id, self.clinic_a2)

    def test_what_was_found_is_reported_onward(self):
        with self.refused("say what was found"):
            self.patrol(found_problem=True)
        clean = self.patrol()
        self.assertNotIn("report", clean.allowed_steps)
        with self.refused("nothing was found that would be reported"):
            clean.action_report()
        patrol = self.patrol(found_problem=True, problem="饮水机无消毒记录", handling="责令补做")
        self.assertIn("report", patrol.allowed_steps)
        with self.refused("say to whom it was reported"):
            patrol.action_report()
        patrol.reported_to = "县卫生监督所"
        patrol.action_report()
        self.assertEqual((patrol.state, patrol.reported_on), ("reported", self.today))
        with self.refused("cannot be changed now"):
            patrol.problem = "没有"
        patrol.outcome = "已整改"
        text = _words(patrol._print_file("H2", "pdf")[1])
        for words in ("卫生监督协管巡查登记表", "甲一村小学", "饮水机无消毒记录", "县卫生监督所", "已整改"):
            self.assertIn(words, text)
        with self.refused("Say why"):
            patrol.action_reopen("")
        patrol.action_reopen("写错")
        self.assertEqual((patrol.state, patrol.reported_on), ("draft", False))

    def test_its_form_sends_what_may_be_given_alone(self):
        form = Form(self.as_user("village_doctor_a1", "bphs.patrol").with_context(default_object_id=self.school.id))
        form.found_problem = True
        form.problem = "无消毒记录"
        patrol = form.save()
        patrol.action_complete()
        with Form(patrol) as form:
            form.reported_to = "县卫生监督所"
        patrol.action_report()
        with Form(patrol) as form:
            form.outcome = "已整改"
        self.assertEqual((patrol.state, patrol.outcome), ("reported", "已整改"))

    def test_days_that_cannot_be(self):
        with self.refused("of a day to come"):
            self.patrol(done_on=self.today + timedelta(days=1))
        patrol = self.patrol(found_problem=True, problem="无证")
        with self.refused("is reported after it"):
            patrol.reported_on = self.today - timedelta(days=1)
        with self.refused("never deleted"):
            self.env["bphs.patrol"].browse(patrol.id).unlink()

    def test_a_place_stands_once_and_in_scope(self):
        with mute_logger("odoo.sql_db"), self.refused("bphs_patrol_object_name_uniq", kind=UniqueViolation):
            self.school.copy()
        self.assertFalse(self.as_user("village_doctor_b1", "bphs.patrol.object").search([]))
        with self.no_right("create", "bphs.patrol"):
            self.as_user("township_director_a", "bphs.patrol").create({"object_id": self.school.id})
        with self.denied("not within your scope"):
            self.as_user("village_doctor_b1", "bphs.patrol").create({"object_id": self.school.id})


def _words(content):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).replace("\n", "")
