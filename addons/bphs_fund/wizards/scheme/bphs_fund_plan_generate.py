from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class BphsFundPlanGenerate(models.TransientModel):
    """Makes the annual plans of all clinics of a year at once, as drafts. Clinics that have one
    keep it."""

    _name = "bphs.fund.plan.generate"
    _description = "Make Annual Plans"

    institution_id = fields.Many2one(
        "bphs.institution",
        string="Bureau",
        required=True,
        domain=[("kind", "=", "health_bureau")],
        default=lambda self: self.env["bphs.fund.budget"]._default_institution_id(),
        ondelete="cascade",
    )
    period_id = fields.Many2one(
        "bphs.period",
        string="Budget Year",
        required=True,
        domain=[("kind", "=", "year")],
        default=lambda self: self._default_period_id(),
        ondelete="cascade",
    )
    scheme_id = fields.Many2one("bphs.fund.scheme", compute="_compute_scheme_id")
    basis = fields.Selection(related="scheme_id.prepay_basis")
    quantity_from = fields.Selection(
        [
            ("last_plan", "Plans of last year"),
            ("work", "Verified work of last year"),
            ("blank", "To be filled in"),
        ],
        string="Expected Quantities",
        default="work",
        required=True,
    )
    clinic_count = fields.Integer(string="Number of Clinics", compute="_compute_counts")
    planned_count = fields.Integer(string="Clinics With a Plan", compute="_compute_counts")

    def _default_period_id(self):
        """The latest year with rules: plans are made once they are published."""
        schemes = self.env["bphs.fund.scheme"].search([("state", "=", "published")])
        return schemes.period_id.sorted("date_start")[-1:]

    @api.depends("institution_id", "period_id")
    def _compute_scheme_id(self):
        for wizard in self:
            wizard.scheme_id = False
            if wizard.institution_id and wizard.period_id:
                wizard.scheme_id = self.env["bphs.fund.scheme"]._for_period(wizard.institution_id, wizard.period_id)

    @api.depends("institution_id", "period_id")
    def _compute_counts(self):
        for wizard in self:
            clinics = self.env["bphs.fund.plan"]._clinics(wizard.institution_id)
            wizard.clinic_count = len(clinics)
            wizard.planned_count = self.env["bphs.fund.plan"].search_count(
                [("period_id", "=", wizard.period_id.id), ("institution_id", "in", clinics.ids)]
            )

    def action_generate(self):
        """Make the missing plans as drafts and show the plans of the year.

        :raise UserError: no scheme is published for the year
        """
        self.ensure_one()
        self.env["bphs.fund.plan"].check_access("create")
        if not self.scheme_id:
            raise UserError(self.env._("No settlement scheme is published for %(year)s.", year=self.period_id.code))
        self.env["bphs.fund.plan"].create(self._plans_to_make())
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_fund.bphs_fund_plan_action")
        return {**action, "domain": [("period_id", "=", self.period_id.id)], "target": "main"}

    def _plans_to_make(self):
        Plan = self.env["bphs.fund.plan"]
        clinics = Plan._clinics(self.institution_id)
        # Archived clinics do not come here; those that have a plan keep it, draft or not.
        clinics -= Plan.search(
            [("period_id", "=", self.period_id.id), ("institution_id", "in", clinics.ids)]
        ).institution_id
        last_year = Plan._previous_year(self.period_id)
        carry = Plan._left_to_deduct(clinics, last_year) if last_year else {}
        if self.basis == "last_year":
            settled = Plan._settled_last_year(clinics, self.period_id)
            lines = {clinic.id: {"quarter_ids": self._quarters(settled.get(clinic.id, {}))} for clinic in clinics}
        else:
            quantities = self._quantities(clinics, last_year)
            lines = {clinic.id: {"line_ids": self._lines(quantities.get(clinic.id, {}))} for clinic in clinics}
        return [
            {
                "institution_id": clinic.id,
                "period_id": self.period_id.id,
                "scheme_id": self.scheme_id.id,
                "opening_carry": carry.get(clinic.id, 0),
                **lines[clinic.id],
            }
            for clinic in clinics
        ]

    def _quantities(self, clinics, last_year):
        if self.quantity_from == "blank" or not last_year:
            return {}
        if self.quantity_from == "work":
            return self.env["bphs.fund.plan"]._worked_quantities(clinics, last_year)
        return self.env["bphs.fund.plan"]._planned_quantities(clinics, last_year)

    def _lines(self, quantities):
        """A line for each priced item, zero where nothing is known."""
        return [
            Command.create({"item_id": item, "quantity": quantities.get(item, 0)}) for item in self.scheme_id._prices()
        ]

    def _quarters(self, settled):
        """A negative settlement cannot be prepaid on: it counts as nothing."""
        return [
            Command.create({"period_id": quarter.id, "amount": max(amount, 0)}) for quarter, amount in settled.items()
        ]
