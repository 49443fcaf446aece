from psycopg2 import IntegrityError

from odoo.tests import tagged

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
