from psycopg2 import IntegrityError

from odoo.tests import HttpCase, JsonRpcException, tagged

from .common import ResidentCase, id_number


@tagged("post_install", "-at_install")
class TestFailedStatements(ResidentCase):
    """No name, number or diagnosis of a person stands in the log, also when saving a resident fails."""

    def said(self, fail):
        """What the log says of statements that fail while a resident is saved."""
        with self.assertLogs("odoo.sql_db", "ERROR") as caught:
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                fail()
                self.env.flush_all()
        return "\n".join(caught.output)

    def test_a_constraint_while_saving_a_resident(self):
        number = id_number("19610307", 11)
        system = self.Resident.sudo()  # sudo: past what a client is told beforehand
        vals = {"name": "诸葛秘密", "division_id": self.village_a1.id, "phone": "13900001234"}
        for fail in (
            lambda: system.create({**vals, "id_number": number, "ehr_number": self.zhang.ehr_number}),
            lambda: system.create({**vals, "id_number": id_number("19500101", 1)}),
            lambda: self.env["bphs.resident.group"].create(
                {"resident_id": self.zhang.id, "kind": "diabetes", "date_from": "2024-01-01", "date_to": "2020-01-01",
                 "basis": "诸葛秘密医院"}
            ),
        ):  # fmt: skip
            text = self.said(fail)
            self.assertIn("bad query", text)
            for told in ("诸葛秘密", "13900001234", number, self.zhang.ehr_number, "diabetes", "1961-03-07"):
                self.assertNotIn(told, text)


@tagged("post_install", "-at_install")
class TestRefusals(HttpCase, ResidentCase):
    """What is refused in words names the person and repeats what was typed: to who typed it, and not in the log."""

    def test_a_refusal_stands_in_the_log_by_its_place(self):
        self.authenticate("test_village_doctor_a1", "test_village_doctor_a1")
        path = "/web/dataset/call_kw/bphs.resident/write"
        for vals in (
            {"birth_date": "1999-01-01"},
            {"phone": "1390000123"},
            {"birth_date": "1961/03/07"},
            {"sex": "诸葛秘密"},
            {"group_ids": [[0, 0, {"kind": "诸葛秘密"}]]},
            {"group_ids": "诸葛秘密"},
        ):
            params = {"model": "bphs.resident", "method": "write", "args": [self.zhang.ids, vals], "kwargs": {}}
            with self.subTest(vals), self.assertLogs("odoo.http", "INFO") as caught:
                with self.assertRaisesRegex(JsonRpcException, "UserError|ValidationError"):
                    self.make_jsonrpc_request(path, params)
                text = "\n".join(caught.output)
                self.assertRegex(text, "(User|Validation)Error: bphs_")
                for told in ("张三丰", "1390000123", "1961", "诸葛秘密"):
                    self.assertNotIn(told, text)
