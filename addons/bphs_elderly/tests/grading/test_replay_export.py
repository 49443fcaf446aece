import json
from datetime import date
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.bphs_resident.models.exporting import bphs_resident_taken_out

from ...tools.grading.replay import replay
from .common import GradingCase


@tagged("post_install", "-at_install")
class TestReplayExport(GradingCase):
    """What an elder is graded by is taken out by whoever may read it, and grades the same offline."""

    day = date(2026, 3, 1)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.man = cls.make("赵大年", cls.village_a1, "19550601", 11)
        cls.other = cls.make("钱大妈", cls.village_a1, "19500601", 12)
        cls.visit("village_doctor_a1", cls.man, "elder_exam", done_on=cls.day, systolic=186)
        cls.visit("village_doctor_a1", cls.other, "elder_exam", done_on=cls.day, systolic=130)
        cls.env.flush_all()

    def document(self, action):
        file = self.env["ir.attachment"].browse(int(action["url"].split("/")[-1].split("?")[0]))
        self.assertFalse(file.with_user(self.user["team_leader_b"])._filtered_access("read"), "it is its maker's alone")
        self.assertNotIn("赵大年", file.raw.decode())
        self.assertNotIn(self.man.ehr_number, file.raw.decode())
        return file.raw

    def as_stored(self, standings):
        """The grades and reasons of these rows, as the replay tells them."""
        return {str(one.id): (one.grade, [(code, because) for code, _colour, because in one.hits]) for one in standings}

    def graded(self, raw):
        people = json.loads(replay(raw))["people"]
        return {
            one["code"]: (one["colour"] or "unrated", [(hit["rule"], hit["because"]) for hit in one["hits"]])
            for one in people
        }

    def test_several_elders_replay_as_they_stand(self):
        standings = self.standing(self.man) | self.standing(self.other)
        raw = self.document(self.as_user("team_leader_a", standings).action_replay_export("核对分级规则"))
        self.assertEqual(self.graded(raw), self.as_stored(standings.sudo()))
        self.assertEqual(standings.mapped("grade"), ["red", "unrated"])

    def test_one_elder_from_the_file_and_it_is_logged(self):
        doctor = self.as_user("village_doctor_a1", self.man)
        raw = self.document(doctor.action_elder_replay())
        self.assertEqual(self.graded(raw), self.as_stored(self.standing(self.man).sudo()))
        self.assertTrue(self.log(self.man, kind="print", user_id=doctor.env.uid))

    def test_several_go_out_as_a_list_does(self):
        """With a reason in words that the log keeps, and no more of them than need no second person."""
        leader = self.as_user("team_leader_a", self.standing(self.man) | self.standing(self.other))
        window = leader.action_replay_export()
        self.assertEqual((window["res_model"], window["target"]), ("bphs.step.reason", "new"), "why is asked")
        for reason in ("", ".", "11"):
            with self.refused("Say in words what the documents are for."):
                leader.action_replay_export(reason)
        dialog = self.as_user("team_leader_a", self.env["bphs.step.reason"]).with_context(**window["context"])
        self.document(dialog.create({"reason": "审计核对分级"}).action_confirm())
        entry = self.env["bphs.resident.access"].search([("kind", "=", "export"), ("user_id", "=", leader.env.uid)])
        self.assertEqual((entry.reason, entry.count), ("审计核对分级", 2))
        with patch.object(bphs_resident_taken_out, "ROWS_WITHOUT_APPROVAL", 1):
            for attempt in (lambda: leader.action_replay_export("核对"), leader.action_replay_export):
                with self.refused("Documents of 1 people at most go out at a time"):
                    attempt()
            self.document(leader[0].action_replay_export())

    def test_files_for_named_persons_go_out_one_by_one(self):
        self.env["bphs.resident.group"].create({"resident_id": self.other.id, "kind": "smi"})
        self.name_person("team_leader_a")
        self.env.flush_all()
        self.env.invalidate_all()
        both = [("resident_id", "in", (self.man | self.other).ids)]
        named = self.as_user("team_leader_a", self.Standing).search(both)
        self.assertEqual(named.resident_id, self.man | self.other)
        with self.refused("their documents go out one person at a time"):
            named.action_replay_export("核对分级规则")
        self.document(named.filtered(lambda one: one.resident_id == self.other)[:1].action_replay_export())

    def test_within_scope_and_one_at_a_time_for_who_must_search(self):
        with self.denied("not within your scope"):
            self.as_user("village_doctor_b1", self.standing(self.man)).action_replay_export()
        with self.refused("There is nobody to export."):
            self.as_user("team_leader_a", self.Standing).action_replay_export()
        with self.no_right("read", "bphs.elderly.standing"):
            self.as_user("finance_officer", self.standing(self.man)).action_replay_export()
        specialist = self.as_user("county_specialist", self.man | self.other)
        for resident in specialist:
            resident.action_open("核对分级")
        with self.refused("exports those of one resident at a time."):
            (specialist[0].elder_standing_ids | specialist[1].elder_standing_ids).action_replay_export()
        self.document(specialist[0].action_elder_replay())
