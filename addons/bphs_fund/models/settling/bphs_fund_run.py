from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.bphs_base.models.registers.bphs_institution import CLINIC_KINDS
from odoo.addons.bphs_base.tools.money import ZERO, to_decimal

KINDS = [("quarter", "Quarter"), ("annual", "Year")]
TOTALS = ("settled", "prepaid", "frozen", "pay", "carry", "payable")


class BphsFundRun(models.Model):
    """A county's settlement of one quarter or year: township settlements under one county approval.

    Townships that are not through when the run is handed in go on in the next run of the same period, so that
    nobody waits for the slowest. A clinic that cannot be settled yet is listed with the reason, never left at zero.
    """

    _name = "bphs.fund.run"
    _description = "Settlement Run"
    _inherit = ["bphs.print.mixin", "bphs.approval.mixin", "bphs.money.mixin", "bphs.fund.terms.mixin"]
    _order = "period_id, sequence desc, id desc"

    period_id = fields.Many2one(
        "bphs.period",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("kind", "in", ("quarter", "year"))],
        help="A quarter for a quarterly settlement, a budget year for the annual one.",
    )
    kind = fields.Selection(KINDS, compute="_compute_kind", store=True, precompute=True)
    sequence = fields.Integer(string="Part Number", readonly=True, default=0, copy=False, aggregator=None)
    settlement_ids = fields.One2many("bphs.fund.settlement", "run_id", string="Townships", readonly=True)
    issue_ids = fields.One2many("bphs.fund.run.issue", "run_id", string="Cannot Be Settled Yet", readonly=True)
    computed_on = fields.Datetime(string="Last Computed", readonly=True, copy=False)
    settlement_count = fields.Integer(string="Number of Townships", compute="_compute_counts")
    ready_count = fields.Integer(string="Townships Approved", compute="_compute_counts")
    issue_count = fields.Integer(string="Not Settled Yet", compute="_compute_counts")
    line_count = fields.Integer(string="Number of Clinics", compute="_compute_totals")
    total_settled = fields.Monetary(string="Settled", compute="_compute_totals")
    total_prepaid = fields.Monetary(string="Prepaid", compute="_compute_totals")
    total_frozen = fields.Monetary(string="Held", compute="_compute_totals")
    total_pay = fields.Monetary(string="Net Payment", compute="_compute_totals")
    total_carry = fields.Monetary(string="Carry to Next", compute="_compute_totals")
    total_payable = fields.Monetary(string="Year's Payment", compute="_compute_totals")
    calendar_note = fields.Char(compute="_compute_calendar_note")

    _sequence_uniq = models.Constraint(
        "UNIQUE(institution_id, period_id, sequence)", "A run of this number exists for this period already."
    )

    # === COMPUTE METHODS === #

    @api.depends("institution_id", "period_id", "sequence")
    def _compute_display_name(self):
        for run in self:
            name = f"{run.period_id.display_name or ''} {run.institution_id.name or ''}".strip()
            later = self.env._("%(name)s (%(number)s)", name=name, number=run.sequence)
            run.display_name = later if run.sequence > 1 else name

    @api.depends("period_id")
    def _compute_kind(self):
        for run in self:
            run.kind = "annual" if run.period_id.kind == "year" else "quarter"

    @api.depends("settlement_ids.approval_state", "issue_ids")
    def _compute_counts(self):
        # A township has a second document where some of its clinics go on later: townships are counted, not papers.
        documents = {run_id: {} for run_id in self.ids}
        for run, township, states in self.env["bphs.fund.settlement"]._read_group(
            [("run_id", "in", self.ids)], ["run_id", "institution_id"], ["approval_state:array_agg_distinct"]
        ):
            documents[run.id][township] = set(states)
        issues = dict(
            self.env["bphs.fund.run.issue"]._read_group([("run_id", "in", self.ids)], ["run_id"], ["__count"])
        )
        for run in self:
            townships = documents.get(run.id, {})
            run.settlement_count = len(townships)
            run.ready_count = sum(states == {"approved"} for states in townships.values())
            run.issue_count = issues.get(run, 0)

    @api.depends("settlement_ids.line_ids.base")
    def _compute_totals(self):
        sums = {
            run.id: sums
            for run, *sums in self.env["bphs.fund.settlement.line"]._read_group(
                [("settlement_id.run_id", "in", self.ids)],
                ["settlement_id.run_id"],
                ["__count", *(f"{name}:sum" for name in TOTALS)],
            )
        }
        for run in self:
            run.line_count, *amounts = sums.get(run.id, [0] * (len(TOTALS) + 1))
            for name, amount in zip(TOTALS, amounts, strict=True):
                run[f"total_{name}"] = amount

    @api.depends("approval_state", "scheme_id", "settlement_ids.sent_on")
    def _compute_calendar_note(self):
        """Of the days the clinics would have, were the sheets sent today."""
        calendar = self.env["bphs.working.day"]
        for run in self:
            to_send = run.approval_state == "draft" and not all(run.settlement_ids.mapped("sent_on"))
            run.calendar_note = to_send and calendar._unlisted_note(run._county_today(), run._confirm_deadline())

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        # Set here, never taken from the client: the number says which run of the period this is.
        known = ("institution_id", "period_id")
        runs = super().create([{name: vals[name] for name in known if name in vals} for vals in vals_list])
        for run in runs:
            if run.period_id.kind not in ("quarter", "year"):
                raise UserError(
                    self.env._("%(period)s is neither a quarter nor a budget year.", period=run.period_id.display_name)
                )
            run._check_terms()
            # sudo: nobody but this method numbers runs
            run.sudo().sequence = run._next_sequence()
        return runs

    def write(self, vals):
        fixed = {"institution_id", "period_id", "kind", "sequence", "budget_id", "scheme_id", "computed_on"}
        if fixed & set(vals) and not self.env.su:
            raise UserError(self.env._("A run keeps its period and terms; make another run instead."))
        return super().write(vals)

    # Called whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_started(self):
        for run in self:
            if run.approval_state != "draft" or any(s.approval_state != "draft" for s in run.settlement_ids):
                raise UserError(self.env._("%(name)s holds reviewed settlements and stays.", name=run.display_name))

    def unlink(self):
        # sudo: the townships' drafts go with their run; nobody has the right to delete them one by one
        self.sudo().settlement_ids.unlink()
        return super().unlink()

    # === ACTIONS === #

    def action_compute(self):
        """Make or refresh the draft township settlements from what stands verified now.

        Lines whose inputs did not change stay as they are, with their confirmation: running it twice changes nothing.
        Settlements already under review are left alone.

        :raise UserError: the run is under approval, or no scheme is published for its period
        """
        for run in self:
            run.check_access("write")
            if run.approval_state != "draft":
                raise UserError(self.env._("%(name)s is under approval.", name=run.display_name))
            run._refresh_terms()
            run._compute_lines()

    def action_send(self):
        """Send the sheets to the clinics; from the deadline on, silence counts as consent."""
        for run in self:
            run.check_access("write")
            drafts = run.settlement_ids.filtered(lambda s: s.approval_state == "draft" and not s.sent_on)
            if not drafts:
                raise UserError(self.env._("There is nothing to send: compute first."))
            # sudo: the county sends what it computed; it holds no right to edit a township's settlement
            drafts = drafts.sudo()
            drafts.sent_on = run._county_today()
            drafts.line_ids.confirm_deadline = run._confirm_deadline()

    def action_submit_townships(self):
        """Hand in every township settlement whose clinics have all confirmed."""
        self.check_access("write")
        ready = self.settlement_ids.filtered(lambda settlement: settlement.state == "ready")
        if not ready:
            raise UserError(self.env._("No township is ready: clinics are still to confirm, or nothing was sent."))
        said = self[:1]._named(ready)
        for settlement in ready:
            settlement.action_approval_submit()
        return self._notification(
            self.env._("Handed in: %(townships)s.", townships=said),
            next={"type": "ir.actions.client", "tag": "soft_reload"},
        )

    def action_open_lines(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_fund.bphs_fund_settlement_line_action")
        return {**action, "domain": [("settlement_id.run_id", "=", self.id)], "context": {}}

    def action_open_issues(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "bphs.fund.run.issue",
            "view_mode": "list",
            "domain": [("run_id", "=", self.id)],
            "name": self.env._("Cannot Be Settled Yet"),
        }

    # === BUSINESS METHODS === #

    def _check_terms(self):
        for run in self:
            if not run.budget_id:
                raise UserError(
                    self.env._(
                        "%(bureau)s has no budget for the year of %(period)s.",
                        bureau=run.institution_id.name,
                        period=run.period_id.display_name,
                    )
                )
            if not run.scheme_id:
                raise UserError(
                    self.env._(
                        "No settlement scheme is published for %(period)s: publish one first.",
                        period=run.period_id.display_name,
                    )
                )

    def _refresh_terms(self):
        """Take a scheme version published since the run was made; reviewed settlements keep theirs."""
        self.ensure_one()
        scheme = self.scheme_id._for_period(self.institution_id, self.period_id)
        if scheme != self.scheme_id:
            # sudo: part of computing, for which the right to write the run was checked
            run = self.sudo()
            run.scheme_id = scheme
            self._check_terms()
            run.settlement_ids.filtered(lambda s: s.approval_state == "draft").scheme_id = scheme

    def _action_open_form(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _next_sequence(self):
        self.env.cr.execute(
            SQL(
                "SELECT COALESCE(MAX(sequence), 0) + 1 FROM bphs_fund_run WHERE institution_id = %s AND period_id = %s",
                self.institution_id.id,
                self.period_id.id,
            )
        )
        return self.env.cr.fetchone()[0]

    def _next_run(self):
        """The draft run of the same period that takes what this one leaves; made where there is none."""
        self.ensure_one()
        later = self.search(
            [
                ("institution_id", "=", self.institution_id.id),
                ("period_id", "=", self.period_id.id),
                ("sequence", ">", self.sequence),
                ("approval_state", "=", "draft"),
            ],
            order="sequence",
            limit=1,
        )
        return later or self.create({"institution_id": self.institution_id.id, "period_id": self.period_id.id})

    def _confirm_deadline(self):
        return self.env["bphs.working.day"]._add_working_days(self._county_today(), self.scheme_id.confirm_days)

    def _clinics(self):
        """Ids of the clinics the bureau settles: those active, and those closed that had a plan for the year."""
        self.ensure_one()
        year = self.period_id if self.kind == "annual" else self.period_id.parent_id
        planned = (
            self.env["bphs.fund.plan"].search([("period_id", "=", year.id), ("state", "=", "confirmed")]).institution_id
        )
        clinics = (
            self.env["bphs.institution"]
            .with_context(active_test=False)
            .search(
                [
                    ("id", "child_of", self.institution_id.id),
                    ("kind", "in", CLINIC_KINDS),
                    *([] if self.kind == "annual" else ["|", ("active", "=", True)]),
                    ("id", "in", planned.ids),
                ]
            )
        )
        return clinics.ids

    def _approval_flow_code(self):
        return "fund_run"

    @api.model
    def _approval_submit_label(self):
        return self.env._("Hand In")

    @api.model
    def _approval_submit_depends(self):
        return ("ready_count",)

    def _approval_is_complete(self):
        return bool(self.ready_count)

    def _approval_title(self):
        return self.display_name

    def _approval_institution(self):
        return self.institution_id

    def _approval_amount(self):
        return to_decimal(self.total_payable if self.kind == "annual" else self.total_pay) or ZERO

    def _approval_content(self):
        return {
            "bureau": self.institution_id.code,
            "period": self.period_id.code,
            "sequence": self.sequence,
            "settlements": [settlement._approval_content() for settlement in self.settlement_ids.sorted("id")],
        }
