import io
import json

from psycopg2.errors import CheckViolation, UniqueViolation
from pypdf import PdfReader

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .test_settling import ReadyCase

NUMBER = "试卫发〔2024〕30号"


class FalseWorkCase(ReadyCase):
    """Three clinics, each with one false follow-up of 8 yuan in the first quarter."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Another county's quarters, where the database holds some, are not those of this one.
        cls.env.cr.execute("UPDATE bphs_fund_settlement_line SET posted = FALSE")
        cls.env.invalidate_all()

    def statement_of(self, clinic):
        return self.env["bphs.workload"].search([("institution_id", "=", clinic.id), ("period_id", "=", self.q1.id)])

    def rule(self, day="2025-01-01", times=3, key="finance_officer", number=NUMBER):
        return self.as_user(key, "bphs.fund.false.work").create(
            {"date_from": day, "times": times, "document_number": number}
        )

    def replayed(self, run):
        written, again, stored, __ = run._replay_texts()
        self.assertEqual(again, stored)
        return json.loads(written)


@tagged("post_install", "-at_install")
class TestFalseWork(FalseWorkCase):
    """What was not done is deducted at so many times its price, where the county says so, and explains itself."""

    def test_without_a_rule_nothing_is_deducted_and_nothing_is_said(self):
        run = self.compute(self.q1)
        line = self.line_of(run, self.clinic_a1)
        self.assertRecordValues(line, [{"deduction": 0.0, "settled": 1144.0, "false_work_id": False}])
        self.assertNotIn("penalty", [text["name"] for text in line.explanation])
        self.assertEqual(
            {tuple(quarter) for one in self.replayed(run)["institutions"] for quarter in one["quarters"]},
            {("period", "score", "penalty", "released", "lines")},
        )

    def test_deducted_to_the_fen_with_its_basis(self):
        statement = self.statement_of(self.clinic_a1)
        statement.action_return("核实")
        statement.action_submit()
        statement.line_ids.filtered(lambda line: line.item_id == self.item_htn).false_qty = 3
        statement.action_verify()
        self.env["bphs.fund.score"].search([("institution_id", "=", self.clinic_a1.id)]).write(
            {"deduction": 10, "reason": "宣传栏未更新"}
        )
        rule = self.rule()
        run = self.compute(self.q1)
        line = self.line_of(run, self.clinic_a1)
        # 500 x 2 + 16 x 8 = 1,128; 10.00 by hand and 3 x 8 x 3 = 72.00 for false work.
        self.assertRecordValues(
            line, [{"base": 1128.0, "deduction": 82.0, "settled": 1046.0, "pay": 346.0, "false_work_id": rule.id}]
        )
        self.assertEqual(
            {item.item_id: item.false_amount for item in line.item_ids if item.false_amount}, {self.item_htn: 72}
        )
        basis = {text["name"]: text for text in line.explanation}["penalty"]
        self.assertEqual((basis["numbers"], basis["result"]), ("10.00 + 8.00 × 3.00 × 3", "82.00"))
        self.assertIn(NUMBER, basis["formula"])
        quarters = {one["code"]: one["quarters"][0] for one in self.replayed(run)["institutions"]}
        mine = quarters[self.clinic_a1.code]
        self.assertEqual((mine["penalty"], mine["false_times"]), ("10.00", "3.00"))
        for code in ("S5", "S11"):
            __, content = line._print_file(code, "pdf")
            with mute_logger("pypdf._cmap"):
                text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
            self.assertIn("8.00×3.00×3＝72.00", text.replace("\n", ""))

    def test_who_did_nothing_false_is_settled_as_if_there_were_no_rule(self):
        run = self.compute(self.q1)
        run.action_send()
        self.as_user("village_doctor_a1", self.line_of(run, self.clinic_a1)).action_confirm()
        fingerprints = {line.institution_id: line.fingerprint for line in run.settlement_ids.line_ids}
        self.rule(times=0)
        run.action_compute()
        self.assertEqual({line.institution_id: line.fingerprint for line in run.settlement_ids.line_ids}, fingerprints)
        self.assertEqual(self.line_of(run, self.clinic_a1).confirm_state, "confirmed", "0 deducts nothing")

    def test_it_rules_quarters_that_begin_on_its_day_or_later(self):
        rules = self.env["bphs.fund.false.work"]
        self.assertFalse(rules._in_force_on(self.q1.date_start)._times())
        second = self.rule("2025-02-15", 2)
        self.assertFalse(rules._in_force_on(self.q1.date_start))
        self.assertEqual(rules._in_force_on(self.q2.date_start), second)
        third = self.rule("2025-04-01", 3)
        self.assertEqual(rules._in_force_on(self.q2.date_start), third)

    def test_once_a_quarter_is_approved_it_stays(self):
        rule = self.rule()
        later = self.rule("2025-04-01", 4)
        rule.times = 2
        self.settle(self.q1)
        with self.refused("2025Q1 is settled and approved"):
            rule.times = 3
        with self.refused("2025Q1 is settled and approved"):
            rule.unlink()
        with self.refused("2025Q1 is settled and approved"):
            self.rule("2024-12-01")
        with self.refused("2025Q1 is settled and approved"):
            later.date_from = "2024-12-31"
        later.times = 5
        self.rule("2025-07-01", 2)

    def test_what_it_may_be(self):
        self.rule()
        with mute_logger("odoo.sql_db"), self.refused("bphs_fund_false_work_date_uniq", kind=UniqueViolation):
            self.rule()
        with mute_logger("odoo.sql_db"), self.refused("bphs_fund_false_work_times_range", kind=CheckViolation):
            self.rule("2026-01-01", 10.5)
        with mute_logger("odoo.sql_db"), self.refused("bphs_fund_false_work_number_given", kind=CheckViolation):
            self.rule("2026-01-01", number=" ")
        with self.no_right("create", "bphs.fund.false.work"):
            self.rule("2026-01-01", key="primary_care_officer")

    def test_a_rule_that_comes_between_computing_and_approving_is_noticed(self):
        run = self.compute(self.q1)
        self.deem(run)
        self.rule()
        with self.refused("Compute again"):
            run.action_submit_townships()
            self.townships_approve(run)
            self.county_approves(run)


@tagged("post_install", "-at_install")
class TestFalseWorkLater(FalseWorkCase):
    """Found after the quarter was paid: taken back, settled anew, and deducted from the next quarter. Once."""

    @classmethod
    def create_scheme(cls, **values):
        return super().create_scheme(**{"notice_required": False, **values})

    def false_now(self, quantity):
        statement = self.statement_of(self.clinic_a1)
        self.as_user("finance_officer", "bphs.period.exception").create(
            {
                "period_id": self.q1.id,
                "institution_id": self.clinic_a1.id,
                "date_from": "2025-05-01",
                "date_to": "2025-05-31",
                "reason": "核实两条随访不真实",
            }
        )
        statement.action_return("核实不真实")
        statement.action_submit()
        statement.line_ids.filtered(lambda line: line.item_id == self.item_htn).false_qty = quantity
        statement.action_verify()

    @freeze_time("2025-05-06")
    def test_taken_from_the_next_quarter(self):
        self.rule()
        first = self.settle(self.q1)
        line = self.line_of(first, self.clinic_a1)
        self.assertRecordValues(line, [{"settled": 1120.0, "deduction": 24.0, "pay": 420.0}])
        mine = [("institution_id", "=", self.clinic_a1.id), ("kind", "=", "pay"), ("period_id", "=", self.q1.id)]
        payables = self.env["bphs.fund.payable"].search(mine)
        self.assertEqual(sum(payables.mapped("open_amount")), 420.0)
        action = self.as_user("finance_officer", line).action_reverse("核查后更正")
        self.false_now(3)
        again = self.as_user("finance_officer", self.env["bphs.fund.run"].browse(action["res_id"]))
        again.action_compute()
        self.deem(again)
        again.action_submit_townships()
        self.townships_approve(again)
        self.county_approves(again)
        # Two more: 2 x 8 not paid, and 2 x 8 x 3 deducted.
        self.assertRecordValues(
            self.line_of(again, self.clinic_a1), [{"base": 1128.0, "deduction": 72.0, "settled": 1056.0}]
        )
        overpaid = self.env["bphs.fund.overpaid"].search([("institution_id", "=", self.clinic_a1.id)])
        payables = self.env["bphs.fund.payable"].search(mine)
        self.assertEqual((sum(payables.mapped("open_amount")), overpaid.amount), (356.0, 0.0), "64.00 less, once")
        self.assertEqual(self.replayed(again)["institutions"][0]["quarters"][0]["false_times"], "3.00")
