import io

from pypdf import PdfReader

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import EvaluationCase


@tagged("post_install", "-at_install")
class TestPrint(EvaluationCase):
    def _text(self, record, code):
        __, content = record._print_file(code, "pdf")
        with mute_logger("pypdf._cmap"):
            text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        return text.replace("\n", "")

    def test_schedule_and_sheet(self):
        self.round.sheet_ids.write({"visit_date": "2025-03-10", "team": "一组"})
        self.assertIn("一组", self._text(self.round, "E2"))
        self._scored()
        text = self._text(self._sheet(self.township_a), "E4")
        for words in ("甲镇卫生院", "blank 2", "26.00", "评价人签字"):
            self.assertIn(words, text)

    def test_bulletin_with_both_annexes(self):
        self._scored()
        text = self._text(self.round, "E9")
        for words in ("送审稿", "评价情况表", "问题列表", "96.00", "甲镇卫生院", "优秀"):
            self.assertIn(words, text)
        name, content = self.round._print_file("E9", "xlsx")
        self.assertTrue(name.endswith(".xlsx") and content.startswith(b"PK"))
        for code in ("E7", "E8"):
            self.assertIn("乙镇卫生院", self._text(self.round, code))

    def test_published_the_problems_are_those_of_the_register(self):
        self._published()
        self.assertNotIn("送审稿", self._text(self.round, "E9"))
        self.assertIn("A2", self._text(self.round, "E8"))

    def test_a_unit_gets_its_own_letter(self):
        self._scored()
        sheet = self._sheet(self.township_a)
        with self.refused("本轮评价尚未公布"):
            self.as_user("township_director_a", sheet)._print_file("E9B", "pdf")
        self.round.action_approval_submit()
        for key in ("deputy_leader", "leader"):
            self.as_user(key, self.round).action_approval_approve()
        text = self._text(self.as_user("township_director_a", sheet), "E9B")
        for words in ("甲镇卫生院", "96.00", "优秀", "签收人"):
            self.assertIn(words, text)
        self.assertNotIn("乙镇", text)
