from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.bphs_base.tools.money import ZERO, percent_text, to_decimal

METHODS = [
    ("yes_no", "Yes or No"),
    ("at_least", "Rate, the Higher the Better"),
    ("at_most", "Rate, the Lower the Better"),
    ("steps", "Rate in Steps"),
    ("deduct", "Deduction by Case"),
    ("manual", "Points Given"),
]
RATES = ("at_least", "at_most", "steps")
CHANNELS = [
    ("online", "Online"),
    ("onsite", "On Site"),
    ("household", "Household Visit"),
    ("survey", "Questionnaire"),
]


class BphsEvaluationItem(models.Model):
    """An item of a scheme (指标): a heading with items below it, or a leaf with points and a method."""

    _name = "bphs.evaluation.item"
    _description = "Item of a Scheme"
    _inherit = ["bphs.draft.part.mixin"]
    _part_of = "scheme_id"
    _order = "scheme_id, sequence, id"
    _rec_names_search = ["code", "name"]

    scheme_id = fields.Many2one("bphs.evaluation.scheme", required=True, index=True, ondelete="cascade")
    parent_id = fields.Many2one("bphs.evaluation.item", string="Belongs To", index=True, ondelete="cascade")
    child_ids = fields.One2many("bphs.evaluation.item", "parent_id", string="Items Below")
    sequence = fields.Integer(default=100)
    code = fields.Char(required=True)
    name = fields.Char(string="Item", required=True)
    method = fields.Selection(METHODS, help="Empty: a heading, which has the points of what stands below it.")
    points = fields.Float(digits=(8, 2), aggregator=None)
    sum_points = fields.Float(string="Points in All", digits=(8, 2), compute="_compute_sum_points", recursive=True)
    channel = fields.Selection(CHANNELS, help="Where it is looked at.")
    guide = fields.Text(string="How It Is Scored")
    data_source = fields.Char(string="Where It Is Taken From")
    rate_code = fields.Char(
        string="Rate Counted As", help="Code of what the rate is taken over from, where another module counts it."
    )
    problem_type_id = fields.Many2one(
        "bphs.problem.type",
        index="btree_not_null",
        ondelete="restrict",
        help="What kind of problem it is where points are lost.",
    )
    target_rate = fields.Float(string="Target", digits=(10, 4), aggregator=None)
    zero_at = fields.Float(string="Nothing From", digits=(10, 4), aggregator=None)
    step_ids = fields.One2many("bphs.evaluation.item.step", "item_id", string="Steps")
    case_ids = fields.One2many("bphs.evaluation.item.case", "item_id", string="Cases")
    says = fields.Char(string="Scored By", compute="_compute_says")

    _code_uniq = models.UniqueIndex("(scheme_id, code)", "Each item of a scheme has a code of its own.")

    # === COMPUTE METHODS === #

    @api.depends("code", "name")
    def _compute_display_name(self):
        for item in self:
            item.display_name = f"{item.code or ''} {item.name or ''}".strip()

    @api.depends("points", "method", "child_ids.sum_points")
    def _compute_sum_points(self):
        for item in self:
            below = sum((to_decimal(child.sum_points) for child in item.child_ids), ZERO)
            item.sum_points = item.points if item.method else below

    @api.depends(
        "method", "target_rate", "zero_at", "step_ids.start", "step_ids.share", "case_ids.each", "case_ids.most"
    )
    def _compute_says(self):
        for item in self:
            item.says = item._words()

    @api.constrains("parent_id", "scheme_id", "method")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("An item cannot belong to itself."))
        for item in self:
            parent = item.parent_id
            if parent.scheme_id not in (item.scheme_id, parent.scheme_id.browse()):
                raise ValidationError(self.env._("%(item)s belongs to an item of another scheme.", item=item.name))
            if parent.method or (item.method and item.child_ids):
                raise ValidationError(
                    self.env._("%(item)s: an item that is scored has none below it.", item=(parent or item).name)
                )

    @api.constrains("rate_code")
    def _check_rate_code(self):
        coded = self.filtered("rate_code")
        known = coded._known_rate_codes() if coded else set()
        for item in coded:
            if item.rate_code not in known:
                raise ValidationError(
                    self.env._("%(code)s: nothing that is counted has this code.", code=item.rate_code)
                )

    # === HELPERS === #

    def _known_rate_codes(self):
        """:return set: codes by which rates are taken over. Modules that count rates add theirs to ``super()``'s."""
        return set()

    def _points(self):
        """:return Decimal: the points of these items"""
        return sum((to_decimal(item.points) for item in self), ZERO)

    def _root(self):
        """:return: the heading at the top; of a leaf without any, itself"""
        item = self
        while item.parent_id:
            item = item.parent_id
        return item

    def _words(self):
        """How it is scored, in one line."""
        if self.method == "at_least":
            return self.env._("full from %(rate)s, else in proportion", rate=percent_text(self.target_rate))
        if self.method == "at_most":
            return self.env._(
                "full up to %(rate)s, nothing from %(end)s",
                rate=percent_text(self.target_rate),
                end=percent_text(self.zero_at),
            )
        if self.method == "steps":
            return "；".join(f"≥ {percent_text(step.start)}: {percent_text(step.share)}" for step in self.step_ids)
        if self.method == "deduct":
            return "；".join(case._words() for case in self.case_ids)
        return dict(self._fields["method"]._description_selection(self.env)).get(self.method, "")

    def _copy_into(self, scheme):
        """Copy these items, and the tree they stand in, into another scheme."""
        made = {}
        # Headings come before what belongs to them, however they are ordered.
        for item in self.sorted(lambda item: (len(item._above()), item.sequence, item.id)):
            vals = {"scheme_id": scheme.id, "parent_id": made[item.parent_id].id if item.parent_id else False}
            made[item] = item.copy(vals)
            item.step_ids._copy_to(made[item])
            item.case_ids._copy_to(made[item])

    def _above(self):
        above, item = [], self
        while item.parent_id:
            item = item.parent_id
            above.append(item)
        return above
