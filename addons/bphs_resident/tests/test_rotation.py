import os
import stat
import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.sealing.keyring import ENVIRONMENT
from ..tools import sealing
from .common import ResidentCase, id_number


@tagged("post_install", "-at_install")
class TestRotation(ResidentCase):
    """The key is changed while people work: at each step every number opens and is found."""

    def setUp(self):
        super().setUp()
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.file = Path(folder, "key")
        old = Path(os.environ[ENVIRONMENT]).read_text("ascii").strip().splitlines()[0] + "\n"
        self.file.write_text(old)
        self.enterContext(patch.dict(os.environ, {ENVIRONMENT: str(self.file)}))
        self.enterContext(patch.object(self.env.cr, "commit"))
        self.keyring = self.env["bphs.resident.keyring"]

    def assertUsable(self):
        self.env.invalidate_all()
        self.assertEqual(self.names("village_doctor_a1", id_number("19500101", 1)), ["张三丰"])
        self.assertIn("张三丰", self.names("village_doctor_a1", "张 " + id_number("19500101", 1)[-4:]))
        self.assertEqual(self.names("village_doctor_a1", "13812341234"), ["张三丰"])
        self.assertEqual(self.zhang.phone, "138****1234")

    def test_rotation(self):
        before = self.file.read_text()
        self.assertIn("Key k2 seals", self.keyring._rotate("begin"))
        with self.assertRaisesRegex(UserError, "seal anew first"):
            self.keyring._rotate("finish")
        self.assertUsable()
        self.assertEqual(self.file.read_text().splitlines()[1], before.strip())
        self.assertEqual(stat.S_IMODE(self.file.stat().st_mode), 0o600)
        fresh = self.make("孙新", self.village_a1, "19600101", 1)
        self.env.flush_all()
        self.assertEqual(self.keyring._count_old_seals(), 4)
        with self.refused("The last change of keys is not finished: seal"):
            self.keyring._rotate("begin")
        self.keyring._rotate("seal")
        self.assertUsable()
        self.assertEqual(self.keyring._count_old_seals(), 0)
        self.keyring._rotate("finish")
        self.assertNotIn(before, self.file.read_text())
        self.assertUsable()
        self.assertEqual(fresh.id_masked, id_number("19600101", 1)[:3] + "*" * 15)

    def test_what_a_merge_keeps_changes_its_key_too(self):
        twin = self.Resident.create(
            {
                "name": "李晓霞", "division_id": self.village_a2.id, "birth_date": "1948-03-15", "sex": "female",
                "phone": "13700001111", "id_type": "none", "id_reason": "未办理",
            }
        )  # fmt: skip
        officer = "township_public_health_a"
        # The survivor had no phone: it takes that of the file that is closed.
        merge = self.as_user(officer, twin)._merge_into(self.as_user(officer, self.li), "同一人")
        self.env.flush_all()
        self.keyring._rotate("begin")
        self.keyring._rotate("seal")
        self.assertEqual(self.keyring._count_old_seals(), 0)
        self.keyring._rotate("finish")
        self.env.invalidate_all()
        self.assertEqual(self.li.phone, "137****1111")
        merge.action_undo("弄错了")
        self.env.invalidate_all()
        self.assertEqual((self.li.phone, twin.phone), ("", "137****1111"))

    def test_an_import_under_way_is_waited_for(self):
        self.env["bphs.resident.import"].sudo().create({})._write_state(
            {"state": "checked"}
        )  # sudo: no one sets states
        with self.assertRaisesRegex(UserError, "being imported"):
            self.keyring._rotate("finish")

    def test_without_its_key_nothing_opens(self):
        self.file.write_text(sealing.new_key_line("k1"))
        os.utime(self.file, (1, 1))
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "cannot be opened"):
            self.as_user("village_doctor_a1", self.zhang).action_unmask("phone", "核查")
        with self.assertLogs("odoo.addons.bphs_resident.models.register.bphs_resident_sealed", "WARNING"):
            self.assertEqual(self.names("village_doctor_a1", "张三丰"), ["张三丰"])
            self.assertEqual(self.zhang.phone, "****")
        self.file.write_text("nonsense")
        os.utime(self.file, (2, 2))
        with self.assertRaisesRegex(UserError, "cannot be used"):
            self.keyring._keys()
        with patch.dict(os.environ, {ENVIRONMENT: ""}), self.assertRaisesRegex(UserError, "no key file"):
            self.keyring._keys()
