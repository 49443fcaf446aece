from odoo import fields, models


class BphsWorker(models.Model):
    """In which teams somebody serves; who leaves the county leaves them too."""

    _inherit = "bphs.worker"

    member_ids = fields.One2many("bphs.team.member", "worker_id", string="Teams", readonly=True, copy=False)

    def action_open_handover(self):
        """Hand over what this worker has open."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "bphs.handover",
            "views": [(False, "form")],
            "name": self.env._("Hand Over"),
            "context": {"default_worker_id": self.id},
        }

    def _leave(self, day):
        result = super()._leave(day)
        self._leave_teams(day)
        return result

    def _leave_teams(self, day):
        # sudo: follows from the leaving, whose right was checked
        members = self.env["bphs.team.member"].sudo()
        after = members.search([("worker_id", "in", self.ids), "|", ("date_to", "=", False), ("date_to", ">", day)])
        coming = after.filtered(lambda member: member.date_from > day)
        coming.unlink()
        (after - coming).date_to = day
        # sudo: as above
        led = self.env["bphs.team"].sudo().search([("leader_id", "in", self.ids)])
        led.leader_id = False
        for team in led:
            team._led_until(self, day)
