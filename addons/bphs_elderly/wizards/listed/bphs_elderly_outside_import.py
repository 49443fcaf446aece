from odoo import api, fields, models

from odoo.addons.bphs_base.tools.importing.import_columns import ImportColumn

from ...models.facts.bphs_elderly_outside import KINDS
from ...tools.listed import listed_value
from .bphs_listed_fact_import import refused


class BphsElderlyOutsideImport(models.TransientModel):
    """Self-care scores and other results that were found elsewhere: by a survey of abilities, a hospital, a centre."""

    _name = "bphs.elderly.outside.import"
    _inherit = ["bphs.listed.fact.import"]
    _description = "Import Outside Results"
    _listed = "bphs.elderly.outside"

    kind = fields.Selection(
        KINDS, string="The List Gives", default="adl_score", help="For rows that do not say it themselves."
    )

    @api.model
    def _import_sheet_name(self):
        return self.env._("Outside Results")

    @api.model
    def _fact_columns(self):
        _ = self.env._
        return [
            ImportColumn("kind", _("Kind of Result"), "choice", choices=self._choices(), aliases=("项目",)),
            ImportColumn("measured_on", _("Day"), "date", required=True, aliases=("评估日期", "检查日期", "体检日期")),
            ImportColumn("value", _("Value"), "text", aliases=("结果", "得分", "评分", "总分")),
            ImportColumn("place", _("Made At"), "text", aliases=("机构", "评估机构", "检查机构")),
            ImportColumn("note", _("Note"), "text"),
        ]

    def _check_fact(self, row, birth_date):
        row.values["kind"] = row.get("kind") or self.kind or None
        self._check_day(row, "measured_on", birth_date)
        if not row["kind"]:
            row.error("kind", self.env._("must not be empty"))
        else:
            row.values["value"] = refused(row, "value", listed_value, row["kind"], row.get("value") or "")
        for key, most in (("place", 100), ("note", 200)):
            if len(row.get(key) or "") > most:
                row.error(key, self.env._("has more than %(count)s characters", count=most))

    def _same(self, row):
        return row["kind"], row["measured_on"]

    def _keep(self, rows, facts):
        known = facts.search(
            [("resident_id", "in", [row["resident_id"] for row in rows]), ("state", "=", "recorded")]
        ).grouped(lambda fact: (fact.resident_id.id, fact.kind, fact.measured_on, fact.value or None))
        names = ("resident_id", "kind", "measured_on", "value", "place", "note")
        new = [
            {"source": "imported", **{name: row.get(name) for name in names}}
            for row in rows
            if (row["resident_id"], *self._same(row), row["value"]) not in known
        ]
        return len(facts.create(new))
