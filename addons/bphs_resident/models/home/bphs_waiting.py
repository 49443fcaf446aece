from odoo import api, models

from odoo.addons.bphs_base.tools.home import Wait

from ..exporting.bphs_resident_export import APPROVERS


class BphsWaiting(models.AbstractModel):
    """Lists of residents somebody asks for, that wait for a second person; and those that may be fetched."""

    _inherit = "bphs.waiting"

    @api.model
    def _waits(self):
        waits, user = super()._waits(), self.env.user
        export = {"model": "bphs.resident.export", "action": "bphs_resident.bphs_resident_export_action"}
        if self.env.user._holds_role(APPROVERS):
            waits.append(
                Wait(
                    "export",
                    self.env._("Exports of Residents to Decide"),
                    domain=[("state", "=", "waiting"), ("user_id", "!=", user.id)],
                    since="asked_on",
                    tone="warning",
                    sequence=36,
                    **export,
                )
            )
        if user.has_group("bphs_resident.group_sensitive"):
            waits.append(
                Wait(
                    "roll",
                    self.env._("Rolls Checked, Ready to Load"),
                    model="bphs.resident.import",
                    domain=[("state", "=", "checked"), ("create_uid", "=", user.id)],
                    action="bphs_resident.bphs_resident_import_action",
                    sequence=38,
                )
            )
        return waits
