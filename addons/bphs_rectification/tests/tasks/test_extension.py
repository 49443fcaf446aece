from datetime import timedelta

from odoo.tests import tagged

from ..common import RectificationCase


@tagged("post_install", "-at_install")
class TestExtension(RectificationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.before = cls.task_a1.deadline
        cls.later = cls.before + timedelta(days=20)

    def _ask(self, key="village_doctor_a1", date=None, reason="秋收农忙"):
        extension = self.as_user(key, self.task_a1).action_ask_extension(str(date or self.later), reason)
        return extension.with_env(self.env)

    def test_asked_and_granted(self):
        extension = self._ask()
        self.assertEqual(self.task_a1.deadline, self.before)
        self.as_user("primary_care_officer", extension).action_grant()
        self.assertEqual((self.task_a1.deadline, self.task_a1.extension_count), (self.later, 1))
        self.assertEqual(
            (extension.state, extension.decided_by_id, extension.old_deadline),
            ("granted", self.user["primary_care_officer"], self.before),
        )
        self.assertEqual(self.task_a1.event_ids.sorted("id")[-1].kind, "extension")
        with self.refused("this was decided already"):
            self.as_user("primary_care_officer", extension).action_refuse("迟了")

    def test_asked_and_refused(self):
        extension = self._ask()
        with self.refused("Say why"):
            self.as_user("primary_care_officer", extension).action_refuse("  ")
        self.as_user("primary_care_officer", extension).action_refuse("理由不足")
        self.assertEqual((self.task_a1.deadline, self.task_a1.extension_count), (self.before, 0))
        self._ask(reason="再次申请")

    def test_h28_what_was_asked_is_said_once(self):
        mine = self.as_user("village_doctor_a1", self.task_a1)
        self.assertIn("ask_extension", mine.allowed_steps)
        action = mine.with_context(step="ask_extension").action_ask_step()
        dialog = mine.env[action["res_model"]].with_context(**action["context"])
        said = dialog.create({"deadline": self.later, "reason": "秋收农忙"}).action_confirm()
        self.assertIn("The section decides", said["params"]["message"])
        self.assertNotIn("ask_extension", mine.allowed_steps, "the button goes until it is decided")

    def test_one_at_a_time(self):
        self._ask()
        with self.refused("an extension asked for waits for its decision;"):
            self._ask()

    def test_what_is_no_extension(self):
        for date, reason in ((self.before, "x"), (self.before - timedelta(days=1), "x"), (self.later, " ")):
            with (
                self.subTest(date=date, reason=reason),
                self.refused(("the new deadline must be later than", "Say why")),
            ):
                self._ask(date=date, reason=reason)
        self._work(self.task_a1, "village_doctor_a1")
        with self.refused("this step does not apply to it"):
            self._ask()

    def test_none_once_proof_was_handed_in(self):
        extension = self._ask()
        self._work(self.task_a1, "village_doctor_a1")
        with self.refused("this step does not apply to it"):
            self.as_user("primary_care_officer", extension).action_grant()
        self.assertEqual(extension.state, "asked")

    def test_nobody_extends_their_own(self):
        self.as_user("rectification_clerk", self.task_a1).responsible_id = self.user["primary_care_officer"]
        extension = self._ask("primary_care_officer")
        with self.denied("Nobody decides on what they asked for themselves"):
            self.as_user("primary_care_officer", extension).action_grant()
        with self.denied("Nobody gives more time to themselves"):
            self.as_user("primary_care_officer", self.task_a1).action_extend(self.later, "自行延期")

    def test_many_at_once(self):
        tasks = self.task_a1 | self.task_b1 | self.task_a
        self.as_user("rectification_clerk", tasks).action_extend(self.later, "雨雪天气")
        self.assertEqual(set(tasks.mapped("deadline")), {self.later})
        self.assertEqual(tasks.extension_ids.mapped("state"), ["granted"] * 3)
        with self.refused("the new deadline must be later than"):
            self.as_user("rectification_clerk", tasks).action_extend(self.later, "再延")

    def test_nobody_writes_one(self):
        extension = self._ask()
        for key in self.user:
            for values in ({"state": "granted"}, {"asked_deadline": self.later + timedelta(days=100)}):
                with self.subTest(key=key), self.no_right("write", "bphs.rectification.extension"):
                    self.as_user(key, extension).write(values)
