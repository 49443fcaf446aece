from lxml import etree

from odoo.tests import Form, tagged

from ..common import FundCase

CLINICS = 260

# Rates and days, of which no sum says anything.
NOT_SUMS = {
    ("bphs.evaluation.score", "percent"): "avg",
    ("bphs.indicator.value", "rate"): "avg",
    ("bphs.guidance.coverage", "share"): "avg",
    ("bphs.guidance.standing", "days_since"): "max",
    **{
        ("bphs.rectification.statistic", name): "avg" for name in ("closed_rate", "on_time_rate", "days", "repeat_rate")
    },
}


@tagged("post_install", "-at_install")
class TestBounded(FundCase):
    """A county of 260 clinics: lists and sets ask a fixed number of questions, however many
    clinics there are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["bphs.institution"].create(
            [
                {
                    "code": f"TB{number:03d}",
                    "name": f"村卫生室{number}",
                    "kind": "village_clinic",
                    "parent_id": cls.township_b.id,
                }
                for number in range(CLINICS)
            ]
        )
        cls.scheme.price_ids.unlink()
        cls.env["bphs.fund.price"].create(
            [{"scheme_id": cls.scheme.id, "item_id": item.id, "price": 2.5} for item in cls.item.values()]
        )
        cls.publish()

    def generate(self):
        wizard = self.as_user("finance_officer", "bphs.fund.plan.generate").create(
            {"institution_id": self.bureau.id, "period_id": self.year.id, "quantity_from": "blank"}
        )
        wizard.action_generate()
        return self.as_user("finance_officer", "bphs.fund.plan").search([("period_id", "=", self.year.id)])

    def queries(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_plans_of_a_county(self):
        asked = self.queries(self.generate)
        plans = self.env["bphs.fund.plan"].search([("period_id", "=", self.year.id)])
        self.assertEqual(len(plans), CLINICS + 3)
        self.assertEqual(len(plans.line_ids), (CLINICS + 3) * len(self.item))
        self.assertLess(asked, 2 * CLINICS, "23 lines of a clinic are not written one by one")
        self.assertLess(self.queries(plans.action_confirm), 40)
        self.assertEqual(set(plans.mapped("state")), {"confirmed"})

    def test_lists(self):
        plans = self.generate()
        specification = {
            "institution_id": {"fields": {"display_name": {}}},
            "township_id": {"fields": {"display_name": {}}},
            "period_id": {"fields": {"display_name": {}}},
            "annual_amount": {},
            "opening_carry": {},
            "cap": {},
            "state": {},
            "currency_id": {"fields": {"display_name": {}}},
        }
        few = self.queries(lambda: plans.web_search_read([("period_id", "=", self.year.id)], specification, limit=5))
        many = self.queries(lambda: plans.web_search_read([("period_id", "=", self.year.id)], specification, limit=80))
        self.assertLessEqual(many, few + 2)
        self.assertLess(many, 25)

    def test_budget_form(self):
        self.arrive(central=1000.0, province=500.0)
        budget = self.budget
        specification = {
            "name": {},
            "due": {},
            "arrived": {},
            "outstanding": {},
            "available": {},
            "source_ids": {
                "fields": {
                    "level": {},
                    "due": {},
                    "arrived": {},
                    "outstanding": {},
                    "paid": {},
                    "available": {},
                }
            },
        }
        self.assertLess(self.queries(lambda: budget.web_read(specification)), 25)

    def test_standing_is_the_ledger(self):
        self.arrive(central=1000.0, province=500.0)
        self.pay("central", 300.25)
        standing = self.as_user("finance_officer", "bphs.fund.standing").search([("budget_id", "=", self.budget.id)])
        for line in standing:
            source = self.source[line.level]
            for name in ("due", "arrived", "outstanding", "paid", "returned", "available"):
                self.assertEqual(line[name], source[name], name)
        total = standing._read_group([("budget_id", "=", self.budget.id)], [], ["available:sum"])
        self.assertEqual(total, [(1199.75,)])
        self.assertEqual(self.budget.available, 1199.75)

    def test_amounts_sum_in_groups_and_charts(self):
        """The client shows a sum only where the field says how it is summed."""
        self.arrive(central=1000.0, province=500.0)
        charts = self.env["ir.ui.view"].search([("type", "in", ("pivot", "graph")), ("model", "=like", "bphs.%")])
        self.assertIn("bphs.fund.standing", charts.mapped("model"))
        for chart in charts:
            names = [node.get("name") for node in etree.fromstring(chart.arch).xpath("//field[@type='measure']")]
            fields = self.env[chart.model].fields_get(names, ["aggregator"])
            for name in names:
                said = fields[name].get("aggregator")
                self.assertEqual(said, NOT_SUMS.get((chart.model, name), "sum"), f"{chart.name}: {name}")
        groups = self.as_user("auditor", "bphs.fund.entry").formatted_read_group(
            [("budget_id", "=", self.budget.id)],
            ["kind"],
            ["amount:sum", "currency_id:array_agg_distinct"],
        )
        self.assertEqual([group["amount:sum"] for group in groups], [1500.0])

    def test_make_plans_opens_for_the_latest_year_with_rules(self):
        with Form(self.as_user("finance_officer", "bphs.fund.plan.generate")) as form:
            self.assertEqual(form.period_id, self.year)
            form.period_id = self.year.browse()
            self.assertFalse(form.scheme_id)
            form.institution_id = self.bureau
            form.period_id = self.year
            self.assertEqual(form.scheme_id, self.scheme)
            self.assertEqual(form.clinic_count, CLINICS + 3)
