from odoo import models
from odoo.exceptions import UserError
from odoo.tools import groupby

from odoo.addons.bphs_base.tools.money import ZERO, to_decimal

from ...tools.sources import ShortfallError, split_payment


class BphsFundPayment(models.Model):
    """What the final approval of a batch does: split over the sources, ledger, number."""

    _inherit = "bphs.fund.payment"

    def _post(self):
        """Split every amount over the sources and enter it, all or nothing.

        :raise UserError: the sources hold less than the batch: names the shortfall
        """
        self.ensure_one()
        sources = self.budget_id.source_ids
        available = sources._lock_available()
        total = to_decimal(self.total_amount)
        held = sum(available.values(), ZERO)
        if total > held:
            raise UserError(
                self.env._(
                    "The sources hold %(held)s yuan, the batch needs %(total)s: %(shortfall)s are lacking.",
                    held=f"{held:,.2f}",
                    total=f"{total:,.2f}",
                    shortfall=f"{total - held:,.2f}",
                )
            )
        self.env["bphs.fund.entry"]._post(self._entries(self._split(sources, available)))
        self.line_ids._take_step("approve")
        # sudo: numbers are drawn by steps alone; this one was approved
        number = self.env["ir.sequence"].sudo().next_by_code("bphs.fund.payment", sequence_date=self.date)
        self._approval_write({"number": number})

    def _split(self, sources, available):
        """Create the splits, amount by amount in the order of clinic, period and kind; a later one sees the earlier.

        :param dict available: {source id: Decimal yuan}; only sources that ever held money take part
        """
        source_of = {source.level: source for source in sources}
        left = {source.level: available[source.id] for source in sources if source.arrived}
        values = []
        for payable, amount in self._amounts():
            try:
                parts = split_payment(amount, left)
            except ShortfallError as error:
                raise UserError(str(error)) from error
            for level, part in parts.items():
                left[level] -= part
                if part:
                    values.append(
                        {
                            "payment_id": self.id,
                            "payable_id": payable.id,
                            "source_id": source_of[level].id,
                            "amount": part,
                        }
                    )
        return self.env["bphs.fund.payment.split"].create(values)

    def _amounts(self):
        """[(payable, Decimal yuan)] of this batch, in the order in which they are split."""
        amounts = [
            (payable, sum((to_decimal(line.amount) for line in lines), ZERO))
            for payable, lines in groupby(self.line_ids, lambda line: line.payable_id)
        ]
        return sorted(
            amounts, key=lambda pair: (pair[0].institution_id.code, pair[0].period_id.code, pair[0].kind, pair[0].id)
        )

    def _entries(self, splits):
        return [
            {
                "budget_id": self.budget_id.id,
                "date": self.date,
                "kind": "payment",
                "institution_id": split.payable_id.institution_id.id,
                "period_id": split.payable_id.period_id.id,
                "source_id": split.source_id.id,
                "amount": -to_decimal(split.amount),
                "origin_model": split._name,
                "origin_id": split.id,
            }
            for split in splits
        ]
