import itertools
import json
import random
from datetime import date, timedelta
from pathlib import Path

from odoo.tests import tagged

from ...tools.clocks.reading import parse
from ...tools.clocks.replay import compute
from ...tools.clocks.terms import RESULTS
from ..common import ServiceCase

VECTORS = Path(__file__).resolve().parents[4] / "tests" / "vectors" / "clocks"
ORDER = ("kind", "key", "opens", "due", "closes", "state")


@tagged("post_install", "-at_install")
class TestPlanVectors(ServiceCase):
    """Every worked document through the models: loaded, computed, exported, compared."""

    def setUp(self):
        super().setUp()
        self.order = itertools.count()

    def load(self, document):
        """:return: dict of a plan's code -> the plan as a record, its visits named as in the document"""
        clock = self.env["bphs.clock"]._in_force(document["clock"]["code"])
        form = self.form(clock.form_codes.split()[0])
        plans, self.names = {}, {}
        for number, told in enumerate(document["plans"]):
            resident = self.make(f"试验{number}", self.village_a1, "19900101", 2 * next(self.order) + 101)
            plan = self.env["bphs.plan"].create(
                {
                    "resident_id": resident.id,
                    "clock_id": clock.id,
                    "date_from": told["start"],
                    "date_to": told["end"],
                    "anchor_on": told["anchor"],
                    "origin": "manual",
                }
            )
            for visit in told["visits"]:
                if visit["date"] > str(self.Visit._county_today()):
                    continue  # no record of one can be made, and none of these documents asks about a day so late
                vals = {
                    "resident_id": resident.id,
                    "template_id": form.id,
                    "done_on": visit["date"],
                    "result": visit["result"],
                }
                record = self.Visit.create({**vals, "mode": "clinic" if visit["face_to_face"] else "phone"})
                self.names[str(record.id)] = visit["id"]
                record._write_state({"state": "done"})
            for mute in told["mutes"]:
                plan.mute_ids.create(
                    {"plan_id": plan.id, "date_from": mute["from"], "date_to": mute["to"], "reason": "联系不上"}
                )
            plans[told["code"]] = plan
        return plans

    def named(self, text):
        """A key or visit of a stored row, in the words of the document."""
        head, colon, tail = (text or "").rpartition(":")
        return head + colon + self.names.get(tail, tail) if text else None

    def check(self, name):
        document = json.loads((VECTORS / f"{name}.in.json").read_bytes())
        result = json.loads((VECTORS / f"{name}.out.json").read_bytes())
        as_of, horizon = date.fromisoformat(document["as_of"]), document["horizon_days"]
        plans = self.load(document)
        for told in result["plans"]:
            rows = plans[told["code"]]._rows(as_of, horizon)
            found = [
                {
                    **{part: str(getattr(row, part)) for part in ORDER},
                    "key": self.named(row.key),
                    "visit": self.named(row.visit),
                }
                for row in rows
            ]
            order = lambda row: (row["due"], row["kind"], row["key"])  # noqa: E731 the names of the visits decide
            self.assertEqual(sorted(found, key=order), told["rows"], f"{name}, {told['code']}")
        exported = (
            next(iter(plans.values())).browse(plan.id for plan in plans.values())._replay_document(as_of, horizon)
        )
        self.assertEqual(compute(parse(json.loads(json.dumps(exported))))["counts"], result["counts"], name)

    def test_intervals(self):
        for name in (
            "hypertension",
            "hypertension-last",
            "random-hypertension",
            "random-hypertension-last",
            "random-red",
        ):
            self.check(name)

    def test_schedules_and_years(self):
        for name in ("child", "elder_exam", "random-child", "random-elder_exam", "random-elder_exam_oct"):
            self.check(name)

    def test_the_state_in_sql_is_the_state_of_the_rules(self):
        chance = random.Random(20251231)
        today = self.Visit._county_today()
        seen = set()
        for number, code in enumerate(["hypertension", "hypertension-last", "red", "child", "elder_exam"] * 12):
            start = today - timedelta(chance.randrange(30, 500))
            visits = [
                {
                    "id": f"v{index}",
                    "date": str(start + timedelta(chance.randrange((today - start).days))),
                    "face_to_face": chance.random() < 0.7,
                    "result": chance.choice([None, *RESULTS]),
                }
                for index in range(chance.randrange(6))
            ]
            end = str(today + timedelta(chance.randrange(-20, 60))) if chance.random() < 0.3 else None
            mutes = [{"from": str(today - timedelta(9)), "to": None}] if chance.random() < 0.3 else []
            anchor = str(start - timedelta(chance.randrange(300))) if code == "child" else None
            told = {
                "code": str(number),
                "start": str(start),
                "end": end,
                "anchor": anchor,
                "mutes": mutes,
                "visits": visits,
            }
            (plan,) = self.load({"clock": {"code": code}, "plans": [told]}).values()
            plan.followup_ids._recompute(plan)
            day = today + timedelta(chance.choice([0, 0, 1, 20]))
            states = plan.followup_ids._states_on(day)
            computed = {(row.kind, row.key): row.state for row in plan._rows(day)}
            for row in plan.followup_ids:
                # Of steps counted from the last visit, those after today are there from tomorrow on.
                self.assertEqual(states[row.id], computed.get((row.kind, row.key)), (code, told, row.key))
                seen.add(states[row.id])
            self.remake(plan)
        self.assertGreaterEqual(len(seen), 7)

    def remake(self, plan):
        """Recomputed twice is recomputed once."""
        before = plan.followup_ids.read(["kind", "key", "opens_on", "due_on", "closed_on"])
        plan.followup_ids._recompute(plan)
        self.assertEqual(plan.followup_ids.read(["kind", "key", "opens_on", "due_on", "closed_on"]), before)
