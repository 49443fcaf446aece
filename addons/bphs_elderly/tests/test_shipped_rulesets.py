import json

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_open

from ..tools.grading.ruleset_document import read_ruleset, ruleset_document


@tagged("post_install", "-at_install")
class TestShippedRulesets(TransactionCase):
    """The sets the module brings along, as they lie in its data."""

    def test_each_is_read_and_written_the_same(self):
        for name in ("strict-2025", "own-clock-2025"):
            with self.subTest(name), file_open(f"bphs_elderly/data/rulesets/{name}.json") as file:
                document = json.load(file)
                self.assertEqual(document["code"], name)
                self.assertEqual(ruleset_document(read_ruleset(document)), document)
