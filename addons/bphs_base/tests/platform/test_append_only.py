from psycopg2 import IntegrityError

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

from ..guarded import LedgerLine, add_test_models
from ..refusals import Refusals


@tagged("post_install", "-at_install")
class TestAppendOnly(Refusals, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_test_models(cls, LedgerLine)
        cls.line = cls.env["bphs.test.ledger"].create({"quantity": 1})
        cls.env.flush_all()

    def test_the_orm_refuses(self):
        with self.refused("an entry once made is never changed or deleted"):
            self.line.sudo().write({"quantity": 2})
        with self.refused("an entry once made is never changed or deleted"):
            self.line.sudo().unlink()

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses(self):
        for statement in (
            "UPDATE bphs_test_ledger SET quantity = 2",
            "DELETE FROM bphs_test_ledger",
            "TRUNCATE bphs_test_ledger",
        ):
            with (
                self.refused("Rows of bphs_test_ledger are never changed or removed", kind=IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement)
        self.assertEqual(self.env.execute_query(SQL("SELECT quantity FROM bphs_test_ledger")), [(1,)])
