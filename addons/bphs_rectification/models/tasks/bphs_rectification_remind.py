from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL, split_every

from odoo.addons.bphs_base.tools.reminder_ladder import LADDER, VERIFY_LADDER, audience, due_now, horizon

from ...tools.states import RUNNING_STATES

# Tasks told of in one transaction.
CHUNK = 500
# Which roles are a level of the ladder: whoever does the institution's work, where the task names nobody; the head of
# the township; the section that leads the work; the bureau's leaders.
LEVEL_ROLES = {
    0: ("own", ("village_doctor", "township_public_health")),
    1: ("township", ("township_director",)),
    2: ("bureau", ("primary_care_officer", "rectification_clerk")),
    3: ("bureau", ("deputy_leader", "leader")),
}


class BphsRectification(models.Model):
    """Reminders and escalation: what `tools/reminder_ladder.py` finds due is told, written down, and put among the
    activities of whoever is told."""

    _inherit = "bphs.rectification"

    # === ACTIONS === #

    def action_remind(self, note=""):
        """Remind now, by hand: those responsible, or the verifiers where proof waits; each once a day of each task.

        :param str note: words of one's own, told along
        :return dict: a notification that says how many were told
        :raise AccessError: not a clerk, or a task out of scope
        :raise UserError: a task that waits for nobody
        """
        self._check_step("remind")
        told = self._tell_by_hand((note or "").strip())
        return self._notification(
            self.env._("%(count)s reminders sent.", count=told)
            if told
            else self.env._("Everybody has been reminded today already."),
            "success" if told else "info",
            next={"type": "ir.actions.act_window_close"},
        )

    @api.model
    def _cron_remind(self):
        """Tell what is due today, in chunks: what was told before an interruption is not told again."""
        due = self._reminders_due()
        progress = self.env["ir.cron"]
        progress._commit_progress(remaining=len(due))
        for chunk in split_every(CHUNK, due.items(), dict):
            self._tell_due(chunk)
            if not progress._commit_progress(len(chunk)):
                break

    # === BUSINESS METHODS === #

    @api.model
    def _reminders_due(self):
        """:return dict: {task id: :class:`Due`} of every task of which something is to be told today; two queries"""
        self.flush_model(["state", "deadline", "active", "date_issued", "verify_by", "submitted_on"])
        self.env["bphs.rectification.reminder"].flush_model()
        return {
            **self._due_in(RUNNING_STATES, "deadline", "date_issued", LADDER),
            **self._due_in(("submitted",), "verify_by", "submitted_on", VERIFY_LADDER),
        }

    @api.model
    def _due_in(self, states, until, since, ladder):
        """What is due of the tasks in these states by one ladder.

        :param str until: column of the deadline
        :param str since: column of the day on which it was given
        """
        today = self._county_today()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT task.id, task.%(until)s, task.%(since)s,
                       array_agg(reminder.kind) FILTER (WHERE reminder.kind IS NOT NULL)
                  FROM bphs_rectification task
                  LEFT JOIN bphs_rectification_reminder reminder
                    ON reminder.rectification_id = task.id AND reminder.due_date = task.%(until)s
                 WHERE task.active AND task.state IN %(states)s AND task.%(until)s <= %(horizon)s
                 GROUP BY task.id
                 ORDER BY task.%(until)s, task.id
                """,
                until=SQL.identifier(until),
                since=SQL.identifier(since),
                states=states,
                horizon=horizon(today, ladder),
            )
        )
        found = {task: due_now(day, today, told or (), given, ladder) for task, day, given, told in rows}
        return {task: due for task, due in found.items() if due.send}

    def _tell_due(self, due):
        """:param dict due: {task id: :class:`Due`}"""
        tasks = self.browse(due).try_lock_for_update()
        if not tasks:
            return
        staff = tasks._staff_by_level()
        told = {}
        reminders, levels = [], defaultdict(self.browse)
        for task in tasks:
            rung = due[task.id].send
            told[task] = audience(rung.level, staff[task.id])
            values = task._reminder_values(rung.code)
            reminders += [{**values, "recipient_id": person} for person in told[task] or [False]]
            reminders += [{**values, "kind": covered.code, "outcome": "covered"} for covered in due[task.id].covered]
            # That its verifier is slow is no fault of the institution.
            if task.state != "submitted" and rung.level > task.escalation_level:
                levels[rung.level] |= task
        tasks._record_reminders(reminders)
        for level, risen in levels.items():
            risen._write_state({"escalation_level": level})
        tasks._tell(told, {task: "escalation" if due[task.id].send.escalates else "reminder" for task in tasks})

    def _tell_by_hand(self, note):
        """:return int: how many people were told, of how many tasks, taken together"""
        today = self._county_today()
        # sudo: who was told today already is asked to tell nobody twice, and shown to nobody
        reminders = self.env["bphs.rectification.reminder"].sudo()
        before = {
            (task.id, person.id)
            for task, person in reminders._read_group(
                [("rectification_id", "in", self.ids), ("kind", "=", "manual"), ("date", "=", today)],
                ["rectification_id", "recipient_id"],
            )
        }
        staff = self._staff_by_level()
        told = {
            task: [person for person in audience(0, staff[task.id]) if (task.id, person) not in before] for task in self
        }
        told = {task: people for task, people in told.items() if people}
        tasks = self.browse([task.id for task in told])
        tasks._record_reminders(
            [
                {**task._reminder_values("manual"), "recipient_id": person, "note": note}
                for task, people in told.items()
                for person in people
            ]
        )
        tasks._tell(told, dict.fromkeys(tasks, "reminder"), note)
        return sum(map(len, told.values()))

    def _staff_by_level(self):
        """Who is told at each level of the ladder, in a few queries however many tasks.

        :return dict: {task id: {level: [user id, ...]}}
        """
        tasks = self.sudo()  # sudo: whose task it is decides whom it is told to; the teller sees none of them
        waiting = tasks.filtered(lambda task: task.state == "submitted")
        working = tasks - waiting
        staff = working.institution_id._staff_by_level(LEVEL_ROLES)
        return {
            **{task.id: task._with_responsible(staff[task.institution_id.id]) for task in working},
            **waiting._verifiers_by_level(),
        }

    def _with_responsible(self, staff):
        named = self.responsible_id.filtered("active").ids
        return {**staff, 0: named} if named else staff

    def _reminder_values(self, kind):
        return {
            "rectification_id": self.id,
            "institution_id": self.institution_id.id,
            "kind": kind,
            "due_date": self._day_waited_for(),
            "outcome": "told",
            "date": self._county_today(),
        }

    def _record_reminders(self, values):
        # sudo: nobody may write these rows; who may remind was checked by the caller
        self.env["bphs.rectification.reminder"].sudo().create(values)
