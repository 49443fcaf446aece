import psycopg2

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import FundCase


@tagged("post_install", "-at_install")
class TestScheme(FundCase):
    def test_floor_refused_by_form(self):
        with self.refused("of what is needed must be prepaid, and at most 1"), Form(self.scheme) as form:
            form.prepay_ratio = 0.69

    def test_floor_refused_by_server(self):
        for ratio in (0.6999, 0, -1, 1.0001, 70):
            with self.subTest(ratio):
                with self.refused("of what is needed must be prepaid, and at most 1"):
                    self.scheme.write({"prepay_ratio": ratio})
                with self.refused("of what is needed must be prepaid, and at most 1"):
                    self.create_scheme(prepay_ratio=ratio)
                self.assertEqual(self.scheme.prepay_ratio, 0.7)
        self.scheme.prepay_ratio = 0.7001
        self.scheme.prepay_ratio = 1

    def test_floor_refused_by_database(self):
        self.env.flush_all()
        with (
            self.assertRaises(psycopg2.errors.CheckViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.env.cr.execute("UPDATE bphs_fund_scheme SET prepay_ratio = 0.6999 WHERE id = %s", (self.scheme.id,))

    def test_published_is_frozen(self):
        self.publish()
        self.assertEqual(self.scheme.state, "published")
        self.assertEqual(self.scheme.published_by_id, self.user["finance_officer"])
        price = self.scheme.price_ids[0]
        for attempt in (
            lambda: self.scheme.write({"prepay_ratio": 0.9}),
            lambda: self.scheme.write({"state": "draft"}),
            lambda: self.scheme.write({"price_ids": [Command.clear()]}),
            lambda: self.scheme.sudo().with_context(force=True).write({"name": "x"}),
            lambda: self.scheme.unlink(),
            lambda: price.write({"price": 9}),
            lambda: price.unlink(),
            lambda: price.create({"scheme_id": self.scheme.id, "item_id": self.item_dm.id, "price": 1}),
        ):
            with (
                self.refused(
                    ("is no longer a draft and cannot be changed or", "is set by the buttons of the form, not by")
                ),
                self.cr.savepoint(),
            ):
                attempt()
        self.env.flush_all()
        for statement in (
            "UPDATE bphs_fund_scheme SET prepay_ratio = 0.9",
            "UPDATE bphs_fund_scheme SET state = 'draft'",
            "DELETE FROM bphs_fund_scheme",
            "UPDATE bphs_fund_price SET price = 9",
            "DELETE FROM bphs_fund_price",
            "INSERT INTO bphs_fund_price (scheme_id, item_id, price) SELECT scheme_id, "
            "max(item_id) + 1, 1"
            " FROM bphs_fund_price GROUP BY scheme_id",
        ):
            with (
                self.subTest(statement),
                self.assertRaises(psycopg2.errors.IntegrityConstraintViolation),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.env.cr.execute(statement)
        self.env.invalidate_all()
        self.assertEqual(self.scheme.prepay_ratio, 0.7)
        self.assertEqual(self.scheme.price_ids.mapped("price"), [2.0, 8.0])

    def test_publish_needs_document_and_prices(self):
        bare = self.create_scheme(document_id=False)
        with self.assertRaisesRegex(UserError, "document"), self.cr.savepoint():
            bare.action_publish()
        with self.assertRaisesRegex(UserError, "prices"), self.cr.savepoint():
            self.create_scheme(price_ids=[]).action_publish()

    def test_publish_once_per_quarter(self):
        other = self.create_scheme()
        self.publish()
        with self.assertRaisesRegex(UserError, "later quarter"), self.cr.savepoint():
            self.publish(other)
        self.env.flush_all()
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.env.cr.execute("UPDATE bphs_fund_scheme SET state = 'published' WHERE id = %s", (other.id,))
        with self.refused("is no longer a draft and cannot be changed or"):
            self.publish()

    def test_new_version(self):
        with self.refused("is a draft: edit it"):
            self.scheme.action_new_version()
        self.publish()
        action = self.scheme.action_new_version()
        version = self.scheme.browse(action["res_id"])
        self.assertEqual((version.state, version.period_from_id), ("draft", self.q2))
        self.assertEqual(version.price_ids.mapped("price"), [2.0, 8.0])
        version.write({"prepay_ratio": 0.8, "document_id": self.document.id, "period_from_id": self.q3.id})
        self.publish(version)
        self.assertEqual((self.scheme.state, version.state, version.version), ("superseded", "published", 2))
        find = self.env["bphs.fund.scheme"]._for_period
        self.assertEqual(find(self.clinic_a1, self.q2), self.scheme)
        self.assertEqual(find(self.clinic_a1, self.q3), version)
        self.assertEqual(find(self.clinic_a1, self.year), version)

    def test_next_year_begins_with_the_rules_and_prices_of_this(self):
        self.publish()
        draft = self.scheme.browse(self.scheme.action_next_year()["res_id"])
        self.assertEqual((draft.state, draft.version, draft.document_id.id), ("draft", 1, False))
        self.assertEqual((draft.period_id.code, draft.period_from_id.code), ("2026", "2026Q1"))
        self.assertEqual(draft.price_ids.mapped("price"), self.scheme.price_ids.mapped("price"))
        self.assertEqual(draft.prepay_ratio, self.scheme.prepay_ratio)
        # Pressed again it opens what is there.
        self.assertEqual(self.scheme.action_next_year()["res_id"], draft.id)
        with self.no_right("write", "bphs.fund.scheme"):
            self.as_user("leader", self.scheme).action_next_year()
        last = self.env["bphs.period"].search([("kind", "=", "year")], order="date_start desc", limit=1)
        with self.assertRaisesRegex(UserError, "not set up"):
            last._next_year()

    def test_not_for_a_period_already_granted(self):
        self.env["bphs.fund.entry"]._post(
            [
                {
                    "budget_id": self.budget.id,
                    "kind": "prepayment",
                    "institution_id": self.clinic_a1.id,
                    "period_id": self.q2.id,
                    "amount": 5,
                    "origin_model": "res.users",
                    "origin_id": 1,
                }
            ]
        )
        with self.assertRaisesRegex(UserError, "2025Q2"), self.cr.savepoint():
            self.scheme.action_publish()
        self.scheme.period_from_id = self.q3
        self.publish()
        self.assertEqual(self.scheme.state, "published")

    def test_preview(self):
        """600.00 a year, 70 % is 420.00, at the next version's prices and 75 % it is 487.50."""
        self.publish()
        self.create_plan()
        version = self.scheme.browse(self.scheme.action_new_version()["res_id"])
        version.write({"prepay_ratio": 0.75, "document_id": self.document.id})
        version.price_ids.filtered(lambda price: price.item_id == self.item_htn).price = 9
        preview = self.publish(version)
        self.assertEqual(preview.clinic_count, 3)
        self.assertEqual(preview.unknown_count, 2)
        self.assertEqual(preview.compared_id, self.scheme)
        line = preview.line_ids.filtered(lambda line: line.institution_id == self.clinic_a1)
        self.assertEqual(line.basis, "plan")
        self.assertEqual((line.annual_amount, line.prepay_year, line.prepay_quarter), (650.0, 487.5, 121.88))
        self.assertEqual((line.old_annual_amount, line.old_prepay_year, line.difference), (600.0, 420.0, 50.0))

    def test_rights(self):
        self.create_plan()
        for key in (
            "administrator",
            "primary_care_officer",
            "deputy_leader",
            "leader",
            "auditor",
            "finance_bureau",
            "township_director_a",
            "village_doctor_a1",
        ):
            with self.subTest(key), self.no_right("write", "bphs.fund.scheme"):
                self.scheme.with_user(self.user[key]).action_publish()
        action = self.scheme.action_publish()
        preview = self.env[action["res_model"]].browse(action["res_id"])
        for key in ("leader", "finance_officer_2"):
            with self.subTest(key), self.denied(("bphs.fund.scheme.publish", "not within your scope")):
                preview.with_user(self.user[key]).action_publish()
        doctor = self.scheme.with_user(self.user["village_doctor_a1"])
        self.assertFalse(doctor.search([]))
        preview.with_user(self.user["finance_officer"]).action_publish()
        self.assertEqual(doctor.search([]), self.scheme)
        self.assertEqual(len(doctor.env["bphs.fund.price"].search([])), 2)
        with self.no_right("write", "bphs.fund.scheme"):
            doctor.write({"name": "x"})
