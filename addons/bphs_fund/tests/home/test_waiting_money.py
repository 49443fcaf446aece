from odoo.tests import freeze_time, tagged

from odoo.addons.bphs_base.tests.common import ROLES
from odoo.addons.bphs_base.tests.home import check_page

from ..paying_case import PayingCase
from ..settling.test_settling import ReadyCase

TODAY = "2025-04-20 02:00:00"


def waiting(case, key):
    page = check_page(case, case.env(user=case.user[key]))
    return {row["key"]: row for row in page["waiting"]}


def cards(case, key):
    page = check_page(case, case.env(user=case.user[key]))
    return {card["key"]: {line["label"]: line for line in card["lines"]} for card in page["cards"]}


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestWaitingSettlement(ReadyCase):
    """H7: sheets wait for their doctor, settlements for who submits them, objections for who answers."""

    def test_h7_a_sheet_waits_for_its_clinic_once_it_was_sent(self):
        run = self.compute(self.q1)
        self.assertNotIn("sheet", waiting(self, "village_doctor_a1"))
        run.action_send()
        sheet = waiting(self, "village_doctor_a1")["sheet"]
        line = self.line_of(run, self.clinic_a1)
        self.assertEqual((sheet["count"], sheet["date"]), (1, line.confirm_deadline.isoformat()))
        self.assertEqual(cards(self, "village_doctor_a1")["to_confirm"]["Sheets to confirm"]["figure"], "1")
        for key in ("township_director_a", "finance_officer", "primary_care_officer"):
            self.assertNotIn("sheet", waiting(self, key), key)
        # What can be confirmed is found as it is computed, by everybody.
        for key in ("village_doctor_a1", "village_doctor_b1", "finance_officer"):
            lines = self.as_user(key, "bphs.fund.settlement.line").search([])
            found = lines.search([("can_confirm", "=", True)])
            self.assertEqual(found, lines.filtered("can_confirm"), key)
        self.as_user("village_doctor_a1", line).action_confirm()
        self.assertNotIn("sheet", waiting(self, "village_doctor_a1"))

    def test_h7_a_settlement_waits_to_be_submitted_once_all_have_spoken(self):
        run = self.compute(self.q1)
        run.action_send()
        self.as_user("village_doctor_a1", self.line_of(run, self.clinic_a1)).action_confirm()
        self.assertNotIn("settlement_submit", waiting(self, "township_accountant_a"))
        self.as_user("village_doctor_a2", self.line_of(run, self.clinic_a2)).action_confirm()
        self.assertEqual(waiting(self, "township_accountant_a")["settlement_submit"]["count"], 1)
        self.assertNotIn("settlement_submit", waiting(self, "township_accountant_b"))
        self.assertEqual(waiting(self, "finance_officer")["settlement_submit"]["count"], 1)
        self.assertNotIn("settlement_submit", waiting(self, "leader"))

    def test_an_objection_waits_for_its_township_and_the_section(self):
        run = self.compute(self.q1)
        run.action_send()
        self.as_user("village_doctor_a1", self.line_of(run, self.clinic_a1)).action_object("漏计二十人次")
        self.assertEqual(waiting(self, "township_public_health_a")["objection"]["count"], 1)
        self.assertEqual(waiting(self, "primary_care_officer")["objection"]["count"], 1)
        self.assertNotIn("objection", waiting(self, "township_public_health_b"))
        self.assertNotIn("objection", waiting(self, "finance_officer"))

    def test_h15_figures_of_a_settlement_stand_with_its_request(self):
        run = self.compute(self.q1)
        self.deem(run)
        settlement = run.settlement_ids.filtered(lambda one: one.institution_id == self.township_a)
        self.as_user("township_accountant_a", settlement).action_approval_submit()
        request = self.as_user("township_public_health_a", settlement.approval_request_id)
        self.assertIn("2,288.00", request.figures_text)  # settled
        self.assertIn("1,400.00", request.figures_text)  # prepaid
        self.assertIn("888.00", request.figures_table)  # to be paid
        self.assertEqual(request.result, 888.0)
        # Whoever may not read the document is told the request alone.
        self.assertFalse(self.as_user("county_specialist", settlement.approval_request_id).figures_text)

    def test_h15_a_negative_result_is_not_shown_as_nothing(self):
        self.settle(self.q1)
        self.ready(self.q2, score=90, reported=10)  # work far below what was prepaid
        run = self.compute(self.q2)
        self.deem(run)
        settlement = run.settlement_ids.filtered(lambda one: one.institution_id == self.township_a)
        self.as_user("township_accountant_a", settlement).action_approval_submit()
        request = settlement.approval_request_id
        self.assertEqual(request.amount, 0.0)
        self.assertLess(request.result, 0)
        self.assertEqual(request.result, settlement.total_carry)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestWaitingMoney(PayingCase):
    def test_h7_what_one_entered_waits_for_another_of_finance(self):
        self.create_receipt(amount=1000.0)
        self.account(self.clinic_a1, "王医生", "6217000000000001", verify=False)
        found = waiting(self, "finance_officer_2")
        self.assertEqual((found["receipt"]["count"], found["receipt"]["amount"]), (1, "1,000.00"))
        self.assertEqual(found["account"]["count"], 1)
        for key in ("finance_officer", "deputy_leader", "auditor"):
            self.assertFalse({"receipt", "account"} & set(waiting(self, key)), key)

    def test_clinics_that_cannot_be_paid(self):
        institutions = self.as_user("finance_officer", "bphs.institution")

        def lacking():
            return institutions.search([("lacks_account", "=", True)])

        every = self.clinic_a1 | self.clinic_a2 | self.clinic_b1
        self.assertEqual(lacking() & every, every)
        account = self.account(self.clinic_a1, "王医生", "6217000000000001")
        self.payees(self.clinic_a1, ("王医生", account, 1.0))
        draft = self.account(self.clinic_a2, "李医生", "6217000000000002", verify=False)
        self.payees(self.clinic_a2, ("李医生", draft, 1.0))
        self.assertEqual(lacking() & every, self.clinic_a2 | self.clinic_b1)
        self.assertEqual(institutions.browse(every.ids).filtered("lacks_account"), self.clinic_a2 | self.clinic_b1)
        self.assertEqual(
            self.as_user("township_accountant_a", "bphs.institution").search([("lacks_account", "=", True)]) & every,
            self.clinic_a2,
        )

    def test_the_years_money_is_the_ledgers(self):
        self.arrive(central=12345678.9)
        self.pay("central", 345.67)
        money = cards(self, "finance_officer")["money"]
        self.assertEqual((money["Arrived"]["figure"], money["Arrived"]["exact"]), ("1,234.57", "12,345,678.90"))
        self.assertEqual((money["Paid"]["figure"], money["Paid"]["exact"]), ("0.03", "345.67"))
        self.assertEqual(money["Available"]["exact"], "12,345,333.23")

    def test_money_is_for_those_who_see_it(self):
        self.arrive(central=1000)
        for role in ROLES:
            key = next(name for name in self.user if name.startswith(role))
            seen = role in (
                "finance_officer",
                "deputy_leader",
                "leader",
                "finance_bureau",
                "primary_care_officer",
                "auditor",
            )
            self.assertEqual("money" in cards(self, key), seen, role)
