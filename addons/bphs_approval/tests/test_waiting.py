from odoo.tests import tagged

from .documents import ApprovalCase


@tagged("post_install", "-at_install")
class TestWaiting(ApprovalCase):
    def _waiting(self, key):
        Request = self.as_user(key, "bphs.approval.request")
        found = Request.search([("waiting_for_me", "=", True)])
        self.assertEqual(len(found), Request.count_waiting_for_me())
        self.assertTrue(all(request.waiting_for_me for request in found))
        self.assertFalse((Request.search([]) - found).filtered("waiting_for_me"))
        self.assertFalse(found & Request.search([("waiting_for_me", "=", False)]))
        return found

    def test_each_sees_what_waits_for_them(self):
        order_a = self._submitted()
        order_b = self._submitted(institution=self.township_b)
        waiting = {"township_director_a": order_a, "township_director_b": order_b}
        for key in self.user:
            orders = waiting.get(key, order_a.browse())
            self.assertEqual(self._waiting(key), orders.approval_request_id, key)
            found = self.as_user(key, order_a).search([("can_decide", "=", True)])
            self.assertEqual(found, orders, key)
        self._approve(order_a, "township_director_a")
        self.assertFalse(self._waiting("township_director_a"))
        self.assertEqual(self._waiting("deputy_leader"), order_a.approval_request_id)
        self._approve(order_a, "deputy_leader")
        self.assertFalse(self._waiting("deputy_leader"))

    def test_requests_are_seen_within_scope(self):
        request = self._submitted().approval_request_id
        for key in self.user:
            seen = self.as_user(key, request).search([("id", "=", request.id)])
            self.assertEqual(bool(seen), not key.endswith(("_b", "_a1", "_a2", "_b1")), key)
            stages = self.as_user(key, request.stage_ids).search([("request_id", "=", request.id)])
            decisions = self.as_user(key, "bphs.approval.decision").search([("request_id", "=", request.id)])
            self.assertEqual((bool(stages), bool(decisions)), (bool(seen), bool(seen)))

    def test_content_is_shown_to_nobody(self):
        request = self._submitted().approval_request_id
        for key in ("administrator", "auditor", "finance_officer"):
            self.assertNotIn("content", self.as_user(key, request).fields_get())

    def test_activities_follow_the_stage_and_send_no_mail(self):
        mails = self.env["mail.mail"].search_count([])
        messages = self.env["mail.message"].search_count([])
        order = self._submitted()
        activities = [("res_model", "=", "bphs.approval.request")]
        activities += [("res_id", "=", order.approval_request_id.id)]
        Activity = self.env["mail.activity"]
        self.assertEqual(Activity.search(activities).user_id, self.user["township_director_a"])
        self._approve(order, "township_director_a")
        self.assertEqual(Activity.search(activities).user_id, self.user["deputy_leader"])
        self._approve(order, "deputy_leader")
        self.assertFalse(Activity.with_context(active_test=False).search(activities))
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertEqual(self.env["mail.message"].search_count([]), messages)

    def test_done_activity_decides_nothing(self):
        order = self._submitted()
        request = order.approval_request_id
        activity = self.as_user("township_director_a", request).activity_ids
        activity.unlink()
        self.assertEqual((request.state, len(request.decision_ids)), ("pending", 1))
        self.assertEqual(self._waiting("township_director_a"), request)

    def test_documents_list_is_bounded_in_queries(self):
        orders = self.env["bphs.test.order"]
        for __ in range(20):
            orders |= self._submitted()
        orders = self.as_user("township_director_a", orders)
        names = ["approval_state", "can_submit", "can_decide", "can_withdraw", "approval_stage_id"]
        orders.read(names)
        self.env.invalidate_all()
        with self.assertQueryCount(14):
            orders.read([*names, "approval_decision_ids"])

    def test_approved_is_one_query_for_many(self):
        orders = self._submitted() | self._submitted() | self._order()
        self._approve(orders[0], "township_director_a")
        self._approve(orders[0], "deputy_leader")
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.assertEqual(orders._approval_filter_approved(), orders[0])
        self.assertFalse(orders._approval_is_approved())
        self.assertFalse(orders.browse()._approval_is_approved())
