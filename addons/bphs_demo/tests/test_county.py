from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from odoo.addons.bphs_base.tools.money import to_decimal

from ..hooks import pre_init_hook
from ..making.county import read


@tagged("post_install", "-at_install")
class TestDemoCounty(TransactionCase):
    """The figures of the demo county, to the fen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.budget = cls.env["bphs.fund.budget"].search([("institution_id.code", "=", "140404000001")])

    def _sum(self, model, field, domain=()):
        ((total,),) = self.env[model]._read_group(list(domain), [], [f"{field}:sum"])
        return to_decimal(total)

    def _workload(self, quarters, item, field):
        return self._sum(
            "bphs.workload.line",
            field,
            [("period_id.code", "in", quarters), ("item_id.code", "=", item)],
        )

    def test_arrivals_as_in_the_bulletin(self):
        arrived = {source.level: to_decimal(source.arrived) for source in self.budget.source_ids}
        self.assertEqual(
            {level: f"{amount:.2f}" for level, amount in arrived.items()},
            {
                "central": "17079620.00",
                "province": "5723874.00",
                "city": "1138640.00",
                "county": "4554561.00",
            },
        )
        self.assertEqual(f"{to_decimal(self.budget.arrived):.2f}", "28496695.00")
        self.assertEqual(f"{to_decimal(self.budget.due):.2f}", "28466010.00")

    def test_pool_is_40_percent_and_the_plans_fit_in(self):
        pool = self.budget._pool()
        self.assertEqual(pool, to_decimal("11398678.00"))
        self.assertEqual(pool, to_decimal(self.budget.arrived) * 40 / 100)
        planned = self._sum("bphs.fund.plan", "annual_amount", [("period_id.code", "=", "2025")])
        self.assertEqual(planned, to_decimal("11395440.00"))
        self.assertLessEqual(planned, pool)

    def test_the_screen_names_the_bureau_and_its_administrator(self):
        self.assertEqual(self.env.ref("base.main_company").name, "长治市上党区卫生健康和体育局")
        self.assertEqual(self.env.ref("base.user_admin").name, "系统管理员")

    def test_registers(self):
        count = self.env["bphs.division"].search_count
        self.assertEqual(count([("level", "=", "township")]), 13)
        self.assertEqual(count([("level", "=", "village")]), 260)
        self.assertEqual(sum(int(row["residents"]) for row in read("villages")), self.budget.population)
        clinics = self.env["bphs.institution"].with_context(active_test=False).search([("kind", "=", "village_clinic")])
        self.assertEqual(len(clinics), 260)
        self.assertEqual(clinics.mapped("code"), clinics.village_ids.mapped("code"))
        self.assertEqual(len(clinics.township_id), 13)

    def test_planned_work_is_the_bulletins(self):
        """Managed persons of the bulletin, times the visits each is due in a year."""
        item = {row["item"]: int(row["quantity"]) for row in read("items")}
        self.assertEqual(item["HTN_FOLLOWUP"], 48439 * 4)
        self.assertEqual(item["DM_FOLLOWUP"], 11427 * 4)
        self.assertEqual(item["SMI_FOLLOWUP"], 1145 * 4)
        self.assertEqual(item["ELDER_EXAM"], 42479)
        planned = self._sum("bphs.fund.plan.line", "quantity", [("item_id.code", "=", "ELDER_EXAM")])
        self.assertEqual(planned, 42479)
        three = self._workload(["2025Q1", "2025Q2", "2025Q3"], "HTN_FOLLOWUP", "planned")
        self.assertAlmostEqual(float(three) / (48439 * 3), 1, delta=0.01)
        done = self._workload(["2025Q1", "2025Q2", "2025Q3"], "HTN_FOLLOWUP", "verified")
        self.assertTrue(0.9 < done / three < 1.05)

    def test_ledger_adds_up(self):
        """What is available is what arrived and came back, less what went out; money that moved is money granted."""
        total = {
            kind: to_decimal(amount)
            for kind, amount in self.env["bphs.fund.entry"]._read_group([], ["kind"], ["amount:sum"])
        }
        available = total["arrival"] + total["payment"] + total["return"]
        self.assertEqual(to_decimal(self.budget.available), available)
        self.assertTrue(all(source.available > 0 for source in self.budget.source_ids))
        paid = self._sum("bphs.fund.payment.line", "amount", [("state", "=", "paid")])
        self.assertEqual(-total["payment"], paid)
        splits = self._sum("bphs.fund.payment.split", "amount")
        failed = self._sum("bphs.fund.payment.line", "amount", [("state", "=", "failed")])
        self.assertGreater(failed, 0)
        self.assertEqual(splits, paid + failed)
        granted = self._sum("bphs.fund.payable", "amount")
        open_amount = sum(to_decimal(p.open_amount) for p in self.env["bphs.fund.payable"].search([]))
        in_batch = self._sum("bphs.fund.payment.line", "amount", [("state", "not in", ("paid", "failed"))])
        self.assertEqual(granted, paid + in_batch + open_amount)

    def test_township_institutions_share_the_rest_of_the_money(self):
        (allotment,) = self.env["bphs.fund.allotment"].search([])
        self.assertEqual(len(allotment.line_ids), 13)
        self.assertTrue(allotment.posted)
        pool = to_decimal(self.budget.arrived) - self.budget._pool()
        self.assertEqual(to_decimal(allotment.pool_amount), pool)
        settled = self._sum("bphs.fund.allotment.line", "amount")
        self.assertEqual(settled + to_decimal(allotment.carried), pool)
        self.assertGreater(allotment.carried, 0)
        bureau = self.budget.institution_id
        kept = self._sum("bphs.fund.entry", "amount", [("institution_id", "=", bureau.id), ("kind", "=", "carry")])
        self.assertEqual(kept, to_decimal(allotment.carried))

    def test_withheld_money_waits_for_its_tasks(self):
        holds = self.env["bphs.fund.hold"].search([])
        named = holds.filtered("rectification_ids")
        self.assertEqual((len(holds), len(named)), (7, 5))
        for hold in named:
            if hold.approval_state == "draft":
                self.assertEqual(hold.open_task_count, 1)
            else:
                self.assertEqual(set(hold.rectification_ids.mapped("state")), {"closed"})
                self.assertIn(hold.rectification_ids.number, hold.release_reason)

    def test_prepaid_at_least_70_percent(self):
        prepaid = {
            clinic: to_decimal(amount)
            for clinic, amount in self.env["bphs.fund.prepayment.line"]._read_group(
                [], ["institution_id"], ["amount:sum"]
            )
        }
        for plan in self.env["bphs.fund.plan"].search([]):
            quarters = 4 if plan.institution_id.active else 3
            floor = to_decimal(plan.annual_amount) * 70 / 100 * quarters / 4
            self.assertGreaterEqual(prepaid[plan.institution_id] + to_decimal("0.01") * (quarters < 4), floor)

    def test_runs_replay_to_the_fen(self):
        for run in self.env["bphs.fund.run"].search([]):
            __, replayed, stored, __ = run._replay_texts()
            self.assertEqual(replayed, stored, run.display_name)

    def test_refused_beside_real_institutions(self):
        with self.assertRaises(UserError):
            pre_init_hook(self.env)

    def test_nobody_real(self):
        """Identity numbers of a region that does not exist, account numbers that no bank issues."""
        accounts = self.env["bphs.bank.account"].search([])
        self.assertGreater(len(accounts), 300)
        for account in accounts:
            self.assertTrue(account.account_number.startswith("999"), account.holder)
            self.assertTrue(not account.id_number or account.id_number.startswith("140499"))
