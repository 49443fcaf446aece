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
        people = self.Resident.create(
            [
                {
                    "name": "某人",
                    "division_id": self.village_a1.id,
                    "id_type": "none",
                    "id_reason": "举例",
                    "birth_date": person["birth_date"],
                    "sex": "male",
                }
                for person in document["people"]
            ]
        )
        codes = {one.ehr_number: person["code"] for one, person in zip(people, document["people"], strict=True)}
        ids = self.load(zip(people, document["people"], strict=True))
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

    def load(self, people):
        """:return dict: code of a person -> the id under which the suite knows a fact -> that of the document"""
        self.Resident.flush_model()
        told, ids = {}, {}
        for resident, person in people:
            ids[person["code"]] = {}
            for name in LISTS:
                for fact in person[name]:
                    head, model, vals, *part = getattr(self, f"told_{name}")(fact)
                    row = ({"resident_id": resident.id, **vals}, fact, person["code"], f"{head}%s{''.join(part)}")
                    told.setdefault(model, []).append(row)
        for model, rows in told.items():
            vals_list, facts, codes, names = zip(*rows, strict=True)
            make = getattr(self, f"make_{model.replace('.', '_')}", self.env[model].create)
            for record, fact, code, name in zip(make(vals_list), facts, codes, names, strict=True):
                ids[code][name % record.id] = fact["id"]
        return ids

    def told_values(self, fact):
        return "o", "bphs.elderly.outside", {"kind": fact["fact"], "value": fact["value"], "measured_on": fact["date"]}

    def told_ranges(self, fact):
        if fact["fact"] == "finding":
            # Closed on the day after the last on which it was open.
            closed = fact["to"] and date.fromisoformat(fact["to"]) + timedelta(1)
            vals = {"name": "异常", "severity": fact["code"], "found_on": fact["from"], "handling": "treated"}
            return "f", "bphs.finding", {**vals, "handled_on": closed}
        head, model = {"condition": ("c", "bphs.condition"), "social": ("s", "bphs.social.fact")}[fact["fact"]]
        kind = "nephropathy" if fact["code"] == "complication" else fact["code"]
        # The register holds one of a kind without an end, and none that ends in days to come: all are over by today,
        # which is later than any day that is asked about.
        vals = {"kind": kind, "date_from": fact["from"], "date_to": min(fact["to"] or "9999", self.day.isoformat())}
        return head, model, vals, ".complication" if fact["code"] == "complication" else ""

    def make_bphs_finding(self, vals_list):
        days = [vals["handled_on"] for vals in vals_list]
        findings = self.env["bphs.finding"].create([{**vals, "handled_on": False} for vals in vals_list])
        for finding, day in zip(findings, days, strict=True):
            if day:
                finding.handled_on = day
        findings.filtered("handled_on").action_close()
        return findings

    def told_events(self, fact):
        if fact["code"] == "exam":
            return "o", "bphs.elderly.outside", {"kind": "exam", "measured_on": fact["date"]}
        return "e", "bphs.acute.event", {"kind": fact["code"], "event_on": fact["date"]}

    def told_control(self, fact):
        vals = {"kind": fact["disease"], "value": fact["is"], "measured_on": fact["date"]}
        return "o", "bphs.elderly.outside", vals

    def told_manual(self, fact):
        vals = {"colour": fact["colour"], "date_from": fact["from"], "date_to": fact["to"], "reason": "举例"}
        return "d", "bphs.elderly.decision", {**vals, "state": "confirmed"}

    def make_bphs_elderly_decision(self, vals_list):
        return self.env["bphs.elderly.decision"]._create_past_steps(list(vals_list))
