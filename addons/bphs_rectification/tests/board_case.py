from odoo import Command
from odoo.tests import freeze_time

from odoo.addons.bphs_base.tests.common import CountyCase

from .common import photo

CRON = "bphs_rectification.ir_cron_remind"


class BoardCase(CountyCase):
    """The small county, with tasks issued by its clerk on any day."""

    @classmethod
    def issue(cls, moment, *institutions, severity="limited", by_type=0):
        """Tasks of one problem at these institutions, issued at a moment (UTC), in their order.

        :param int by_type: which of the preloaded types of problem
        """
        with freeze_time(moment):
            problem_type = cls.env["bphs.problem.type"].search([("child_ids", "=", False)])[by_type]
            problem = cls.as_user("rectification_clerk", "bphs.problem").create(
                {
                    "name": "档案有空项",
                    "type_id": problem_type.id,
                    "severity": severity,
                    "line_ids": [Command.create({"institution_id": place.id}) for place in institutions],
                }
            )
            wizard = cls.as_user("rectification_clerk", "bphs.rectification.issue").create(
                {"line_ids": [Command.set(problem.line_ids.ids)]}
            )
            wizard.action_confirm()
        tasks = problem.line_ids.rectification_id
        cls.env.flush_all()
        return cls.env["bphs.rectification"].concat(
            *(tasks.filtered(lambda task, place=place: task.institution_id == place) for place in institutions)
        )

    @classmethod
    def hand_in(cls, moment, task, key):
        """The responsible side does its part and hands in the proof."""
        with freeze_time(moment):
            mine = cls.as_user(key, task)
            if mine.state == "issued":
                mine.action_acknowledge()
            if mine.state == "acknowledged":
                mine.action_start()
            mine.write({"measures": "逐份补填", "result": "已补齐"})
            cls.as_user(key, "bphs.rectification.evidence").upload(
                rectification_id=task.id,
                upload_key=f"{moment}{task.id}",
                name="照片",
                kind="photo",
                attachment=photo(),
            )
            mine.action_submit()
            cls.env.flush_all()

    @classmethod
    def verify_and_close(cls, moment, task, verifier):
        with freeze_time(moment):
            cls.as_user(verifier, task).action_verify()
            cls.as_user("rectification_clerk", task).action_close()
            cls.env.flush_all()


class ReminderCase(BoardCase):
    """Mornings on which the system reminds, and who was told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reminders = cls.env["bphs.rectification.reminder"]
        cls.activities = cls.env["mail.activity"]

    def run_at(self, moment):
        """The nightly run, as the scheduler starts it."""
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()
        self.env.invalidate_all()

    def morning(self, day):
        self.run_at(f"{day} 00:30:00")  # 08:30 in Beijing

    def told(self, task):
        """[(day, kind, {keys of users told})] in order, the covered ones left out"""
        keys = {user.id: key for key, user in self.user.items()}
        found = {}
        for row in self.reminders.search([("rectification_id", "=", task.id), ("outcome", "=", "told")], order="id"):
            found.setdefault((row.date, row.kind), set()).add(keys[row.recipient_id.id])
        return [(day, kind, people) for (day, kind), people in found.items()]

    def activity_users(self, task):
        found = self.activities.search([("res_model", "=", task._name), ("res_id", "=", task.id)])
        return sorted(next(key for key, user in self.user.items() if user == one.user_id) for one in found)
