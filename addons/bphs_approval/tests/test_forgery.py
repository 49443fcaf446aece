"""What a client can send through JSON-2, tried as every role: refused, and nothing changed."""

import json
from datetime import datetime, timedelta

from odoo.tests import HttpCase, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.bphs_base.tests.common import CountyCase

from .attacks import FLAGS, Attacks
from .documents import ApprovalSetup, Order, OrderLine

TABLES = (
    "bphs_test_order",
    "bphs_test_order_line",
    "bphs_approval_request",
    "bphs_approval_request_stage",
    "bphs_approval_decision",
    "bphs_approval_contributor",
    "bphs_approval_delegation",
)
# Roles that decide nothing here come once; townships and clinics from both sides of the border.
KEYS = (
    "administrator",
    "finance_officer",
    "finance_officer_2",
    "primary_care_officer",
    "deputy_leader",
    "leader",
    "rectification_clerk",
    "county_specialist",
    "evaluator",
    "finance_bureau",
    "auditor",
    "township_director_a",
    "township_director_b",
    "township_public_health_a",
    "township_accountant_a",
    "team_leader_a",
    "village_doctor_a1",
)


@tagged("post_install", "-at_install")
class TestForgery(Attacks, ApprovalSetup, CountyCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._submitted()
        cls.request = cls.order.approval_request_id
        cls.other = cls._submitted(institution=cls.township_b).approval_request_id
        cls.returned = cls._submitted()
        cls.returned.action_approval_withdraw("误报")
        expiry = datetime.now() + timedelta(days=1)
        cls.key = {
            key: cls.env(user=cls.user[key])["res.users.apikeys"]
            .sudo()  # some roles may not hold keys for this long
            ._generate("rpc", key, expiry)
            for key in KEYS
        }
        cls.env.flush_all()

    def call(self, key, model, method, ids=(), context=None, **kwargs):
        """:return: (status, answer)"""
        response = self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps({"ids": list(ids), "context": context or {}, **kwargs}),
            headers={
                "Authorization": f"Bearer {self.key[key]}",
                "Content-Type": "application/json",
            },
        )
        return response.status_code, response.text

    def state(self):
        """Everything an approval stands on, as it is in the database."""
        self.env.flush_all()
        state = {}
        for table in TABLES:
            rows = SQL("SELECT to_jsonb(t)::text FROM %s t ORDER BY id", SQL.identifier(table))
            state[table] = self.env.execute_query(rows)
        return state

    def assert_refused(self, key, what, model, method, ids, body, context=None):
        # Refusals are logged as warnings; that they are refusals and not failures is asserted.
        with mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_rule"):
            status, answer = self.call(key, model, method, ids, context, **body)
        if method == "load":
            self.assertEqual(status, 200)
            self.assertIn('"ids": false', answer.replace('":', '": ').replace('":  ', '": '), what)
        else:
            self.assertIn(status, (400, 401, 403, 404, 409, 422), f"{key}, {what}: {answer[:600]}")

    def test_forgery_while_it_waits(self):
        before = self.state()
        attacks = self.attacks()
        for key in KEYS:
            for context in ({}, FLAGS):
                for what, attack in attacks.items():
                    if context and attack[1].startswith(("_", "sudo", "with_")):
                        continue
                    self.assert_refused(key, what, *attack, context=context)
            self.assertEqual(self.state(), before, key)

    def test_only_the_right_person_decides_and_once(self):
        steps = ("township_director_a", "deputy_leader")
        for right in steps:
            before = self.state()
            for key in KEYS:
                if key == right:
                    continue
                for what, method, body in (
                    ("approve", "action_approval_approve", {}),
                    ("return", "action_approval_return", {"comment": "x"}),
                ):
                    ids = self.order.ids
                    self.assert_refused(key, what, Order._name, method, ids, body, context=FLAGS)
                dialog = self._dialog(key)
                if dialog:
                    self.assert_refused(key, "dialog", "bphs.approval.decide", "action_decide", [dialog], {})
            self.assertEqual(self.state(), before, right)
            status, answer = self.call(right, Order._name, "action_approval_approve", self.order.ids)
            self.assertEqual((status, answer), (200, "true"))
            # Pressed twice.
            before = self.state()
            self.assert_refused(right, "twice", Order._name, "action_approval_approve", self.order.ids, {})
            self.assertEqual(self.state(), before, right)
        self.env.invalidate_all()
        self.assertTrue(self.order._approval_is_approved())
        before = self.state()
        attacks = {
            what: attack
            for what, attack in self.attacks().items()
            if attack[0] in (Order._name, OrderLine._name) and not attack[1].startswith("_")
        }
        for key in ("administrator", "finance_officer", "deputy_leader", "leader", "auditor"):
            for what, attack in attacks.items():
                self.assert_refused(key, what, *attack, context=FLAGS)
            for method in ("action_approval_return", "action_approval_withdraw"):
                ids = self.order.ids
                self.assert_refused(key, method, Order._name, method, ids, {"comment": "x"})
            self.assertEqual(self.state(), before, key)

    def _dialog(self, key):
        """A dialog made by hand for the present stage; whoever sees the stage can make one."""
        self.env.invalidate_all()
        vals = {
            "res_model": Order._name,
            "res_id": self.order.id,
            "verdict": "approve",
            "stage_id": self.order.approval_stage_id.id,
        }
        with mute_logger("odoo.http"):
            status, answer = self.call(key, "bphs.approval.decide", "create", vals_list=[vals])
        return json.loads(answer)[0] if status == 200 else None

    def test_activity_tricks_move_nothing(self):
        before = self.state()
        activity = self.env["mail.activity"].search([("res_id", "=", self.request.id)])
        self.assertEqual(activity.user_id, self.user["township_director_a"])
        with mute_logger("odoo.http"):
            for key in KEYS:
                for method, body in (
                    ("action_feedback", {"feedback": "同意"}),
                    ("action_done", {}),
                    ("write", {"vals": {"user_id": self.user[key].id}}),
                    ("unlink", {}),
                ):
                    self.call(key, "mail.activity", method, activity.ids, **body)
        self.assertEqual(self.state(), before)

    def test_withdrawal_is_the_submitters(self):
        for key in KEYS:
            if key != "finance_officer":
                self.assert_refused(
                    key,
                    "withdraw",
                    Order._name,
                    "action_approval_withdraw",
                    self.order.ids,
                    {"comment": "x"},
                )
        status, __ = self.call(
            "finance_officer",
            Order._name,
            "action_approval_withdraw",
            self.order.ids,
            comment="误报",
        )
        self.assertEqual(status, 200)
