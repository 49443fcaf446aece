import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .documents import FLOW_CODE, ApprovalCase, Order


@tagged("post_install", "-at_install")
class TestFlow(ApprovalCase):
    def _flow(self, kind, *stages, code=FLOW_CODE):
        return self.as_user("administrator", "bphs.approval.flow").create(
            [
                {
                    "name": "另一流程",
                    "code": code,
                    "document_model": Order._name,
                    "institution_kind": kind,
                    "stage_ids": [(0, 0, stage) for stage in stages],
                }
            ]
        )

    def test_running_request_keeps_its_stages(self):
        order = self._submitted()
        stages = self.as_user("administrator", self.flow).stage_ids
        stages[1].write({"group_id": self._group("village_doctor"), "name": "改", "level": "own"})
        stages[0].unlink()
        self.assertEqual(order.approval_request_id.stage_ids.mapped("name"), ["卫生院院长", "分管领导"])
        self._approve(order, "township_director_a")
        self._approve(order, "deputy_leader")
        self.assertTrue(order._approval_is_approved())

    def test_nobody_edits_the_snapshot(self):
        stage = self._submitted().approval_stage_id
        for key in ("administrator", "leader"):
            with self.refused("an entry once made is never changed or deleted"):
                self.as_user(key, stage).write({"group_id": self._group("leader")})
        with self.refused("an entry once made is never changed or deleted"):
            stage.sudo().write({"minutes_required": False})

    def test_flow_in_use_is_not_deleted(self):
        self._submitted()
        for context in ({}, {"_force_unlink": True}):
            with self.assertRaisesRegex(UserError, "Archive it"):
                self.as_user("administrator", self.flow).with_context(**context).unlink()
        unused = self._flow("other")
        unused.unlink()
        self.assertFalse(unused.exists())

    def test_only_administrators_edit_flows(self):
        for key in self.user:
            allowed = key == "administrator"
            for records in (self.flow, self.flow.stage_ids):
                for operation in ("write", "create", "unlink"):
                    self.assertEqual(self.as_user(key, records).has_access(operation), allowed, key)

    def test_flow_of_the_kind_of_institution_comes_first(self):
        self._flow("village_clinic", self._stage("公卫科长", "township_public_health", level="township"))
        order = self._submitted(institution=self.clinic_a1)
        self.assertEqual(order.approval_stage_id.name, "公卫科长")
        self.assertEqual(self._submitted().approval_stage_id.name, "卫生院院长")

    def test_one_active_flow_for_a_code_and_kind(self):
        with (
            mute_logger("odoo.sql_db"),
            self.refused("bphs_approval_flow_code_uniq", kind=psycopg2.errors.UniqueViolation),
            self.cr.savepoint(),
        ):
            self._flow(False)
        self.flow.active = False
        self.env.flush_all()
        self._flow(False)

    def test_without_flow_or_stage_nothing_is_submitted(self):
        order = self._order()
        self.flow.stage_ids.amount_from = 1000
        with self.assertRaisesRegex(UserError, "no stage"):
            order.action_approval_submit()
        self.flow.active = False
        with self.assertRaisesRegex(UserError, "no approval flow"):
            order.action_approval_submit()
        self.assertEqual(order.approval_state, "draft")

    def test_minutes_from_an_amount(self):
        self.flow.stage_ids = [
            (5, 0, 0),
            (0, 0, self._stage("主要领导", "leader", minutes_required=True, minutes_from=500)),
        ]
        small, large = self._submitted(amount=499.99), self._submitted(amount=500)
        self._approve(small, "leader")
        with self.assertRaisesRegex(UserError, "Minutes"):
            self._approve(large, "leader")

    def test_negative_threshold_is_refused(self):
        with (
            mute_logger("odoo.sql_db"),
            self.refused("bphs_approval_stage_amounts_not_negative", kind=psycopg2.errors.CheckViolation),
            self.cr.savepoint(),
        ):
            self.flow.stage_ids[0].amount_from = -1
            self.env.flush_all()

    def test_levels(self):
        """For a clinic's document: the place decides beside the role."""
        deciders = {
            "own": {"township_director_a", "township_director_b"},
            "township": {"township_director_a"},
            "county": set(),
        }
        # One director leads both townships' medical group, another was put on the bureau.
        self.user["township_director_b"].sudo().bphs_institution_ids = self.bureau
        for level, expected in deciders.items():
            self.flow.stage_ids = [
                (5, 0, 0),
                (0, 0, self._stage(level, "township_director", level=level)),
            ]
            if level == "county":
                expected = {"township_director_b"}
            order = self._submitted(institution=self.clinic_a1)
            self.env.invalidate_all()
            able = {key for key in self.user if self._can_decide(key, order)}
            self.assertEqual(able, expected, level)

    def _can_decide(self, key, order):
        try:
            return self.as_user(key, order).can_decide
        except AccessError:
            return False

    def test_archived_user_decides_nothing(self):
        order = self._submitted()
        self.user["township_director_a"].sudo().active = False
        self.assertFalse(order.approval_request_id.sudo()._deciders())

    def test_documents_to_choose_from(self):
        names = dict(self.env["bphs.approval.flow"]._selection_document_model())
        self.assertIn(Order._name, names)
        self.assertNotIn("bphs.approval.mixin", names)
