from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_base.tools.steps import Step

STATES = [("draft", "Draft"), ("published", "On Show"), ("closed", "Closed")]
STEPS = {"publish": Step(("draft",), "published"), "close": Step(("published",), "closed")}
# A notice that hung before somebody entered it here: by how many days at most.
PAPER_DAYS = 7
# What is entered by hand, while it is a draft.
ENTERED = ("run_id", "date_start", "days", "place", "phone", "posted_note")
RESULTS = [("none", "No objection"), ("settled", "Objections settled")]


class BphsFundNotice(models.Model):
    """The public notice of a settlement (公示): shown for some working days before the money is paid.

    It names the doctors masked, never an identity number or an account. What the public objected, and how that was
    settled, is recorded when the days are over; only then is the settled money paid.
    """

    _name = "bphs.fund.notice"
    _description = "Public Notice of a Settlement"
    _inherit = ["bphs.steps.mixin", "bphs.print.mixin", "bphs.scope.mixin", "bphs.waiting.mixin"]
    _order = "date_start desc, id desc"
    _steps = STEPS
    _step_sets = ("published_by_id", "published_at", "result", "result_note", "closed_by_id")
    _writable = {"draft": {ANYBODY: ENTERED}}

    run_id = fields.Many2one("bphs.fund.run", string="Settlement", required=True, ondelete="restrict")
    institution_id = fields.Many2one(related="run_id.institution_id", string="Bureau", store=True, required=False)
    period_id = fields.Many2one(related="run_id.period_id", store=True, index=True)
    date_start = fields.Date(string="First Day", required=True, default=lambda self: self._county_today())
    days = fields.Integer(
        string="Working Days",
        compute="_compute_days",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        aggregator=None,
    )
    date_end = fields.Date(string="Last Day", compute="_compute_date_end", store=True)
    calendar_note = fields.Char(compute="_compute_calendar_note")
    place = fields.Char(required=True, help="Where it hangs or stands: village notice boards, the website ...")
    phone = fields.Char(string="Supervision Phone", required=True)
    posted_note = fields.Char(
        string="Posted on Paper Before",
        help="Where its first day lies before the day it is entered: who posted it then, and where.",
    )
    published_by_id = fields.Many2one(
        "res.users", string="Put on Show By", readonly=True, copy=False, ondelete="restrict"
    )
    published_at = fields.Datetime(string="Put on Show At", readonly=True, copy=False)
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False, index=True)
    result = fields.Selection(RESULTS, readonly=True, copy=False)
    result_note = fields.Text(string="Objections and How They Were Settled", readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")

    _run_uniq = models.Constraint("UNIQUE(run_id)", "There is a public notice of this settlement already.")
    _days_positive = models.Constraint("CHECK(days > 0)", "A notice stands for one working day at least.")

    @api.depends("run_id")
    def _compute_display_name(self):
        for notice in self:
            notice.display_name = self.env._("Notice %(run)s", run=notice.run_id.display_name or "")

    @api.depends("run_id")
    def _compute_days(self):
        for notice in self:
            notice.days = notice.run_id.scheme_id.notice_days or notice.days or 7

    @api.depends("date_start", "days")
    def _compute_date_end(self):
        for notice in self:
            notice.date_end = notice._last_day()

    def _last_day(self):
        return self.date_start and self.env["bphs.working.day"]._add_working_days(self.date_start, self.days)

    @api.depends("date_start", "date_end", "state")
    def _compute_calendar_note(self):
        calendar = self.env["bphs.working.day"]
        for notice in self:
            open_dates = notice.state == "draft" and notice.date_start and notice.date_end
            notice.calendar_note = open_dates and calendar._unlisted_note(notice.date_start, notice.date_end)

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{name: vals[name] for name in ENTERED if name in vals} for vals in vals_list])

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_published(self):
        self._check_in_state(("draft",))

    # === ACTIONS === #

    def action_publish(self):
        """Record that the notice is on show from its first day.

        :raise UserError: the settlement is not approved, the days would be fewer than the scheme demands, or the first
            day lies before the approval, or before today with nobody named who posted it on paper
        """
        self._check_step("publish")
        for notice in self:
            if not notice.run_id._approval_is_approved():
                raise UserError(self.env._("%(run)s is not approved yet.", run=notice.run_id.display_name))
            if notice.days < notice.run_id.scheme_id.notice_days:
                raise UserError(
                    self.env._(
                        "The settlement scheme demands %(days)s working days.", days=notice.run_id.scheme_id.notice_days
                    )
                )
            notice._check_first_day()
        for notice in self:
            # By the calendar of holidays as it is now, not as the draft found it.
            date_end = notice._last_day()
            notice._take_step(
                "publish", {"date_end": date_end, "published_by_id": self.env.uid, "published_at": self._now()}
            )

    def action_open_close(self):
        """Open the dialog that records the result."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Result of the Notice"),
            "res_model": "bphs.fund.notice.close",
            "view_mode": "form",
            "target": "new",
            "context": {"default_notice_id": self.id},
        }

    def action_close(self, result, note=""):
        """Record the result once the days are over.

        :param str result: none | settled
        :param str note: demanded where there were objections
        :raise UserError: not on show, too early, or no word on the objections
        """
        self.ensure_one()
        self._check_step("close")
        if self._county_today() <= self.date_end:
            raise UserError(
                self.env._("The notice stands until %(date)s; its result is recorded after.", date=self.date_end)
            )
        if result not in dict(self._fields["result"].selection):
            raise UserError(self.env._("Say whether there were objections."))
        if result == "settled" and not (note or "").strip():
            raise UserError(self.env._("Say what was objected and how it was settled."))
        self._take_step("close", {"result": result, "result_note": note, "closed_by_id": self.env.uid})

    # === BUSINESS METHODS === #

    def _step_words(self):
        shown = self.env._("A notice that was published stays as it was shown.")
        return super()._step_words() | {
            "state": shown,
            "state:publish": self.env._("%(name)s is on show already."),
            "state:close": self.env._("%(name)s is not on show."),
            "closed": shown,
            "set": self.env._("The state and result of a notice are set by its buttons."),
        }

    def _check_first_day(self):
        """Nothing is on show before it was approved; what hung on paper before it was entered is said to have.

        :raise UserError: the first day lies too early, or nobody is named for a day before today
        """
        approved, today = self.run_id._approval_approved_on(), self._county_today()
        earliest = max(approved, today - timedelta(days=PAPER_DAYS))
        if self.date_start < earliest:
            raise UserError(
                self.env._(
                    "%(run)s was approved on %(approved)s: its notice cannot begin before %(earliest)s. What hung on"
                    " paper is entered within %(days)s days, and never before the approval.",
                    run=self.run_id.display_name,
                    approved=approved,
                    earliest=earliest,
                    days=PAPER_DAYS,
                )
            )
        if self.date_start < today and not (self.posted_note or "").strip():
            raise UserError(
                self.env._(
                    "The first day, %(date)s, is over. Say who posted the notice on paper then, and where; otherwise"
                    " it begins today.",
                    date=self.date_start,
                )
            )

    @api.model
    def _finished_runs(self, runs):
        """Those of `runs` whose public notice is over and its result recorded."""
        # sudo: whether the notice is over does not depend on who asks
        return self.sudo().search([("run_id", "in", runs.ids), ("state", "=", "closed")]).run_id.with_env(self.env)
