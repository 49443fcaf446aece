"""What one looks at before one approves money: the figures of each document, as they stand on its papers."""

from odoo import models

from odoo.addons.bphs_base.tools.home import to_the_fen
from odoo.addons.bphs_base.tools.money import to_decimal


def figures(document, names):
    """:return: list of (label, value) of these fields, those that come to nothing left out"""
    found = []
    for name in names:
        field, value = document._fields[name], document[name]
        if value:
            shown = (
                to_the_fen(value) if field.type == "monetary" else f"{value:,}" if field.type == "integer" else value
            )
            found.append((field._description_string(document.env), shown))
    return found


class BphsFundSettlement(models.Model):
    _inherit = "bphs.fund.settlement"

    def _approval_figures(self):
        names = ("line_count", "total_base", "total_settled", "total_prepaid", "total_carry_in", "total_frozen")
        return figures(self, (*names, "total_payable" if self.kind == "annual" else "total_pay", "total_carry"))

    def _approval_result(self):
        # Where nothing is paid, what is still to be deducted is the result.
        return super()._approval_result() or to_decimal(self.total_carry)


class BphsFundRun(models.Model):
    _inherit = "bphs.fund.run"

    def _approval_figures(self):
        names = ("settlement_count", "line_count", "total_settled", "total_prepaid", "total_frozen")
        return figures(self, (*names, "total_payable" if self.kind == "annual" else "total_pay", "total_carry"))

    def _approval_result(self):
        # As for a township: nothing paid, and something still to be deducted.
        return super()._approval_result() or to_decimal(self.total_carry)


class BphsFundPrepayment(models.Model):
    _inherit = "bphs.fund.prepayment"

    def _approval_figures(self):
        return figures(self, ("line_count", "total_amount", "missing_count"))


class BphsFundPayment(models.Model):
    _inherit = "bphs.fund.payment"

    def _approval_figures(self):
        return figures(self, ("line_count", "total_amount", "left_count"))


class BphsFundHold(models.Model):
    _inherit = "bphs.fund.hold"

    def _approval_figures(self):
        return figures(self, ("amount", "capped_amount", "releasable", "reason", "release_reason"))


class BphsFundAllotment(models.Model):
    _inherit = "bphs.fund.allotment"

    def _approval_figures(self):
        return figures(self, ("line_count", "total_amount"))

    def _approval_result(self):
        # Stages look at its size, people at its sign: a taking back is below zero.
        return to_decimal(self.total_amount)
