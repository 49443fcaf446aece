from odoo import fields, models


class BphsPlan(models.Model):
    """Who sees to a plan: one of the team, where more than one could."""

    _inherit = "bphs.plan"

    worker_id = fields.Many2one(
        "bphs.worker",
        string="Seen To By",
        index="btree_not_null",
        ondelete="restrict",
        help="Whose work this is; empty: whoever comes to it first.",
    )


class BphsFollowup(models.Model):
    """What is due is the work of whoever sees to the plan."""

    _inherit = "bphs.followup"

    worker_id = fields.Many2one(related="plan_id.worker_id", store=True, precompute=True, index="btree_not_null")
