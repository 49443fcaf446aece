from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.steps import Step

from ...tools.deadlines import colour
from ...tools.quarterly_report import DEFAULT_DAYS, KEEPERS, REPORTERS, reporters_of

STATES = [("draft", "To Hand In"), ("submitted", "Handed In")]
STEPS = {
    "submit": Step(("draft",), "submitted", side="reporter"),
    "return": Step(("submitted",), "draft", KEEPERS, reason_required=True, access="read"),
}
# What the unit writes itself; all else changes by the actions.
OPEN_FIELDS = ("summary", "problem", "next_step", "file", "file_name")


class BphsQuarterlyReport(models.Model):
    """What a unit tells the primary-care section after each quarter about its training and guidance (季度培训指导报告).

    The rows are the trainings and the guidance it recorded in the quarter; the words are its own. It is opened for
    every unit when a quarter is over, and chased until it is handed in.
    """

    _name = "bphs.quarterly.report"
    _description = "Quarterly Training and Guidance Report"
    _inherit = [
        "bphs.steps.mixin",
        "bphs.print.mixin",
        "bphs.scope.mixin",
        "bphs.upload.limit.mixin",
        "bphs.reminded.mixin",
        "bphs.waiting.mixin",
    ]
    _order = "date_end desc, institution_id"
    _reminder_type = "bphs_rectification.mail_activity_type_quarterly_report"
    _steps = STEPS
    _step_sets = ("submitted_on", "submitted_by_id", "late", "return_reason")
    _steps_follow = ("institution_id",)
    _writable = {"draft": {"reporter": OPEN_FIELDS}}
    _given_at_creation = ("institution_id", "period_id", "due_date", *OPEN_FIELDS)

    institution_id = fields.Many2one(string="Unit", readonly=True)
    township_id = fields.Many2one(related="institution_id.township_id", store=True, index=True)
    period_id = fields.Many2one(
        "bphs.period", string="Quarter", required=True, readonly=True, index=True, ondelete="restrict"
    )
    date_end = fields.Date(related="period_id.date_end", store=True)
    due_date = fields.Date(required=True, readonly=True, index=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", index=True)
    submitted_on = fields.Date(string="First Handed In", readonly=True)
    submitted_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    late = fields.Boolean(readonly=True, help="First handed in after the due date.")
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue", help="Due, and not handed in."
    )
    days_left = fields.Integer(
        compute="_compute_is_overdue", aggregator=None, help="Days until it is due; negative once overdue."
    )
    color = fields.Integer(compute="_compute_is_overdue", aggregator=None)
    return_reason = fields.Text(string="Why It Was Returned", readonly=True)
    summary = fields.Text(string="What Was Done")
    problem = fields.Text(string="Problems Found")
    next_step = fields.Text()
    file = fields.Binary(string="Signed Report", attachment=True)
    file_name = fields.Char()
    training_count = fields.Integer(string="Trainings", compute="_compute_counts")
    guidance_count = fields.Integer(string="Guidance Given", compute="_compute_counts")
    can_write = fields.Boolean(compute="_compute_can_write")

    _unit_quarter_uniq = models.Constraint(
        "UNIQUE(institution_id, period_id)", "This unit has a report for this quarter already."
    )

    # === COMPUTE METHODS === #

    @api.depends("institution_id", "period_id")
    def _compute_display_name(self):
        for report in self:
            report.display_name = f"{report.institution_id.name or ''} {report.period_id.display_name or ''}".strip()

    @api.depends("state", "due_date")
    def _compute_is_overdue(self):
        today = self._county_today()
        for report in self:
            report.is_overdue = report.state == "draft" and report.due_date < today
            report.days_left = (report.due_date - today).days if report.state == "draft" else 0
            report.color = colour(report.state == "draft", report.days_left)

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("state", "=", "draft"), ("due_date", "<", self._county_today())]

    @api.depends("institution_id", "period_id")
    def _compute_counts(self):
        counts = {}
        for name, model in (("training_count", "bphs.training"), ("guidance_count", "bphs.guidance")):
            for institution, period, count in self.env[model]._read_group(
                self._work_domain(), ["institution_id", "period_id"], ["__count"]
            ):
                counts[name, institution, period] = count
        for report in self:
            for name in ("training_count", "guidance_count"):
                report[name] = counts.get((name, report.institution_id, report.period_id), 0)

    @api.depends("allowed_steps")
    @api.depends_context("uid")
    def _compute_can_write(self):
        for report in self:
            report.can_write = "submit" in report.allowed_steps

    def _is_on_side(self, side):
        return self.env.user._holds_role(reporters_of(self.institution_id.kind))

    def _step_words(self):
        fixed = self.env._("%(name)s was handed in and stays as it was.")
        own = self.env._("%(name)s is written by its own unit.")
        return super()._step_words() | {
            "role:submit": own,
            "role:return": self.env._("Only the rectification clerk and the primary-care section return reports."),
            "state:submit": fixed,
            "state:return": self.env._("%(name)s was not handed in."),
            "closed": fixed,
            "side": own,
            "set": self.env._("A report changes by its buttons; the unit writes its words alone."),
        }

    def _asked_steps(self):
        return {"return": (self.env._("Return the Report"), self.env._("The unit reads it"), True)}

    # === ACTIONS === #

    def action_submit(self):
        """Hand the reports in. Late is what is first handed in after the due date, however often it is returned.

        :raise AccessError: of another unit
        :raise UserError: handed in already, or neither a training nor guidance nor a word why there was none
        """
        self._check_step("submit")
        for report in self:
            if not (report.training_count or report.guidance_count or (report.summary or "").strip()):
                raise UserError(
                    self.env._(
                        "%(report)s is empty: record trainings or guidance, or write why there were none.",
                        report=report.display_name,
                    )
                )
        today = self._county_today()
        for report in self:
            report._take_step(
                "submit",
                {
                    "submitted_by_id": self.env.uid,
                    "submitted_on": report.submitted_on or today,
                    "late": report.late if report.submitted_on else report.due_date < today,
                    "return_reason": False,
                },
            )

    def action_return(self, reason):
        """Give reports back to their units.

        :param str reason: shown to the unit, required
        :raise AccessError: not a keeper of the register
        """
        self._check_step("return", reason)
        self._take_step("return", {"return_reason": reason}, reason)

    def action_open_work(self):
        """:return dict: the trainings or the guidance of this report, as the button's context says"""
        self.ensure_one()
        model = "bphs.guidance" if self.env.context.get("bphs_work") == "guidance" else "bphs.training"
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Guidance") if model == "bphs.guidance" else self.env._("Trainings"),
            "res_model": model,
            "view_mode": "list,form",
            "domain": self._work_domain(),
            "context": {"default_institution_id": self.institution_id.id},
        }

    # === BUSINESS METHODS === #

    def _work_domain(self):
        return [("institution_id", "in", self.institution_id.ids), ("period_id", "in", self.period_id.ids)]

    @api.model
    def _cron_open(self):
        """Open the reports of the quarter that ended last; doing it twice makes nothing twice."""
        quarter = self.env["bphs.period"].search(
            [("kind", "=", "quarter"), ("date_end", "<", self._county_today())], order="date_end desc", limit=1
        )
        if quarter:
            self._open(quarter)

    @api.model
    def _open(self, quarter):
        """Open the report of each unit that has to hand one in for `quarter`, in one statement. Callers check rights.

        The days run from the quarter's end, or from today where it was opened later: nobody is late for a report that
        nobody had asked for.

        :return int: how many were opened
        """
        # sudo: a setting, no secret
        days = self.env["ir.config_parameter"].sudo().get_param("bphs_rectification.days_quarterly_report")
        start = max(quarter.date_end, self._county_today() - timedelta(days=1))
        due = self.env["bphs.working.day"]._add_working_days(start, int(days or DEFAULT_DAYS))
        for name in ("bphs.institution", self._name):
            self.env[name].flush_model()
        opened = self.env.execute_query(
            SQL(
                """
                INSERT INTO bphs_quarterly_report (institution_id, township_id, period_id, date_end, due_date, state,
                                                   late, create_uid, create_date, write_uid, write_date)
                SELECT id, township_id, %(quarter)s, %(date_end)s, %(due)s, 'draft', FALSE,
                       %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM bphs_institution WHERE active AND kind IN %(kinds)s
                ON CONFLICT (institution_id, period_id) DO NOTHING RETURNING id
                """,
                quarter=quarter.id,
                date_end=quarter.date_end,
                due=due,
                uid=self.env.uid,
                now=self.env.cr.now(),
                kinds=tuple(REPORTERS),
            )
        )
        self.invalidate_model()
        return len(opened)
