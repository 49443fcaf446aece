from odoo import api, fields, models

from odoo.addons.bphs_base.tools.money import ZERO, to_decimal


class BphsFundRun(models.Model):
    """What the steps of a run will do, said on the page before they are pressed: which townships, how much."""

    _inherit = "bphs.fund.run"

    foretold = fields.Text(string="What the Next Steps Do", compute="_compute_foretold")

    @api.depends("approval_state", "settlement_ids.approval_state", "settlement_ids.sent_on")
    def _compute_foretold(self):
        for run in self:
            run.foretold = "\n".join(run._foretell()) if run.approval_state == "draft" else False

    def _foretell(self):
        """:return list: a sentence for each step that would do something now"""
        self.ensure_one()
        confirmed = self.settlement_ids.filtered(lambda settlement: settlement.state == "ready")
        through = self.settlement_ids.filtered(lambda settlement: settlement.approval_state == "approved")
        sentences = []
        if confirmed:
            sentences.append(
                self.env._(
                    "“Hand In Confirmed Townships” sends the papers of %(townships)s.", townships=self._named(confirmed)
                )
            )
        if through:
            sentences.append(
                self.env._("“Hand In” asks the county to approve %(townships)s.", townships=self._named(through))
            )
        if through and (later := self.settlement_ids - through):
            sentences.append(
                self.env._(
                    "Not through yet, so they go on in a further run of the period: %(townships)s.",
                    townships=self._named(later),
                )
            )
        return sentences

    def _named(self, settlements):
        """Townships by name, how many clinics and how much, in the order of their names."""
        parts = [
            self.env._(
                "%(name)s (%(clinics)s clinics, %(amount)s yuan)",
                name=settlement.institution_id.name,
                clinics=settlement.line_count,
                amount=f"{settlement._approval_amount():,.2f}",
            )
            for settlement in settlements.sorted(lambda settlement: settlement.institution_id.name)
        ]
        total = sum((settlement._approval_amount() for settlement in settlements), to_decimal(ZERO))
        if len(parts) > 1:
            parts.append(
                self.env._(
                    "together %(count)s townships, %(amount)s yuan",
                    count=len(settlements.institution_id),
                    amount=f"{total:,.2f}",
                )
            )
        return "、".join(parts)
