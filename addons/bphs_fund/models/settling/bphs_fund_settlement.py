from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.bphs_base.tools.money import to_decimal

TOTALS = ("base", "settled", "prepaid", "carry_in", "frozen", "pay", "carry", "payable")
STATES = [
    ("computed", "Computed"),
    ("confirming", "With the Clinics"),
    ("ready", "Confirmed"),
    ("submitted", "In Review"),
    ("approved", "Approved"),
]


class BphsFundSettlement(models.Model):
    """A township's settlement of a quarter or a year; its clinics are the lines.

    The clinics confirm their sheets, then the township reviews (flow `settlement`), then the county run that
    holds it goes on. A clinic that objects moves to a supplementary settlement, so that the others go on.
    """

    _name = "bphs.fund.settlement"
    _description = "Township Settlement"
    _inherit = ["bphs.print.mixin", "bphs.approval.mixin", "bphs.scope.mixin", "bphs.money.mixin", "bphs.waiting.mixin"]
    _order = "period_id, institution_id, sequence"
    _waiting_fields = ("sent_on",)

    run_id = fields.Many2one("bphs.fund.run", required=True, index=True, readonly=True, ondelete="restrict")
    institution_id = fields.Many2one(string="Township Institution", readonly=True)
    period_id = fields.Many2one("bphs.period", required=True, index=True, readonly=True, ondelete="restrict")
    kind = fields.Selection([("quarter", "Quarter"), ("annual", "Year")], required=True, readonly=True)
    sequence = fields.Integer(string="Part Number", required=True, readonly=True, aggregator=None)
    scheme_id = fields.Many2one("bphs.fund.scheme", required=True, readonly=True, ondelete="restrict")
    line_ids = fields.One2many("bphs.fund.settlement.line", "settlement_id", string="Clinics", readonly=True)
    sent_on = fields.Date(string="Sent to the Clinics", readonly=True)
    computed_on = fields.Datetime(string="Last Computed", readonly=True)
    state = fields.Selection(STATES, compute="_compute_state")
    line_count = fields.Integer(string="Number of Clinics", compute="_compute_state")
    waiting_count = fields.Integer(string="Not Confirmed", compute="_compute_state")
    objected_count = fields.Integer(string="Objections", compute="_compute_state")
    total_base = fields.Monetary(string="Verified Amount", compute="_compute_totals")
    total_settled = fields.Monetary(string="Settled", compute="_compute_totals")
    total_prepaid = fields.Monetary(string="Prepaid", compute="_compute_totals")
    total_carry_in = fields.Monetary(string="Carry from Before", compute="_compute_totals")
    total_frozen = fields.Monetary(string="Held", compute="_compute_totals")
    total_pay = fields.Monetary(string="Net Payment", compute="_compute_totals")
    total_carry = fields.Monetary(string="Carry to Next", compute="_compute_totals")
    total_payable = fields.Monetary(string="Year's Payment", compute="_compute_totals")

    _township_period_uniq = models.Constraint(
        "UNIQUE(institution_id, period_id, kind, sequence)",
        "This township has a settlement of this number for this period already.",
    )

    # === COMPUTE METHODS === #

    @api.depends("institution_id", "period_id", "sequence")
    def _compute_display_name(self):
        for settlement in self:
            name = f"{settlement.institution_id.name or ''} {settlement.period_id.display_name or ''}"
            later = self.env._("%(name)s (%(number)s)", name=name, number=settlement.sequence)
            settlement.display_name = later if settlement.sequence > 1 else name

    @api.depends("line_ids.confirm_state", "approval_state", "sent_on")
    def _compute_state(self):
        counts = {settlement_id: Counter() for settlement_id in self.ids}
        for settlement, confirm_state, count in self.env["bphs.fund.settlement.line"]._read_group(
            [("settlement_id", "in", self.ids)], ["settlement_id", "confirm_state"], ["__count"]
        ):
            counts[settlement.id][confirm_state] = count
        for settlement in self:
            count = counts.get(settlement.id, Counter())
            settlement.line_count = count.total()
            settlement.waiting_count = count["waiting"]
            settlement.objected_count = count["objected"]
            if settlement.approval_state != "draft":
                settlement.state = settlement.approval_state
            elif not settlement.sent_on:
                settlement.state = "computed"
            else:
                settlement.state = "confirming" if count["waiting"] + count["objected"] else "ready"

    @api.depends("line_ids.base")
    def _compute_totals(self):
        sums = {
            settlement.id: amounts
            for settlement, *amounts in self.env["bphs.fund.settlement.line"]._read_group(
                [("settlement_id", "in", self.ids)], ["settlement_id"], [f"{name}:sum" for name in TOTALS]
            )
        }
        for settlement in self:
            for name, amount in zip(TOTALS, sums.get(settlement.id, [0] * len(TOTALS)), strict=True):
                settlement[f"total_{name}"] = amount

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        self._check_server()
        return super().create(vals_list)

    def write(self, vals):
        self._check_server()
        return super().write(vals)

    def unlink(self):
        self._check_server()
        return super().unlink()

    def _check_server(self):
        """Refuse whoever is not our own code: those who hand settlements in hold the right to write, and may not edit.

        Only server code runs with `su`; no client can ask for it.
        """
        if not self.env.su:
            raise AccessError(self.env._("A settlement is computed by its run; it cannot be edited."))

    # Called whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_posted(self):
        for settlement in self:
            if settlement.approval_state != "draft":
                raise UserError(self.env._("%(name)s is under approval and stays.", name=settlement.display_name))

    # === ACTIONS === #

    def action_approval_submit(self, comment=""):
        """Hand in for review: the township accountant and the county's finance officer hold the right."""
        result = super().action_approval_submit(comment)
        self.invalidate_recordset()
        return result

    def action_open_lines(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_fund.bphs_fund_settlement_line_action")
        return {**action, "domain": [("settlement_id", "=", self.id)], "name": self.display_name, "context": {}}

    # === APPROVAL === #

    def _approval_flow_code(self):
        return "settlement"

    @api.model
    def _approval_submit_label(self):
        return self.env._("Hand In")

    @api.model
    def _approval_submit_depends(self):
        return ("state",)

    def _approval_is_complete(self):
        return self.state == "ready"

    def _approval_title(self):
        return self.display_name

    def _approval_institution(self):
        return self.institution_id

    def _approval_amount(self):
        return to_decimal(self.total_payable if self.kind == "annual" else self.total_pay)

    def _approval_content(self):
        return {
            "township": self.institution_id.code,
            "period": self.period_id.code,
            "kind": self.kind,
            "sequence": self.sequence,
            "lines": self.line_ids._approval_line_content(),
        }

    def _approval_check_submit(self):
        super()._approval_check_submit()
        if not self.line_ids:
            raise UserError(self.env._("%(name)s has no clinics.", name=self.display_name))
        open_lines = self.line_ids.filtered(lambda line: line.confirm_state in ("waiting", "objected"))
        if open_lines:
            raise UserError(
                self.env._(
                    "%(name)s: these clinics have not confirmed yet: %(clinics)s.",
                    name=self.display_name,
                    clinics=", ".join(open_lines.institution_id.mapped("name")),
                )
            )
        # sudo: the county's run is out of sight of the township that hands its settlement in
        self.sudo().run_id._check_inputs_unchanged(self)
