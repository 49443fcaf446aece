from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.deadlines import DEFAULT_REPEAT_DAYS

# What only the register itself sets.
CLOSED_FIELDS = {"rectification_id"}
# What a task was issued for stays as it was.
FIXED_FIELDS = {"problem_id", "institution_id", "detail", "deadline"}


class BphsProblemLine(models.Model):
    """A problem at one institution: what was seen there, and the task that puts it right.

    A line is a repeat where the same institution had a problem of the same type not long before.
    """

    _name = "bphs.problem.line"
    _inherit = ["bphs.scope.mixin"]
    _description = "Problem at an Institution"
    _order = "problem_id desc, institution_id"

    problem_id = fields.Many2one("bphs.problem", required=True, index=True, ondelete="cascade")
    township_id = fields.Many2one(
        related="institution_id.township_id", string="Township Institution", store=True, index=True
    )
    type_id = fields.Many2one(related="problem_id.type_id", store=True, index=True)
    severity = fields.Selection(related="problem_id.severity")
    found_on = fields.Date(related="problem_id.found_on", store=True)
    detail = fields.Text(help="What was seen at this institution.")
    deadline = fields.Date(string="Deadline Set", help="Where the finding sets a date of its own.")
    responsible_name = fields.Char(string="Person Named", help="As written in the list the finding came with.")
    rectification_id = fields.Many2one(
        "bphs.rectification", string="Task", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    state = fields.Selection(related="rectification_id.state")
    is_repeat = fields.Boolean(string="Repeat", compute="_compute_repeat", store=True)
    repeat_of_id = fields.Many2one(
        "bphs.problem.line",
        string="Repeats",
        compute="_compute_repeat",
        store=True,
        index="btree_not_null",
        ondelete="set null",
    )

    _institution_uniq = models.Constraint(
        "UNIQUE(problem_id, institution_id)", "This problem names each institution once."
    )
    _repeat_idx = models.Index("(institution_id, type_id, found_on)")

    # === COMPUTE METHODS === #

    @api.depends("problem_id", "institution_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.institution_id.name or ''} {line.problem_id.name or ''}".strip()

    @api.depends("institution_id", "problem_id.type_id", "problem_id.found_on")
    def _compute_repeat(self):
        """Find, for all lines in one query, the latest earlier line of the same institution and type.

        A task that was cancelled was no problem: what it was made of counts for nothing.
        """
        stored = self.filtered("id")
        stored.flush_recordset(["institution_id", "type_id", "found_on", "rectification_id"])
        self.env["bphs.rectification"].flush_model(["state"])
        earlier = dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT line.id, earlier.id
                      FROM bphs_problem_line line
                      JOIN LATERAL (
                           SELECT other.id
                             FROM bphs_problem_line other
                        LEFT JOIN bphs_rectification task ON task.id = other.rectification_id
                            WHERE other.institution_id = line.institution_id
                              AND other.type_id = line.type_id
                              AND other.found_on < line.found_on
                              AND other.found_on >= line.found_on - %(days)s
                              AND task.state IS DISTINCT FROM 'cancelled'
                         ORDER BY other.found_on DESC, other.id DESC
                            LIMIT 1) earlier ON TRUE
                     WHERE line.id = ANY(%(ids)s)
                    """,
                    days=self._repeat_days(),
                    ids=stored.ids,
                )
            )
        )
        for line in self:
            line.repeat_of_id = earlier.get(line._origin.id, False)
            line.is_repeat = bool(line.repeat_of_id)

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_open_fields(vals)
        lines = super().create(vals_list)
        lines._recognise_later_ones()
        return lines

    def write(self, vals):
        self._check_open_fields(vals)
        if FIXED_FIELDS & set(vals):
            self._check_no_task()
        return super().write(vals)

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_with_task(self):
        self._check_no_task()

    # === ACTIONS === #

    def action_issue_tasks(self):
        """:return dict: the window that makes tasks of these lines"""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Issue Tasks"),
            "res_model": "bphs.rectification.issue",
            "view_mode": "form",
            "target": "new",
            "context": {"default_line_ids": self.filtered(lambda line: not line.rectification_id).ids},
        }

    # === BUSINESS METHODS === #

    def _assign(self, task):
        """Give these lines to a task; callers have checked the right to make it."""
        # `write` of this class refuses the task, so it is passed by.
        return super().write({"rectification_id": task.id})  # pylint: disable=super-method-mismatch

    def _assign_each(self, tasks):
        """Give each line to a task of its own, in one statement; callers have checked the right to make them.

        :param dict tasks: line id -> task id
        """
        self.env["bphs.rectification"].flush_model()
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                """
                UPDATE bphs_problem_line line
                   SET rectification_id = given.task, write_uid = %s, write_date = %s
                  FROM unnest(%s, %s) AS given(line, task)
                 WHERE line.id = given.line
                """,
                self.env.uid,
                self.env.cr.now(),
                list(tasks),
                list(tasks.values()),
            )
        )
        self.invalidate_recordset(["rectification_id", "state"])
        self.env["bphs.rectification"].browse(set(tasks.values())).invalidate_recordset(["line_ids"])
        self.modified(["rectification_id"])

    @api.model
    def _check_open_fields(self, names):
        for name in CLOSED_FIELDS & set(names):
            raise UserError(
                self.env._(
                    "%(field)s of a problem follows from the tasks that are issued.",
                    field=self._fields[name]._description_string(self.env),
                )
            )

    def _check_no_task(self):
        for line in self.filtered("rectification_id"):
            raise UserError(
                self.env._(
                    "%(line)s: task %(task)s was made of it, so it stays as it is.",
                    line=line.display_name,
                    task=line.rectification_id.display_name,
                )
            )

    def _recognise_later_ones(self):
        """A finding that is entered late makes later ones repeats."""
        later = self.search(
            [
                ("institution_id", "in", self.institution_id.ids),
                ("type_id", "in", self.type_id.ids),
                ("found_on", ">", min(self.mapped("found_on"), default=self._county_today())),
                ("id", "not in", self.ids),
            ]
        )
        self.env.add_to_compute(self._fields["is_repeat"], later)
        self.env.add_to_compute(self._fields["repeat_of_id"], later)

    @api.model
    def _repeat_days(self):
        # sudo: a setting, no secret
        value = self.env["ir.config_parameter"].sudo().get_param("bphs_rectification.repeat_days")
        return int(value or DEFAULT_REPEAT_DAYS)
