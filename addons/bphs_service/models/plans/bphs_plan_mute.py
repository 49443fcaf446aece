from odoo import api, fields, models
from odoo.exceptions import UserError


class BphsPlanMute(models.Model):
    """Some days on which a plan's rows leave the list of work: unreachable, agreed for later. It forgives nothing."""

    _name = "bphs.plan.mute"
    _description = "Mute of a Service Plan"
    _inherit = ["bphs.readable.links.mixin", "bphs.logged.reading.mixin"]
    _order = "plan_id, date_from, id"
    _tells_of = "plan_id.resident_id"

    plan_id = fields.Many2one("bphs.plan", required=True, index=True, ondelete="restrict")
    date_from = fields.Date(required=True, default=lambda self: self._county_today())
    date_to = fields.Date(string="Until", help="The last day; then it is looked at again.")
    reason = fields.Char(required=True)

    _dates_check = models.Constraint("CHECK(date_to >= date_from)", "A mute cannot end before it began.")

    @api.model_create_multi
    def create(self, vals_list):
        mutes = super().create(vals_list)
        mutes.plan_id.check_access("write")  # a plan out of scope is nobody's to mute
        return mutes

    def write(self, vals):
        if "plan_id" in vals:
            raise UserError(self.env._("A mute stays with its plan."))
        return super().write(vals)
