from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.money import MoneyError, to_decimal

from ...settling.prepayment import compute_prepayments
from ...settling.store import copy_rows


class BphsFundPrepayment(models.Model):
    """The money a county pays its clinics in advance for a quarter (预拨): at least the floor of what they need.

    Rules: 鲁卫基层字〔2023〕3号, settlement rules section 1. A clinic is prepaid once a quarter; clinics whose plan
    comes later are prepaid by a further prepayment of the same quarter.
    """

    _name = "bphs.fund.prepayment"
    _description = "Prepayment"
    _inherit = ["bphs.print.mixin", "bphs.approval.mixin", "bphs.money.mixin", "bphs.fund.terms.mixin"]
    _order = "period_id, id desc"

    period_id = fields.Many2one(
        "bphs.period",
        string="Quarter",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("kind", "=", "quarter")],
    )
    line_ids = fields.One2many("bphs.fund.prepayment.line", "prepayment_id", string="Clinics", readonly=True)
    computed_on = fields.Datetime(string="Last Computed", readonly=True, copy=False)
    line_count = fields.Integer(string="Number of Clinics", compute="_compute_totals")
    total_amount = fields.Monetary(string="Prepaid This Time", compute="_compute_totals")
    missing_count = fields.Integer(string="Without a Confirmed Plan", compute="_compute_missing_count")

    @api.depends("institution_id", "period_id")
    def _compute_display_name(self):
        for prepayment in self:
            prepayment.display_name = (
                f"{prepayment.period_id.display_name or ''} {prepayment.institution_id.name or ''}".strip()
            )

    @api.depends("line_ids.amount")
    def _compute_totals(self):
        sums = {
            prepayment.id: (count, amount)
            for prepayment, count, amount in self.env["bphs.fund.prepayment.line"]._read_group(
                [("prepayment_id", "in", self.ids)], ["prepayment_id"], ["__count", "amount:sum"]
            )
        }
        for prepayment in self:
            prepayment.line_count, prepayment.total_amount = sums.get(prepayment.id, (0, 0))

    def _compute_missing_count(self):
        for prepayment in self:
            prepayment.missing_count = (
                self.env["bphs.institution"].search_count(prepayment._missing_clinics_domain())
                if prepayment.period_id and prepayment.institution_id
                else 0
            )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        known = ("institution_id", "period_id")
        prepayments = super().create([{name: vals[name] for name in known if name in vals} for vals in vals_list])
        prepayments._check_terms()
        return prepayments

    def write(self, vals):
        if not self.env.su:
            raise UserError(self.env._("A prepayment is computed, not edited; make another one instead."))
        return super().write(vals)

    # === ACTIONS === #

    def action_compute(self):
        """Compute what every clinic with a confirmed plan is prepaid; running it twice changes nothing.

        :raise UserError: under approval, no published scheme, a plan that lacks last year's quarters
        """
        for prepayment in self:
            prepayment.check_access("write")
            if prepayment.approval_state != "draft":
                raise UserError(self.env._("%(name)s is under approval.", name=prepayment.display_name))
            prepayment._lock_rows(
                self.env._("%(name)s is being computed by someone else.", name=prepayment.display_name)
            )
            scheme = prepayment.scheme_id._for_period(prepayment.institution_id, prepayment.period_id)
            # sudo: part of computing, for which the right to write was checked above
            prepayment.sudo().write({"scheme_id": scheme.id, "computed_on": fields.Datetime.now()})
            prepayment._check_terms()
            prepayment._write_lines()

    def action_open_missing(self):
        """List the clinics that have no confirmed plan and are not prepaid therefore."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Without a Confirmed Plan"),
            "res_model": "bphs.institution",
            "view_mode": "list",
            "domain": self._missing_clinics_domain(),
        }

    # === BUSINESS METHODS === #

    def _missing_clinics_domain(self):
        self.ensure_one()
        planned = self.env["bphs.fund.plan"].search(
            [("period_id", "=", self.period_id.parent_id.id), ("state", "=", "confirmed")]
        )
        return [
            ("id", "child_of", self.institution_id.id),
            ("kind", "in", ("village_clinic", "community_station")),
            ("id", "not in", planned.institution_id.ids),
        ]

    def _check_terms(self):
        for prepayment in self:
            if prepayment.period_id.kind != "quarter":
                raise UserError(self.env._("%(period)s is not a quarter.", period=prepayment.period_id.display_name))
            if not prepayment.budget_id or not prepayment.scheme_id:
                raise UserError(
                    self.env._(
                        "%(period)s needs a budget of its year and a published settlement scheme first.",
                        period=prepayment.period_id.display_name,
                    )
                )

    def _write_lines(self):
        """Replace the lines in two statements, however many clinics."""
        try:
            rows = compute_prepayments(self)
        except MoneyError as error:
            raise UserError(str(error)) from error
        self.env.execute_query(
            SQL("DELETE FROM bphs_fund_prepayment_line WHERE prepayment_id = %s RETURNING id", self.id)
        )
        self.flush_recordset(["scheme_id"])  # each line is checked against it as it comes in
        now = self.env.cr.now()
        copy_rows(
            self.env.cr,
            "bphs_fund_prepayment_line",
            (
                "prepayment_id",
                "period_id",
                "institution_id",
                "basis",
                "needed",
                "ratio",
                "amount",
                "cumulative",
                "create_uid",
                "create_date",
                "write_uid",
                "write_date",
            ),
            ([self.id, self.period_id.id, *row, self.env.uid, now, self.env.uid, now] for row in rows),
        )
        self.env["bphs.fund.prepayment.line"].invalidate_model()
        self.invalidate_recordset()

    # === APPROVAL === #

    def _approval_flow_code(self):
        return "prepayment"

    @api.model
    def _approval_submit_label(self):
        return self.env._("Hand In")

    @api.model
    def _approval_submit_depends(self):
        return ("line_count",)

    def _approval_is_complete(self):
        return bool(self.line_count)

    def _approval_title(self):
        return self.display_name

    def _approval_institution(self):
        return self.institution_id

    def _approval_amount(self):
        return to_decimal(self.total_amount)

    def _approval_content(self):
        return {
            "bureau": self.institution_id.code,
            "period": self.period_id.code,
            "lines": [
                [line.institution_id.code, to_decimal(line.needed), to_decimal(line.ratio), to_decimal(line.amount)]
                for line in self.line_ids.sorted("id")
            ],
        }

    def _approval_check_submit(self):
        super()._approval_check_submit()
        for prepayment in self:
            if not prepayment.line_ids:
                raise UserError(self.env._("There is nothing to prepay: compute first."))
            prepayment._check_lines_current()

    def _check_lines_current(self):
        """:raise UserError: plans or scheme changed since the lines were computed"""
        now = {row[0]: row[4] for row in compute_prepayments(self)}
        if now != {line.institution_id.id: to_decimal(line.amount) for line in self.line_ids}:
            raise UserError(self.env._("Plans changed since this was computed. Compute again."))

    def _on_approval_approved(self):
        super()._on_approval_approved()
        # sudo: the last approver holds no right on ledger and payables; the approval is what allows it
        for prepayment in self.sudo():
            common = [
                {
                    "budget_id": prepayment.budget_id.id,
                    "institution_id": line.institution_id.id,
                    "period_id": prepayment.period_id.id,
                    "amount": to_decimal(line.amount),
                    "origin_model": line._name,
                    "origin_id": line.id,
                }
                for line in prepayment.line_ids
            ]
            prepayment.env["bphs.fund.entry"]._post([{**vals, "kind": "prepayment"} for vals in common])
            prepayment.env["bphs.fund.payable"]._open([{**vals, "kind": "prepaid"} for vals in common])
