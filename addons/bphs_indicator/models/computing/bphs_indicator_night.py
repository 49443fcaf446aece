from odoo import api, fields, models

from ...tools.periods import last_months

# What was done is entered late: so many months are counted again once a month.
OPEN_MONTHS, AGAIN_MONTHS = 2, 15


class BphsIndicatorValue(models.Model):
    """Every night the current and the previous month; in the first days of a month fifteen months back."""

    _inherit = "bphs.indicator.value"

    @api.model
    def _cron_count(self):
        """One job a month, each its own transaction; done again it changes nothing."""
        today = self._county_today()
        open_months = last_months(today, OPEN_MONTHS)
        months = open_months
        if self._is_first_night(today):
            months = last_months(today, AGAIN_MONTHS)
        for month in months:
            self.with_delay(
                description=self.env._("Indicators of %(month)s", month=f"{month:%Y-%m}"),
                identity_key=f"bphs.indicator.value.{month}",
            )._count_and_freeze(month.isoformat(), open_months[0].isoformat())

    @api.model
    def _count_and_freeze(self, month, first_open):
        """Count a month; frozen are those before the first that stays open.

        :param str month: its first day
        """

        self._count_month(fields.Date.to_date(month))
        self._freeze(fields.Date.to_date(first_open))

    def _is_first_night(self, today):
        """Whether the months behind were not counted again yet since this month began."""
        again = self.sudo().search_count(  # sudo: what the server told
            [("frozen", "=", True), ("live_at", ">=", self._county_midnight(today.replace(day=1)))], limit=1
        )
        return not again
