from odoo import fields, models
from odoo.exceptions import UserError


class BphsVisit(models.Model):
    """A record of having been at a lecture or consultation: it follows from that, and is changed there."""

    _inherit = "bphs.visit"

    group_id = fields.Many2one(
        "bphs.group.service", string="Activity", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )

    def _step_fields(self):
        return super()._step_fields() | {"group_id"}

    def _is_step_due(self, name):
        return not self.group_id and super()._is_step_due(name)

    def _check_step(self, name, reason=""):
        super()._check_step(name, reason)
        if grouped := self.filtered("group_id"):
            # sudo: what the activity is called, whoever sees it
            topic = grouped[0].group_id.sudo().topic
            raise UserError(self.env._("It is a record of %(topic)s: change that activity.", topic=topic))


class BphsResident(models.Model):
    _inherit = "bphs.resident"

    def _timeline(self):
        """Of a lecture its topic is told, not only that there was one."""
        events = super()._timeline()
        ids = [event["id"] for event in events if event.get("model") == "bphs.visit"]
        groups = self.env["bphs.visit"].search([("id", "in", ids), ("group_id", "!=", False)])
        # sudo: what they heard, whoever sees the activity as a whole
        topics = {visit.id: visit.group_id.sudo().topic for visit in groups}
        for event in events:
            if event.get("model") == "bphs.visit" and event["id"] in topics:
                event["text"] = topics[event["id"]]
        return events
