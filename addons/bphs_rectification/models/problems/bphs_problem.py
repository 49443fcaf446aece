from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.orm.models import NO_ACCESS

from ...tools.deadlines import SEVERITIES
from ...tools.states import OPEN_STATES

SOURCES = [
    ("evaluation", "Performance Evaluation"),
    ("inspection", "Inspection"),
    ("audit", "Audit"),
    ("data_check", "Data Check"),
    ("complaint", "Complaint"),
]
STATES = [
    ("registered", "To Issue"),
    ("rectifying", "In Rectification"),
    ("done", "Done"),
]

# What the tasks of a problem were issued for.
FIXED_FIELDS = {"name", "type_id", "severity", "found_on"}


class BphsProblem(models.Model):
    """A problem found (问题), with the institutions it was found at.

    A problem common to many (共性问题) is one problem with many lines. Whoever sees one line sees the problem, and of
    its lines only their own: nothing here counts lines past the record rules.
    """

    _name = "bphs.problem"
    _description = "Problem"
    _order = "found_on desc, id desc"
    _rec_names_search = ["number", "name"]

    number = fields.Char(readonly=True, copy=False, index="trigram")
    name = fields.Char(string="Problem", required=True, help="What was found, in one line.")
    description = fields.Text()
    type_id = fields.Many2one("bphs.problem.type", required=True, index=True, ondelete="restrict")
    indicator = fields.Char(help="The indicator of the evaluation that lost points.")
    severity = fields.Selection(list(SEVERITIES), required=True, default="limited")
    source = fields.Selection(SOURCES, required=True, default="evaluation")
    document_id = fields.Many2one("bphs.document", index="btree_not_null", ondelete="restrict")
    period_id = fields.Many2one("bphs.period", index="btree_not_null", ondelete="restrict")
    found_on = fields.Date(required=True, default=lambda self: self._county_today(), index=True)
    line_ids = fields.One2many("bphs.problem.line", "problem_id", string="Found At")
    # What the record rule reads. Were it to read the lines, it would leave all of them in the cache, and a township's
    # screen would then count those of others.
    institution_ids = fields.Many2many(
        "bphs.institution", compute="_compute_institution_ids", store=True, groups=NO_ACCESS
    )
    line_count = fields.Integer(string="Number of Institutions", compute="_compute_progress", compute_sudo=False)
    to_issue_count = fields.Integer(string="Without a Task", compute="_compute_progress", compute_sudo=False)
    state = fields.Selection(STATES, compute="_compute_progress", search="_search_state", compute_sudo=False)

    _number_uniq = models.Constraint("UNIQUE(number)", "This number is taken already.")

    # === COMPUTE METHODS === #

    @api.depends("number", "name")
    def _compute_display_name(self):
        for problem in self:
            problem.display_name = f"{problem.number or ''} {problem.name or ''}".strip()

    @api.depends("line_ids.institution_id")
    def _compute_institution_ids(self):
        for problem in self:
            problem.institution_ids = problem.line_ids.institution_id

    @api.depends("line_ids.rectification_id.state")
    @api.depends_context("uid")
    def _compute_progress(self):
        lines = self.env["bphs.problem.line"]
        mine = Domain("problem_id", "in", self.ids)
        total = dict(lines._read_group(mine, ["problem_id"], ["__count"]))
        without = dict(lines._read_group(mine & Domain("rectification_id", "=", False), ["problem_id"], ["__count"]))
        going_on = dict(
            lines._read_group(
                mine & Domain("rectification_id.state", "in", ("draft", *OPEN_STATES)),
                ["problem_id"],
                ["__count"],
            )
        )
        for problem in self:
            problem.line_count = total.get(problem._origin, 0)
            problem.to_issue_count = without.get(problem._origin, 0)
            if problem.to_issue_count or not problem.line_count:
                problem.state = "registered"
            else:
                problem.state = "rectifying" if going_on.get(problem._origin) else "done"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Lines are searched with the user's own rights, as they are counted.
        lines = self.env["bphs.problem.line"]

        def having(domain):
            return Domain("id", "in", lines._search(domain).subselect("problem_id"))

        to_issue = having([("rectification_id", "=", False)]) | ~having([])
        going_on = having([("rectification_id.state", "in", ("draft", *OPEN_STATES))])
        domains = {
            "registered": to_issue,
            "rectifying": ~to_issue & going_on,
            "done": ~to_issue & ~going_on,
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("number") for vals in vals_list):
            raise UserError(self.env._("The number of a problem is drawn by the register."))
        problems = super().create(vals_list)
        problems._draw_numbers()
        return problems

    def write(self, vals):
        if "number" in vals:
            raise UserError(self.env._("The number of a problem is drawn by the register."))
        if FIXED_FIELDS & set(vals):
            # sudo: a task of an institution out of sight counts as well
            for line in self.sudo().line_ids.filtered("rectification_id"):
                line._check_no_task()
        return super().write(vals)

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_with_tasks(self):
        # sudo: a task of an institution out of sight counts as well
        if self.sudo().line_ids.rectification_id:
            raise UserError(self.env._("A problem that tasks were made of stays in the register."))

    # === ACTIONS === #

    def action_issue_tasks(self):
        """:return dict: the window that makes tasks of the institutions still without one"""
        return self.line_ids.action_issue_tasks()

    # === BUSINESS METHODS === #

    def _draw_numbers(self):
        for problems in self.grouped(lambda problem: problem.found_on.year).values():
            numbers = self.env["ir.sequence"]._draw_numbers(
                "bphs.problem", len(problems), min(problems.mapped("found_on"))
            )
            for problem, number in zip(problems, numbers, strict=True):
                # `write` of this class refuses the number, so it is passed by.
                super(BphsProblem, problem).write({"number": number})  # pylint: disable=super-method-mismatch
