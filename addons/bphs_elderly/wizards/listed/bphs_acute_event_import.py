from odoo import api, models

from odoo.addons.bphs_base.tools.importing.import_columns import ImportColumn


class BphsAcuteEventImport(models.TransientModel):
    """What befell people, from the lists of hospitals, of the death and injury reports, of the insurance."""

    _name = "bphs.acute.event.import"
    _inherit = ["bphs.listed.fact.import"]
    _description = "Import Acute Events"
    _listed = "bphs.acute.event"

    @api.model
    def _import_sheet_name(self):
        return self.env._("Acute Events")

    @api.model
    def _fact_columns(self):
        _ = self.env._
        return [
            ImportColumn(
                "kind", _("Event"), "choice", required=True, choices=self._choices(), aliases=("事件", "类别")
            ),
            ImportColumn("event_on", _("Day"), "date", required=True, aliases=("发生日期", "发病日期", "出院日期")),
            ImportColumn("place", _("Treated At"), "text", aliases=("医院", "就诊机构", "出院医院")),
            ImportColumn("note", _("Note"), "text"),
        ]

    def _check_fact(self, row, birth_date):
        self._check_day(row, "event_on", birth_date)
        for key, most in (("place", 100), ("note", 200)):
            if len(row.get(key) or "") > most:
                row.error(key, self.env._("has more than %(count)s characters", count=most))

    def _same(self, row):
        return row["kind"], row["event_on"]

    def _keep(self, rows, facts):
        known = facts.search(
            [("resident_id", "in", [row["resident_id"] for row in rows]), ("state", "=", "recorded")]
        ).grouped(lambda fact: (fact.resident_id.id, fact.kind, fact.event_on))
        names = ("resident_id", "kind", "event_on", "place", "note")
        new = [
            {"source": "imported", **{name: row.get(name) for name in names}}
            for row in rows
            if (row["resident_id"], *self._same(row)) not in known
        ]
        return len(facts.create(new))
