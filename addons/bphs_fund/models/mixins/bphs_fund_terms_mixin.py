from odoo import api, fields, models


class BphsFundTermsMixin(models.AbstractModel):
    """A document of a bureau and a period: the budget and the version of the scheme that rule it."""

    _name = "bphs.fund.terms.mixin"
    _inherit = ["bphs.scope.mixin"]
    _description = "Ruled by Budget and Scheme"

    institution_id = fields.Many2one(
        string="Bureau",
        domain=[("kind", "=", "health_bureau")],
        default=lambda self: self.env["bphs.fund.budget"]._default_institution_id(),
    )
    budget_id = fields.Many2one(
        "bphs.fund.budget", compute="_compute_terms", store=True, precompute=True, ondelete="restrict"
    )
    scheme_id = fields.Many2one(
        "bphs.fund.scheme", compute="_compute_terms", store=True, precompute=True, ondelete="restrict"
    )

    @api.depends("institution_id", "period_id")
    def _compute_terms(self):
        for document in self:
            bureau, period = document.institution_id, document.period_id
            known = bool(bureau and period)
            document.budget_id = known and document.budget_id._for_year(bureau, period)
            document.scheme_id = known and document.scheme_id._for_period(bureau, period)
