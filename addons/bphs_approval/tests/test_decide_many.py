from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.bphs_base.tests.home import check_page

from .documents import ApprovalCase


@tagged("post_install", "-at_install")
class TestDecideMany(ApprovalCase):
    """H15: several decided at once, each with its own record; the figures stand on the page."""

    def _many(self, key, orders):
        requests = self.as_user(key, orders.approval_request_id)
        action = requests.action_open_approve_many()
        return self.as_user(key, self.env[action["res_model"]].browse(action["res_id"]))

    def test_h15_each_gets_a_decision_of_its_own(self):
        orders = self._submitted() | self._submitted() | self._submitted(institution=self.township_b)
        many = self._many("township_director_a", orders)
        self.assertEqual(many.count, 2)  # the other township's is not theirs to decide
        many.comment = "同意"
        message = many.action_decide()["params"]["message"]
        self.assertIn("2", message)
        for order in orders[:2]:
            decision = order.approval_request_id.decision_ids.filtered(lambda one: one.verdict == "approve")
            self.assertEqual((len(decision), decision.user_id, decision.comment), (1, many.env.user, "同意"))
            self.assertTrue(order.approval_request_id.chain_intact)
        self.assertFalse(orders[2].approval_request_id.decision_ids.filtered(lambda one: one.verdict == "approve"))

    def test_one_refused_lets_none_through(self):
        orders = self._submitted() | self._submitted()
        many = self._many("township_director_a", orders)
        self._approve(orders[1], "township_director_a")
        with self.refused("nobody approves two stages"), self.env.cr.savepoint():
            many.action_decide()
        self.assertFalse(orders[0].approval_request_id.decision_ids.filtered(lambda one: one.verdict == "approve"))

    def test_nothing_of_ones_own_to_decide(self):
        with self.assertRaisesRegex(UserError, "None of these"):
            self._many("township_director_b", self._submitted())

    def test_a_forged_dialog_decides_nothing(self):
        order = self._submitted()
        request = order.approval_request_id
        forged = self.as_user("deputy_leader", "bphs.approval.decide.many").create(
            {"line_ids": [(0, 0, {"request_id": request.id, "stage_id": request.stage_id.id})]}
        )
        with self.assertRaisesRegex(AccessError, "which is not yours"):
            forged.action_decide()

    def test_a_dialog_is_for_whoever_opened_it(self):
        many = self._many("township_director_a", self._submitted())
        with self.denied("this record is not within your scope"):
            self.as_user("deputy_leader", many).read(["comment"])

    def test_h15_figures_and_result(self):
        model = type(self.env["bphs.test.order"])
        with (
            patch.object(model, "_approval_figures", lambda order: [("应结算", "47,287.05"), ("结转", "-5.00")]),
            patch.object(model, "_approval_result", lambda order: -5),
        ):
            request = self.as_user("township_director_a", self._submitted().approval_request_id)
            self.assertEqual(request.figures_text, "应结算 47,287.05 · 结转 -5.00")
            self.assertIn('text-danger">-5.00', request.figures_table)
            self.assertEqual(request.result, -5)
        self.assertFalse(self.as_user("township_director_a", self._submitted().approval_request_id).figures_text)

    def test_they_stand_on_the_first_page(self):
        self._submitted()
        page = check_page(self, self.env(user=self.user["township_director_a"]))
        self.assertEqual({row["key"]: row["count"] for row in page["waiting"]}.get("approval"), 1)
        page = check_page(self, self.env(user=self.user["township_director_b"]))
        self.assertNotIn("approval", {row["key"] for row in page["waiting"]})
