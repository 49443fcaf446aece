from odoo.tests import tagged

from odoo.addons.bphs_fund.tests.allotment_case import AllotmentCase
from odoo.addons.bphs_fund.tests.paying_case import PayingCase


@tagged("post_install", "-at_install")
class TestTakenMoney(PayingCase):
    """What the books of funds say of a unit: paid in time, prepaid of what is needed, the village's share."""

    approve_allotment = AllotmentCase.__dict__["approve_allotment"]

    @classmethod
    def create_scheme(cls, **values):
        return super().create_scheme(township_method="points_fixed_value", **values)

    def _rate(self, code, unit, period=None):
        rates = self.env["bphs.evaluation.line"]._rates_from({code}, unit, period or self.q1)
        told = rates.get((code, unit.id))
        return told and (told.numerator, told.denominator)

    def _age(self, days):
        """What was approved was approved so many days ago."""
        self.env.flush_all()
        self.cr.execute("UPDATE bphs_fund_payable SET create_date = create_date - make_interval(days => %s)", [days])
        self.env.invalidate_all()

    def test_prepaid_of_what_plans_need(self):
        self.assertEqual(self._rate("FUND_PREPAID", self.township_a), (0, 15000))
        self.prepay(self.q1)
        self.assertEqual(self._rate("FUND_PREPAID", self.township_a), (10500, 15000))
        self.assertEqual(self._rate("FUND_PREPAID", self.township_a, self.year), (10500, 60000))
        self.assertIsNone(self._rate("FUND_PREPAID", self.clinic_a2))

    def test_money_is_in_time_or_late(self):
        self.arrive(central=600.0, province=200.0, city=40.0, county=160.0)
        wang = self.account(self.clinic_a1, "王医生", "99990000000000001")
        self.payees(self.clinic_a1, ("王医生", wang, 1))
        self.prepay(self.q1)
        # It may still be paid in time: nothing is said of it yet.
        self.assertIsNone(self._rate("FUND_IN_TIME", self.township_a))
        self._age(40)
        counts = self.env["bphs.evaluation.line"]._counts_from
        self.assertEqual(self._rate("FUND_IN_TIME", self.township_a), (0, 10500))
        self.assertEqual(counts({"FUND_LATE"}, self.township_a, self.q1)["FUND_LATE", self.township_a.id].count, 1)
        line = self.batch().line_ids
        self.env.flush_all()
        self.cr.execute(
            "UPDATE bphs_fund_payment_line SET state = 'paid', paid_on = current_date - 15 WHERE id = ANY(%s)",
            [line.ids],
        )
        self.env.invalidate_all()
        self.assertEqual(self._rate("FUND_IN_TIME", self.township_a), (10500, 10500))
        self.assertEqual(counts({"FUND_LATE"}, self.township_a, self.q1)["FUND_LATE", self.township_a.id].count, 0)

    def test_the_share_of_the_village(self):
        self.prepay(self.q1)
        for clinic in (self.clinic_a1, self.clinic_b1):
            self.work(clinic, self.q1, {self.item_ehr: 100, self.item_htn: 25})
            self.score(clinic, self.q1, 90)
        self.settle(self.q1)
        for town in (self.township_a, self.township_b):
            self.score(town, self.q1, 90)
        allotment = self.as_user("finance_officer", "bphs.fund.allotment").create(
            {"institution_id": self.bureau.id, "period_id": self.q1.id, "pool_added": 1000}
        )
        for part in allotment.line_ids:
            part.points = 600 if part.institution_id == self.township_a else 400
        allotment.action_compute()
        self.approve_allotment(allotment)
        # 100 files at 2.00 and 25 visits at 8.00: 400.00 for the clinic, 600.00 for the hospital.
        self.assertEqual(self._rate("FUND_VILLAGE_SHARE", self.township_a), (40000, 100000))
        self.assertIsNone(self._rate("FUND_VILLAGE_SHARE", self.clinic_a1))
