from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.exceptions import LockError, UserError


class Base(models.AbstractModel):
    _inherit = "base"

    def _lock_rows(self, refusal=None):
        """Hold these rows until the transaction ends, or tell who came second what is going on.

        :param str refusal: what that one is told, where the step has words of its own
        :raise UserError: someone else holds one of them; the common words name the first
        """
        try:
            if len(self) > 1:
                # One row says who was first: of two who take them all at once each could get some, and nobody all.
                self.browse(min(self.ids)).lock_for_update()
            self.lock_for_update()
        except LockError as error:
            # Odoo's own words for it mean nothing to whoever pressed a button.
            raise UserError(
                refusal
                or self.env._(
                    "Someone else is working on %(name)s at this moment. Refresh to see the result.",
                    name=self[:1].display_name,
                )
            ) from error

    def _compute_display_name(self):
        # Named by a choice, a record bears the words of it: Odoo gives the stored code, which no person reads.
        field = self._fields.get(self._rec_name)
        if not self._name.startswith("bphs.") or field is None or field.type != "selection":
            return super()._compute_display_name()
        words = dict(field._description_selection(self.env))
        for record in self:
            record.display_name = words.get(record[self._rec_name], False)

    def _read_group_groupby(self, alias, groupby_spec, query):
        # Odoo asks whether one may read a field where it selects the column, and a many2many has none: grouped by it,
        # everybody's roles were anybody's to list. What lies at the end of a path is asked of its own model.
        field = self._fields.get(groupby_spec.partition(":")[0].partition(".")[0])
        if field is not None and not self.env.su:
            self._check_field_access(field, "read")
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _notification(self, message, kind="success", **params):
        """Say something for a moment, above whatever is shown.

        :param str kind: success, info, warning or danger
        :param params: more of Odoo's notification: title, sticky, next (the action after it)
        :return dict: the action that does
        """
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": kind, "message": message, **params},
        }

    def _now(self):
        """:return datetime: this moment in UTC, as Odoo stores it; the demo county sets both its day and its moment"""
        return fields.Datetime.now()

    def _county_day(self, moment):
        """:return date: the county's day of a stored moment, which is in UTC"""
        return fields.Datetime.context_timestamp(self.with_context(tz="Asia/Shanghai"), moment).date()

    def _county_midnight(self, day):
        """:return datetime: when this day begins in the county, in UTC as Odoo stores it"""
        return datetime.combine(day, time.min, ZoneInfo("Asia/Shanghai")).astimezone(UTC).replace(tzinfo=None)

    def _county_today(self):
        """:return date: the county's date; not that of the client's time zone, which the client may set"""
        return fields.Date.context_today(self.with_context(tz="Asia/Shanghai"))
