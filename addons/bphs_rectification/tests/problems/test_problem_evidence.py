import base64
from pathlib import Path

from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools import SQL

from ..common import RectificationCase, photo

ADDON = Path(__file__).parents[2]


@tagged("post_install", "-at_install")
class TestProblemEvidence(RectificationCase):
    """Photos and files of a finding: several of each problem, seen by whom it was found at."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Evidence = cls.env["bphs.problem.evidence"]
        cls.found = cls._problem("血压值雷同", cls.clinic_a1 | cls.clinic_b1)
        cls.line_a1, cls.line_b1 = cls.found.line_ids.sorted(lambda line: line.institution_id.code)

    def _upload(self, key="rectification_clerk", upload_key="k1", problem=None, **vals):
        vals = {"name": "照片", "kind": "photo", "attachment": photo(), **vals}
        owner = (problem or self.found).id
        proof = self.as_user(key, self.Evidence).upload(problem_id=owner, upload_key=upload_key, **vals)
        return self.Evidence.browse(proof)

    def test_a_problem_carries_several(self):
        pdf = base64.b64encode(b"%PDF-1.4 x").decode()
        first = self._upload()
        self.assertEqual(self._upload(), first, "a key sent twice is kept once")
        second = self._upload(upload_key="k2", kind="file", name="抽查记录.pdf", attachment=pdf)
        self.assertEqual(self.found.evidence_ids, first | second)
        self.assertEqual(first.uploaded_by_id, self.user["rectification_clerk"])
        for vals in ({"attachment": False}, {"attachment": base64.b64encode(b"<html></html>").decode()}):
            with (
                self.subTest(vals),
                self.refused(("Choose a photo or a file first", "A photo is JPEG, PNG or WebP; a file is a")),
            ):
                self._upload(upload_key="k3", **vals)

    def test_who_sees_what(self):
        of_all, of_a = self._upload(), self._upload(upload_key="k2", line_id=self.line_a1.id)
        self.env.flush_all()
        self.env.invalidate_all()
        for key, seen in (
            ("village_doctor_a1", of_all | of_a),
            ("township_director_a", of_all | of_a),
            ("village_doctor_b1", of_all),
            ("township_director_b", of_all),
            ("leader", of_all | of_a),
            ("village_doctor_a2", self.Evidence),
        ):
            with self.subTest(key):
                self.assertEqual(self.as_user(key, self.Evidence).search([]).with_env(self.env), seen)
        with self.denied("not within your scope"):
            self.as_user("village_doctor_b1", of_a).read(["attachment"])

    def test_the_file_is_reached_through_its_record_alone(self):
        proof = self._upload(line_id=self.line_a1.id)
        file = self.env["ir.attachment"].search(
            [("res_model", "=", proof._name), ("res_id", "=", proof.id), ("res_field", "=", "attachment")]
        )
        self.assertEqual(len(file), 1)
        for attempt in (lambda own: own.write({"name": "x"}), lambda own: own.unlink()):
            with self.denied(
                ("is changed on its record, not as a file by", "Sorry, you are not allowed to access this")
            ):
                attempt(self.as_user("rectification_clerk", file))
        with self.denied("not within your scope"):
            self.as_user("village_doctor_b1", file).read(["datas"])

    def test_the_task_shows_what_was_found(self):
        of_all, of_a = self._upload(), self._upload(upload_key="k2", line_id=self.line_a1.id)
        of_b = self._upload(upload_key="k3", line_id=self.line_b1.id)
        tasks = self._issue(self.line_a1 | self.line_b1, "rectification_clerk")
        task_a, task_b = (self.env["bphs.rectification"].browse(task.id) for task in tasks)
        self.assertEqual(task_a.found_evidence_ids, of_all | of_a)
        self.assertEqual(task_b.found_evidence_ids, of_all | of_b)
        mine = self.as_user("village_doctor_a1", task_a)
        self.assertEqual(mine.found_evidence_ids.with_env(self.env), of_all | of_a)

    def test_what_tasks_were_issued_for_stays(self):
        proof, of_a = self._upload(), self._upload(upload_key="k2", line_id=self.line_a1.id)
        removed = self._upload(upload_key="k3")
        self.as_user("primary_care_officer", removed).unlink()
        self._issue(self.line_a1, "rectification_clerk")
        for kept in (proof, of_a):
            for flags in ({}, {"_force_unlink": True}):
                with self.refused(
                    ("tasks were made of its problem, so it stays", "was made of it, so it stays as it is")
                ):
                    self.as_user("rectification_clerk", kept).with_context(**flags).unlink()
            with self.refused("Evidence is not changed: remove it and add it"):
                self.as_user("rectification_clerk", kept).write({"name": "x"})
        with self.refused("was made of it, so it stays as it is"):
            self._upload(upload_key="k4", line_id=self.line_a1.id)
        self.assertTrue(self._upload(upload_key="k5"), "what is found later is added to the problem")
        self.assertTrue(self._upload(upload_key="k6", line_id=self.line_b1.id))

    def test_a_line_of_another_problem_is_refused(self):
        with self.refused("was made of it, so it stays as it is"):
            self._upload(line_id=self.problem.line_ids[:1].id)
        other = self._problem("另一问题", self.clinic_a1)
        with self.refused("is not of"):
            self._upload(problem=other, line_id=self.line_a1.id)

    def test_who_adds_and_removes(self):
        for key in self.user:
            with self.subTest(key=key):
                if key in ("rectification_clerk", "primary_care_officer"):
                    self.as_user(key, self._upload(key, upload_key=key)).unlink()
                else:
                    with self.no_right("write", "bphs.problem.line"):
                        self._upload(key, upload_key=key)
        proof = self._upload()
        for key in ("village_doctor_a1", "leader", "administrator"):
            with self.subTest(key=key), self.no_right("unlink", "bphs.problem.evidence"):
                self.as_user(key, proof).unlink()

    def test_no_default_of_the_context_is_evidence(self):
        clerk = self.as_user("rectification_clerk", self.Evidence)
        with self.refused("Evidence belongs to a task or to a problem: say"):
            clerk.with_context(default_problem_id=self.found.id).create({"name": "x", "kind": "text", "text": "x"})
        proof = clerk.with_context(default_line_id=self.line_b1.id).create(
            {"problem_id": self.found.id, "name": "x", "kind": "text", "text": "雷同"}
        )
        self.assertFalse(proof.line_id)

    def test_the_one_file_of_before_becomes_the_first_piece(self):
        """As the release before kept it: one file a problem, one a line, each in its own column."""
        owners = {"bphs_problem": (self.found, "抽查照片.jpg"), "bphs_problem_line": (self.line_a1, None)}
        files = {}
        for table, (owner, name) in owners.items():
            self.env.cr.execute(SQL("ALTER TABLE %s ADD COLUMN evidence_name varchar", SQL.identifier(table)))
            self.env.cr.execute(
                SQL("UPDATE %s SET evidence_name = %s WHERE id = %s", SQL.identifier(table), name, owner.id)
            )
            files[table] = self.env["ir.attachment"].create({"name": "evidence", "raw": base64.b64decode(photo())})
            files[table]._write({"res_model": owner._name, "res_field": "evidence", "res_id": owner.id})
        self.env.flush_all()
        script = ADDON / "migrations" / "19.0.1.1.0" / "post-problem-evidence.py"
        load_script(str(script), "post_problem_evidence").migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        of_problem = self.found.evidence_ids.filtered(lambda proof: not proof.line_id)
        of_line = self.line_a1.evidence_ids
        self.assertEqual((of_problem.name, of_problem.kind), ("抽查照片.jpg", "photo"))
        self.assertEqual((of_line.name, of_line.problem_id), ("佐证材料", self.found))
        for proof in of_problem | of_line:
            self.assertEqual(base64.b64decode(proof.attachment), base64.b64decode(photo()))
        self.assertEqual(of_line.uploaded_by_id, self.env.user)
        self.assertFalse(files["bphs_problem"].search([("res_field", "=", "evidence")]))
