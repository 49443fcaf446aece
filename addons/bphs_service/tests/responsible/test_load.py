from datetime import date
from decimal import Decimal
from fractions import Fraction
from unittest.mock import patch

from dateutil.relativedelta import relativedelta

from odoo import Command
from odoo.tests import tagged

from odoo.addons.bphs_team.tests.common import TeamCase

from ...tools.clocks.expected import expected

FOUR = Decimal("0.0001")


@tagged("post_install", "-at_install")
class TestExpectedLoad(TeamCase):
    """What a team has to do: the services that the plans of its people ask for, as the rules reckon each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.Team._county_today()
        cls.team_a1._take_village(cls.village_a1, date(2025, 1, 1), seen=cls.Team.browse())
        cls.child = cls.make("小宝", cls.village_a1, str(cls.today - relativedelta(months=5)).replace("-", ""), 41)
        for resident in (cls.zhang, cls.wang):
            resident.group_ids = [Command.create({"kind": "hypertension", "date_from": "2025-01-01"})]
        cls.here = cls.zhang | cls.wang | cls.child
        cls.env.flush_all()

    def told(self, day):
        query = self.env["bphs.team"]._expected_load(self.village_a1.ids, day)
        return dict(self.env.execute_query(query)).get(self.village_a1.id, 0)

    def weight(self, clock, day):
        """What one service under a clock weighs: by the item of its first form."""
        form = self.env["bphs.form.template"].search(
            [("code", "=", clock.form_codes.split()[0]), ("state", "=", "published")], order="version desc", limit=1
        )
        return Fraction(str(form.item_id._equivalents_on(day).get(form.item_id.id, 1)))

    def reckoned(self, day):
        living = self.env["bphs.resident"].search([("division_id", "=", self.village_a1.id), ("status", "=", "active")])
        plans = living.filtered(lambda one: not one.restricted).plan_ids
        cores = plans._core_plans()
        whole = sum(
            (expected(plan.clock_id._core(), cores[plan.id], day) * self.weight(plan.clock_id, day) for plan in plans),
            Fraction(0),
        )
        return float((Decimal(whole.numerator) / whole.denominator).quantize(FOUR))

    def test_sets_say_what_the_rules_say_of_each_plan(self):
        self.assertGreater(self.told(self.today), 1, "two with high blood pressure, and a child")
        plan = self.zhang.plan_ids.filtered(lambda one: one.code == "hypertension")
        plan.sudo().write({"date_to": self.today + relativedelta(months=5)})
        self.zhang.group_ids.date_to = self.today + relativedelta(months=5)
        for months in (-14, -1, 0, 1, 7, 30):
            day = self.today + relativedelta(months=months)
            self.assertAlmostEqual(self.told(day), self.reckoned(day), 3, msg=day)

    def test_a_service_counts_as_it_weighs_in_the_catalogue(self):
        item = self.env["bphs.form.template"]._in_use("hypertension").item_id
        before, soon = self.told(self.today), self.today + relativedelta(days=1)
        self.env["bphs.service.equivalent"].create({"item_id": item.id, "value": 9.5, "date_from": soon})
        self.assertEqual(self.told(self.today), before, "as it weighs on the day")
        self.assertGreater(self.told(soon), before + 2 * 4 * 5)
        self.assertAlmostEqual(self.told(soon), self.reckoned(soon), 3)

    def test_the_board_shows_it_beside_people_and_limit(self):
        self.wang.group_ids = [Command.create({"kind": "smi"})]
        board = self.as_user("township_director_a", self.Team).board()
        (head,) = [team for team in board["teams"] if team["name"] == self.team_a1.name]
        self.assertTrue(board["expected"])
        self.assertEqual(head["load"], int(Decimal(str(self.told(self.today))).quantize(Decimal(1), "ROUND_HALF_UP")))
        self.assertEqual(head["people"], 2, "named persons are in neither")
        told = {row["label"]: row["number"] for row in board["services"]}
        self.assertIn("4", told.values())
        hidden = self.env["bphs.clock"].search([("sensitive", "=", True)])
        self.assertTrue(hidden & self.wang.plan_ids.clock_id)
        self.assertFalse(set(hidden.mapped("name")) & set(told), "nor is it told that there are any")

    def test_a_hidden_plan_of_somebody_whom_everybody_sees_is_not_expected(self):
        before = self.told(self.today)
        clock = self.env.ref("bphs_service.bphs_clock_smi")
        self.env["bphs.plan"].create({"resident_id": self.zhang.id, "clock_id": clock.id})
        self.assertEqual(self.told(self.today), before)

    def test_nothing_is_expected_where_nothing_is_planned(self):
        self.enterContext(patch.object(self.env.registry["bphs.team"], "_clock_weights", lambda *_asked: []))
        self.assertIsNone(self.env["bphs.team"]._expected_load(self.village_a1.ids, self.today))
        self.assertFalse(self.as_user("township_director_a", self.Team).board()["expected"])
