import io
import json
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

from odoo.tests import tagged

from ...tools.clocks.replay import replay
from ..common import ServiceCase

REPLAY = Path(__file__).resolve().parents[4] / "scripts" / "replay"


@tagged("post_install", "-at_install")
class TestPlanExport(ServiceCase):
    """A resident's plans are taken out by whoever may read them, and come out the same offline."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.Visit._county_today()
        cls.env["bphs.resident.group"].create(
            {"resident_id": cls.zhang.id, "kind": "hypertension", "date_from": cls.today - timedelta(200)}
        )
        cls.visit("village_doctor_a1", cls.zhang, result="uncontrolled", done_on=cls.today - timedelta(100))
        cls.env.flush_all()

    def files(self, plans):
        """:return dict: name -> document, of what is downloaded"""
        url = plans.action_replay_export()["url"]
        file = self.env["ir.attachment"].browse(int(url.split("/")[-1].split("?")[0]))
        self.assertFalse(file.with_user(self.user["team_leader_b"])._filtered_access("read"), "it is its maker's alone")
        if file.name.endswith(".json"):
            return {file.name: json.loads(file.raw)}
        with zipfile.ZipFile(io.BytesIO(file.raw)) as archive:
            return {name: json.loads(archive.read(name)) for name in archive.namelist()}

    def test_all_plans_of_a_resident_replay_as_their_rows_stand(self):
        plans = self.as_user("village_doctor_a1", self.zhang).plan_ids
        self.assertGreater(len(plans.clock_id), 1)
        files = self.files(plans)
        self.assertEqual(len(files), len(plans.clock_id))
        compared = 0
        for document in files.values():
            self.assertNotIn("张三丰", json.dumps(document, ensure_ascii=False))
            for told in json.loads(replay(json.dumps(document).encode()))["plans"]:
                plan = plans.browse(int(told["code"]))
                rows = {(row["kind"], row["key"]): (row["due"], row["state"]) for row in told["rows"]}
                for row in plan.followup_ids:
                    self.assertEqual(rows[row.kind, row.key], (str(row.due_on), row.state))
                    compared += 1
        self.assertGreater(compared, 3)

    def test_what_was_taken_out_is_not_kept(self):
        """Whoever took it may no longer read tomorrow what it tells."""
        plans = self.as_user("village_doctor_a1", self.zhang).plan_ids
        files = self.env["ir.attachment"]
        taken = [files.browse(int(plans.action_replay_export()["url"].split("/")[-1].split("?")[0])) for _ in range(2)]
        own = self.as_user("village_doctor_a1", files).create({"name": "plans.json", "raw": b"{}"})
        self.env.flush_all()
        old = [taken[0].id, own.id]
        self.env.cr.execute("UPDATE ir_attachment SET create_date = now() - interval '2 h' WHERE id = ANY(%s)", [old])
        self.env.invalidate_all()
        files._gc_downloads()
        self.assertEqual([bool(file.exists()) for file in (*taken, own)], [False, True, True])

    def test_the_command_reads_what_was_taken_out(self):
        plan = self.as_user("village_doctor_a1", self.zhang).plan_ids.filtered(lambda one: one.code == "hypertension")
        (document,) = self.files(plan).values()
        # Our own script, with our own document.
        done = subprocess.run(  # noqa: S603
            [sys.executable, str(REPLAY), "-"], input=json.dumps(document), capture_output=True, text=True, check=True
        )
        result = json.loads(done.stdout)
        self.assertEqual((result["clock"], result["plans"][0]["code"]), ("hypertension", str(plan.id)))

    def test_it_is_logged_and_within_scope(self):
        plans = self.as_user("team_leader_a", self.zhang).plan_ids
        plans.action_replay_export()
        self.assertTrue(self.log(self.zhang, kind="print", user_id=self.user["team_leader_a"].id))
        with self.denied("not within your scope"):
            plans.with_user(self.user["village_doctor_b1"]).action_replay_export()
        with self.refused("There is no plan to export."):
            plans.browse().action_replay_export()
        with self.no_right("read", "bphs.plan"):
            plans.with_user(self.user["finance_officer"]).action_replay_export()

    def test_plans_of_several_go_out_with_a_reason_and_of_children_one_by_one(self):
        plans = self.as_user("team_leader_a", "bphs.plan").search([("resident_id.birth_date", "<", "2000-01-01")])
        self.assertGreater(len(plans.resident_id), 1)
        self.assertEqual(plans.action_replay_export()["res_model"], "bphs.step.reason")
        with self.refused("Say in words what the documents are for."):
            plans.action_replay_export(".")
        plans.action_replay_export("核对应做服务")
        log = self.env["bphs.resident.access"].search([("kind", "=", "export"), ("user_id", "=", plans.env.uid)])
        self.assertEqual(log.mapped("reason"), ["核对应做服务"])
        self.env.flush_all()
        born, child = self.today - timedelta(3000), plans.resident_id[:1]
        self.env.cr.execute("UPDATE bphs_resident SET birth_date = %s WHERE id = %s", [born, child.id])
        self.env.invalidate_all()
        with self.refused("children under 14"):
            plans.action_replay_export("核对应做服务")

    def test_plans_stand_in_the_timeline_and_behind_a_button(self):
        zhang = self.as_user("village_doctor_a1", self.zhang)
        events = [
            (event["title"], event["text"], event["date"]) for event in zhang.timeline() if event["kind"] == "plan"
        ]
        self.assertIn(("Service plan begins", "Hypertension", str(self.today - timedelta(200))), events)
        self.zhang.group_ids.date_to = self.today - timedelta(1)
        self.assertIn("Service plan ends", [event["title"] for event in zhang.timeline()])
        action = zhang.action_plans()
        self.assertEqual(self.env["bphs.plan"].search(action["domain"]), self.zhang.plan_ids)
