import psycopg2

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import FundCase


@tagged("post_install", "-at_install")
class TestBudgetChange(FundCase):
    """What is due is one officer's word until money was moved by it, and two persons' afterwards."""

    def arrive(self):
        self.countersign(self.create_receipt(amount=1000.0))
        return self.as_user("finance_officer", self.budget)

    def change(self, key="finance_officer", **values):
        terms = {**self.budget._terms(), "standard": 94.0, "budget_id": self.budget.id, "document_id": self.document.id}
        return self.as_user(key, "bphs.fund.budget.change").create({**terms, **values})

    def test_a_budget_without_money_is_its_officers(self):
        budget = self.as_user("finance_officer", self.budget)
        budget.write({"standard": 89.0, "population": 300000})
        self.assertEqual(budget.due, 26700000.0)

    def test_one_officer_does_not_change_what_money_came_by(self):
        budget = self.arrive()
        due = budget.due
        central = budget.source_ids.filtered(lambda source: source.level == "central")
        other = budget.source_ids - central
        for step in (
            lambda: budget.write({"standard": 94.0}),
            lambda: budget.write({"population": 1}),
            lambda: budget.write({"population_basis": "别的口径"}),
            lambda: budget.web_save({"standard": 94.0}, {}),
            lambda: budget.write(
                {"source_ids": [
                    Command.update(central.id, {"share": 0.5}), Command.update(other[0].id, {"share": 0.3}),
                ]}
            ),
            lambda: central.write({"share": 0.5}),
            lambda: other[0].unlink(),
            lambda: other[0].with_context(_force_unlink=True).unlink(),
        ):  # fmt: skip
            with self.assertRaisesRegex(UserError, "second person"), self.cr.savepoint():
                step()
        self.env.invalidate_all()
        self.assertEqual(budget.due, due)
        budget.write({"standard": budget.standard, "name": "2025 预算"})

    def test_h9_who_confirms_sees_what_stands(self):
        self.arrive()
        change = self.change().with_user(self.user["finance_officer_2"])
        self.assertIn(f"{change._fields['standard']._description_string(change.env)}：90.0\n", change.present)

    def test_h9_choosing_a_budget_fills_in_its_terms(self):
        self.arrive()
        with Form(self.as_user("finance_officer", "bphs.fund.budget.change")) as form:
            form.budget_id = self.budget
            self.assertEqual((form.standard, form.population), (self.budget.standard, self.budget.population))
            form.standard = 94
            form.document_id = self.document
        self.assertEqual(form.record.display_name, self.budget.display_name)
        self.assertNotIn("bphs.fund", form.record.new({}).display_name or "")

    def test_nobody_sets_the_counter_every_posting_raises(self):
        """Near the largest number of its column it would have refused every further arrival and payment."""
        source = self.as_user("finance_officer", self.source["city"])
        most = {"posting_count": 2147483647}
        for step in (
            lambda: source.write(most),
            lambda: source.budget_id.write({"source_ids": [Command.update(source.id, most)]}),
            lambda: source.create({"budget_id": source.budget_id.id, "level": "city", "share": 0, **most}),
        ):
            with self.assertRaisesRegex(UserError, "counted by the ledger"), self.cr.savepoint():
                step()
        self.arrive()

    def test_two_persons_change_it(self):
        budget = self.arrive()
        self.assertEqual(budget.action_change_terms()["context"]["default_standard"], 90.0)
        change = self.change(population=316000)
        with self.assertRaisesRegex(UserError, "second person"):
            self.countersign(change, "finance_officer")
        self.assertEqual(budget.standard, 90.0)
        self.countersign(change)
        self.env.invalidate_all()
        self.assertEqual((budget.standard, budget.population, budget.due), (94.0, 316000, 29704000.0))
        self.assertIn("90", change.before)
        self.assertEqual(change.confirmed_by_id, self.user["finance_officer_2"])
        with self.refused("is no longer a draft and cannot be changed or"):
            change.standard = 95.0
        with self.refused("is what money was moved or rules were published"):
            self.document.title = "别的"
        for statement in (
            "UPDATE bphs_fund_budget_change SET standard = 1 WHERE id = %s",
            "DELETE FROM bphs_fund_budget_change WHERE id = %s",
        ):
            with self.assertRaises(psycopg2.IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
                self.env.cr.execute(statement, (change.id,))

    def test_shares_change_together_and_sum_to_one(self):
        budget = self.arrive()
        with self.assertRaisesRegex(UserError, "sum to 100%; they sum to"), self.cr.savepoint():
            self.change(share_central=0.7)
        self.countersign(self.change(share_central=0.5, share_county=0.26))
        self.env.invalidate_all()
        self.assertEqual({source.level: source.share for source in budget.source_ids}["county"], 0.26)

    def test_nothing_or_something_unseen_is_not_confirmed(self):
        self.arrive()
        same = self.change(standard=90.0)
        with self.assertRaisesRegex(UserError, "already"):
            self.countersign(same)
        seen = self.as_user("finance_officer_2", same)._seen()
        same.standard = 95.0
        with self.assertRaisesRegex(UserError, "has changed"):
            self.as_user("finance_officer_2", same).action_confirm(seen)
        with self.assertRaises(psycopg2.IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.change("finance_officer_2")

    def test_others_read_it(self):
        self.arrive()
        change = self.change()
        for key in ("leader", "auditor", "finance_bureau", "primary_care_officer"):
            as_user = self.as_user(key, change)
            self.assertEqual(as_user.standard, 94.0)
            with self.no_right("write", "bphs.fund.budget.change"):
                as_user.action_confirm(change._seen())
            with self.no_right("write", "bphs.fund.budget"):
                self.as_user(key, self.budget).action_change_terms()
        with self.no_right("read", "bphs.fund.budget.change"):
            self.as_user("village_doctor_a1", change).read(["standard"])
