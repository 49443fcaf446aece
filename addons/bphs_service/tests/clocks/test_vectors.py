import json
from pathlib import Path

from odoo.tests import TransactionCase, tagged

VECTORS = Path(__file__).resolve().parents[4] / "tests" / "vectors" / "clocks"


@tagged("post_install", "-at_install")
class TestClockVectors(TransactionCase):
    def test_shipped_clocks_are_those_of_the_worked_documents(self):
        paths = sorted(VECTORS.glob("*.in.json"))
        self.assertEqual(len(paths), 10)
        for path in paths:
            written = json.loads(path.read_bytes())["clock"]
            self.assertEqual(self.env["bphs.clock"]._in_force(written["code"])._document(), written, path.name)
