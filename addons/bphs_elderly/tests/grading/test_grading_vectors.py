import json
from datetime import date, timedelta
from pathlib import Path

from odoo.tests import tagged

from odoo.addons.bphs_base.tools.replay_reader import decode, dump

from ...tools.grading.replay import compute, parse
from .common import GradingCase

VECTORS = Path(__file__).resolve().parents[4] / "tests" / "vectors" / "grading"
LISTS = ("values", "ranges", "events", "control", "manual")


@tagged("post_install", "-at_install")
class TestGradingVectors(GradingCase):
    """Every worked grading by people of the register: loaded, graded, exported, compared."""

    day = date(2027, 6, 1)

    def test_every_vector_by_people_of_the_register(self):
        paths = sorted(VECTORS.glob("*.in.json"))
        self.assertEqual(len(paths), 4)
        for path in paths:
            with self.subTest(path.name):
                document = json.loads(path.read_bytes())
                wanted = json.loads(path.with_name(path.name.replace(".in.", ".out.")).read_bytes())
                self.assertEqual(self.graded(path.stem, document), wanted)

    def graded(self, stem, document):
        """:return: the result of a document whose people are residents, by their codes and by the ids of its facts"""
        code, document["ruleset"]["code"] = document["ruleset"]["code"], stem
        rulesets = self.as_user("county_specialist", self.env["bphs.elderly.ruleset"])
        ruleset = rulesets._create_from_file(dump(document["ruleset"]).encode())
        day = date.fromisoformat(document["as_of"])
        codes, ids = {}, {}
        for person in document["people"]:
            resident = self.Resident.create(
                {
                    "name": "某人",
                    "division_id": self.village_a1.id,
                    "id_type": "none",
                    "id_reason": "举例",
                    "birth_date": person["birth_date"],
                    "sex": "male",
                }
            )
            codes[resident.ehr_number] = person["code"]
            ids[person["code"]] = {
                self.load(resident, name, fact): fact["id"] for name in LISTS for fact in person[name]
            }
        exported = self.env["bphs.elderly.grader"]._replay_document(
            self.Resident.search([("ehr_number", "in", list(codes))]).ids, day, ruleset, whole=True
        )
        result = compute(parse(decode(dump(exported).encode())))
        for person in result["people"]:
            person["code"] = codes[person["code"]]
            for hit in person["hits"]:
                hit["because"] = sorted(ids[person["code"]][id_] for id_ in hit["because"])
        result["people"].sort(key=lambda person: person["code"])
        return {**result, "ruleset": code}

    def load(self, resident, name, fact):
        """:return: the id under which the suite knows a fact of the document"""
        self.env["bphs.resident"].flush_model()
        return getattr(self, f"load_{name}")(resident, fact)

    def load_values(self, resident, fact):
        vals = {"kind": fact["fact"], "value": fact["value"], "measured_on": fact["date"]}
        return f"o{self.env['bphs.elderly.outside'].create({'resident_id': resident.id, **vals}).id}"

    def load_ranges(self, resident, fact):
        if fact["fact"] == "finding":
            return self.load_finding(resident, fact)
        head, model = {"condition": ("c", "bphs.condition"), "social": ("s", "bphs.social.fact")}[fact["fact"]]
        kind = "nephropathy" if fact["code"] == "complication" else fact["code"]
        # The register holds one of a kind without an end, and none that ends in days to come: all are over by today,
        # which is later than any day that is asked about.
        vals = {"kind": kind, "date_from": fact["from"], "date_to": min(fact["to"] or "9999", self.day.isoformat())}
        record = self.env[model].create({"resident_id": resident.id, **vals})
        return f"{head}{record.id}" + (".complication" if fact["code"] == "complication" else "")

    def load_finding(self, resident, fact):
        vals = {"name": "异常", "severity": fact["code"], "found_on": fact["from"], "handling": "treated"}
        finding = self.env["bphs.finding"].create({"resident_id": resident.id, **vals})
        if fact["to"]:
            finding.handled_on = date.fromisoformat(fact["to"]) + timedelta(1)
            finding.action_close()
        return f"f{finding.id}"

    def load_events(self, resident, fact):
        if fact["code"] == "exam":
            vals = {"kind": "exam", "measured_on": fact["date"]}
            return f"o{self.env['bphs.elderly.outside'].create({'resident_id': resident.id, **vals}).id}"
        vals = {"kind": fact["code"], "event_on": fact["date"]}
        return f"e{self.env['bphs.acute.event'].create({'resident_id': resident.id, **vals}).id}"

    def load_control(self, resident, fact):
        vals = {"kind": fact["disease"], "value": fact["is"], "measured_on": fact["date"]}
        return f"o{self.env['bphs.elderly.outside'].create({'resident_id': resident.id, **vals}).id}"

    def load_manual(self, resident, fact):
        vals = {"colour": fact["colour"], "date_from": fact["from"], "date_to": fact["to"], "reason": "举例"}
        decision = self.env["bphs.elderly.decision"]._create_past_steps(
            [{"resident_id": resident.id, "state": "confirmed", **vals}]
        )
        return f"d{decision.id}"
