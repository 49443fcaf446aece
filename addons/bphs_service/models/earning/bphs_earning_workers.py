from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.money import ZERO, to_decimal

from ...tools.earning import counting

MONTHS_BACK = 12


class BphsEarning(models.AbstractModel):
    """Who did how much of it: records that count, by worker and month."""

    _inherit = "bphs.earning"

    @api.model
    def _worker_rows(self, first, last, institutions):
        """What counted of these institutions between two days, by worker and item.

        :return: list of dicts of ``institution``, ``worker`` (id, or None where nobody is named), ``item``, ``count``
            and ``points`` (Decimal: equivalents; of a shared contact the part that is paid)
        """
        quarter = counting.span_of(counting.QUARTER, first)
        end = counting.span_of(counting.QUARTER, last) + relativedelta(months=3, days=-1)
        clauses, told = self._told(quarter, end, institutions)
        rows = self.env.execute_query(
            SQL(
                "%s SELECT institution_id, worker_id, item_id, count(*) FILTER (WHERE verdict = 'counts'),"
                " count(*) FILTER (WHERE verdict = 'shared') FROM (%s) t"
                " WHERE institution_id = ANY(%s) AND done_on BETWEEN %s AND %s AND verdict IN ('counts', 'shared')"
                " GROUP BY institution_id, worker_id, item_id ORDER BY institution_id, worker_id, item_id",
                clauses,
                told,
                institutions.ids,
                first,
                last,
            )
        )
        worth = {item: to_decimal(value) for item, value in self._worth_on(end).items()}
        way, percent = self._sharing_on(end)
        part = to_decimal(percent) / 100 if way == counting.PART else ZERO
        return [
            {
                "institution": institution,
                "worker": worker,
                "item": item,
                "count": full + shared,
                "points": worth.get(item, ZERO) * (full + shared * part),
            }
            for institution, worker, item, full, shared in rows
        ]


class BphsEarningWorkers(models.TransientModel):
    """Takes out the equivalents of each worker in a month, for performance pay (绩效)."""

    _name = "bphs.earning.workers"
    _description = "Equivalents by Worker"
    _inherit = ["bphs.print.institution.mixin"]

    month = fields.Date(required=True, default=lambda self: self._last_month_with_records(), help="Any day of it.")

    @api.depends("institution_id", "month")
    def _compute_display_name(self):
        for sheet in self:
            month = f"{sheet.month:%Y-%m}" if sheet.month else ""
            sheet.display_name = f"{sheet.institution_id.name or ''} {month}".strip()

    @api.constrains("month")
    def _check_month(self):
        for sheet in self:
            if sheet.month > self._county_today():
                raise ValidationError(self.env._("The month has not begun yet."))

    @api.model
    def _last_month_with_records(self):
        """:return: the first day of the latest month in which anything was done; after a year of none, of this one

        On its first days nothing has been done in the month that runs, and pay is reckoned for the one before.
        """
        running = self._county_today().replace(day=1)
        # sudo: the sheet counts what is done in these institutions, whichever of the records one may open; but a month
        # in which only hidden ones stand would tell of them
        visits = self.env["bphs.visit"].sudo()
        within = [("state", "=", "done"), ("institution_id", "in", self.env["bphs.institution"]._search(Domain.TRUE))]
        within += [("sensitive", "=", False), ("resident_id.restricted", "=", False)]
        for ago in range(MONTHS_BACK):
            month = running - relativedelta(months=ago)
            days = [("done_on", ">=", month), ("done_on", "<", month + relativedelta(months=1))]
            if visits.search_count([*within, *days], limit=1):
                return month
        return running

    def _nothing_to_print(self):
        return not self._rows() and self.env._("Nothing counted there in this month.")

    def _rows(self):
        """:return: list of dicts of ``institution``, ``worker``, ``records`` and ``points``, a row for each worker"""
        self.env["bphs.visit"].check_access("read")
        first = self.month.replace(day=1)
        last = first + relativedelta(months=1) - timedelta(days=1)
        institutions = self.env["bphs.institution"].search([("id", "child_of", self.institution_id.id)])
        sums = {}
        for row in self.env["bphs.earning"]._worker_rows(first, last, institutions):
            sums.setdefault((row["institution"], row["worker"]), []).append(row)
        names = self.env["bphs.worker"].sudo()  # sudo: who works at an institution of the scope is told with its work
        told = [
            {
                "institution": institutions.browse(institution),
                "worker": names.browse(worker or []),
                "records": sum(row["count"] for row in rows),
                "points": sum((row["points"] for row in rows), ZERO),
            }
            for (institution, worker), rows in sums.items()
        ]
        return sorted(told, key=lambda row: (row["institution"].code, row["worker"].name or ""))
