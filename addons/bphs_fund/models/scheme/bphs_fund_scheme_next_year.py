from odoo import models


class BphsFundScheme(models.Model):
    """What stays alike from year to year is not typed again: rules and prices go into next year's draft."""

    _inherit = "bphs.fund.scheme"

    def action_next_year(self):
        """Copy a published version as the draft of next year's first, and open it; a draft that stands there is opened.

        :return dict: the form of the draft
        :raise UserError: next year is not set up
        """
        self.ensure_one()
        self.check_access("write")
        year = self.period_id._next_year()
        scheme = self.search(
            [("institution_id", "=", self.institution_id.id), ("period_id", "=", year.id), ("state", "=", "draft")],
            limit=1,
        ) or self.copy(
            {
                "name": self.name.replace(self.period_id.code, year.code),
                "period_id": year.id,
                "prepay_ratio": self._ratio_in(year),
                "period_from_id": self.env["bphs.fund.plan"]._quarters(year)[:1].id,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": scheme.id,
            "views": [(False, "form")],
        }
