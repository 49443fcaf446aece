import json
from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import CountyCase

FINANCE = "bphs_base.group_finance_officer"


@tagged("post_install", "-at_install")
class TestRoles(CountyCase, HttpCase):
    """A role counts from the moment it is given to the moment it is taken, whichever way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.role = cls.env.ref("bphs_base.role_finance_officer")
        cls.other = cls.env.ref("bphs_base.role_auditor")
        cls.person = new_test_user(cls.env, "test_person", password="test_person")
        cls.lines = cls.as_user("administrator", "res.users.role.line")
        cls.people = cls.as_user("administrator", cls.person)
        cls.cron = cls.env.ref("base_user_role.cron_update_users")

    def has(self, group=FINANCE):
        self.env.invalidate_all()
        return self.person.has_group(group)

    def give(self, **values):
        return self.lines.create({"user_id": self.person.id, "role_id": self.role.id, **values})

    def test_by_the_line_alone(self):
        line = self.give()
        self.assertTrue(self.has())
        line.write({"role_id": self.other.id})
        self.assertFalse(self.has())
        self.assertTrue(self.has("bphs_base.group_auditor"))
        line.unlink()
        self.assertFalse(self.has("bphs_base.group_auditor"))

    def test_by_the_form_of_the_user(self):
        self.people.write({"role_line_ids": [Command.create({"role_id": self.role.id})]})
        self.assertTrue(self.has())
        line = self.people.role_line_ids
        self.people.write({"role_line_ids": [Command.update(line.id, {"date_to": "2001-01-01"})]})
        self.assertFalse(self.has())
        self.people.write({"role_line_ids": [Command.update(line.id, {"date_to": False})]})
        self.assertTrue(self.has())
        self.people.write({"role_line_ids": [Command.delete(line.id)]})
        self.assertFalse(self.has())

    def test_a_line_given_to_another_leaves_the_first(self):
        second = new_test_user(self.env, "test_second")
        line = self.give()
        line.write({"user_id": second.id})
        self.assertFalse(self.has())
        self.assertTrue(second.has_group(FINANCE))

    def test_a_dated_line_goes_by_the_countys_day_and_wakes_the_clock(self):
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
        with freeze_time("2030-05-09 02:00:00"):
            self.give(date_from="2030-05-10", date_to="2030-05-12")
            self.assertFalse(self.has())
            new = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)]) - triggers
            self.assertEqual(sorted(new.mapped("call_at")), [datetime(2030, 5, 9, 16), datetime(2030, 5, 12, 16)])
        for moment, expected in (
            ("2030-05-09 15:59:00", False),
            ("2030-05-09 16:01:00", True),  # the 10th has begun in the county
            ("2030-05-12 15:59:00", True),
            ("2030-05-12 16:01:00", False),  # the 13th; the server's day is still the 12th
        ):
            with self.subTest(moment), freeze_time(moment):
                self.env.invalidate_all()
                self.env["res.users.role"].cron_update_users()
                self.assertEqual(self.has(), expected)

    def test_a_line_of_the_past_gives_nothing(self):
        self.give(date_to=date.today() - timedelta(days=2))
        self.assertFalse(self.has())

    @mute_logger("odoo.http")
    def test_calls_by_key_and_by_session_lose_it_at_once(self):
        line = self.give()
        self.person.bphs_institution_ids = self.bureau
        key = (
            self.env(user=self.person)["res.users.apikeys"]
            .sudo()
            ._generate("rpc", "test", datetime.now() + timedelta(days=1))
        )

        def by_key():
            return self.url_open(
                "/json/2/bphs.institution/search_count",
                data=json.dumps({"domain": []}),
                headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
            ).status_code

        self.authenticate("test_person", "test_person")

        def by_session():
            answer = self.url_open(
                "/web/dataset/call_kw/bphs.institution/search_count",
                data=json.dumps(
                    {"params": {"model": "bphs.institution", "method": "search_count", "args": [[]], "kwargs": {}}}
                ),
                headers={"Content-Type": "application/json"},
            ).json()
            return "result" in answer

        self.assertEqual((by_key(), by_session()), (200, True))
        line.unlink()
        self.assertEqual((by_key(), by_session()), (403, False))
        self.give()
        self.assertEqual((by_key(), by_session()), (200, True))
