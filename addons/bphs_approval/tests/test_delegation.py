from datetime import date

import psycopg2

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .documents import ApprovalCase


@tagged("post_install", "-at_install")
class TestDelegation(ApprovalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # 09:00 on 10 March in Beijing.
        cls.startClassPatcher(freeze_time("2025-03-10 01:00:00"))
        cls.order = cls._submitted()
        cls.request = cls.order.approval_request_id

    def _delegate(self, by, to, role, start="2025-03-10", end="2025-03-12"):
        return self.as_user(by, "bphs.approval.delegation").create(
            [
                {
                    "to_user_id": self.user[to].id,
                    "group_id": self._group(role),
                    "date_from": start,
                    "date_to": end,
                    "reason": "出差",
                }
            ]
        )

    def _to_deputy_stage(self):
        self._approve(self.order, "township_director_a")

    def test_delegate_decides_on_behalf(self):
        self._to_deputy_stage()
        with self.denied("of its level, which is not yours"):
            self._approve(self.order, "leader")
        self._delegate("deputy_leader", "leader", "deputy_leader")
        self.assertTrue(self.as_user("leader", self.order).can_decide)
        self._approve(self.order, "leader")
        decision = self.request.decision_ids[-1]
        self.assertEqual(decision.user_id, self.user["leader"])
        self.assertEqual(decision.on_behalf_of_id, self.user["deputy_leader"])

    def test_only_on_its_days_by_the_countys_clock(self):
        self._to_deputy_stage()
        self._delegate("deputy_leader", "leader", "deputy_leader")
        # Dates by UTC: the day begins at 16:00 in Beijing's terms.
        for moment, may in (
            ("2025-03-09 15:59:59", False),
            ("2025-03-09 16:00:00", True),
            ("2025-03-12 15:59:59", True),
            ("2025-03-12 16:00:00", False),
        ):
            with freeze_time(moment), self.subTest(moment):
                for zone in ("UTC", "Pacific/Kiritimati", "Asia/Shanghai"):
                    self.env.invalidate_all()
                    order = self.as_user("leader", self.order).with_context(tz=zone)
                    self.assertEqual(order.can_decide, may)

    def test_delegate_must_see_the_institution(self):
        self._delegate("township_director_a", "township_director_b", "township_director")
        with self.denied("this record is not within your scope"):
            self._approve(self.order, "township_director_b")
        self._delegate("township_director_a", "township_accountant_a", "township_director")
        self._approve(self.order, "township_accountant_a")

    def test_delegation_is_no_way_around(self):
        """Neither a contributor nor who approved before gets in, on either side of a delegation."""
        self._delegate("township_director_a", "finance_officer", "township_director")
        with self.denied("You computed, edited or submitted"):  # the delegate edited the order
            self._approve(self.order, "finance_officer")
        self._delegate("township_director_a", "deputy_leader", "township_director")
        self._approve(self.order, "deputy_leader")
        with self.assertRaisesRegex(AccessError, "two stages"):  # approved for the director
            self._approve(self.order, "deputy_leader")
        self._delegate("deputy_leader", "leader", "deputy_leader")
        with self.denied("of its level, which is not yours"):  # the one behind the delegate approved before
            self._approve(self.order, "leader")

    def test_principal_who_edited_cannot_delegate_it_away(self):
        order = self._order()
        self.as_user("township_director_a", order).sudo().write({"name": "改"})
        order.action_approval_submit()
        self._delegate("township_director_a", "township_accountant_a", "township_director")
        with self.denied("of its level, which is not yours"):
            self._approve(order, "township_accountant_a")

    def test_principal_behind_an_approval_does_not_approve_again(self):
        self.user["township_director_a"].sudo().write(
            {
                "group_ids": [(4, self._group("deputy_leader"))],
                "bphs_institution_ids": [(4, self.bureau.id)],
            }
        )
        self._delegate("township_director_a", "township_accountant_a", "township_director")
        self._approve(self.order, "township_accountant_a")
        with self.assertRaisesRegex(AccessError, "two stages"):
            self._approve(self.order, "township_director_a")

    def test_delegation_is_not_passed_on(self):
        self._to_deputy_stage()
        self._delegate("deputy_leader", "finance_officer_2", "deputy_leader")
        with self.assertRaisesRegex(AccessError, "do not hold"):
            self._delegate("finance_officer_2", "auditor", "deputy_leader")

    def test_everyone_delegates_their_own_role_only(self):
        Delegation = self.as_user("administrator", "bphs.approval.delegation")
        vals = {
            "from_user_id": self.user["leader"].id,
            "to_user_id": self.user["administrator"].id,
            "group_id": self._group("leader"),
            "date_from": "2025-03-10",
            "date_to": "2025-03-12",
            "reason": "x",
        }
        with self.assertRaisesRegex(AccessError, "own role"):
            Delegation.create([vals])
        with self.assertRaisesRegex(AccessError, "own role"):
            Delegation.with_context(default_from_user_id=vals.pop("from_user_id")).create([vals])

    def test_bad_delegations(self):
        with self.assertRaisesRegex(ValidationError, "end before"):
            self._delegate("leader", "deputy_leader", "leader", end="2025-03-08")
        with (
            mute_logger("odoo.sql_db"),
            self.refused("bphs_approval_delegation_not_to_oneself", kind=psycopg2.errors.CheckViolation),
            self.cr.savepoint(),
        ):
            self._delegate("leader", "leader", "leader")
        self.user["auditor"].sudo().active = False
        with self.assertRaisesRegex(ValidationError, "does not work with"):
            self._delegate("leader", "auditor", "leader")

    def test_ending(self):
        self._to_deputy_stage()
        delegation = self._delegate("deputy_leader", "leader", "deputy_leader")
        activity = [("user_id", "=", self.user["leader"].id), ("res_id", "=", self.request.id)]
        self.assertTrue(self.env["mail.activity"].search(activity))
        with self.assertRaisesRegex(AccessError, "Only the one"):
            self.as_user("leader", delegation).action_end()
        with self.denied("this record is not within your scope"):
            self.as_user("finance_officer", delegation).action_end()
        self.assertTrue(delegation.can_end)
        self.as_user("deputy_leader", delegation).action_end()
        self.assertEqual(delegation.date_to, date(2025, 3, 9))
        self.assertFalse(delegation.can_end)
        self.assertFalse(self.env["mail.activity"].search(activity))
        with self.denied("of its level, which is not yours"):
            self._approve(self.order, "leader")
        other = self._delegate("deputy_leader", "leader", "deputy_leader", start="2025-04-01", end="2025-04-02")
        self.as_user("administrator", other).action_end()
        self.assertEqual(other.date_to, date(2025, 3, 31))

    def test_never_changed_or_deleted(self):
        delegation = self._delegate("deputy_leader", "leader", "deputy_leader")
        with self.no_right("write", "bphs.approval.delegation"):
            delegation.date_to = "2030-01-01"
        with self.refused("A delegation is not changed. End it and make a new one"):
            delegation.sudo().to_user_id = self.user["auditor"]
        with self.no_right("unlink", "bphs.approval.delegation"):
            delegation.unlink()

    def test_who_sees_delegations(self):
        delegation = self._delegate("deputy_leader", "leader", "deputy_leader")
        seeing = {
            key
            for key in self.user
            if self.as_user(key, "bphs.approval.delegation").search([("id", "=", delegation.id)])
        }
        self.assertEqual(seeing, {"deputy_leader", "leader", "administrator", "auditor"})
