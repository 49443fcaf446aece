from odoo import api, fields, models

from odoo.addons.bphs_base.tools.reminder_ladder import audience, due_now, horizon

from ..tasks.bphs_rectification_remind import LEVEL_ROLES

# Those who write the report; above them the same people as for a task.
REPORT_LEVEL_ROLES = {**LEVEL_ROLES, 0: ("own", ("township_public_health", "county_specialist"))}


class BphsQuarterlyReport(models.Model):
    """Reports are chased by the ladder that chases tasks: 7, 3 and 0 days before, then township, section, leaders."""

    _inherit = "bphs.quarterly.report"

    reminder_ids = fields.One2many("bphs.quarterly.report.reminder", "report_id", string="Reminders", readonly=True)

    def action_submit(self):
        """Hand the reports in; everybody's reminders of them are done with."""
        super().action_submit()
        self._reminder_activities().unlink()

    @api.model
    def _cron_remind(self):
        """Tell what is due today; what was told is not told again, what a later rung speaks for is covered."""
        due = self._reminders_due()
        if not due:
            return
        reports = self.browse([report.id for report in due])
        reports._lock_rows()
        staff = reports.institution_id._staff_by_level(REPORT_LEVEL_ROLES)
        told, rows = {}, []
        for report in reports:
            rung = due[report].send
            told[report] = audience(rung.level, staff[report.institution_id.id])
            values = {
                "report_id": report.id,
                "institution_id": report.institution_id.id,
                "outcome": "told",
                "date": self._county_today(),
            }
            rows += [{**values, "kind": rung.code, "recipient_id": person} for person in told[report] or [False]]
            rows += [{**values, "kind": covered.code, "outcome": "covered"} for covered in due[report].covered]
        # sudo: nobody may write these rows
        self.env["bphs.quarterly.report.reminder"].sudo().create(rows)
        reports._make_activities(told)

    @api.model
    def _reminders_due(self):
        """:return dict: {report: :class:`Due`} of every report of which something is to be told today"""
        today = self._county_today()
        reports = self.search([("state", "=", "draft"), ("due_date", "<=", horizon(today))])
        recorded = {}
        for report, kind in self.env["bphs.quarterly.report.reminder"]._read_group(
            [("report_id", "in", reports.ids)], ["report_id", "kind"]
        ):
            recorded.setdefault(report, set()).add(kind)
        found = {}
        for report in reports:
            opened = self._county_day(report.create_date)
            due = due_now(report.due_date, today, recorded.get(report, ()), opened)
            if due.send:
                found[report] = due
        return found

    def _make_activities(self, told):
        """One activity for each person and report: a later reminder takes the place of the earlier.

        :param dict told: {report: [user id, ...]}
        """
        self._reminder_activities().unlink()
        # sudo: whoever is told is told in their own language
        people = self.env["res.users"].sudo().browse({person for ids in told.values() for person in ids})
        language = {person.id: person.lang for person in people}
        common = self._reminder_activity_values()
        self._reminder_activities().create(
            [
                {
                    **common,
                    "res_id": report.id,
                    "user_id": person,
                    "summary": self.with_context(lang=language[person]).env._(
                        "Hand in the quarterly report of %(report)s", report=report.display_name
                    ),
                    "date_deadline": report.due_date,
                }
                for report, ids in told.items()
                for person in ids
            ]
        )
