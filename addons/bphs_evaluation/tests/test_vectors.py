import json
from pathlib import Path

from odoo.tests import tagged

from odoo.addons.bphs_base.tools.replay_reader import dump

from ..tools.methods import Rate
from ..tools.replay import parse
from .common import EvaluationCase

VECTORS = Path(__file__).parents[3] / "tests" / "vectors" / "evaluation"


@tagged("post_install", "-at_install")
class TestVectors(EvaluationCase):
    """Every shared document goes through the models: loaded, scored, exported, compared to the letter."""

    def _load(self, number, text):
        """A round with what a document says, entered as an evaluator would and signed."""
        document = parse(json.loads(text))
        value = json.loads(text)
        value["evaluation"]["code"] += f"/{number}"
        schemes = self.as_user("primary_care_officer", "bphs.evaluation.scheme")
        scheme = schemes._create_from_file(json.dumps(value).encode())
        units = self.env["bphs.institution"].create(
            [
                {
                    "code": unit.code,
                    "name": unit.code,
                    "kind": "township_hospital",
                    "parent_id": self.bureau.id,
                    "division_id": self.division_a.id,
                }
                for unit in document.units
            ]
        )
        round_ = self._plan("primary_care_officer", self.bureau, self.q1, units, scheme=scheme)
        round_.action_start()
        # What is tried is scoring: the entries are made by the system at once.
        for sheet, unit in zip(round_.sheet_ids.sorted("id").sudo(), document.units, strict=True):
            for line in sheet.line_ids:
                line.write(self._entry(line, unit.results[line.item_id.code]))
            lines = {line.code: line for line in scheme.red_line_ids}
            self.env["bphs.evaluation.crossing"].create(
                [
                    {"sheet_id": sheet.id, "red_line_id": lines[code].id, "finding": "现场查实"}
                    for code in unit.red_lines
                ]
            )
            sheet._write_state({"state": "confirmed"})
        return round_, value

    def _entry(self, line, result):
        if result is None:
            return {"status": "not_assessable", "reason": "无此业务", "reason_accepted_by_id": self.env.uid}
        if isinstance(result, bool):
            return {"status": "entered", "value": "yes" if result else "no"}
        if isinstance(result, Rate):
            return {"status": "entered", "numerator": result.numerator, "denominator": result.denominator}
        if isinstance(result, dict):
            for count in line.count_ids:
                if count.case_id.code in result:
                    count.write({"count": result[count.case_id.code], "is_told": True})
            return {"status": "entered"}
        return {"status": "entered", "given": result}

    def test_every_document_is_reproduced(self):
        paths = sorted(VECTORS.glob("*.in.json"))
        self.assertGreaterEqual(len(paths), 7)
        for number, path in enumerate(paths):
            with self.subTest(path.name):
                savepoint = self.env.cr.savepoint()
                text = path.read_text("utf-8")
                round_, value = self._load(number, text)
                round_.action_score()
                self.assertEqual(json.loads(round_._document_text()), value)
                expected = json.loads(path.with_name(path.name.replace(".in.", ".out.")).read_text("utf-8"))
                expected["evaluation"] = value["evaluation"]["code"]
                self.assertEqual(dump(round_._result_document()), dump(expected))
                said = round_.action_replay_check()["params"]
                self.assertEqual(said["type"], "success")
                savepoint.close(rollback=True)
                self.env.invalidate_all()
