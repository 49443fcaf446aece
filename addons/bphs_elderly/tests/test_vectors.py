import json
from pathlib import Path

from odoo.tests import tagged

from odoo.addons.bphs_base.tools.replay_reader import dump

from ..tools.grading.replay import GradingDocument, compute, parse
from .common import RulesetCase

VECTORS = Path(__file__).resolve().parents[3] / "tests" / "vectors" / "grading"


@tagged("post_install", "-at_install")
class TestVectors(RulesetCase):
    """Every worked grading, by the set as its rows hold it: loaded, graded, exported, compared."""

    def test_every_vector_by_the_rows_of_its_set(self):
        paths = sorted(VECTORS.glob("*.in.json"))
        self.assertEqual(len(paths), 4)
        for path in paths:
            with self.subTest(path.name):
                document = json.loads(path.read_bytes())
                document["ruleset"]["code"] = f"{path.stem}"
                rulesets = self.as_user("county_specialist", self.env["bphs.elderly.ruleset"])
                ruleset = rulesets._create_from_file(dump(document["ruleset"]).encode())
                self.env.invalidate_all()
                self.assertEqual(ruleset._document(), document["ruleset"])
                read = parse(document)
                result = compute(GradingDocument(ruleset._core(), read.day, read.people))
                wanted = json.loads(path.with_name(path.name.replace(".in.", ".out.")).read_bytes())
                self.assertEqual(result, {**wanted, "ruleset": ruleset.code})
