import base64
import io
import zipfile

from pypdf import PdfReader

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.bphs_base.tests.jobs import RunsJobs
from odoo.addons.queue_job.tests.common import trap_jobs

from ..settling.test_settling import ReadyCase


@tagged("post_install", "-at_install")
class TestPrintPack(RunsJobs, ReadyCase):
    """All forms of a run: a job a township, made once, put together at the end, under the rights of whoever asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settled = cls.settle(cls.q1)

    def ask(self, key="finance_officer"):
        action = self.as_user(key, self.settled).action_print_all()
        return self.as_user(key, action["res_model"]).browse(action["res_id"])

    def test_makes_everything_once(self):
        with trap_jobs() as trap:
            pack = self.ask()
            trap.assert_jobs_count(2)
            self.assertEqual((pack.state, pack.progress, pack.part_count), ("working", 0, 2))
            with self.refused("The forms are not ready yet"):
                pack.action_download()
            first = trap.enqueued_jobs[0]
            first.perform()
            self.assertEqual((pack.done_count, pack.progress), (1, 33))
            self.assertEqual(self.ask(), pack)
            self.perform(trap)
        self.assertEqual((pack.state, pack.progress, self.settled.pack_progress), ("ready", 100, 100))
        names = zipfile.ZipFile(io.BytesIO(base64.b64decode(pack.file))).namelist()
        self.assertEqual(len(names), 4, names)  # S7, S8 and two townships; there is no public notice
        self.assertIn(f"{self.settled.display_name}.zip", pack.file_name)
        part = pack.part_ids.filtered(lambda part: part.institution_id == self.township_a)
        with mute_logger("pypdf._cmap"):
            text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(base64.b64decode(part.file))).pages)
        for word in (self.clinic_a1.name, self.clinic_a2.name, "结算明细表", "工作量核定表", "结算通知书"):
            self.assertIn(word, text)
        self.assertNotIn(self.clinic_b1.name, text)
        logged = self.env["bphs.print.log"].search([]).mapped("code")
        self.assertEqual([logged.count(code) for code in ("S5", "S11", "S6", "S7")], [3, 3, 2, 1])
        self.assertEqual(self.env["bphs.print.log"].search([], limit=1).user_id, self.user["finance_officer"])
        pack.action_download()
        self.assertEqual(self.env["bphs.print.log"].search([], limit=1).code, "ALL")

    def test_each_township_asks_for_the_end(self):
        with trap_jobs() as trap:
            pack = self.ask()
            for made in list(trap.enqueued_jobs):
                made.perform()
            ends = [job for job in trap.enqueued_jobs if job.method_name == "_job_finish"]
            self.assertEqual(len(ends), 2, "what was asked before the last township was done may run too early")
            self.perform(trap)
        self.assertEqual(pack.state, "ready")
        self.assertEqual(self.env["bphs.print.log"].search([]).mapped("code").count("ALL"), 1)

    def test_starting_again_makes_only_what_is_missing(self):
        name = self.clinic_b1.name
        self.clinic_b1.sudo().name = "村\U0003fffd卫生室"
        with trap_jobs() as trap:
            pack = self.ask()
            self.perform(trap)
        self.assertEqual(pack.state, "failed")
        self.assertIn(self.township_b.name, pack.failure)
        bad = pack.part_ids.filtered(lambda part: part.state == "failed")
        self.assertIn("3FFFD", bad.failure)
        self.clinic_b1.sudo().name = name
        with trap_jobs() as trap:
            pack.action_start()
            trap.assert_jobs_count(1)
            self.perform(trap)
        self.assertEqual(pack.state, "ready")
        with trap_jobs() as trap:
            pack.action_renew()
            trap.assert_jobs_count(2)
        self.assertFalse(pack.file)

    def test_who(self):
        for key in ("leader", "auditor"):
            with trap_jobs(), self.denied("Only finance and the primary-care section have"):
                self.ask(key)
        for key in ("township_director_a", "village_doctor_a1", "administrator"):
            with trap_jobs(), self.no_right("read", "bphs.fund.run"):
                self.ask(key)
        with trap_jobs() as trap:
            pack = self.ask("primary_care_officer")
            self.perform(trap)
        self.as_user("auditor", pack).action_download()
        self.assertEqual(self.ask("leader"), pack)
        for key in ("leader", "auditor"):
            with self.denied("Only finance and the primary-care section have"):
                self.as_user(key, pack).action_renew()
        for key in ("township_director_a", "village_doctor_a1"):
            with self.no_right("read", "bphs.print.pack"):
                self.as_user(key, pack).read(["file"])
        for record in (pack, pack.part_ids[0]):
            with self.denied("不允许", ("bphs.print.pack", "bphs.print.pack.part")):
                record.write({"file": False})
