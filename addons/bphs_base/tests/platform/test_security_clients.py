from contextlib import suppress

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import get_public_method
from odoo.tests import new_test_user, tagged

from ..common import CountyCase


@tagged("post_install", "-at_install")
class TestSecurityClients(CountyCase):
    """What a signed-in person may try beyond the screens: context flags, commands, columns that computes fill."""

    def test_the_flag_of_uninstalling_opens_no_door(self):
        self.as_user("administrator", self.q1).action_lock("已结算")
        equivalent = self.item_htn.equivalent_ids[:1]
        self.assertTrue(equivalent)
        for record, words in (
            (self.q1, "is locked and cannot be changed"),
            (equivalent, "an equivalent in force is not changed"),
        ):
            forced = self.as_user("administrator", record).with_context(_force_unlink=True)
            with self.subTest(record._name), self.refused(words), self.cr.savepoint():
                forced.unlink()
        self.assertTrue(self.q1.exists() and equivalent.exists())

    def test_no_default_of_the_context_locks_a_period(self):
        Period = self.as_user("administrator", "bphs.period").with_context(
            default_locked=True, default_lock_reason="x", default_lock_version=9
        )
        period = Period.create({"code": "2031", "kind": "year", "date_start": "2031-01-01", "date_end": "2031-12-31"})
        self.assertRecordValues(period, [{"locked": False, "lock_reason": False, "lock_version": 0}])

    def test_computed_columns_are_nobodys_to_set(self):
        clinic = self.as_user("administrator", self.clinic_a1)
        with self.assertRaisesRegex(UserError, "follows from"):
            clinic.write({"township_id": self.township_b.id})
        with self.assertRaisesRegex(UserError, "follows from"):
            clinic.create(
                {
                    "code": "T13",
                    "name": "甲三村卫生室",
                    "kind": "village_clinic",
                    "parent_id": self.township_a.id,
                    "township_id": self.township_b.id,
                }
            )
        self.assertEqual(clinic.township_id, self.township_a)

    def test_a_new_root_takes_no_institution_that_stood_before(self):
        Institution = self.as_user("administrator", "bphs.institution")
        root = {"code": "T90", "name": "另一家", "kind": "other"}
        for attempt in (
            lambda: Institution.create({**root, "child_ids": [Command.link(self.finance_bureau.id)]}),
            lambda: Institution.create(
                {**root, "child_ids": [Command.update(self.finance_bureau.id, {"name": "改名"})]}
            ),
            lambda: Institution.with_context(default_child_ids=[Command.link(self.finance_bureau.id)]).create(root),
        ):
            savepoint = self.cr.savepoint()
            with suppress(AccessError):
                # Passed by without effect is as good as refused.
                self.assertFalse(attempt().child_ids)
            savepoint.close(rollback=True)
        self.env.invalidate_all()
        self.assertFalse(self.finance_bureau.parent_id)
        self.assertEqual(self.finance_bureau.name, "试验区财政局")

    def test_a_new_root_comes_with_children_of_its_own(self):
        root = self.as_user("administrator", "bphs.institution").create(
            {
                "code": "T90",
                "name": "医共体",
                "kind": "medical_group",
                "child_ids": [Command.create({"code": "T91", "name": "成员医院", "kind": "county_hospital"})],
            }
        )
        self.assertEqual(root.child_ids.mapped("code"), ["T91"])
        self.assertIn(root, self.user["administrator"].bphs_institution_ids)

    def test_the_mail_address_of_a_system_administrator_stays(self):
        system = new_test_user(self.env, "test_system", groups="base.group_system", email="system@example.com")
        archived = new_test_user(self.env, "test_system_2", groups="base.group_system", email="old@example.com")
        archived.active = False
        for user in (system, archived):
            card = self.as_user("administrator", user.partner_id)
            with self.denied("administers the system and is not changed by a bureau"), self.cr.savepoint():
                card.write({"email": "mine@example.com"})
        with self.denied("administers the system and is not changed by a bureau"):
            self.as_user("administrator", system).set_groups_from_roles(force=True)
        self.assertTrue(system.has_group("base.group_system"))
        self.as_user("administrator", self.user["village_doctor_a1"].partner_id).write({"phone": "1"})

    def test_a_dialog_is_its_users_alone(self):
        dialog = self.as_user("administrator", "bphs.period.lock.change").create(
            {"period_id": self.q1.id, "reason": "已结算"}
        )
        other = self.as_user("finance_officer", dialog)
        for attempt, words in (
            (other.action_apply, "this record is not within your scope"),
            (lambda: other.write({"reason": "x"}), "this record is not yours to change"),
            (lambda: other.read(["reason"]), "this record is not within your scope"),
        ):
            with self.denied(words):
                attempt()

    def test_a_dialog_opens_with_what_its_button_says(self):
        dialog = (
            self.as_user("administrator", "bphs.period.lock.change")
            .with_context(default_period_id=self.q1.id, default_operation="unlock")
            .create({"reason": "x"})
        )
        self.assertEqual((dialog.period_id, dialog.operation), (self.q1, "unlock"))

    def test_helpers_are_not_reached_from_outside(self):
        """No public method of the suite takes part of its checks from the caller's word."""
        for name, model in self.env.registry.items():
            if not name.startswith("bphs."):
                continue
            for helper in ("init", "_server_write", "_approval_write", "_write_state", "_post", "_open", "_record"):
                if hasattr(model, helper):
                    with self.subTest(f"{name}.{helper}"), self.denied("Private methods (such as"):
                        get_public_method(self.env[name], helper)

    def test_a_number_beyond_the_column_is_told(self):
        figure = {"name": "常住人口", "basis": "permanent", "division_id": self.county.id, "source": "统计局"}
        Population = self.as_user("finance_officer", "bphs.population").with_context(lang="en_US")
        for number in (2**31, -(2**70), 100_000_001, float("nan"), float("inf"), "many"):
            with self.subTest(number), self.assertRaisesRegex(UserError, "no number between"):
                Population.create({**figure, "number": number})

    def test_an_id_that_is_none_is_told(self):
        figure = {"name": "常住人口", "basis": "permanent", "number": 271000, "source": "统计局"}
        Population = self.as_user("finance_officer", "bphs.population").with_context(lang="en_US")
        for division in (2**31, 2**70, -1, "x", [1], True):
            with self.subTest(division), self.assertRaisesRegex(UserError, "no such record"):
                Population.create({**figure, "division_id": division})

    def test_nobody_draws_the_numbers_of_documents(self):
        """Each drawn by hand would be a gap in numbers that have none."""
        sequences = self.env["ir.sequence"].search([("code", "=like", "bphs.%")])
        sequences += self.env["ir.sequence"].create({"name": "试验", "code": "bphs.test", "implementation": "no_gap"})
        for key in self.user:
            mine = self.as_user(key, sequences)
            for sequence in mine:
                for draw in (sequence.next_by_id, lambda sequence=sequence: sequence.next_by_code(sequence.code)):
                    with self.subTest(key=key, code=sequence.code), self.assertRaisesRegex(AccessError, "steps alone"):
                        draw()
