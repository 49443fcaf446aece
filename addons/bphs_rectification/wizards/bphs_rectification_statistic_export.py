import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.bphs_base.tools.paper.form import Column, Table
from odoo.addons.bphs_base.tools.workbook import Sheet, workbook_bytes

from ..tools.rates import Rate, mean_shown

MEASURES = (
    "issued_count",
    "closed_count",
    "on_time_count",
    "on_time_base",
    "overdue_count",
    "days_total",
    "repeat_count",
)
NOBODY = "—"


class BphsRectificationStatisticExport(models.TransientModel):
    """The statistics as a workbook: every rate beside its numerator and denominator."""

    _name = "bphs.rectification.statistic.export"
    _description = "Export Rectification Statistics"

    date_from = fields.Date(
        string="Issued From", required=True, default=lambda self: self._county_today().replace(month=1, day=1)
    )
    date_to = fields.Date(string="Issued To", required=True, default=lambda self: self._county_today())
    group_by = fields.Selection("_selection_group_by", string="One Row For Each", required=True, default="township_id")
    file = fields.Binary(readonly=True)
    file_name = fields.Char(readonly=True)

    _dates = models.Constraint("CHECK(date_from <= date_to)", "The period ends before it begins.")

    @api.model
    def _selection_group_by(self):
        labels = {
            "township_id": self.env._("Township Institution"),
            "institution_id": self.env._("Institution"),
            "type_id": self.env._("Problem Type"),
            "date_issued:quarter": self.env._("Quarter"),
            "date_issued:month": self.env._("Month"),
            "severity": self.env._("Severity"),
        }
        return list(labels.items())

    def action_export(self):
        """Make the workbook of what the user may see, and hand it out.

        :raise UserError: no task was issued in the period
        """
        self.ensure_one()
        self.check_access("write")
        rows = self._rows()
        if not rows:
            raise UserError(self.env._("No task was issued in this period."))
        self.file = base64.b64encode(self._workbook(rows))
        self.file_name = self.env._(
            "Rectification Statistics %(first)s to %(last)s", first=self.date_from, last=self.date_to
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/{self.file_name}.xlsx?download=true",
            "target": "self",
        }

    # === BUSINESS METHODS === #

    def _rows(self):
        """:return list: a dict a group, with its ``name`` and the sums of ``MEASURES``; the total comes last"""
        # Not sudo: the sums are those of the institutions in the user's scope.
        statistic = self.env["bphs.rectification.statistic"]
        period = Domain("date_issued", ">=", self.date_from) & Domain("date_issued", "<=", self.date_to)
        groups = statistic._read_group(period, [self.group_by], [f"{measure}:sum" for measure in MEASURES])
        if not groups:
            return []
        rows = [{"name": self._name_of(group), **dict(zip(MEASURES, sums, strict=True))} for group, *sums in groups]
        total = {measure: sum(row[measure] for row in rows) for measure in MEASURES}
        return [*rows, {"name": self.env._("Total"), **total}]

    def _name_of(self, group):
        if not group:
            return NOBODY
        if self.group_by == "date_issued:quarter":
            return f"{group.year}Q{(group.month + 2) // 3}"
        if self.group_by == "date_issued:month":
            return f"{group:%Y-%m}"
        if self.group_by == "severity":
            field = self.env["bphs.rectification.statistic"]._fields["severity"]
            return dict(field._description_selection(self.env))[group]
        return group.display_name

    def _workbook(self, rows):
        labels = dict(self._selection_group_by())
        columns = (
            Column("name", labels[self.group_by]),
            Column("issued_count", self.env._("Issued"), "integer"),
            Column("closed_count", self.env._("Closed"), "integer"),
            Column("closed_rate", self.env._("Closure Rate")),
            Column("on_time_base", self.env._("Due"), "integer"),
            Column("on_time_count", self.env._("On Time"), "integer"),
            Column("on_time_rate", self.env._("On Time Rate")),
            Column("overdue_count", self.env._("Overdue"), "integer"),
            Column("days_total", self.env._("Days to Closure"), "integer"),
            Column("days_mean", self.env._("Mean Days to Closure")),
            Column("repeat_count", self.env._("With Repeats"), "integer"),
            Column("repeat_rate", self.env._("Repeat Rate")),
        )
        sheet = Sheet(
            name=self.env._("Rectification Statistics"),
            table=Table(columns=columns, rows=[{**row, **self._rates(row)} for row in rows]),
            heading=(
                self.env._("Rectification Statistics"),
                self.env._("Tasks issued from %(first)s to %(last)s", first=self.date_from, last=self.date_to),
            ),
            notes=(
                self.env._("Closure rate: closed of all issued."),
                self.env._("On time rate: proof handed in by the deadline, of those handed in or overdue."),
                self.env._("Repeat rate: tasks with a problem found before, of all issued."),
            ),
            freeze=1,
        )
        return workbook_bytes([sheet], title=sheet.heading[0])

    @api.model
    def _rates(self, row):
        return {
            "closed_rate": Rate(row["closed_count"], row["issued_count"]).shown(),
            "on_time_rate": Rate(row["on_time_count"], row["on_time_base"]).shown(),
            "days_mean": mean_shown(row["days_total"], row["closed_count"]),
            "repeat_rate": Rate(row["repeat_count"], row["issued_count"]).shown(),
        }
