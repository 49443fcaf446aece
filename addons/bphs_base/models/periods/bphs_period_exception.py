from odoo import api, fields, models
from odoo.exceptions import UserError


class BphsPeriodException(models.Model):
    """Opens a locked period for one institution and all below it, for some days, with a reason."""

    _name = "bphs.period.exception"
    _inherit = ["bphs.append.only.mixin", "bphs.scope.mixin"]
    _description = "Period Exception"
    _order = "date_from desc, id desc"
    _rec_name = "reason"

    period_id = fields.Many2one("bphs.period", required=True, index=True, ondelete="restrict")
    reason = fields.Char(required=True)
    date_from = fields.Date(string="Open From", required=True, default=lambda self: self._county_today())
    date_to = fields.Date(string="Open To", required=True, default=lambda self: self._county_today())
    granted_by_id = fields.Many2one(
        "res.users",
        required=True,
        readonly=True,
        default=lambda self: self.env.uid,
        ondelete="restrict",
    )

    _dates_order = models.Constraint("CHECK(date_from <= date_to)", "An exception cannot end before it starts.")
    _reason_given = models.Constraint("CHECK(btrim(reason) <> '')", "Give the reason.")

    @api.model_create_multi
    def create(self, vals_list):
        self.env["bphs.period"]._check_keeper()
        for vals in vals_list:
            if not (vals.get("reason") or "").strip():
                raise UserError(self.env._("Give the reason."))
        # Who grants is who is signed in, whatever the client says.
        return super().create([{**vals, "granted_by_id": self.env.uid} for vals in vals_list])
