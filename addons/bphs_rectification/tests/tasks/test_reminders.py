from datetime import date, timedelta

from psycopg2 import IntegrityError

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.bphs_base.tools.reminder_ladder import LADDER, VERIFY_LADDER

from ...models.tasks.bphs_rectification_reminder import KINDS
from ..board_case import ReminderCase

RUNGS = {rung.code: rung for rung in (*LADDER, *VERIFY_LADDER)}


@tagged("post_install", "-at_install")
class TestReminders(ReminderCase):
    # === THE LADDER === #

    def test_rungs_are_the_kinds_of_the_records(self):
        self.assertEqual([kind for kind, __ in KINDS], [*RUNGS, "manual"])

    def test_from_the_doctor_up_to_the_leaders(self):
        task = self.issue("2025-03-03 02:00:00", self.clinic_a1)
        self.assertEqual(task.deadline, date(2025, 4, 2))
        self.assertEqual(task.responsible_id, self.user["village_doctor_a1"])
        for offset in range(-10, 20):
            self.morning(task.deadline + timedelta(days=offset))
        section = {"primary_care_officer", "rectification_clerk"}
        self.assertEqual(
            self.told(task),
            [
                (date(2025, 3, 26), "before_7", {"village_doctor_a1"}),
                (date(2025, 3, 30), "before_3", {"village_doctor_a1"}),
                (date(2025, 4, 2), "due", {"village_doctor_a1"}),
                (date(2025, 4, 5), "overdue_3", {"village_doctor_a1", "township_director_a"}),
                (date(2025, 4, 9), "overdue_7", {"village_doctor_a1", "township_director_a", *section}),
                (
                    date(2025, 4, 16),
                    "overdue_14",
                    {"village_doctor_a1", "township_director_a", *section, "deputy_leader", "leader"},
                ),
            ],
        )
        self.assertEqual(task.escalation_level, 3)
        kinds = task.event_ids.sorted("id").mapped("kind")
        self.assertEqual(kinds, ["issue", *["reminder"] * 3, *["escalation"] * 3])
        self.assertIn(self.user["leader"].name, task.event_ids[0].reason)

    def test_each_person_has_one_activity_of_a_task(self):
        task = self.issue("2025-03-03 02:00:00", self.clinic_a1)
        for day in ("2025-03-26", "2025-03-30", "2025-04-05"):
            self.morning(day)
        self.assertEqual(self.activity_users(task), ["township_director_a", "village_doctor_a1"])
        activity = self.activities.search([("res_id", "=", task.id), ("user_id", "=", task.responsible_id.id)])
        self.assertEqual(activity.date_deadline, task.deadline)
        self.assertIn("3", activity.summary)
        self.assertEqual(self.env["mail.followers"].search_count([("res_model", "=", task._name)]), 0)

    def test_what_was_handed_in_is_not_chased_and_what_came_back_is(self):
        task = self.issue("2025-03-03 02:00:00", self.clinic_a1)
        self.morning("2025-03-26")
        self.hand_in("2025-03-28 02:00:00", task, "village_doctor_a1")
        self.assertEqual(self.activity_users(task), [], "what was handed in reminds nobody")
        for day in ("2025-03-30", "2025-04-02", "2025-04-05"):
            self.morning(day)
        self.assertEqual([kind for __, kind, __ in self.told(task)], ["before_7"])
        with freeze_time("2025-04-07 02:00:00"):
            self.as_user("township_public_health_a", task).action_return("照片不清")
        self.morning("2025-04-08")
        self.assertEqual(self.told(task)[-1][:2], (date(2025, 4, 8), "overdue_3"))
        covered = self.reminders.search([("rectification_id", "=", task.id), ("outcome", "=", "covered")])
        self.assertEqual(sorted(covered.mapped("kind")), ["before_3", "due"])
        self.assertFalse(covered.recipient_id)

    def test_an_extended_deadline_has_a_ladder_of_its_own(self):
        task = self.issue("2025-03-03 02:00:00", self.clinic_a1)
        self.morning("2025-04-10")
        self.assertEqual(task.escalation_level, 2)
        with freeze_time("2025-04-10 02:00:00"):
            self.as_user("rectification_clerk", task).action_extend("2025-05-06", "等待设备")
        self.assertEqual((task.escalation_level, self.activity_users(task)), (0, []))
        for offset in range(0, 27):
            self.morning(date(2025, 4, 11) + timedelta(days=offset))
        self.assertEqual(
            [(day, kind) for day, kind, __ in self.told(task)[1:]],
            [(date(2025, 4, 29), "before_7"), (date(2025, 5, 3), "before_3"), (date(2025, 5, 6), "due")],
        )

    def test_the_county_s_day_counts_not_that_of_the_server(self):
        task = self.issue("2025-03-03 02:00:00", self.clinic_a1)
        self.run_at("2025-04-01 15:59:00")  # 23:59 on 1 April in Beijing
        self.assertEqual([kind for __, kind, __ in self.told(task)], ["before_3"])
        self.run_at("2025-04-01 16:01:00")  # 00:01 on the 2nd
        self.assertEqual(self.told(task)[-1][:2], (date(2025, 4, 2), "due"))

    def test_whoever_stands_in_where_nobody_is_named(self):
        hospital, clinic = self.issue("2025-03-03 02:00:00", self.township_b, self.clinic_b1)
        self.as_user("rectification_clerk", hospital | clinic).write({"responsible_id": False})
        self.user["township_director_b"].active = False
        self.morning("2025-04-05")
        section = {"primary_care_officer", "rectification_clerk"}
        self.assertEqual(
            self.told(clinic)[-1][2], {"village_doctor_b1", *section}, "the post of the director is vacant"
        )
        self.assertEqual(self.told(hospital)[-1][2], {"township_public_health_b", *section})

    def test_archived_users_and_other_townships_hear_nothing(self):
        task = self.issue("2025-03-03 02:00:00", self.clinic_a1)
        self.morning("2025-04-30")
        told = self.told(task)[-1][2]
        self.assertFalse({key for key in told if key.endswith(("_b", "_b1", "_a2"))})

    # === A YEAR, WITH A WEEK IN WHICH NOTHING RAN === #

    @freeze_time("2025-01-06 02:00:00")  # what stops a clock that stands already is quick
    def test_a_year_with_a_week_of_downtime(self):
        places = (self.clinic_a1, self.clinic_a2, self.clinic_b1, self.township_a)
        tasks = self.env["bphs.rectification"]
        start = date(2025, 1, 6)
        for week in range(48):
            tasks |= self.issue(
                f"{start + timedelta(weeks=week, days=week % 4)} 02:00:00",
                places[week % 4],
                severity=("immediate", "limited", "ongoing")[week % 3],
                by_type=week % 9,
            )
        down = (date(2025, 6, 9), date(2025, 6, 15))
        day, end, run_on = start, date(2026, 1, 20), []
        while day <= end:
            if not down[0] <= day <= down[1]:
                self.morning(day)
                run_on.append(day)
                if day.weekday() == 2:
                    self.run_at(f"{day} 12:30:00")  # the scheduler is nervous: twice on a day
            day += timedelta(days=1)
        expected = {}
        for task in tasks:
            rungs = [rung for rung in LADDER if task.date_issued < rung.falls_on(task.deadline) <= end]
            for rung in rungs:
                told_on = next(day for day in run_on if day >= rung.falls_on(task.deadline))
                expected.setdefault((task.id, told_on), []).append(rung)
        rows = self.reminders.search([("rectification_id", "in", tasks.ids)])
        found = {}
        for row in rows:
            found.setdefault((row.rectification_id.id, row.date), set()).add((row.kind, row.outcome))
        self.assertEqual(
            found,
            {
                key: {(rungs[-1].code, "told"), *((rung.code, "covered") for rung in rungs[:-1])}
                for key, rungs in expected.items()
            },
            "none missed, none doubled, none on another day",
        )
        self.assertTrue(any(len(rungs) > 1 for rungs in expected.values()), "the downtime was felt")
        people = [(row.rectification_id.id, row.kind, row.recipient_id.id) for row in rows]
        self.assertEqual(len(people), len(set(people)))

    def test_the_database_refuses_a_second_telling(self):
        task = self.issue("2025-03-03 02:00:00", self.clinic_a1)
        self.morning("2025-03-26")
        row = self.reminders.search([("rectification_id", "=", task.id)])
        again = {
            "rectification_id": task.id,
            "institution_id": task.institution_id.id,
            "kind": row.kind,
            "due_date": row.due_date,
            "recipient_id": row.recipient_id.id,
            "outcome": "told",
            "date": date(2025, 3, 27),
        }
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self.reminders.create(again)
            self.env.flush_all()

    def test_a_run_that_breaks_off_is_taken_up_again(self):
        tasks = self.issue("2025-03-03 02:00:00", self.clinic_a1, self.clinic_a2, self.clinic_b1)
        with freeze_time("2025-03-26 00:30:00"):
            due = self.env["bphs.rectification"]._reminders_due()
            self.assertEqual(set(due), set(tasks.ids))
            first = dict(list(due.items())[:1])
            self.env["bphs.rectification"]._tell_due(first)
        self.morning("2025-03-26")
        self.assertEqual(
            [[kind for __, kind, __ in self.told(task)] for task in tasks], [["before_7"]] * 3, "each once"
        )

    def test_a_morning_of_a_county_is_bounded_in_queries(self):
        self.env["bphs.institution"].create(
            [
                {"code": f"TR{n:03}", "name": f"卫生室{n}", "kind": "village_clinic", "parent_id": self.township_a.id}
                for n in range(60)
            ]
        )
        clinics = self.env["bphs.institution"].search([("code", "like", "TR")])
        self.issue("2025-03-03 02:00:00", *clinics[:10])
        self.issue("2025-03-03 02:00:00", *clinics, by_type=1)
        counts = []
        for limit in (10, 60):
            with freeze_time("2025-04-10 00:30:00"):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                due = self.env["bphs.rectification"]._reminders_due()
                self.env["bphs.rectification"]._tell_due(dict(list(due.items())[:limit]))
                self.env.flush_all()
                counts.append(self.cr.sql_log_count - before)
        self.assertLess(counts[1] - counts[0], 50, "less than one query a task")

    # === BY HAND === #

    def test_reminding_by_hand_once_a_day(self):
        tasks = self.issue("2025-03-03 02:00:00", self.clinic_a1, self.clinic_b1)
        mine = self.as_user("rectification_clerk", tasks)
        with freeze_time("2025-03-10 02:00:00"):
            mine.action_remind("周五前请上传照片")
            mine.action_remind("再说一遍")
        self.assertEqual([len(self.told(task)) for task in tasks], [1, 1])
        activity = self.activities.search([("res_id", "=", tasks[0].id), ("res_model", "=", tasks._name)])
        self.assertEqual(activity.user_id, self.user["village_doctor_a1"])
        self.assertIn("周五前请上传照片", activity.summary)
        with freeze_time("2025-03-11 02:00:00"):
            mine.action_remind()
        self.assertEqual([len(self.told(task)) for task in tasks], [2, 2])

    def test_who_reminds_by_hand(self):
        task = self.issue("2025-03-03 02:00:00", self.clinic_a1)
        for key in ("village_doctor_a1", "township_director_a", "leader", "auditor", "evaluator"):
            with self.subTest(key), self.denied("Only the rectification clerk and the"):
                self.as_user(key, task).action_remind("x")
        self.as_user("primary_care_officer", task).action_remind()
        self.hand_in("2025-03-10 02:00:00", task, "village_doctor_a1")
        self.as_user("township_director_a", task).action_verify()
        with self.refused("this step does not apply to it"):
            self.as_user("rectification_clerk", task).action_remind()

    def test_the_dialog_reminds_and_extends_many(self):
        tasks = self.issue("2025-03-03 02:00:00", self.clinic_a1, self.clinic_b1)
        clerk = self.as_user("rectification_clerk", "bphs.step.reason").with_context(
            default_res_model="bphs.rectification", default_res_ids=tasks.ids
        )
        with freeze_time("2025-03-10 02:00:00"):
            clerk.create({"step": "remind"}).action_confirm()
            self.assertEqual([len(self.told(task)) for task in tasks], [1, 1])
            clerk.create({"step": "extend", "deadline": "2025-05-06", "reason": "统一延期"}).action_confirm()
        self.assertEqual(set(tasks.mapped("deadline")), {date(2025, 5, 6)})

    # === RIGHTS AND MAIL === #

    def test_nobody_forges_or_changes_a_reminder(self):
        task = self.issue("2025-03-03 02:00:00", self.clinic_a1)
        self.morning("2025-03-26")
        row = self.reminders.search([("rectification_id", "=", task.id)])
        for key in ("rectification_clerk", "primary_care_officer", "administrator", "village_doctor_a1"):
            mine = self.as_user(key, row)
            with self.subTest(key), self.denied("Reminders are recorded by the system alone"):
                mine.create(row.copy_data()[0])
            with self.subTest(key), self.no_right("unlink", "bphs.rectification.reminder"):
                mine.unlink()
        with self.refused("an entry once made is never changed or deleted"):
            row.note = "x"
        self.assertFalse(self.as_user("township_director_b", "bphs.rectification.reminder").search([]))
        self.assertTrue(self.as_user("township_director_a", "bphs.rectification.reminder").search([]))

    def test_mail_only_where_wanted_and_possible(self):
        task = self.issue("2025-03-03 02:00:00", self.clinic_a1)
        self.user["village_doctor_a1"].email = "doctor@jiceng.example"
        mails = self.env["mail.mail"].sudo()
        settings = self.env["ir.config_parameter"].sudo()
        before = mails.search_count([])
        self.morning("2025-03-26")
        settings.set_param("bphs_rectification.mail_reminders", "True")
        self.env["ir.mail_server"].search([]).unlink()
        self.morning("2025-03-30")
        self.assertEqual(mails.search_count([]), before, "no server, no mail")
        self.env["ir.mail_server"].create({"name": "局邮箱", "smtp_host": "mail.jiceng.example"})
        self.morning("2025-04-02")
        mail = mails.search([], order="id desc", limit=1)
        self.assertEqual(mails.search_count([]), before + 1)
        self.assertIn("doctor@jiceng.example", mail.email_to)
        self.assertIn(task.number, mail.body_html)
        self.morning("2025-04-02")
        self.assertEqual(mails.search_count([]), before + 1, "told is told")
