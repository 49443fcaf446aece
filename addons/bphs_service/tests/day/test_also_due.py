from datetime import date, timedelta

from odoo.tests import Form, tagged

from odoo.addons.bphs_team.tests.contract_case import TODAY, ContractCase


@tagged("post_install", "-at_install")
class TestAlsoDue(ContractCase):
    """A child comes to be vaccinated: check, TCM and contract that are due are proposed there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env["bphs.visit"]._county_today()
        born = cls.today - timedelta(days=185)
        cls.child = cls.make("王小宝", cls.village_a1, f"{born:%Y%m%d}", 41)
        cls.form = cls.env["bphs.form.template"]._in_use("vaccination")
        cls.env.flush_all()

    def vaccination(self, **vals):
        given = {"resident_id": self.child.id, "template_id": self.form.id, "answers": {"vaccine": "麻腮风"}}
        return self.as_user("village_doctor_a1", "bphs.visit").create({**given, **vals})

    def test_what_else_is_due_stands_beside_it_one_tap_each(self):
        visit = self.vaccination()
        codes = set(visit.also_due_ids.clock_id.mapped("code"))
        self.assertTrue({"child", "child_tcm"} <= codes, codes)
        row = visit.also_due_ids.filtered(lambda one: one.clock_id.code == "child_tcm")
        action = row.action_record()
        self.assertEqual(action["context"]["default_resident_id"], self.child.id)
        check = self.env["bphs.visit"].browse(
            self.as_user("village_doctor_a1", "bphs.visit")
            .create({name.removeprefix("default_"): value for name, value in action["context"].items()})
            .id
        )
        check.action_complete()
        visit.invalidate_recordset()
        self.assertNotIn("child_tcm", set(visit.also_due_ids.clock_id.mapped("code")))
        visit.action_complete()
        self.assertTrue(visit.also_due_ids, "still proposed once it is done")

    def test_while_it_is_entered(self):
        visits = self.as_user("village_doctor_a1", "bphs.visit")
        form = Form(visits.with_context(default_resident_id=self.child.id))
        form.template_id = self.form
        self.assertTrue(form.also_due_ids._get_ids() if hasattr(form.also_due_ids, "_get_ids") else form.also_due_ids)
        form.template_id = self.env["bphs.form.template"]._in_use("child")
        self.assertFalse(form.is_vaccination)

    def test_other_records_and_voided_ones_propose_nothing(self):
        other = self.vaccination(template_id=self.env["bphs.form.template"]._in_use("child").id, answers={})
        self.assertFalse(other.also_due_ids)
        self.assertFalse(other.contract_wanting_words)
        visit = self.vaccination()
        visit.action_void("重复")
        visit.invalidate_recordset()
        self.assertFalse(visit.also_due_ids)

    def test_the_contract_that_is_wanting(self):
        visit = self.vaccination()
        self.assertIn("no contract", visit.contract_wanting_words)
        self.assertEqual(visit.action_sign_contract()["res_model"], "bphs.contract.sign")
        contract = self.sign(self.child, date_from=date(TODAY.year, 1, 1))
        visit.invalidate_recordset()
        self.assertIn("Promised and not kept yet", visit.contract_wanting_words)
        self.assertNotIn("no contract", visit.contract_wanting_words)
        self.assertTrue(contract.in_force)
