from odoo import api, fields, models


class BphsElderlyRule(models.Model):
    """A rule: hits when all conditions of any one of its ways hold."""

    _name = "bphs.elderly.rule"
    _description = "Rule of Grading"
    _inherit = ["bphs.draft.part.mixin"]
    _part_of = "ruleset_id"
    _order = "ruleset_id, sequence, id"
    _rec_name = "code"

    ruleset_id = fields.Many2one("bphs.elderly.ruleset", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=100)
    code = fields.Char(required=True)
    colour = fields.Selection([("red", "Red"), ("yellow", "Yellow")], required=True)
    text = fields.Text(string="Reason", required=True, help="Why, in words for the person and the family.")
    action = fields.Text(string="To Do", required=True, help="Who does what by when.")
    condition_ids = fields.One2many("bphs.elderly.condition", "rule_id", string="Conditions", copy=True)
    reads = fields.Text(string="Hits When", compute="_compute_reads")

    _code_uniq = models.UniqueIndex("(ruleset_id, code)", "Each rule of a set has a code of its own.")

    @api.depends("condition_ids.says", "condition_ids.alternative", "condition_ids.sequence")
    def _compute_reads(self):
        both, either = self.env._(" and "), self.env._("\nor ")
        for rule in self:
            ways = [both.join(condition.says or "" for condition in way) for way in rule._ways()]
            rule.reads = either.join(ways)

    def _ways(self):
        """:return list: the conditions of each way, in order"""
        ways = self.condition_ids.sorted(lambda condition: (condition.alternative, condition.sequence))
        return list(ways.grouped("alternative").values())

    def _document(self):
        return {
            "code": self.code or "",
            "colour": self.colour or "",
            "text": self.text or "",
            "action": self.action or "",
            "any": [[condition._document() for condition in way] for way in self._ways()],
        }
