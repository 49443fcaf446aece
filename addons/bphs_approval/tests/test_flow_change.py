import psycopg2

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .documents import ApprovalCase, Order


@tagged("post_install", "-at_install")
class TestFlowChange(ApprovalCase):
    """Whoever changes an approval flow stands in a log that nobody changes; what is under way keeps its stages."""

    def setUp(self):
        super().setUp()
        self.mine = self.as_user("administrator", self.flow)
        self.last = self.changes()[:1].id

    def changes(self):
        return self.as_user("auditor", "bphs.approval.flow.change").search([("flow_code", "=", self.flow.code)])

    def new(self):
        return self.changes().filtered(lambda change: change.id > self.last)

    def test_who_what_from_what_to_what(self):
        first = self.mine.stage_ids[0]
        first.write({"amount_from": 123456.78, "name": "院长审核"})
        changes = self.new()
        self.assertEqual(changes.user_id, self.user["administrator"])
        told = {(change.what, change.before, change.after, change.relaxes) for change in changes}
        labels = {name: first._fields[name]._description_string(first.env) for name in ("amount_from", "name")}
        self.assertEqual(
            told,
            {
                (labels["amount_from"], "0.00", "123,456.78", True),
                (labels["name"], "卫生院院长", "院长审核", False),
            },
        )
        first.write({"amount_from": 100.0})
        self.assertFalse(self.new()[0].relaxes)
        self.last = self.changes()[0].id
        first.write({"amount_from": 100.0})
        self.assertFalse(self.new())

    def test_through_the_form_of_the_flow(self):
        first, second = self.mine.stage_ids[:2]
        self.mine.write(
            {
                "active": False,
                "stage_ids": [
                    Command.delete(first.id),
                    Command.update(second.id, {"group_id": self._group("village_doctor")}),
                    Command.create(self._stage("财务", "finance_officer", minutes_required=True)),
                ],
            }
        )
        kinds = {(change.stage_name or "", change.kind, change.relaxes) for change in self.new()}
        self.assertEqual(
            kinds,
            {
                ("", "change", True),
                ("卫生院院长", "remove", True),
                ("分管领导", "change", False),
                ("财务", "add", False),
            },
        )
        added = self.mine.stage_ids.filtered(lambda stage: stage.name == "财务")
        added.minutes_required = False
        self.assertTrue(self.new()[0].relaxes)

    def test_a_flow_that_is_removed_leaves_its_stages_in_the_log(self):
        flow = self.mine.create(
            {
                "name": "另一流程",
                "code": "another",
                "document_model": Order._name,
                "stage_ids": [Command.create(self._stage("财务", "finance_officer"))],
            }
        )
        flow.unlink()
        changes = self.as_user("auditor", "bphs.approval.flow.change").search([("flow_code", "=", "another")])
        self.assertEqual(
            sorted((change.kind, change.stage_name or "") for change in changes),
            [("add", ""), ("add", "财务"), ("remove", ""), ("remove", "财务")],
        )

    def test_by_whatever_way(self):
        first = self.mine.stage_ids[0]
        with mute_logger("odoo.models"):
            first.web_save({"amount_from": 5.0}, {})
            self.as_user("administrator", "bphs.approval.stage").load([".id", "amount_from"], [[str(first.id), "6.0"]])
        first.sudo().with_context(bphs_no_log=True, tracking_disable=True, install_mode=True).amount_from = 7.0
        first.copy()
        self.assertEqual(
            [(change.kind, change.after) for change in self.new().sorted("id")][:3],
            [("change", "5.00"), ("change", "6.00"), ("change", "7.00")],
        )
        self.assertEqual(self.new()[0].kind, "add")

    def test_nobody_writes_the_log(self):
        self.mine.stage_ids[0].amount_from = 5
        change = self.new()[0]
        values = {
            "changed_at": change.changed_at,
            "user_id": self.user["leader"].id,
            "flow_name": "x",
            "flow_code": "x",
            "kind": "add",
        }
        for key in self.user:
            model = self.as_user(key, "bphs.approval.flow.change")
            for attempt in (
                lambda model=model: model.create([values]),
                lambda model=model: model.browse(change.id).write({"after": "x"}),
                lambda model=model: model.browse(change.id).unlink(),
                lambda model=model: model.browse(change.id).copy(),
            ):
                with (
                    self.subTest(key),
                    self.refused(("bphs.approval.flow.change", "an entry once made is never changed or deleted")),
                    self.cr.savepoint(),
                ):
                    attempt()
        self.env.flush_all()
        for statement in ("UPDATE bphs_approval_flow_change SET after = 'x'", "DELETE FROM bphs_approval_flow_change"):
            with (
                self.refused(
                    "Rows of bphs_approval_flow_change are never changed or removed",
                    kind=psycopg2.errors.IntegrityConstraintViolation,
                ),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.env.cr.execute(statement)

    def test_what_is_under_way_or_decided_needs_what_it_needed(self):
        waiting, decided = self._submitted(), self._submitted()
        self._approve(decided, "township_director_a")
        self._approve(decided, "deputy_leader")
        before = [
            (stage.name, stage.group_id, stage.level, stage.minutes_required)
            for stage in (waiting | decided).approval_request_id.stage_ids
        ]
        self.mine.stage_ids[1].write({"group_id": self._group("village_doctor"), "amount_from": 9e9})
        self.mine.stage_ids[0].unlink()
        self.mine.active = False
        self.env.invalidate_all()
        self.assertEqual(
            [
                (stage.name, stage.group_id, stage.level, stage.minutes_required)
                for stage in (waiting | decided).approval_request_id.stage_ids
            ],
            before,
        )
        self.assertTrue(decided._approval_is_approved())
        self.assertFalse(waiting._approval_is_approved())
        with self.denied("this record is not within your scope"):
            self._approve(waiting, "village_doctor_a1")
        self._approve(waiting, "township_director_a")
        self.assertFalse(waiting._approval_is_approved())
        self._approve(waiting, "deputy_leader")
        self.assertTrue(waiting._approval_is_approved())
