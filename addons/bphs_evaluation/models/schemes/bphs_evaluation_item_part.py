from odoo import api, fields, models


class BphsEvaluationItemPart(models.AbstractModel):
    """What belongs to one item: a step of its rates, or a case that takes points off."""

    _name = "bphs.evaluation.item.part"
    _description = "Part of an Item"
    _inherit = ["bphs.evaluation.scheme.part"]

    item_id = fields.Many2one("bphs.evaluation.item", required=True, index=True, ondelete="cascade")
    # A column, for the trigger.
    scheme_id = fields.Many2one(related="item_id.scheme_id", store=True, precompute=True, index=True)

    def _schemes_named_by(self, vals_list):
        items = self.env["bphs.evaluation.item"].browse({vals.get("item_id") for vals in vals_list} - {None, False})
        return items.scheme_id

    def _copy_to(self, item):
        for part in self:
            part.copy({"item_id": item.id})


class BphsEvaluationItemStep(models.Model):
    """From which rate on which share of the points is earned; the first that is reached holds."""

    _name = "bphs.evaluation.item.step"
    _description = "Step of an Item"
    _inherit = ["bphs.evaluation.item.part"]
    _order = "item_id, start desc, id"

    start = fields.Float(string="From Rate", digits=(10, 4), aggregator=None, help="As a fraction: 0.9, not 90.")
    share = fields.Float(string="Share of the Points", digits=(10, 4), aggregator=None, help="From 0 to 1.")


class BphsEvaluationItemCase(models.Model):
    """What each case takes off, and the most that all of its kind do."""

    _name = "bphs.evaluation.item.case"
    _description = "Case of an Item"
    _inherit = ["bphs.evaluation.item.part"]
    _order = "item_id, sequence, id"

    sequence = fields.Integer(default=100)
    code = fields.Char(required=True)
    name = fields.Char(string="Case", required=True)
    each = fields.Float(string="Off for Each", digits=(8, 2), aggregator=None)
    is_bounded = fields.Boolean(string="Has a Most", default=False)
    most = fields.Float(string="Off at Most", digits=(8, 2), aggregator=None)

    _code_uniq = models.UniqueIndex("(item_id, code)", "Each case of an item has a code of its own.")

    @api.depends("code", "name")
    def _compute_display_name(self):
        for case in self:
            case.display_name = case.name or case.code

    def _words(self):
        if self.is_bounded:
            return self.env._(
                "%(case)s: %(each)s each, at most %(most)s", case=self.name, each=self.each, most=self.most
            )
        return self.env._("%(case)s: %(each)s each", case=self.name, each=self.each)
