from odoo import api, fields, models

from odoo.addons.bphs_base.tools.importing.import_columns import ImportColumn
from odoo.addons.bphs_service.tools.facts import SOCIAL_MARKS, SOCIALS


class BphsSocialFactImport(models.TransientModel):
    """Circumstances of people from the lists of civil affairs and of the disabled persons' federation."""

    _name = "bphs.social.fact.import"
    _inherit = ["bphs.listed.fact.import"]
    _description = "Import Social Facts"
    _listed = "bphs.social.fact"

    kind = fields.Selection(SOCIALS, string="Everybody on the List", help="For rows that do not say it themselves.")

    @api.model
    def _import_sheet_name(self):
        return self.env._("Social Facts")

    @api.model
    def _fact_columns(self):
        _ = self.env._
        return [
            ImportColumn("kind", _("Social Fact"), "choice", choices=self._choices(), aliases=("救助类别", "类别")),
            ImportColumn("date_from", _("Since"), "date", aliases=("起始日期", "开始享受日期", "发证日期")),
            ImportColumn("date_to", _("Until"), "date", aliases=("终止日期", "停发日期")),
            ImportColumn("note", _("Note"), "text"),
        ]

    def _check_fact(self, row, birth_date):
        row.values["kind"] = row.get("kind") or self.kind or None
        if not row["kind"]:
            row.error("kind", self.env._("must not be empty"))
        self._check_day(row, "date_from", birth_date)
        since, until = row.get("date_from"), row.get("date_to")
        if until and (until < (since or until) or birth_date and until < birth_date):
            row.error("date_to", self.env._("comes before the first day"))
        if until and until > self._county_today() and row["kind"] in SOCIAL_MARKS:
            row.error("date_to", self.env._("this day has not come yet"))
        if len(row.get("note") or "") > 200:
            row.error("note", self.env._("has more than %(count)s characters", count=200))

    def _same(self, row):
        return (row["kind"],)

    def _keep(self, rows, facts):
        known = facts.search(
            [
                ("resident_id", "in", [row["resident_id"] for row in rows]),
                ("kind", "in", list({row["kind"] for row in rows})),
                ("state", "=", "recorded"),
            ]
        ).grouped(lambda fact: (fact.resident_id.id, fact.kind))
        new, changed = [], 0
        for row in rows:
            standing = known.get((row["resident_id"], row["kind"]), facts.browse())
            fact, vals = _said(standing, row.get("date_from"), row.get("date_to"))
            if fact and vals:
                fact.write(vals)
                changed += 1
            elif not fact:
                names = ("resident_id", "kind", "date_from", "date_to", "note")
                new.append({"source": "imported", **{name: row.get(name) for name in names}})
        facts.create(new)
        return len(new) + changed


def _said(standing, since, until):
    """:return: the fact that says so already, or nearly, and what of it is to be written"""
    going_on = standing.filtered(lambda fact: not fact.date_to)[:1]
    ended = standing.filtered(lambda fact: until and fact.date_to == until and (not since or fact.date_from == since))
    if ended:
        return ended[0], {}
    if going_on and (not until or not going_on.date_from or going_on.date_from <= until):
        begins = {"date_from": since} if since and not going_on.date_from else {}
        return going_on, begins | ({"date_to": until} if until else {})
    return standing.browse(), {}
