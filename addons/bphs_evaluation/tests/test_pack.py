import base64
import io
import json
import zipfile
from hashlib import sha256

from PIL import Image

from odoo import Command
from odoo.tests import tagged

from ..tools import packing
from .common import EvaluationCase

NAME = "张三"


def told_photo():
    """A photo whose camera wrote down whose it is, and where."""
    exif, stream = Image.Exif(), io.BytesIO()
    exif[0x010E] = NAME
    Image.effect_noise((60, 40), 50).convert("RGB").save(stream, "JPEG", exif=exif.tobytes())
    return base64.b64encode(stream.getvalue())


@tagged("post_install", "-at_install")
class TestPack(EvaluationCase):
    """The evidence of one unit in one round: one zip for an inspection from above, and no person in it."""

    def setUp(self):
        super().setUp()
        self.round.action_start()
        self.sheet = self._sheet(self.township_a)
        self.sample = self.as_user("primary_care_officer", "bphs.evaluation.sample").create(
            {
                "name": "随访记录/核实",
                "evaluation_id": self.round.id,
                "size": 4,
                "frame_ids": [
                    Command.create({"unit_id": unit.id, "references": "\n".join(f"{letter}{n:03}" for n in range(9))})
                    for unit, letter in ((self.township_a, "a"), (self.township_b, "b"))
                ],
            }
        )
        self.sample.action_draw()
        photos = self.as_user("evaluator", "bphs.evaluation.evidence")
        for key, kind in (("1", "photo"), ("2", "photo")):
            photos.upload(
                line_id=self._line(self.sheet, "A2").id,
                upload_key=key,
                name=f"{NAME}的档案.jpg",
                kind=kind,
                attachment=told_photo(),
            )
        photos.upload(
            line_id=self._line(self.sheet, "A2").id, upload_key="3", name="说明", kind="text", text="两份空项"
        )

    def _pack(self, key="primary_care_officer", sheet=None):
        stream = io.BytesIO()
        name = self.as_user(key, sheet or self.sheet)._write_pack(stream)
        self.assertTrue(name.endswith(".zip"))
        return zipfile.ZipFile(stream)

    def test_everything_of_the_unit_is_in_it(self):
        self._signed(self.sheet, blank=2)
        self._signed(self._sheet(self.township_b))
        self.round.action_score()
        archive = self._pack()
        self.assertEqual(
            archive.namelist(),
            [
                "01-现场评分表.pdf",
                "01-现场评分表.xlsx",
                "02-得分.xlsx",
                "02-复算文件.json",
                "04-抽样核实/随访记录-核实.xlsx",
                "05-照片和佐证/A2-1.jpg",
                "05-照片和佐证/A2-2.jpg",
                "05-照片和佐证/A2-3.txt",
                "00-目录.xlsx",
            ],
        )
        document = json.loads(archive.read("02-复算文件.json"))
        self.assertEqual([unit["code"] for unit in document["units"]], [self.township_a.code])
        index = self._texts(archive.read("00-目录.xlsx"))
        self.assertIn(sha256(archive.read("05-照片和佐证/A2-1.jpg")).hexdigest(), index)
        sample = self._texts(archive.read("04-抽样核实/随访记录-核实.xlsx"))
        self.assertIn("a00", sample)
        self.assertNotIn("b00", sample)
        self.assertIn(self.sample.seed, sample)

    def _texts(self, content):
        return zipfile.ZipFile(io.BytesIO(content)).read("xl/sharedStrings.xml").decode()

    def test_no_person_is_in_it(self):
        self._signed(self.sheet)
        archive = self._pack()
        for name in archive.namelist():
            self.assertNotIn(NAME, name)
            content = archive.read(name)
            self.assertNotIn(NAME.encode(), content)
            if name.endswith(".xlsx"):
                self.assertNotIn(NAME, self._texts(content))
            if name.endswith(".jpg"):
                self.assertFalse(dict(Image.open(io.BytesIO(content)).getexif()))

    def test_photos_are_bare_from_the_first_moment(self):
        photo = self.env["bphs.evaluation.evidence"].search([("upload_key", "=", "1")])
        content = base64.b64decode(photo.attachment)
        self.assertFalse(dict(Image.open(io.BytesIO(content)).getexif()))
        self.assertEqual(photo.name, "A2-1.jpg")

    def test_words_name_no_resident(self):
        sheet = self.as_user("evaluator", self.sheet)
        told = "电话13800000000无人接听"
        with self.refused("names no resident"):
            self._line(sheet, "A2").note = told
        with self.refused("names no resident"):
            sheet.findings = told
        with self.refused("names no resident"):
            self.as_user("evaluator", self.sample.record_ids[0]).finding = "身份证99049919700101001X不符"
        self._enter(self.sheet)
        sheet.action_sign()
        with self.refused("names no resident"):
            self.as_user("township_director_a", self.sheet).action_object(told)

    def test_who_may_take_it_out(self):
        with self.refused("both sides sign before it is shown"):
            self._pack()
        self._signed(self.sheet)
        for key in ("deputy_leader", "leader", "auditor", "county_specialist"):
            self._pack(key)
        for key in ("evaluator", "finance_officer", "rectification_clerk"):
            with self.denied("Evidence is put together by"):
                self._pack(key)
        # The unit itself sees its sheet, and neither the round nor what was drawn of it.
        self.as_user("township_director_a", self.sheet).check_access("read")
        with self.denied("not within your scope"):
            self._pack("township_director_a")
        with self.denied("not within your scope"):
            self._pack("township_director_b")
        self.assertIn(f"/pack/{self.sheet.id}.zip", self.as_user("auditor", self.sheet).action_pack()["url"])

    def test_each_time_it_is_logged(self):
        self._signed(self.sheet)
        self._pack("auditor")
        log = self.env["bphs.print.log"].search([("code", "=", "PACK")], limit=1)
        self.assertEqual((log.user_id, log.res_id), (self.user["auditor"], self.sheet.id))
        self.assertEqual(len(log.sha256), 64)

    def test_it_has_an_end(self):
        self._signed(self.sheet)
        self.patch(packing, "MOST_FILES", 3)
        with self.refused("不能打成一个包"):
            self._pack()

    def test_its_list_of_the_sample_is_printed(self):
        for kind, start in (("pdf", b"%PDF"), ("xlsx", b"PK")):
            self.assertTrue(self.sample._print_file("E3", kind)[1].startswith(start))
