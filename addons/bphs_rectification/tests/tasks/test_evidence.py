import base64

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import RectificationCase, photo


@tagged("post_install", "-at_install")
class TestEvidence(RectificationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._work(cls.task_a1, "village_doctor_a1", "in_progress")
        cls.Evidence = cls.env["bphs.rectification.evidence"]

    def _upload(self, key="village_doctor_a1", upload_key="k1", **vals):
        vals = {"rectification_id": self.task_a1.id, "name": "照片", "kind": "photo", "attachment": photo(), **vals}
        proof = self.as_user(key, self.Evidence).upload(upload_key=upload_key, **vals)
        return self.Evidence.browse(proof)

    def test_a_repeated_upload_makes_one_record(self):
        proof = self._upload(taken_on="2026-03-01 08:00:00")
        self.assertEqual(self._upload(), proof)
        self.assertEqual(len(self.task_a1.evidence_ids), 1)
        self.assertEqual(proof.uploaded_by_id, self.user["village_doctor_a1"])
        self.assertEqual(str(proof.taken_on), "2026-03-01 08:00:00")
        self.assertNotEqual(self._upload(upload_key="k2"), proof)
        # Even after it was handed in: the phone only learns that the first one arrived.
        self._prove(self.task_a1, "village_doctor_a1")
        self.as_user("village_doctor_a1", self.task_a1).action_submit()
        self.assertEqual(self._upload(), proof)
        with self.refused("this step does not apply to it"):
            self._upload(upload_key="k3")

    @mute_logger("odoo.sql_db")
    def test_the_key_is_unique_in_the_database(self):
        self._upload()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.as_user("village_doctor_a1", self.Evidence).create(
                {"rectification_id": self.task_a1.id, "upload_key": "k1", "name": "x", "attachment": photo()}
            )

    def test_it_is_fixed_once_handed_in(self):
        proof = self._prove(self.task_a1, "village_doctor_a1")
        with self.denied("Evidence is handed in by those who put the task"):
            self.as_user("township_public_health_a", proof).unlink()
        doctor = self.as_user("village_doctor_a1", self.task_a1)
        doctor.action_submit()
        with self.refused("this step does not apply to it"):
            self.as_user("village_doctor_a1", proof).unlink()
        self.as_user("township_director_a", self.task_a1).action_return("不清")
        for flags in ({}, {"_force_unlink": True}):
            with self.refused("was handed in already and stays"):
                self.as_user("village_doctor_a1", proof).with_context(**flags).unlink()
        added = self._upload(upload_key="again")
        self.assertEqual(added.round, 1)
        self.as_user("village_doctor_a1", added).unlink()
        self.assertEqual(self.task_a1.evidence_ids, proof)

    def test_it_is_never_changed(self):
        proof = self._upload()
        for values in ({"name": "y"}, {"uploaded_by_id": self.user["evaluator"].id}, {"attachment": photo("blue")}):
            with self.refused("Evidence is not changed: remove it and add it"):
                self.as_user("village_doctor_a1", proof).write(values)
            with self.refused("Evidence is not changed: remove it and add it"):
                proof.sudo().write(values)

    def test_nobody_hands_in_for_another(self):
        for values in ({"uploaded_by_id": self.user["evaluator"].id}, {"round": 9}):
            with self.refused("of evidence cannot be set"):
                self.as_user("village_doctor_a1", self.Evidence).create(
                    {"rectification_id": self.task_a1.id, "name": "x", "attachment": photo(), **values}
                )
        proof = (
            self.as_user("village_doctor_a1", self.Evidence)
            .with_context(default_uploaded_by_id=self.user["evaluator"].id, default_round=7)
            .create({"rectification_id": self.task_a1.id, "name": "x", "attachment": photo()})
        )
        self.assertEqual((proof.uploaded_by_id, proof.round), (self.user["village_doctor_a1"], 0))

    def test_no_default_of_the_context_is_evidence(self):
        for state in ("in_progress", "submitted"):
            if state == "submitted":
                self._prove(self.task_a1, "village_doctor_a1")
                self.as_user("village_doctor_a1", self.task_a1).action_submit()
            before = self.task_a1.evidence_ids
            for key in ("township_public_health_a", "village_doctor_a1"):
                with self.subTest(key=key, state=state), self.assertRaisesRegex(UserError, "task"):
                    self.as_user(key, self.Evidence).with_context(default_rectification_id=self.task_a1.id).create(
                        {"name": "x", "kind": "text", "text": "已改"}
                    )
            self.assertEqual(self.task_a1.evidence_ids, before)

    def test_a_text_holds_no_file(self):
        html = base64.b64encode(b"<html><script>alert(1)</script></html>").decode()
        with self.assertRaisesRegex(UserError, "no file"):
            self._upload(kind="text", text="已改", attachment=html)
        proof = (
            self.as_user("village_doctor_a1", self.Evidence)
            .with_context(default_attachment=html)
            .create({"rectification_id": self.task_a1.id, "name": "x", "kind": "text", "text": "已改"})
        )
        self.assertFalse(proof.attachment)

    def test_who_may_hand_in(self):
        for key in self.user:
            with self.subTest(key=key):
                if key == "village_doctor_a1":
                    self._upload(key, upload_key=key)
                else:
                    with self.denied(("Evidence is handed in by those who put the task", "not within your scope")):
                        self._upload(key, upload_key=key)

    def test_only_while_the_work_goes_on(self):
        other = self.task_b1
        words = {"rectification_id": other.id, "upload_key": "k", "name": "x", "kind": "text", "text": "已改"}
        with self.refused("this step does not apply to it"):
            self.as_user("village_doctor_b1", self.Evidence).upload(**words)
        self.as_user("village_doctor_b1", other).action_acknowledge()
        self.assertTrue(self.as_user("village_doctor_b1", self.Evidence).upload(**words))

    def test_h26_a_photo_that_is_broken_off_is_asked_for_again(self):
        whole = base64.b64decode(photo())
        for kind in ("photo", "file"):
            for share in (0.5, 0.95):
                half = base64.b64encode(whole[: int(len(whole) * share)]).decode()
                with self.refused("is broken off and cannot be shown. Take it again"):
                    self._upload(kind=kind, attachment=half)
        self.assertFalse(self.task_a1.evidence_ids)

    def test_what_is_no_proof_is_refused(self):
        html = base64.b64encode(b"<html><script>alert(1)</script></html>").decode()
        svg = base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg"/>').decode()
        for values in (
            {"attachment": False},
            {"attachment": "no base64!"},
            {"attachment": html},
            {"attachment": svg},
            {"kind": "file", "attachment": html},
            {"kind": "file", "attachment": svg},
            {"kind": "photo", "attachment": base64.b64encode(b"%PDF-1.4 x").decode()},
        ):
            with (
                self.subTest(values=values),
                self.refused(
                    (
                        "Choose a photo or a file first",
                        "The file did not arrive whole. Send it again",
                        "A photo is JPEG, PNG or WebP; a file is a",
                    )
                ),
            ):
                self._upload(**values)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self._upload(kind="text", attachment=False, text="  ")
        with self.refused("An upload needs its key"):
            self._upload(upload_key="")
        with self.refused("Evidence belongs to a task or to a problem: say"):
            self._upload(rectification_id=False, upload_key="k9")
        with self.refused("of evidence cannot be set"):
            self._upload(round=0, upload_key="k9")
        self.assertTrue(self._upload(kind="file", attachment=base64.b64encode(b"%PDF-1.4 x").decode()))
