from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.bphs_base.tools.sampling import draw, frame_hash

from ..common import RectificationCase, photo
from ..supervision_rights import SupervisionRights


@tagged("post_install", "-at_install")
class TestLookback(SupervisionRights, RectificationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._close(cls.task_a1, "village_doctor_a1", "township_public_health_a")
        cls._close(cls.task_b1, "village_doctor_b1", "township_public_health_b")
        cls._close(cls.task_a, "township_public_health_a", "evaluator")

    def test_drawn_once_and_repeatable(self):
        lookback = self._lookback(size=2, method="random")
        lookback.action_draw()
        frame = sorted((self.task_a1 | self.task_b1 | self.task_a).mapped("number"))
        self.assertEqual(lookback.frame, frame)
        self.assertEqual(lookback.frame_hash, frame_hash(frame))
        self.assertEqual(
            lookback.line_ids.sorted("sequence").rectification_id.mapped("number"),
            draw("random", frame, 2, lookback.seed),
        )
        self.assertTrue(lookback._is_repeatable())
        self.assertEqual(lookback.action_repeat()["params"]["type"], "success")
        with self.assertRaisesRegex(UserError, "stays"):
            lookback.action_draw()
        for vals in ({"seed": "1"}, {"size": 3}, {"frame": []}):
            with (
                self.subTest(vals),
                self.refused(("What was drawn is set by the draw alone", "was drawn and stays as it was")),
            ):
                lookback.write(vals)
        with self.refused("was drawn and stays as it was"):
            lookback.unlink()

    def test_a_tampered_sample_is_told(self):
        lookback = self._lookback(size=2)
        lookback.action_draw()
        other = (self.task_a1 | self.task_b1 | self.task_a) - lookback.line_ids.rectification_id
        lookback.line_ids[:1].sudo().rectification_id = other
        self.assertFalse(lookback._is_repeatable())
        self.assertEqual(lookback.action_repeat()["params"]["type"], "danger")

    def test_seed_is_the_systems_own(self):
        with patch(
            "odoo.addons.bphs_rectification.models.supervision.bphs_lookback.secrets.token_hex", return_value="5eed"
        ):
            lookback = self._lookback(seed="mine", state="drawn")
            self.assertFalse(lookback.seed)
            lookback.action_draw()
        self.assertEqual(lookback.seed, "5eed")

    def test_frame_is_what_was_asked_for(self):
        lookback = self._lookback(size=9, township_ids=self.township_b.ids)
        lookback.action_draw()
        self.assertEqual(lookback.line_ids.rectification_id, self.task_b1)
        empty = self._lookback(date_from="2020-01-01", date_to="2020-12-31")
        with self.assertRaisesRegex(UserError, "No task was closed"):
            empty.action_draw()

    def test_done_when_all_are_checked_and_what_fails_is_open_again(self):
        lookback = self._lookback(size=3)
        lookback.action_draw()
        lines = {line.rectification_id: line for line in lookback.line_ids}
        self.as_user("evaluator", lines[self.task_a1]).action_holds()
        failing = self.as_user("evaluator", lines[self.task_b1])
        with self.assertRaisesRegex(UserError, "found"):
            failing.action_fails()
        failing.finding = "随访记录又有空项"
        failing.action_fails()
        self.assertEqual(self.task_b1.state, "in_progress")
        event = self.task_b1.event_ids[:1]
        self.assertEqual((event.kind, event.user_id), ("reopen", self.user["evaluator"]))
        self.assertIn("随访记录又有空项", event.reason)
        self.assertEqual((lookback.holds_count, lookback.fails_count, lookback.open_count), (1, 1, 1))
        self.assertEqual(lookback.state, "drawn")
        self.as_user("county_specialist", lines[self.task_a]).action_holds()
        self.assertEqual((lookback.state, lookback.open_count), ("done", 0))
        with self.assertRaisesRegex(UserError, "already"):
            self.as_user("county_specialist", lines[self.task_a]).action_holds()

    def test_nobody_looks_back_at_their_own_work(self):
        lookback = self._lookback(size=3)
        lookback.action_draw()
        own = lookback.line_ids.filtered(lambda line: line.rectification_id == self.task_a)
        verifier = self.as_user("evaluator", own)
        self.assertFalse(verifier.can_check)
        self.assertNotIn(own, verifier.search([("can_check", "=", True)]))
        with self.assertRaisesRegex(AccessError, "verified"):
            verifier.action_holds()
        with self.denied("whoever did the work, proved it or verified it"):
            verifier.write({"finding": "很好"})
        self.assertTrue(self.as_user("county_specialist", own).can_check)

    def test_a_task_open_again_is_not_judged(self):
        lookback = self._lookback(size=3)
        lookback.action_draw()
        line = lookback.line_ids.filtered(lambda line: line.rectification_id == self.task_a1)
        self.as_user("rectification_clerk", self.task_a1).action_reopen("反弹")
        with self.assertRaisesRegex(UserError, "no longer closed"):
            self.as_user("evaluator", line).action_holds()

    def test_a_township_sees_its_own_lines_and_no_frame(self):
        lookback = self._lookback(size=3)
        lookback.action_draw()
        seen = self.as_user("township_director_b", "bphs.lookback.line").search([])
        self.assertEqual(seen.institution_id, self.clinic_b1)
        self.assertFalse(self.as_user("township_director_b", "bphs.lookback").search([]))
        with self.denied("not within your scope"):
            self.as_user("township_director_b", lookback).read(["frame"])
        with self.no_right("write", "bphs.lookback.line"):
            seen.action_holds()

    def test_a_verdict_is_nobodys_to_write(self):
        lookback = self._lookback(size=3)
        lookback.action_draw()
        line = self.as_user("county_specialist", lookback.line_ids[:1])
        for vals in ({"verdict": "holds"}, {"rectification_id": self.task_a.id}, {"checked_by_id": 1}):
            with self.subTest(vals), self.refused("A verdict is given by its buttons"):
                line.write(vals)

    def test_the_photo_stays_with_the_verdict(self):
        lookback = self._lookback(size=3)
        lookback.action_draw()
        line = self.as_user(
            "county_specialist", lookback.line_ids.filtered(lambda line: line.rectification_id == self.task_a1)
        )
        line.web_save({"photo": photo(), "finding": "现场核实"}, {"photo": {}})
        self.assertEqual(line.photo.decode(), photo())
        line.action_holds()
        kept = line.photo
        files = line.env["ir.attachment"]
        file = files.search([("res_model", "=", line._name), ("res_field", "=", "photo"), ("res_id", "=", line.id)])
        self.assertEqual(len(file), 1)
        loose = files.create({"name": "x", "raw": b"x", "res_model": line._name, "res_id": line.id})
        values = {"name": "photo", "raw": b"x", "res_model": line._name, "res_field": "photo", "res_id": line.id}
        defaults = {f"default_{name}": value for name, value in values.items()}
        for attempt in (
            lambda: file.write({"datas": photo("blue")}),
            lambda: file.write({"res_field": False}),
            lambda: file.with_context(install_mode=True, _force_unlink=True).unlink(),
            lambda: files.create(values),
            lambda: files.with_context(**defaults).create({"name": "photo"}),
            lambda: loose.write({"res_field": "photo"}),
            lambda: file.copy(),
        ):
            with self.denied("is changed on its record, not as a file by"), self.cr.savepoint():
                attempt()
        self.env.invalidate_all()
        self.assertEqual(line.photo, kept)
        loose.unlink()
