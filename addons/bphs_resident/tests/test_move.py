from datetime import date, timedelta
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import ResidentCase


@tagged("post_install", "-at_install")
class TestMove(ResidentCase):
    def moves(self, resident):
        return self.env["bphs.resident.move"].search([("resident_id", "=", resident.id)])

    def test_a_death_ends_the_file(self):
        ended = []
        with patch.object(
            type(self.Resident), "_on_resident_ended", lambda files, reason: ended.append((files.ids, reason))
        ):
            self.moving_dialog(
                "village_doctor_a1", self.zhang, kind="died", date=date(2026, 1, 2), evidence="死亡证明 001"
            ).action_confirm()
        self.assertEqual(ended, [(self.zhang.ids, "died")])
        self.assertRecordValues(
            self.zhang,
            [{"status": "died", "status_date": date(2026, 1, 2), "status_evidence": "死亡证明 001", "active": True}],
        )
        self.assertRecordValues(
            self.moves(self.zhang),
            [
                {
                    "kind": "died",
                    "from_division_id": self.village_a1.id,
                    "to_division_id": False,
                    "user_id": self.user["village_doctor_a1"].id,
                }
            ],
        )
        self.assertEqual(self.log(self.zhang, kind="change")[0].reason, "死亡证明 001")

    def test_what_a_step_needs(self):
        today = self.env.user._county_today()
        for vals, words in (
            ({"kind": "died"}, "proves"),
            ({"kind": "died", "day": today + timedelta(3), "evidence": "证明"}, "future"),
            ({"kind": "died", "day": date(1949, 1, 1), "evidence": "证明"}, "birth"),
            ({"kind": "out", "evidence": "户口迁移证"}, "outside the county"),
            ({"kind": "within"}, "village"),
            ({"kind": "back", "evidence": "证明"}, "does not fit"),
        ):
            vals.setdefault("day", today)
            with self.subTest(vals), self.assertRaisesRegex(UserError, words):
                self.as_user("village_doctor_a1", self.zhang)._move(**vals)
        self.assertFalse(self.moves(self.zhang))

    def test_offered_are_the_steps_that_fit(self):
        today = self.env.user._county_today()
        for kind, offered in (
            (None, ["within", "out", "lost", "died"]),
            ("lost", ["out", "died", "back"]),
            ("died", ["back"]),
        ):
            if kind:
                self.zhang._move(kind, today, evidence="村医上门核实")
            action = self.as_user("village_doctor_a1", self.zhang).action_move()
            form = Form(self.as_user("village_doctor_a1", "bphs.resident.moving").with_context(**action["context"]))
            with self.subTest(kind):
                self.assertEqual(form.kinds, offered)
                self.assertEqual(form.kind, offered[0] if len(offered) == 1 else False)

    def test_a_closed_file_is_offered_no_step(self):
        self.wang._merge_into(self.zhang, "同一人")
        with self.assertRaisesRegex(UserError, "does not fit"):
            self.as_user("village_doctor_a1", self.wang).action_move()

    def test_what_was_entered_is_said(self):
        stays = self.moving_dialog(
            "village_doctor_a1", self.wang, kind="lost", evidence="三次上门无人"
        ).action_confirm()["params"]
        self.assertIn("王小明", stays["message"])
        self.assertEqual(stays["next"]["type"], "ir.actions.act_window_close")
        gone = self.moving_dialog(
            "village_doctor_a1", self.zhang, kind="within", division_id=self.village_b1
        ).action_confirm()["params"]
        self.assertIn("张三丰", gone["message"])
        self.assertIn("another institution", gone["message"])
        self.assertEqual(gone["next"]["tag"], "bphs_resident.search")

    def test_to_another_township(self):
        household = self.env["bphs.household"].create({"division_id": self.village_b1.id})
        self.zhang.write(
            {
                "household_id": self.env["bphs.household"].create({"division_id": self.village_a1.id}).id,
                "relation": "head",
            }
        )
        self.moving_dialog("village_doctor_a1", self.zhang, kind="within", division_id=self.village_b1).action_confirm()
        self.assertRecordValues(
            self.zhang,
            [
                {
                    "division_id": self.village_b1.id,
                    "institution_id": self.clinic_b1.id,
                    "township_id": self.township_b.id,
                    "household_id": False,
                    "relation": False,
                    "status": "active",
                }
            ],
        )
        self.assertEqual(self.names("village_doctor_a1", "张三丰"), [])
        self.assertEqual(self.names("village_doctor_b1", "zsf"), ["张三丰"])
        # Who gave it away and who got it both see the move.
        for key, seen in (("village_doctor_a1", 1), ("village_doctor_b1", 1), ("village_doctor_a2", 0)):
            moves = self.as_user(key, "bphs.resident.move").search([])
            self.assertEqual(len(moves), seen, key)
        self.assertTrue(household)
        with self.denied("If you need it, ask the bureau administrator"):
            self.as_user("village_doctor_a1", self.zhang).action_move()

    def test_a_whole_household(self):
        home = self.env["bphs.household"].create({"division_id": self.village_a1.id})
        self.zhang.write({"household_id": home.id, "relation": "head"})
        self.wang.write({"household_id": home.id, "relation": "child"})
        dialog = self.moving_dialog("village_doctor_a1", self.zhang, kind="within", division_id=self.village_a2)
        dialog.whole_household = True
        dialog.action_confirm()
        self.assertEqual((self.zhang | self.wang).division_id | home.division_id, self.village_a2)
        self.assertEqual(home.institution_id, self.clinic_a2)
        self.assertEqual(self.zhang.household_id | self.wang.household_id, home)
        self.assertEqual(len(self.moves(self.zhang) | self.moves(self.wang)), 2)

    def test_out_and_back(self):
        self.moving_dialog(
            "township_public_health_a", self.wang, kind="out", elsewhere="太原市小店区", evidence="户口迁移证"
        ).action_confirm()
        self.assertEqual(self.wang.status, "moved_out")
        back = []
        with patch.object(type(self.Resident), "_on_resident_back", lambda files: back.append(files.ids)):
            self.moving_dialog(
                "township_public_health_a", self.wang, kind="back", division_id=self.village_a2, evidence="本人到场"
            ).action_confirm()
        self.assertEqual(back, [self.wang.ids])
        self.assertEqual((self.wang.status, self.wang.institution_id), ("active", self.clinic_a2))
        self.assertEqual(self.moves(self.wang).mapped("kind"), ["back", "out"])

    def test_a_village_corrected_in_the_form_is_a_move_too(self):
        self.as_user("township_public_health_a", self.zhang).write({"division_id": self.village_a2.id})
        move = self.moves(self.zhang)
        self.assertEqual(move.kind, "within")
        self.assertEqual((move.from_division_id, move.to_division_id), (self.village_a1, self.village_a2))
        self.zhang.write({"division_id": self.village_a2.id})
        self.assertEqual(len(self.moves(self.zhang)), 1)

    def test_nobody_sets_the_status_and_nobody_changes_history(self):
        as_doctor = self.as_user("village_doctor_a1", self.zhang)
        for vals in ({"status": "died"}, {"status_date": "2026-01-01"}, {"active": False}):
            with self.refused("of a resident cannot be set directly"):
                as_doctor.write(vals)
        as_doctor._move("lost", as_doctor._county_today(), evidence="三次上门无人")
        move = self.moves(self.zhang)
        for key in ("village_doctor_a1", "administrator"):
            for attempt in (
                lambda key=key: self.as_user(key, move).write({"evidence": "无"}),
                lambda key=key: self.as_user(key, move).unlink(),
                lambda key=key: self.as_user(key, "bphs.resident.move").create(
                    {"resident_id": self.zhang.id, "kind": "died", "date": "2026-01-01"}
                ),
            ):
                with self.refused(("an entry once made is never changed or deleted", "bphs.resident.move")):
                    attempt()

    def test_who_may_enter_a_move(self):
        for key in ("auditor", "village_doctor_a2", "township_public_health_b", "finance_officer"):
            with self.denied(("bphs.resident", "If you need it, ask the bureau administrator")):
                self.as_user(key, self.zhang).action_move()
            with self.denied(("bphs.resident", "If you need it, ask the bureau administrator")):
                self.as_user(key, self.zhang)._move("lost", date(2026, 1, 1), evidence="三次上门无人")
