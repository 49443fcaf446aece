from odoo.tests import tagged

from odoo.addons.bphs_base.tests.queries import MANY, QueriesMixin

from .documents import ApprovalCase


@tagged("post_install", "-at_install")
class TestQueries(QueriesMixin, ApprovalCase):
    """However much waits, a list of it asks the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.orders = cls.as_user("finance_officer", "bphs.test.order").create(
            [{"name": f"第{number}单", "amount": 1000, "institution_id": cls.township_a.id} for number in range(MANY)]
        )
        cls.orders.action_approval_submit()

    def test_lists_of_who_decides(self):
        for key in ("township_director_a", "deputy_leader"):
            with self.subTest(key):
                self.assert_lists_bounded("bphs_approval", key, {"bphs.approval.request"})
        waiting = self.as_user("township_director_a", "bphs.approval.request").search([("waiting_for_me", "=", True)])
        self.assertEqual(len(waiting), MANY)

    def test_list_of_documents(self):
        """Of each, whether I may submit, decide or withdraw it, and what was decided."""
        names = ["can_submit", "can_decide", "can_withdraw", "approval_decision_ids"]
        fields = {name: {} for name in ("name", "approval_state", *names)}
        orders = self.as_user("township_director_a", "bphs.test.order")

        def ask(limit):
            rows = orders.web_search_read([], fields, limit=limit)["records"]
            self.assertEqual(sum(row["can_decide"] for row in rows), limit)

        self.assert_bounded(ask, MANY)
