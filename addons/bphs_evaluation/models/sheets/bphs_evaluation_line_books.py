from datetime import timedelta

from odoo import api, models

from odoo.addons.bphs_base.models.registers.bphs_institution import TOWNSHIP_KINDS
from odoo.addons.bphs_base.tools.money import to_decimal, to_fen

from ...tools.taken import TakenCount, TakenRate

# What an item names to take its rate over from the county's own books, and who reckons it.
RATES = {
    "FUND_IN_TIME": "_book_paid_in_time",
    "FUND_PREPAID": "_book_prepaid",
    "FUND_VILLAGE_SHARE": "_book_village_share",
    "RECT_IN_TIME": "_book_put_right_in_time",
    "RECT_CLOSED": "_book_closed",
}
# The same for how often a case was.
COUNTS = {
    "FUND_LATE": "_book_paid_late",
    "RECT_OVERDUE": "_book_overdue",
    "RECT_REPEATED": "_book_repeated",
    "WORK_FALSE": "_book_false_work",
    "WORK_INVALID": "_book_invalid_work",
    "DOUBTS_HARD": "_book_contradictions",
}
# Money is in time that the bank has paid so many days after it was approved.
IN_TIME_DAYS = 30


class BphsEvaluationItem(models.Model):
    _inherit = "bphs.evaluation.item"

    def _known_rate_codes(self):
        return super()._known_rate_codes() | set(RATES)


class BphsEvaluationItemCase(models.Model):
    _inherit = "bphs.evaluation.item.case"

    def _known_count_codes(self):
        return super()._known_count_codes() | set(COUNTS)


class BphsEvaluationLine(models.Model):
    """What funds, rectification and statements of work hold of a unit and all it leads, for the period of a round.

    Sums and numbers alone are read past record rules, for whoever begins the round or enters the sheet of the unit.
    """

    _inherit = "bphs.evaluation.line"

    @api.model
    def _rates_from(self, codes, institutions, period):
        found = super()._rates_from(codes, institutions, period)
        for code, unit, told in self._from_books(RATES, codes, institutions, period):
            # Nothing of nothing is no rate: it stays to be entered.
            if told and told[1]:
                found[code, unit.id] = TakenRate(*told, self._book_words(code, period))
        return found

    @api.model
    def _counts_from(self, codes, institutions, period):
        found = super()._counts_from(codes, institutions, period)
        for code, unit, told in self._from_books(COUNTS, codes, institutions, period):
            if told is not None:
                found[code, unit.id] = TakenCount(told, self._book_words(code, period))
        return found

    def _from_books(self, books, codes, institutions, period):
        asked = [code for code in books if code in codes]
        for unit in institutions if asked else ():
            # sudo: a unit and all it leads; whose sheet it is was checked
            places = self.env["bphs.institution"].sudo().search([("id", "child_of", unit.id)])
            for code in asked:
                yield code, unit, getattr(self.sudo(), books[code])(unit, places, period)  # sudo: sums and numbers

    def _book_words(self, code, period):
        names = {
            "FUND_IN_TIME": self.env._("amounts in fen, paid within 30 days of their approval"),
            "FUND_PREPAID": self.env._("amounts in fen, prepaid of what plans need"),
            "FUND_VILLAGE_SHARE": self.env._("amounts in fen, settled for clinics of all settled"),
            "RECT_IN_TIME": self.env._("rectification tasks due, proof handed in by the deadline"),
            "RECT_CLOSED": self.env._("rectification tasks due, closed"),
            "FUND_LATE": self.env._("amounts not paid within 30 days of their approval"),
            "RECT_OVERDUE": self.env._("rectification tasks overdue"),
            "RECT_REPEATED": self.env._("problems found again"),
            "WORK_FALSE": self.env._("false in verified statements of work"),
            "WORK_INVALID": self.env._("not to the specification in verified statements of work"),
            "DOUBTS_HARD": self.env._("contradictions in records"),
        }
        return self.env._(
            "%(period)s: %(what)s, as of %(day)s",
            period=period.display_name,
            what=names[code],
            day=self._county_today(),
        )

    # === FUNDS === #

    def _book_paid_in_time(self, unit, places, period):
        """Of what was approved to be paid: what the bank paid within the days; what may still be is left out."""
        told = [(fen, in_time) for fen, in_time in self._amounts_due(places, period) if in_time is not None]
        return sum(in_time for __, in_time in told), sum(fen for fen, __ in told)

    def _book_paid_late(self, unit, places, period):
        told = [in_time < fen for fen, in_time in self._amounts_due(places, period) if in_time is not None]
        return sum(told) if told else None

    def _amounts_due(self, places, period):
        """:return list: of (fen owed, fen paid in time) of each amount; the latter None while it may still be paid"""
        payables = self.env["bphs.fund.payable"].search(
            [("institution_id", "in", places.ids), ("period_id", "in", _quarters(period).ids)]
        )
        told = []
        for payable in payables:
            last = payable._county_day(payable.create_date) + timedelta(days=IN_TIME_DAYS)
            # What is held back, or settled by a deduction, is not to be paid.
            owed = _fen(payable.amount) - _fen(payable.held_amount) - _fen(payable.deducted_amount)
            lines = payable.line_ids.filtered(lambda line: line.state == "paid" and line.paid_on)
            in_time = sum(_fen(line.amount) for line in lines if line.paid_on <= last)
            if owed > 0:
                is_open = in_time < owed and last >= self._county_today()
                told.append((owed, None if is_open else min(in_time, owed)))
        return told

    def _book_prepaid(self, unit, places, period):
        """Prepaid of what confirmed plans need; a clinic that was not prepaid needs it as well."""
        quarters = _quarters(period).filtered(lambda one: one.kind == "quarter")
        plans = self.env["bphs.fund.plan"].search(
            [
                ("institution_id", "in", places.ids),
                ("period_id", "in", quarters.parent_id.ids),
                ("state", "=", "confirmed"),
            ]
        )
        needed = 0
        for plan in plans:
            if plan.basis == "plan":
                needed += _fen(plan.annual_amount) * len(quarters) // 4
            else:
                needed += sum(_fen(one.amount) for one in plan.quarter_ids if one.period_id in quarters)
        prepaid = self._sum(
            "bphs.fund.prepayment.line",
            "amount",
            [
                ("institution_id", "in", plans.institution_id.ids),
                ("period_id", "in", quarters.ids),
                ("prepayment_id.approval_state", "=", "approved"),
            ],
        )
        return prepaid, needed

    def _book_village_share(self, unit, places, period):
        """What was settled for clinics of what was settled in all; of a clinic alone it says nothing."""
        if unit.kind not in TOWNSHIP_KINDS:
            return None
        stands = [("posted", "=", True), ("reversed", "=", False), ("reversal_of_id", "=", False)]
        stands += [("institution_id", "in", places.ids), ("period_id", "in", _quarters(period).ids)]
        clinics = self._sum("bphs.fund.settlement.line", "settled", [*stands, ("kind", "=", "quarter")])
        return clinics, clinics + self._sum("bphs.fund.allotment.line", "amount", stands)

    def _sum(self, model, field, domain):
        ((amount,),) = self.env[model]._read_group(domain, aggregates=[f"{field}:sum"])
        return _fen(amount or 0)

    # === RECTIFICATION === #

    def _book_put_right_in_time(self, unit, places, period):
        return self._of_tasks("on_time_count", "on_time_base", places, period)

    def _book_closed(self, unit, places, period):
        return self._of_tasks("closed_count", "issued_count", places, period)

    def _book_overdue(self, unit, places, period):
        return self._of_tasks("overdue_count", "issued_count", places, period)[0]

    def _of_tasks(self, part, whole, places, period):
        """Numbers of the tasks whose deadline lies in the period."""
        domain = [
            ("institution_id", "in", places.ids),
            ("deadline", ">=", period.date_start),
            ("deadline", "<=", period.date_end),
        ]
        ((told, over),) = self.env["bphs.rectification.statistic"]._read_group(
            domain, aggregates=[f"{part}:sum", f"{whole}:sum"]
        )
        return told or 0, over or 0

    def _book_repeated(self, unit, places, period):
        return self.env["bphs.problem.line"].search_count(
            [
                ("institution_id", "in", places.ids),
                ("found_on", ">=", period.date_start),
                ("found_on", "<=", period.date_end),
                ("is_repeat", "=", True),
            ]
        )

    # === WORK AND ITS TRUTH === #

    def _book_false_work(self, unit, places, period):
        return self._of_statements("false_qty", places, period)

    def _book_invalid_work(self, unit, places, period):
        return self._of_statements("invalid", places, period)

    def _of_statements(self, field, places, period):
        """A sum of verified statements; None where none was verified."""
        ((number, lines),) = self.env["bphs.workload.line"]._read_group(
            [
                ("institution_id", "in", places.ids),
                ("period_id", "in", _quarters(period).ids),
                ("workload_id.state", "in", ("verified", "locked")),
            ],
            aggregates=[f"{field}:sum", "__count"],
        )
        return (number or 0) if lines else None

    def _book_contradictions(self, unit, places, period):
        counts = self.env["bphs.institution"]._abnormal_counts(period.date_start, period.date_end)
        return sum(hard for id_, (hard, __) in counts.items() if id_ in places._ids)


def _quarters(period):
    """A period with those in it: what belongs to a year is kept by its quarters."""
    return period | period.child_ids


def _fen(amount):
    return to_fen(to_decimal(amount))
