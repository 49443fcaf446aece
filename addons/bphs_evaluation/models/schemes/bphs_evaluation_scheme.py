from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.models.mixins.bphs_published_mixin import publishing_steps
from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY

from ...tools.roles import SCHEMERS

STATES = [("draft", "Draft"), ("submitted", "Proposed"), ("published", "Published")]
CONTENT = frozenset(
    {"code", "name", "source", "total", "rescale", "min_assessable", "item_ids", "red_line_ids", "group_ids"}
)


class BphsEvaluationScheme(models.Model):
    """What a county scores by (评价方案): a tree of items with points and a method each, red lines, groups.

    A draft is the section's to edit. Proposed, it stands still; a second person publishes it, and from then it never
    changes: the next version is a copy. Its leaves are what the scoring reads (evaluation rules, section 1).
    """

    _name = "bphs.evaluation.scheme"
    _description = "Evaluation Scheme"
    _inherit = ["bphs.published.mixin"]
    _order = "code desc, id desc"
    _rec_names_search = ["code", "name"]
    _steps = publishing_steps(SCHEMERS)
    _writable = {"draft": {ANYBODY: CONTENT}}

    code = fields.Char(help="By which rounds and replay documents name it.")
    name = fields.Char(string="Name of the Scheme", required=True)
    source = fields.Char(help="The document that lays it down, or: county default.")
    total = fields.Float(string="Total Points", digits=(8, 2), required=True, default=100.0, aggregator=None)
    rescale = fields.Boolean(
        string="Scale Up What Is Assessable",
        default=True,
        help="Where items cannot be assessed, the others count for the whole; else they add nothing.",
    )
    min_assessable = fields.Float(
        string="Least Share Assessable",
        digits=(10, 4),
        default=0.6,
        aggregator=None,
        help="A unit of which less can be assessed has no final score.",
    )
    state = fields.Selection(STATES)
    editor_ids = fields.Many2many(relation="bphs_evaluation_scheme_editor_rel")
    item_ids = fields.One2many("bphs.evaluation.item", "scheme_id", string="Items")
    red_line_ids = fields.One2many("bphs.evaluation.red.line", "scheme_id", string="Red Lines", copy=True)
    group_ids = fields.One2many("bphs.evaluation.group", "scheme_id", string="Groups", copy=True)
    item_count = fields.Integer(string="Scored Items", compute="_compute_points")
    points = fields.Float(string="Sum of Points", digits=(8, 2), compute="_compute_points")
    problem_text = fields.Char(string="Still Wrong", compute="_compute_problem_text")

    _code_uniq = models.UniqueIndex("(code)", "Another scheme has this code.")

    # === COMPUTE METHODS === #

    @api.depends("item_ids.points", "item_ids.method")
    def _compute_points(self):
        for scheme in self:
            leaves = scheme._leaves()
            scheme.item_count = len(leaves)
            scheme.points = leaves._points()

    @api.depends("state", "total", "points", "item_ids", "red_line_ids", "group_ids")
    def _compute_problem_text(self):
        for scheme in self:
            scheme.problem_text = scheme.state == "draft" and scheme._origin and scheme._origin._problem()

    # === CRUD METHODS === #

    def copy(self, default=None):
        copies = super().copy(default)
        for scheme, copied in zip(self, copies, strict=True):
            scheme.item_ids._copy_into(copied)
        return copies

    def _step_words(self):
        stands = self.env._('%(name)s is "%(state)s" and does not change; copy it to write the next version.')
        return super()._step_words() | {
            "role": self.env._("Schemes are proposed by the section and published by a second person."),
            "apart": self.env._("%(name)s: whoever wrote or proposed it does not publish it."),
            "state": stands,
            "closed": stands,
        }

    def _asked_steps(self):
        return {"return": (self.env._("Return Scheme"), self.env._("What is to be changed"), True)}

    # === HELPERS === #

    def _leaves(self):
        """:return: the items that are scored, in their order"""
        return self.item_ids.filtered("method").sorted(lambda item: (item.sequence, item._origin.id))

    def _check_whole(self):
        self._core()

    def _check_published(self):
        """:raise UserError: it is no scheme that rounds are scored by"""
        for scheme in self:
            if scheme.state != "published":
                raise UserError(self.env._("%(scheme)s is not published yet.", scheme=scheme.display_name))
