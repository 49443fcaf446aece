from datetime import timedelta

from odoo import api, fields, models

SATURDAY = 5


class BphsWorkingDay(models.Model):
    """A day that differs from the week's rule: a public holiday, or a weekend day that is worked
    (调休).

    The State Council's office announces them in November for the year to come.
    """

    _name = "bphs.working.day"
    _description = "Holiday or Worked Weekend"
    _order = "date desc"
    _rec_name = "name"

    date = fields.Date(required=True)
    kind = fields.Selection([("holiday", "Holiday"), ("workday", "Working Day")], required=True)
    name = fields.Char(string="Occasion", required=True)
    source = fields.Char(
        string="Source Document", help="Number of the notice that announces it; empty: not checked yet."
    )

    _date_uniq = models.Constraint("UNIQUE(date)", "This day is listed already.")

    @api.model
    def _is_working_day(self, day):
        """:param date day: :return: whether offices work on it"""
        return self._is_worked(day, self._kinds_between(day, day))

    @api.model
    def _add_working_days(self, day, days):
        """The date `days` working days after `day`; the day itself does not count.

        :param date day: any day
        :param int days: zero or more
        :rtype: date
        """
        # No run of holidays is longer than ten days: twice the days and a month always reaches far enough.
        kinds = self._kinds_between(day, day + timedelta(days=2 * days + 31))
        while days > 0:
            day += timedelta(days=1)
            days -= self._is_worked(day, kinds)
        return day

    @api.model
    def _unlisted_note(self, start, end):
        """What to tell whoever counts working days through a year of which no holiday is entered.

        :param date start: first day that is counted
        :param date end: last one
        :return: a sentence that names the years, or False where each is entered
        """
        years = set(range(start.year, end.year + 1))
        # The calendar is common knowledge; any caller may ask.
        listed = self.sudo()._read_group([("date", ">=", start.replace(month=1, day=1))], ["date:year"])
        missing = sorted(years - {first.year for (first,) in listed})
        return bool(missing) and self.env._(
            "The holidays of %(years)s are not entered: days are counted by the week alone. Have them entered under"
            " Registers / Holidays from the State Council's notice first.",
            years="、".join(map(str, missing)),
        )

    @api.model
    def _kinds_between(self, start, end):
        return {
            special.date: special.kind
            # The calendar is common knowledge; any caller may ask.
            for special in self.sudo().search([("date", ">=", start), ("date", "<=", end)])
        }

    @staticmethod
    def _is_worked(day, kinds):
        return kinds.get(day, "workday" if day.weekday() < SATURDAY else "holiday") == "workday"
