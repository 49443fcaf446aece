from odoo import api, fields, models


class BphsPeriodLock(models.Model):
    """A period locked for one institution and all below it. Made by ``bphs.period.action_lock``
    alone."""

    _name = "bphs.period.lock"
    _inherit = ["bphs.scope.mixin"]
    _description = "Period Lock of an Institution"
    _order = "period_id, institution_id"
    _rec_name = "institution_id"

    period_id = fields.Many2one("bphs.period", required=True, index=True, ondelete="restrict", readonly=True)
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
