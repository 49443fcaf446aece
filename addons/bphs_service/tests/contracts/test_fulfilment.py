from datetime import date, timedelta

from odoo.tests import tagged

from odoo.addons.bphs_team.tests.contract_case import TODAY, ContractCase


@tagged("post_install", "-at_install")
class TestFulfilment(ContractCase):
    """What a service record keeps of a contract, as plain services do."""

    def visit(self, code, day, complete=True, **vals):
        form = self.env["bphs.form.template"]._in_use(code)
        visit = self.as_user("village_doctor_a1", "bphs.visit").create(
            {"resident_id": self.zhang.id, "template_id": form.id, "done_on": day, **vals}
        )
        if complete:
            visit.action_complete()
        return visit

    def kept(self, contract):
        rows = contract._promise_rows()[contract.id]
        return {(row["name"], row["kept"]) for row in rows if row["kept"]}

    def promised(self, record_kind, item=None):
        promise = self.package.item_ids.filtered(lambda one: one.record_kind == record_kind)[:1]
        if item:
            # The package is out: what it says is set as it was when it was drafted.
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE bphs_package_item SET service_item_id = %s WHERE id = %s", (item.id, promise.id)
            )
            self.env.invalidate_all()
        return promise

    def test_a_record_done_keeps_what_the_contract_promised(self):
        contract = self.sign(self.zhang, date_from=date(2026, 1, 1))
        promise = self.promised("management")
        visit = self.visit("hypertension", date(2026, 2, 1), complete=False)
        self.assertFalse(self.kept(contract), "a draft keeps nothing")
        visit.action_complete()
        self.assertEqual(self.kept(contract), {(promise.name, date(2026, 2, 1))})
        self.assertEqual(visit.keeps_words, promise.name)
        visit.action_reopen("日期录错")
        self.assertFalse(self.kept(contract))
        visit.done_on = date(2026, 2, 3)
        visit.action_complete()
        self.assertEqual(self.kept(contract), {(promise.name, date(2026, 2, 3))})
        visit.action_void("不是本人")
        self.assertFalse(self.kept(contract))
        self.assertFalse(visit.keeps_words)

    def test_an_item_that_names_its_service_is_kept_by_it_alone(self):
        promise = self.promised("monitoring", self.item_htn)
        contract = self.sign(self.zhang, date_from=date(2026, 1, 1))
        self.visit("diabetes", date(2026, 1, 20))
        self.assertNotIn(promise.name, {name for name, __ in self.kept(contract)})
        self.visit("hypertension", date(2026, 2, 1))
        self.assertIn((promise.name, date(2026, 2, 1)), self.kept(contract))

    def test_what_a_record_for_named_persons_keeps_is_told_to_them(self):
        contract = self.sign(self.zhang, date_from=date(2026, 1, 1))
        visit = self.visit("hypertension", date(2026, 2, 1))
        seen = self.as_user("village_doctor_a1", contract)
        self.assertTrue(self.kept(seen))
        self.env.flush_all()
        self.env.cr.execute("UPDATE bphs_visit SET sensitive = TRUE WHERE id = %s", [visit.id])
        self.env.invalidate_all()
        self.assertFalse(self.kept(seen))
        self.assertFalse(self.as_user("village_doctor_a1", "bphs.service.link").search([("stands", "=", True)]))
        self.assertTrue(self.kept(contract.sudo()))

    def test_outside_the_term_it_keeps_nothing(self):
        contract = self.sign(self.zhang, date_from=date(2026, 2, 1))
        self.visit("hypertension", date(2026, 1, 31))
        self.assertFalse(self.kept(contract))

    def test_records_from_before_the_contract_was_entered_count(self):
        self.visit("hypertension", date(2026, 2, 1))
        contract = self.sign(self.zhang, date_from=date(2026, 1, 1))
        self.assertEqual(len(self.kept(contract)), 1)

    def test_two_of_a_day_are_one_contact(self):
        contract = self.sign(self.zhang, date_from=date(2026, 1, 1))
        self.visit("hypertension", date(2026, 2, 1))
        self.visit("diabetes", date(2026, 2, 1))
        days = [row["kept"] for row in contract._promise_rows()[contract.id] if row["kept"]]
        self.assertEqual(days, [date(2026, 2, 1)])

    def test_a_family_doctor_service_is_a_record_of_the_simple_form(self):
        contract = self.sign(self.zhang, date_from=date(2026, 1, 1))
        action = self.as_user("village_doctor_a1", self.zhang).action_record_service()
        self.assertEqual(action["res_model"], "bphs.visit")
        form = self.env["bphs.form.template"].browse(action["context"]["default_template_id"])
        self.assertEqual(form.code, "contract_service")
        visit = self.visit("contract_service", date(2026, 2, 1))
        self.assertEqual(visit.missing, "service_kind")
        visit.action_reopen("补服务类别")
        visit.service_kind = "management"
        visit.action_complete()
        self.assertTrue(visit.is_complete)
        self.assertEqual(self.kept(contract), {(self.promised("management").name, date(2026, 2, 1))})

    def test_whoever_was_visited_is_not_signed_and_never_served(self):
        contract = self.sign(self.zhang, date_from=date(2025, 11, 1))
        never = [("never_served", "=", True), ("id", "=", contract.id)]
        self.assertTrue(contract.search(never))
        self.visit("hypertension", TODAY - timedelta(3))
        self.assertFalse(contract.search(never))

    def test_a_record_is_a_trace_of_work(self):
        self.worker_a1.user_id = self.user["village_doctor_a1"]
        visit = self.visit("hypertension", TODAY - timedelta(3))
        self.assertEqual(visit.worker_id, self.worker_a1)
        self.assertIn("bphs_visit", " ".join(source.code for source in self.env["bphs.worker"]._work_seen()))
