from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY

from ..tools.statement import STEPS, by_unit, editors_of

STATES = [
    ("draft", "To Fill In"),
    ("submitted", "Submitted"),
    ("verified", "Verified"),
    ("locked", "Locked"),
]
# What a person may set directly; the lines close their quantities themselves.
_LINES = {ANYBODY: ("line_ids",)}


class BphsWorkload(models.Model):
    """Workload statement (工作量): what a clinic planned, reported and has verified in a period,
    item by item.

    States, roles and editable quantities stand in one table, `tools/statement.py`.
    """

    _name = "bphs.workload"
    _description = "Workload Statement"
    _inherit = ["bphs.steps.mixin", "bphs.township.mixin", "bphs.period.guard.mixin"]
    _order = "period_id, institution_id, id"
    _steps = STEPS
    _step_sets = ("submitted_by_id", "submitted_on", "late", "verified_by_id", "verified_on")
    _writable = {
        "draft": {ANYBODY: ("note", "line_ids")},
        **dict.fromkeys(("submitted", "verified", "locked"), _LINES),
    }
    _given_at_creation = ("institution_id", "period_id", "note", "line_ids")

    period_id = fields.Many2one("bphs.period", required=True, index=True, ondelete="restrict")
    state = fields.Selection(STATES, default="draft", required=True, readonly=True, copy=False, index=True)
    note = fields.Text(help="For instance why a clinic did no work in the period.")
    line_ids = fields.One2many("bphs.workload.line", "workload_id", string="Items")
    event_ids = fields.One2many("bphs.workload.event", "workload_id", string="History", readonly=True)
    due_date = fields.Date(related="period_id.workload_due_date")
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    submitted_on = fields.Date(readonly=True, copy=False)
    late = fields.Boolean(readonly=True, copy=False, help="Submitted after the due date.")
    overdue = fields.Boolean(
        compute="_compute_overdue",
        search="_search_overdue",
        help="Not submitted although the due date has passed.",
    )
    verified_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    verified_on = fields.Date(readonly=True, copy=False)
    item_count = fields.Integer(compute="_compute_totals")
    filled_count = fields.Integer(string="Items with Work", compute="_compute_totals")
    unanswered = fields.Text(string="Left Empty", compute="_compute_unanswered")
    reported_words = fields.Char(string="Reported", compute="_compute_totals")
    refused_words = fields.Char(string="Refused Quantity", compute="_compute_totals")
    verified_words = fields.Char(string="Verified Quantity", compute="_compute_totals")
    has_missing_items = fields.Boolean(compute="_compute_has_missing_items")
    can_plan = fields.Boolean(compute="_compute_rights")
    can_report = fields.Boolean(compute="_compute_rights")
    can_check = fields.Boolean(compute="_compute_rights")

    _institution_period_uniq = models.Constraint(
        "UNIQUE(institution_id, period_id)",
        "This institution has a statement for this period already.",
    )

    # === COMPUTE METHODS === #

    @api.depends("institution_id", "period_id")
    def _compute_display_name(self):
        for workload in self:
            workload.display_name = (
                f"{workload.institution_id.name or ''} {workload.period_id.display_name or ''}".strip()
            )

    @api.depends("state", "period_id.workload_due_date")
    def _compute_overdue(self):
        today = self._county_today()
        for workload in self:
            due = workload.period_id.workload_due_date
            workload.overdue = workload.state == "draft" and bool(due) and due < today

    def _search_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self._county_today()
        return [("state", "=", "draft"), ("period_id.workload_due_date", "<", today)]

    # Sums over the lines that this user sees: who sees none must not leave a zero behind for the next one.
    @api.depends_context("uid")
    @api.depends("line_ids.reported", "line_ids.verified")
    def _compute_totals(self):
        lines = {}
        # A statement holds each item once.
        for workload, item, *quantities in self.env["bphs.workload.line"]._read_group(
            [("workload_id", "in", self.ids)], ["workload_id", "item_id"], ["reported:sum", "verified:sum"]
        ):
            lines.setdefault(workload.id, []).append((item.unit, *quantities))
        for workload in self:
            held = lines.get(workload.id, ())
            workload.item_count = len(held)
            workload.filled_count = sum(reported > 0 for __, reported, __ in held)
            workload.reported_words = self._by_unit((unit, reported) for unit, reported, __ in held)
            workload.refused_words = self._by_unit((unit, reported - verified) for unit, reported, verified in held)
            workload.verified_words = self._by_unit((unit, verified) for unit, __, verified in held)

    # Not on the lines, as below: what is typed is told by the form itself.
    @api.depends("state")
    @api.depends_context("uid")
    def _compute_unanswered(self):
        """The items nobody said anything of, while there is still time to: they would count as none."""
        names = dict(
            self.env["bphs.workload.line"]._read_group(
                [("workload_id", "in", self.ids), ("answered", "=", False), ("reported", "=", 0)],
                ["workload_id"],
                ["item_id:recordset"],
            )
        )
        for workload in self:
            items = names.get(workload._origin) if workload.state == "draft" else None
            workload.unanswered = "、".join(items.mapped("name")) if items else False

    # Not on the lines: the form would ask the server again after every quantity typed.
    @api.depends("state")
    def _compute_has_missing_items(self):
        active = self.env["bphs.service.item"].search_count([])
        held = dict(
            self.env["bphs.workload.line"]._read_group(
                [("workload_id", "in", self.ids), ("item_id.active", "=", True)],
                ["workload_id"],
                ["__count"],
            )
        )
        for workload in self:
            workload.has_missing_items = held.get(workload._origin, 0) < active

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_rights(self):
        for workload in self:
            for field, quantity in (
                ("can_plan", "planned"),
                ("can_report", "reported"),
                ("can_check", "invalid"),
            ):
                workload[field] = self.env.user._holds_role(editors_of(workload.state, quantity))

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        workloads = super().create(vals_list)
        workloads._add_missing_items()
        return workloads

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_used(self):
        for workload in self:
            # A statement that was ever submitted keeps its history: `bphs.workload.event` holds on to it.
            if workload.state != "draft" or workload.filled_count or workload.event_ids:
                raise UserError(self.env._("%(name)s holds work and cannot be deleted.", name=workload.display_name))

    # === BUSINESS METHODS === #

    @api.model
    def _by_unit(self, quantities):
        """:return str: what they come to, each unit apart"""
        return "、".join(f"{quantity:,} {unit}" for unit, quantity in by_unit(quantities).items())

    @api.model
    def _open_period(self, period, institutions):
        """Open the statements of a period that are not open yet, each with every item of the
        catalogue.

        :return: the statements made; none for institutions that have theirs
        """
        present = self._read_group(
            [("period_id", "=", period.id), ("institution_id", "in", institutions.ids)],
            ["institution_id"],
        )
        missing = institutions.browse(
            [i for i in institutions.ids if i not in {institution.id for (institution,) in present}]
        )
        return self.create([{"institution_id": i, "period_id": period.id} for i in missing.ids])

    def _add_missing_items(self):
        """Give each statement a line for every active item of the catalogue, in one statement of
        SQL.
        """
        if not self:
            return
        self.flush_recordset()
        lines = self.env["bphs.workload.line"]
        lines.flush_model()
        self.env["bphs.service.item"].flush_model(["active"])
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO bphs_workload_line (
                    workload_id, institution_id, period_id, item_id,
                    planned, reported, invalid, false_qty, verified,
                    create_uid, create_date, write_uid, write_date)
                SELECT w.id, w.institution_id, w.period_id, i.id, 0, 0, 0, 0, 0,
                       %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM bphs_workload w CROSS JOIN bphs_service_item i
                 WHERE w.id = ANY(%(ids)s) AND i.active
                ON CONFLICT (workload_id, item_id) DO NOTHING
                """,
                uid=self.env.uid,
                now=self.env.cr.now(),
                ids=self.ids,
            )
        )
        lines.invalidate_model()
        self.invalidate_recordset()

    def _check_quantities_open(self, names):
        """Raise unless each quantity of ``names`` may be changed in these statements now, by
        this user.

        :param names: field names of `bphs.workload.line`
        :raise UserError: the state closes the quantity, for everyone
        :raise AccessError: it is open, but not to this user's roles
        """
        line_fields = self.env["bphs.workload.line"]._fields
        states = dict(self._fields["state"]._description_selection(self.env))
        for workload in self:
            for name in names:
                roles = editors_of(workload.state, name)
                if roles and (self.env.su or self.env.user._holds_role(roles)):
                    continue
                words = {
                    "name": workload.display_name,
                    "field": line_fields[name]._description_string(self.env),
                    "state": states[workload.state],
                }
                if roles:
                    raise AccessError(self.env._('%(name)s: your role may not change "%(field)s".', **words))
                raise UserError(
                    self.env._(
                        '%(name)s is "%(state)s": "%(field)s" cannot be changed now. '
                        "Have the statement returned first.",
                        **words,
                    )
                )
