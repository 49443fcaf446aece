from odoo import api, fields, models
from odoo.exceptions import UserError


class BphsPeriodLock(models.Model):
    """A period locked for one institution and all below it. Made by ``bphs.period.action_lock``
    alone."""

    _name = "bphs.period.lock"
    _inherit = ["bphs.scope.mixin"]
    _description = "Period Lock of an Institution"
    _order = "period_id desc, institution_id"
    _rec_name = "institution_id"

    period_id = fields.Many2one(
        "bphs.period", required=True, index=True, ondelete="restrict", readonly=True
    )
    locked = fields.Boolean(readonly=True)

    _period_institution_uniq = models.Constraint(
        "UNIQUE(period_id, institution_id)", "This institution has a lock of this period already."
    )

    @api.model
    def _set(self, period, institution, locked):
        lock = self.search([("period_id", "=", period.id), ("institution_id", "=", institution.id)])
        if not lock:
            lock = self.create({"period_id": period.id, "institution_id": institution.id})
        lock.locked = locked


class BphsPeriodEvent(models.Model):
    """What was locked or unlocked, when, by whom and why."""

    _name = "bphs.period.event"
    _inherit = ["bphs.append.only.mixin"]
    _description = "Period Lock History"
    _order = "id desc"
    _rec_name = "reason"

    period_id = fields.Many2one("bphs.period", required=True, index=True, ondelete="restrict")
    institution_id = fields.Many2one("bphs.institution", index=True, ondelete="restrict")
    kind = fields.Selection([("lock", "Locked"), ("unlock", "Unlocked")], required=True)
    reason = fields.Char(required=True)
    user_id = fields.Many2one("res.users", string="By", required=True, ondelete="restrict")


class BphsPeriodException(models.Model):
    """Opens a locked period for one institution and all below it, for some days, with a reason."""

    _name = "bphs.period.exception"
    _inherit = ["bphs.append.only.mixin", "bphs.scope.mixin"]
    _description = "Period Exception"
    _order = "date_from desc, id desc"
    _rec_name = "reason"

    period_id = fields.Many2one("bphs.period", required=True, index=True, ondelete="restrict")
    reason = fields.Char(required=True)
    date_from = fields.Date(string="Open From", required=True, default=fields.Date.context_today)
    date_to = fields.Date(string="Open To", required=True, default=fields.Date.context_today)
    granted_by_id = fields.Many2one(
        "res.users",
        string="Granted By",
        required=True,
        readonly=True,
        default=lambda self: self.env.uid,
        ondelete="restrict",
    )

    _dates_order = models.Constraint(
        "CHECK(date_from <= date_to)", "An exception cannot end before it starts."
    )
    _reason_given = models.Constraint("CHECK(btrim(reason) <> '')", "Give the reason.")

    @api.model_create_multi
    def create(self, vals_list):
        self.env["bphs.period"]._check_keeper()
        for vals in vals_list:
            if not (vals.get("reason") or "").strip():
                raise UserError(self.env._("Give the reason."))
        # Who grants is who is signed in, whatever the client says.
        return super().create([{**vals, "granted_by_id": self.env.uid} for vals in vals_list])
