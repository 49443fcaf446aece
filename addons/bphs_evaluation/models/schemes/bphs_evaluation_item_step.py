from odoo import fields, models


class BphsEvaluationItemStep(models.Model):
    """From which rate on which share of the points is earned; the first that is reached holds."""

    _name = "bphs.evaluation.item.step"
    _description = "Step of an Item"
    _inherit = ["bphs.evaluation.item.part"]
    _order = "item_id, start desc, id"

    start = fields.Float(string="From Rate", digits=(10, 4), aggregator=None)
    share = fields.Float(string="Share of the Points", digits=(10, 4), aggregator=None)
