import hashlib
import os
import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models.sealing.keyring import ENVIRONMENT
from ..tools import sealing
from .common import id_number
from .roll_case import RollCase


class SealedFilesCase(RollCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user["importer"].password = "test_importer"

    def rejecting_run(self):
        """A run, checked, of which one row of two was rejected."""
        return self.receive(self.csv([self.person(101), self.person(102, name="")]))


@tagged("post_install", "-at_install")
class TestSealedFiles(SealedFilesCase):
    """Rolls and rejected rows lie sealed; they open in their place, with the county's keys, for whoever imports."""

    def setUp(self):
        super().setUp()
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.file = Path(folder, "key")
        self.file.write_text(Path(os.environ[ENVIRONMENT]).read_text("ascii").strip().splitlines()[0] + "\n")
        self.enterContext(patch.dict(os.environ, {ENVIRONMENT: str(self.file)}))
        self.enterContext(patch.object(self.env.cr, "commit"))
        self.keyring = self.env["bphs.resident.keyring"]

    def test_nothing_of_it_is_in_clear(self):
        content = self.csv([self.person(101), self.person(102, name="")])
        run = self.receive(content)
        numbers = [id_number("19610307", order).encode() for order in (101, 102)]
        for file in run._files():
            stored = file.raw
            self.assertEqual(sealing.key_of_file(stored), self.keyring._keys().newest)
            self.assertFalse([number for number in numbers if number in stored])
            self.assertNotIn("孙大圣".encode(), stored)
        self.assertEqual(run._open_file("upload"), content)
        self.assertTrue(run._open_file("reject_file").startswith(b"PK"))

    def test_a_file_opens_in_its_place_alone(self):
        run, other = self.rejecting_run(), self.rejecting_run()
        for place, taken in ((other, "upload"), (run, "reject_file")):
            with self.subTest(place=place, taken=taken), self.assertRaisesRegex(Exception, "changed or is of another"):
                keys = self.keyring._keys()
                keys.open_file(run._file_place("upload"), place._files(taken).raw)
        file = run._files("reject_file")
        file.raw = file.raw[:-1] + bytes([file.raw[-1] ^ 1])
        with self.assertRaisesRegex(UserError, "cannot be opened"):
            run._download_rejects()
        file.raw = b"in clear"
        with self.assertRaisesRegex(UserError, "not sealed"):
            run._download_rejects()

    def test_no_field_and_no_attachment_gives_it_out(self):
        run = self.rejecting_run()
        for key in ("importer", "auditor"):
            as_user = self.as_user(key, run)
            for name in ("upload", "reject_file"):
                with self.subTest(key, name=name), self.denied("Import of Residents"):
                    as_user.read([name])
            self.assertNotIn("reject_file", as_user.fields_get())
            files = self.as_user(key, "ir.attachment")
            found = files.search([("res_model", "=", run._name), ("res_field", "!=", False)])
            self.assertFalse(found & files.browse(run._files().ids))
            with self.denied("not within your scope"):
                files.browse(run._files().ids).read(["raw"])

    def test_each_download_is_in_the_log(self):
        run = self.rejecting_run()
        for __ in range(2):
            name, content = run._download_rejects()
        entries = self.env["bphs.resident.access"].search([("user_id", "=", run.env.uid), ("kind", "=", "export")])
        self.assertEqual(entries.mapped("count"), [1, 1])
        self.assertEqual(set(entries.mapped("what")), {f"{name} {hashlib.sha256(content).hexdigest()}"})
        self.assertEqual(entries.institution_id, self.township_a)

    def test_a_key_that_is_gone_is_told(self):
        run = self.rejecting_run()
        self.file.write_text(sealing.new_key_line("k7"))
        with self.assertRaisesRegex(UserError, "key k1 is not in the key file"):
            run._download_rejects()
        run._start_check()
        run._job_check()
        self.assertEqual(run.state, "refused")
        self.assertIn("Choose it again", run.message)

    def test_a_change_of_keys_takes_the_files_along(self):
        run = self.rejecting_run()
        before = run._download_rejects()
        run.sudo()._write_state(
            {"state": "refused"}
        )  # sudo: no one sets states; a run under way would hold up the change
        self.env.flush_all()
        self.keyring._rotate("begin")
        self.assertEqual(run._download_rejects(), before)
        self.assertEqual(len(self.keyring._old_files()), 2)
        with patch.object(type(self.keyring), "_count_old_seals", return_value=0):
            with self.assertRaisesRegex(UserError, "2 files of imports"):
                self.keyring._rotate("finish")
            with self.assertRaisesRegex(UserError, "not finished"):
                self.keyring._rotate("begin")
        self.assertIn("0 files of residents, 0 files of imports", self.keyring._rotate("seal"))
        self.keyring._rotate("finish")
        self.assertEqual(len(self.file.read_text().splitlines()), 1)
        self.assertEqual(run._download_rejects(), before)
        self.assertIn(b"19610307", run._open_file("upload"))

    def test_a_key_of_the_same_name_is_told_apart(self):
        """Before a key is added or thrown away every number is opened: a name proves nothing."""
        mine = self.file.read_text()
        self.file.write_text(sealing.new_key_line(mine.split()[0]))
        for step in ("begin", "finish"):
            with self.subTest(step), self.assertRaisesRegex(UserError, "not that of this database"):
                self.keyring._rotate(step)
        self.file.write_text(sealing.new_key_line("k2") + sealing.new_key_line(mine.split()[0]))
        os.utime(self.file, (1, 1))
        with self.assertRaisesRegex(UserError, "not that of this database"):
            self.keyring._rotate("seal")
        self.file.write_text(mine)
        os.utime(self.file, (2, 2))
        self.env.invalidate_all()
        self.assertEqual(self.zhang.phone, "138****1234")


@tagged("post_install", "-at_install")
class TestSealedFilesHttp(HttpCase, SealedFilesCase):
    @mute_logger("odoo.http")
    def test_downloading_asks_for_the_right_again(self):
        run = self.rejecting_run()
        address = f"/bphs_resident/import/{run.id}/rejects"
        self.assertNotIn(b"PK", self.url_open(address, allow_redirects=False).content)
        self.authenticate("test_importer", "test_importer")
        answer = self.url_open(run.action_download_rejects()["url"])
        self.assertEqual((answer.status_code, answer.headers["Cache-Control"]), (200, "no-store"))
        self.assertEqual(answer.content[:2], b"PK")
        self.assertEqual(self.url_open(f"/bphs_resident/import/{run.id + 10**6}/rejects").status_code, 404)
        old = self.url_open(f"/web/content/{run._name}/{run.id}/reject_file?download=true")
        self.assertNotIn(answer.content[:20], old.content)
        self.assertNotEqual(old.status_code, 200)
        # Whoever is no longer appointed is no longer given what was theirs.
        self.user["importer"].role_line_ids.filtered(
            lambda line: line.role_id == self.env.ref("bphs_resident.role_sensitive")
        ).unlink()
        self.env.flush_all()
        self.assertEqual(self.url_open(address).status_code, 404)
        for key in ("auditor", "township_public_health_a"):
            self.authenticate(f"test_{key}", f"test_{key}")
            with self.subTest(key):
                self.assertEqual(self.url_open(address).status_code, 404)
        logged = self.env["bphs.resident.access"].search([("kind", "=", "export")])
        self.assertEqual(logged.mapped("user_id.login"), ["test_importer"])
