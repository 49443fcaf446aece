from collections import defaultdict

from markupsafe import Markup

from odoo import models

from ...tools.states import RUNNING_STATES

MAIL_SETTING = "bphs_rectification.mail_reminders"


class BphsRectification(models.Model):
    """How a reminder reaches a person: an activity on the task, and one mail a person where mail is wanted."""

    _inherit = "bphs.rectification"

    def _take_step(self, name, values=None, reason=""):
        super()._take_step(name, values, reason)
        step = self._steps[name]
        # Another has the task now, or nobody any more: what told those before them is done with.
        if step.target not in RUNNING_STATES or not set(step.sources) <= set(RUNNING_STATES):
            self._reminder_activities().unlink()

    def _extend(self, date, reason):
        super()._extend(date, reason)
        # They speak of a deadline that is no more; the new one has reminders of its own.
        self._reminder_activities().unlink()

    def _tell(self, told, kinds, note=""):
        """Tell these people, and put it into the history of the tasks.

        :param dict told: {task: [user id, ...]}
        :param dict kinds: {task: kind of the event}
        """
        # sudo: those told are told in their own language, and named in the history, whoever reminds
        people = self.env["res.users"].sudo().browse({person for ids in told.values() for person in ids})
        names = {person.id: person.name for person in people}
        alike, by_person = defaultdict(list), defaultdict(list)
        for task, ids in told.items():
            alike[kinds[task], tuple(ids)].append(task.id)
            for person in ids:
                by_person[person].append(task.id)
        for (kind, ids), tasks in alike.items():
            who = ", ".join(names[person] for person in ids)
            self.browse(tasks)._add_events(kind, ": ".join(filter(None, [who, note])))
        self._tell_people(people, by_person, note)

    def _tell_people(self, people, by_person, note):
        """Tell these people by activities and by e-mail, without a word in the history.

        :param dict by_person: {user id: [task id, ...]}
        """
        self._make_activities(people, by_person, note)
        self._send_digests(people, by_person, note)

    def _make_activities(self, people, by_person, note):
        """One activity for each person and task: a later reminder takes the place of the earlier."""
        activities = self._reminder_activities()
        activities.filtered(lambda activity: activity.res_id in by_person.get(activity.user_id.id, ())).unlink()
        # sudo: the task's own words, which whoever is told may read
        tasks = self.sudo()
        tasks.mapped("display_name")  # read at once: each activity keeps the name of its task
        common = self._reminder_activity_values()
        values = []
        for person in people:
            tongue = tasks.with_context(lang=person.lang).browse(by_person[person.id])
            values += [
                {
                    **common,
                    "res_id": task.id,
                    "user_id": person.id,
                    "summary": ": ".join(filter(None, [task._time_left_text(), note])),
                    "date_deadline": task._day_waited_for(),
                }
                for task in tongue
            ]
        activities.create(values)

    def _send_digests(self, people, by_person, note):
        """One mail for each person that has an address, left to Odoo's own mail queue."""
        if not self._mails_reminders():
            return
        mails = []
        for person in people.filtered("email"):
            # sudo: as above, the task's own words
            tasks = self.sudo().with_context(lang=person.lang).browse(by_person[person.id])
            lines = Markup("").join(
                Markup('<li><a href="%s">%s</a> %s, %s</li>')
                % (task._page_url(), task.display_name, task.institution_id.name, task._time_left_text())
                for task in tasks
            )
            mails.append(
                {
                    "subject": tasks.env._("Rectification: %(count)s tasks wait", count=len(tasks)),
                    "email_to": person.email_formatted,
                    "body_html": Markup("<p>%s</p><ul>%s</ul>") % (note, lines),
                    "auto_delete": True,
                }
            )
        # sudo: mails are the system's
        self.env["mail.mail"].sudo().create(mails)

    def _mails_reminders(self):
        # sudo: settings of the system
        if self.env["ir.config_parameter"].sudo().get_param(MAIL_SETTING) != "True":
            return False
        # sudo: as above
        return bool(self.env["ir.mail_server"].sudo().search_count([], limit=1))

    def _day_waited_for(self):
        """:return date: until when it is to be put right, or its proof to be verified"""
        return self.verify_by or self.deadline if self.state == "submitted" else self.deadline

    def _time_left_text(self):
        """:return str: how the task stands towards its deadline, in the language of the environment"""
        days = (self._day_waited_for() - self._county_today()).days
        if self.state == "submitted":
            if days < 0:
                return self.env._("Verification overdue by %(days)s days", days=-days)
            return self.env._("Proof waits for verification")
        if days > 0:
            return self.env._("%(days)s days left", days=days)
        if days == 0:
            return self.env._("Due today")
        return self.env._("Overdue by %(days)s days", days=-days)

    def _page_url(self):
        return f"{self.get_base_url()}/odoo/bphs.rectification/{self.id}"
