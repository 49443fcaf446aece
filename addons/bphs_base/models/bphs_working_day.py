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
        # No run of holidays is longer than ten days: twice the days and a month always reaches far
        # enough.
        kinds = self._kinds_between(day, day + timedelta(days=2 * days + 31))
        while days > 0:
            day += timedelta(days=1)
            days -= self._is_worked(day, kinds)
        return day

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
