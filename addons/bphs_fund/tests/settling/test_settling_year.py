import io

from openpyxl import load_workbook
from pypdf import PdfReader

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.tests.common import trap_jobs

from .test_settling import ReadyCase


@tagged("post_install", "-at_install")
class TestYear(ReadyCase):
    """A whole year with a hold, a carry, a cap, and what is put right afterwards."""

    def settle_year_but(self, last_score=90):
        self.settle(self.q1)
        for quarter in (self.q2, self.q3, self.q4):
            self.ready(quarter, last_score if quarter == self.q4 else 90)
            self.settle(quarter)

    def hold_of(self, clinic, quarter):
        return self.env["bphs.fund.hold"].search([("institution_id", "=", clinic.id), ("period_id", "=", quarter.id)])

    def release(self, hold):
        hold = hold.with_user(self.user["finance_officer"])
        hold.release_reason = "整改完成，已核实"
        hold.action_approval_submit()
        self.approve(hold, "primary_care_officer", "finance_officer_2", "deputy_leader")

    def owed(self, clinic):
        amounts = self.env["bphs.fund.entry"].search([("institution_id", "=", clinic.id)]).mapped("amount")
        return round(sum(amounts), 2)

    def granted(self, clinic):
        payables = self.env["bphs.fund.payable"].search([("institution_id", "=", clinic.id)])
        return round(sum(payables.mapped("amount")), 2)

    def test_capped_year_with_a_hold_released_after_it(self):
        # Four quarters at 1,144.00 are 4,576.00 (the last at 0.55: 629.20), the cap is 4,000.00.
        self.settle_year_but(last_score=55)
        hold = self.hold_of(self.clinic_a1, self.q4)
        self.assertFalse(hold, "629.20 - 700.00 is below zero: nothing to hold, but a carry")
        run = self.settle(self.year)
        line = self.line_of(run, self.clinic_a1)
        # 3 x 1,144.00 + 629.20 = 4,061.20, capped at 4,000.00; paid 4 x 700.00 + 3 x 444.00 = 4,132.00
        self.assertRecordValues(
            line,
            [{"claim": 4061.2, "final": 4000.0, "paid": 4132.0, "balance": -132.0, "payable": 0.0, "carry": -132.0}],
        )
        self.assertEqual(self.owed(self.clinic_a1), self.granted(self.clinic_a1), "all entries sum to what was granted")
        self._check_carry_is_offered(run)

    def test_the_pool_stays_once_the_year_is_under_review(self):
        self.settle_year_but()
        pool = {"has_pool": True, "pool_amount": 9000.0}
        self.as_user("finance_officer", self.budget).write({"has_pool": True, "pool_amount": 8000.0})
        self.budget.with_user(self.user["finance_officer"]).write(pool)  # nothing is settled by it yet
        self.settle(self.year)
        for vals in ({"pool_amount": 100.0}, {"has_pool": False}):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "pool stays"), self.cr.savepoint():
                self.as_user("finance_officer", self.budget).write(vals)
        self.as_user("finance_officer", self.budget).write(pool)  # what stands may be said again

    def test_the_years_sheets_of_a_clinic(self):
        self.settle_year_but()
        run = self.settle(self.year)
        line = self.line_of(run, self.clinic_a1)
        with mute_logger("pypdf._cmap"):
            sheet, statement = (
                "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
                for __, content in (
                    self.as_user("village_doctor_a1", line)._print_file(code, "pdf") for code in ("S5", "S11")
                )
            )
        base = sum(
            self.env["bphs.fund.settlement.line"]
            .search([("institution_id", "=", self.clinic_a1.id), ("kind", "=", "quarter")])
            .mapped("base")
        )
        for word in ("2025年度", f"{base:,.2f}", "第四季度", f"{line.final:,.2f}", "全年已拨", f"{line.paid:,.2f}"):
            self.assertIn(word, sheet)
        for word in ("结算通知书", "回执", "第一季度", "年度实拨", f"{line.payable:,.2f}"):
            self.assertIn(word, statement)
        __, content = self.as_user("finance_officer", line)._print_file("S5", "xlsx")
        values = [cell.value for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows() for cell in row]
        items = self.env["bphs.fund.settlement.item"].search([("line_id.institution_id", "=", self.clinic_a1.id)])
        first = items.filtered(lambda item: item.item_id == self.item_ehr)
        self.assertEqual(len(first), 4)
        self.assertIn(sum(first.mapped("verified")), values)
        self.assertIn(round(sum(first.mapped("amount")), 2), values)

    def test_a_years_pack_holds_every_clinics_sheets(self):
        self.settle_year_but()
        run = self.settle(self.year)
        with trap_jobs() as trap:
            action = self.as_user("finance_officer", run).action_print_all()
            for job in list(trap.enqueued_jobs):
                job.perform()
        logged = self.env["bphs.print.log"].search([]).mapped("code")
        clinics = len(run.settlement_ids.line_ids)
        self.assertEqual([logged.count(code) for code in ("S5", "S11", "S6")], [clinics, clinics, 2])
        self.assertTrue(action["res_id"])

    def _check_carry_is_offered(self, run):
        next_year = self.env["bphs.period"]._create_year(2026)
        scheme = self.publish(
            self.create_scheme(period_id=next_year.id, period_from_id=next_year.child_ids.sorted("date_start")[:1].id)
        )
        plan = self.as_user("finance_officer", "bphs.fund.plan").create(
            {"institution_id": self.clinic_a1.id, "period_id": next_year.id, "scheme_id": scheme.id}
        )
        self.assertEqual(plan.opening_carry, 0.0, "never silently")
        message = self.as_user("finance_officer", run).action_carry_to_plans()["params"]["message"]
        self.assertEqual(plan.opening_carry, -132.0)
        self.assertIn(self.clinic_b1.name, message)
        with self.no_right("write", "bphs.fund.run"):
            self.as_user("leader", run).action_carry_to_plans()

    def test_hold_released_before_the_year(self):
        for score in self.env["bphs.fund.score"].search([("period_id", "=", self.q1.id)]):
            score.score = 59.99
        self.scheme_half()
        self.settle(self.q1)
        hold = self.hold_of(self.clinic_a1, self.q1)
        self.assertEqual((hold.state, hold.amount), ("held", self.half_due()))
        with self.refused("Say what was put right before asking for the"):
            hold.with_user(self.user["finance_officer"]).action_approval_submit()  # no reason given
        self.release(hold)
        self.assertEqual(hold.state, "released")
        payable = self.env["bphs.fund.payable"].search([("origin_model", "=", hold._name)])
        self.assertRecordValues(payable, [{"kind": "release", "amount": self.half_due()}])
        with self.refused("is under approval or approved and cannot be"):
            self.release(hold)

    def test_two_held_quarters_share_what_the_year_leaves(self):
        for score in self.env["bphs.fund.score"].search([("period_id", "=", self.q1.id)]):
            score.score = 59.99
        self.scheme_half()
        self.settle(self.q1)
        self.ready(self.q2, 59.99)
        self.scheme_half(self.q2)
        self.settle(self.q2)
        for quarter in (self.q3, self.q4):
            self.ready(quarter, 90)
            self.settle(quarter)
        line = self.line_of(self.settle(self.year), self.clinic_a1)
        # 2 x 2,485.99 + 2 x 1,144.00 capped at 4,000.00; paid 2,800.00 + 2 x 444.00 = 3,688.00; held 2 x 1,785.99
        self.assertRecordValues(line, [{"balance": 312.0, "frozen": 312.0, "capped": 3259.98, "payable": 0.0}])
        self.assertRecordValues(
            self.hold_of(self.clinic_a1, self.q1), [{"state": "held", "capped_amount": 1473.99, "releasable": 312.0}]
        )
        self.assertRecordValues(
            self.hold_of(self.clinic_a1, self.q2), [{"state": "capped", "capped_amount": 1785.99, "releasable": 0.0}]
        )

    def scheme_half(self, quarter=None):
        """Enough work that a coefficient below 0.6 still leaves something due."""
        for statement in self.env["bphs.workload"].search([("period_id", "=", (quarter or self.q1).id)]):
            statement.action_return("补报")
            statement.line_ids.filtered(lambda line: line.item_id == self.item_ehr).reported = 2000
            statement.action_submit()
            statement.action_verify()

    def half_due(self):
        return 1785.99  # round(4,144.00 x 0.5999) - 700.00

    def test_hold_after_the_year_pays_what_the_cap_left(self):
        for score in self.env["bphs.fund.score"].search([("period_id", "=", self.q1.id)]):
            score.score = 59.99
        self.scheme_half()
        self.settle_year_but()
        run = self.settle(self.year)
        line = self.line_of(run, self.clinic_a1)
        # 2,485.99 + 3 x 1,144.00 capped at 4,000.00; paid 2,800.00 + 3 x 444.00 = 4,132.00: nothing left of the hold
        self.assertRecordValues(line, [{"balance": -132.0, "frozen": 0.0, "capped": 1785.99}])
        hold = self.hold_of(self.clinic_a1, self.q1)
        self.assertRecordValues(hold, [{"state": "capped", "capped_amount": 1785.99, "releasable": 0.0}])
        with self.refused("holds nothing that could be released"):
            self.release(hold)
        self.assertIn(("cap", "1785.99"), self.entries(self.clinic_a1, self.year))
        self.assertEqual(self.owed(self.clinic_a1), self.granted(self.clinic_a1))
        replayed = run._replay_texts()
        self.assertEqual(replayed[1], replayed[2])

    def test_a_shared_pool_waits_for_everyone(self):
        self.budget.write({"has_pool": True, "pool_amount": 9000})
        self.settle(self.q1)
        run = self.compute(self.year)
        self.assertFalse(run.settlement_ids)
        self.assertEqual(run.issue_ids.institution_id, self.clinics)

    def test_a_settled_quarter_is_corrected_by_a_reversal(self):
        run = self.settle(self.q1)
        line = self.line_of(run, self.clinic_a1)
        with self.denied("Only a finance officer takes a settlement back"):
            self.as_user("township_director_a", line).action_reverse("算错")
        self.as_user("finance_officer", line).action_reverse("得分录错")
        later = self.env["bphs.fund.run"].search([("period_id", "=", self.q1.id), ("sequence", "=", 2)])
        later = later.with_user(self.user["finance_officer"])
        with self.refused("is not an approved settlement that stands, or"):
            self.as_user("finance_officer", line).action_reverse("再来一次")
        score = self.env["bphs.fund.score"].search(
            [("institution_id", "=", self.clinic_a1.id), ("period_id", "=", self.q1.id)]
        )
        score.write({"score": 95, "deduction": 44.0, "reason": "核减"})
        later.action_compute()
        self.deem(later)
        later.action_submit_townships()
        self.townships_approve(later)
        self.county_approves(later)
        self.assertTrue(line.reversed)
        new = self.line_of(later, self.clinic_a1)
        self.assertRecordValues(new, [{"correction_of_id": line.id, "settled": 1100.0, "pay": 400.0, "posted": True}])
        # 444.00 was granted, 400.00 is right: 44.00 stands against the clinic, no new payment is opened.
        self.assertEqual(self.owed(self.clinic_a1), 1100.0)
        self.assertEqual(self.granted(self.clinic_a1), 1144.0)
        written, replayed, stored, _notes = later._replay_texts()
        self.assertEqual(replayed, stored)
        self.assertIn('"penalty": "44.00"', written)

    def test_what_later_periods_rest_on_is_not_taken_back(self):
        run = self.settle(self.q1)
        self.ready(self.q2)
        self.compute(self.q2)
        with self.assertRaisesRegex(UserError, "2025Q2"):
            self.as_user("finance_officer", self.line_of(run, self.clinic_a1)).action_reverse("算错")
