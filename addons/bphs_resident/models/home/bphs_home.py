from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.bphs_base.tools.home import Card, Line

RESIDENT = "bphs.resident"
WATCHED_DAYS = 30


class BphsHome(models.AbstractModel):
    """The files of one's villages, as far as one's own rights show them; for the auditor, who took many at once."""

    _inherit = "bphs.home"

    @api.model
    def _cards(self):
        cards, user = super()._cards(), self.env.user
        # Not for the county's people: theirs are the figures by township; counting a whole register takes a while.
        if user._holds_role(("village_doctor", "team_leader", "township_public_health")):
            cards.append(self._card_files())
        if user._holds_role(("auditor", "administrator")):
            cards.append(self._card_taken())
        return cards

    def _card_files(self):
        _ = self.env._
        active = ("status", "=", "active")
        lines = [
            Line(
                _("Files not up to standard"),
                RESIDENT,
                [active, ("standardised", "=", False)],
                "bphs_resident.bphs_resident_action_wanting",
                if_any="warning",
            )
        ]
        if self.env["bphs.resident.duplicate"].has_access("read"):
            lines.append(
                Line(
                    _("Possible duplicates to decide"),
                    model="bphs.resident.duplicate",
                    domain=[("state", "=", "open")],
                    action="bphs_resident.bphs_resident_duplicate_action",
                    if_any="warning",
                )
            )
        return Card("files", _("Resident Files"), tuple(lines), sequence=50)

    def _card_taken(self):
        _ = self.env._
        since = fields.Datetime.now() - timedelta(days=WATCHED_DAYS)
        access = {"model": "bphs.resident.access", "action": "bphs_resident.bphs_resident_access_action"}
        recent = ("date", ">=", fields.Datetime.to_string(since))
        return Card(
            "taken",
            _("Residents' Files, Last 30 Days"),
            (
                Line(_("Lists exported"), domain=[recent, ("kind", "=", "export")], if_any="warning", **access),
                Line(_("Lists read"), domain=[recent, ("kind", "=", "list")], **access),
                Line(_("Numbers unmasked"), domain=[recent, ("kind", "=", "unmask")], if_any="warning", **access),
                Line(
                    _("Exports waiting for a decision"),
                    model="bphs.resident.export",
                    domain=[("state", "=", "waiting")],
                    action="bphs_resident.bphs_resident_export_action",
                ),
            ),
            sequence=30,
        )
