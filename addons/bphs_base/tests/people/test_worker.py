from datetime import timedelta
from pathlib import Path

from psycopg2.errors import ExclusionViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.modules.module import load_script
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import CountyCase

ADDON = Path(__file__).parents[2]


@tagged("post_install", "-at_install")
class TestWorker(CountyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env["base"]._county_today()
        cls.workers = cls.as_user("administrator", "bphs.worker")
        cls.doctor = cls.workers.create(
            {
                "name": "郝立新",
                "institution_id": cls.clinic_a1.id,
                "since": cls.today - timedelta(days=100),
                "profession": "village_doctor",
                "phone": "15400001234",
                "user_id": cls.user["village_doctor_a1"].id,
            }
        )

    def posts(self, worker):
        return [(post.institution_id, post.date_from, post.date_to) for post in worker.post_ids.sorted("date_from")]

    def move(self, key, worker, institution, days):
        action = self.as_user(key, worker).action_open_move()
        with Form(self.as_user(key, action["res_model"]).with_context(**action["context"])) as dialog:
            dialog.institution_id = institution
            dialog.date = self.today - timedelta(days=days)
        dialog.record.action_move()

    def leave(self, key, workers, days=0, **vals):
        action = self.as_user(key, workers).action_open_leave()
        dialog = self.as_user(key, action["res_model"]).with_context(**action["context"]).create({})
        dialog.write({"date": self.today - timedelta(days=days), **vals})
        return dialog.action_leave()

    def test_one_is_entered_by_those_who_keep_the_register(self):
        for key in ("administrator", "township_public_health_a"):
            with Form(self.as_user(key, "bphs.worker")) as form:
                form.name = f"新人{key}"
                form.institution_id = self.clinic_a2
                form.profession = "nurse"
                form.phone = "15400005678"
            worker = form.record
            self.assertEqual(self.posts(worker), [(self.clinic_a2, self.today, False)])
            self.assertTrue(worker.code.isdigit() and len(worker.code) == 5)
        with self.assertRaisesRegex(AccessError, "not within your scope"):
            self.as_user("township_public_health_a", "bphs.worker").create(
                {"name": "别镇", "institution_id": self.clinic_b1.id, "profession": "nurse"}
            )

    def test_posts_follow_each_other(self):
        self.move("township_public_health_a", self.doctor, self.clinic_a2, 50)
        first, second = self.posts(self.doctor)
        self.assertEqual(first[::2], (self.clinic_a1, self.today - timedelta(days=51)))
        self.assertEqual(second, (self.clinic_a2, self.today - timedelta(days=50), False))
        self.assertEqual((self.doctor.institution_id, self.doctor.since), second[:2])
        # From its own first day a move is a correction.
        self.move("administrator", self.doctor, self.township_a, 50)
        self.assertEqual(self.posts(self.doctor)[1][0], self.township_a)
        with self.assertRaisesRegex(UserError, "give a later day"):
            self.move("administrator", self.doctor, self.clinic_a1, 60)
        with self.assertRaisesRegex(UserError, "has not come yet"):
            self.move("administrator", self.doctor, self.clinic_a1, -1)

    def test_a_township_moves_nobody_out_of_its_scope(self):
        with self.assertRaisesRegex(AccessError, "not within your scope"):
            self.as_user("township_public_health_a", self.doctor)._move(
                self.as_user("township_public_health_a", self.clinic_b1), self.today
            )
        self.move("administrator", self.doctor, self.clinic_b1, 0)
        self.assertFalse(self.as_user("township_public_health_a", "bphs.worker").search([("id", "=", self.doctor.id)]))
        # Where they worked within one's scope stays to be read, where they went does not.
        posts = self.as_user("township_public_health_a", "bphs.worker.post").search([])
        self.assertEqual(posts.filtered(lambda post: post.worker_id == self.doctor).institution_id, self.clinic_a1)

    def test_who_leaves_is_offered_no_more_and_may_come_back(self):
        action = self.leave("administrator", self.doctor, 10)
        self.assertIn("sign-ins are stopped", action["params"]["message"])
        self.assertFalse(self.doctor.active or self.user["village_doctor_a1"].active)
        self.assertEqual(self.doctor.date_left, self.today - timedelta(days=10))
        self.assertFalse(self.workers.search([("name", "=", "郝立新")]))
        with self.assertRaisesRegex(UserError, "has left already"):
            self.leave("administrator", self.doctor)
        self.move("administrator", self.doctor, self.clinic_a1, 3)
        self.assertTrue(self.doctor.active)
        self.assertFalse(self.doctor.date_left)
        self.assertEqual(len(self.doctor.post_ids), 2)

    def test_a_township_is_told_that_the_sign_in_goes_on(self):
        action = self.leave("township_public_health_a", self.doctor)
        self.assertIn("still sign in", action["params"]["message"])
        self.assertTrue(self.user["village_doctor_a1"].active)

    def test_nobody_is_at_two_places_on_one_day(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(ExclusionViolation), self.cr.savepoint():
            self.env["bphs.worker.post"].create(
                {"worker_id": self.doctor.id, "institution_id": self.clinic_a2.id, "date_from": self.today}
            )
            self.env.flush_all()

    def test_the_steps_alone_move_and_end(self):
        keeper = self.as_user("township_public_health_a", self.doctor)
        for vals in (
            {"institution_id": self.clinic_a2.id},
            {"active": False},
            {"date_left": self.today},
            {"code": "99999"},
        ):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "by its button"):
                keeper.write(vals)
        for step in (lambda: keeper.write({"user_id": False}), lambda: self.sign_in_given()):
            with self.assertRaisesRegex(AccessError, "the bureau administrator says"):
                step()
        keeper.since = self.today - timedelta(days=90)
        self.assertEqual(self.posts(self.doctor)[0][1], self.today - timedelta(days=90))
        with self.assertRaisesRegex(ValidationError, "has not come yet"):
            keeper.since = self.today + timedelta(days=1)

    def sign_in_given(self):
        self.as_user("township_public_health_a", "bphs.worker").create(
            {
                "name": "借名",
                "institution_id": self.clinic_a2.id,
                "profession": "nurse",
                "user_id": self.user["township_director_a"].id,
            }
        )

    def test_a_telephone_number_is_masked_for_most(self):
        doctor = self.as_user("village_doctor_a1", self.doctor)
        self.assertEqual(doctor.phone_masked, "154****1234")
        with self.denied('the field "phone"'):
            doctor.read(["phone"])
        with self.denied('the field "phone"'):
            doctor.search([("phone", "=like", "1540%")])
        self.assertEqual(self.as_user("team_leader_a", self.doctor).phone, "15400001234")
        with self.assertRaisesRegex(ValidationError, "not a telephone number"):
            self.doctor.phone = "见微信"

    def test_a_second_record_of_one_person_is_told_before_it_is_saved(self):
        form = Form(self.workers)
        with self.assertLogs("odoo.tests.form.onchange", "WARNING") as told:
            form.name = "郝立新"
            form.institution_id = self.clinic_a1
        self.assertIn(f"number {self.doctor.code}", told.output[0])
        self.assertIn("--甲一村卫生室--", self.doctor.with_context(formatted_display_name=True).display_name)

    def test_nobody_sees_another_township(self):
        self.assertFalse(self.as_user("township_director_b", "bphs.worker").search([]))
        self.assertFalse(self.as_user("village_doctor_b1", "bphs.worker.post").search([]))
        self.assertIn(self.doctor.id, self.as_user("village_doctor_a1", "bphs.worker").search([]).ids)

    def test_who_signs_in_at_one_place_stands_in_the_register_after_an_upgrade(self):
        script = ADDON / "migrations" / "19.0.1.3.0" / "post-40-workers.py"
        workers = self.env["bphs.worker"]
        for _again in range(2):
            load_script(str(script), "post_40_workers").migrate(self.env.cr, "19.0.1.2.0")
            found = workers.search([("user_id", "in", [user.id for user in self.user.values()])])
            self.assertEqual(len(found), len(found.user_id))
            self.assertIn(self.user["team_leader_a"], found.user_id)
            self.assertNotIn(self.user["leader"], found.user_id, "the bureau's are left to the county")
        doctor = found.filtered(lambda worker: worker.user_id == self.user["village_doctor_a1"])
        self.assertEqual(doctor, self.doctor, "who stands there is not entered again")
