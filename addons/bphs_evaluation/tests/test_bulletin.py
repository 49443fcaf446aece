import io

import docx
from pypdf import PdfReader

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import EvaluationCase

NUMBER = "试卫字〔2026〕2号"


def text_of(content):
    with mute_logger("pypdf._cmap"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).replace("\n", "")


def word_of(content):
    book = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return "".join([*(paragraph.text for paragraph in book.paragraphs), *cells])


@tagged("post_install", "-at_install")
class TestBulletin(EvaluationCase):
    """The bulletin of a round: drafted, edited, approved with the scores, issued under a number, kept as it went."""

    def test_it_is_drafted_from_what_was_scored(self):
        self._scored()
        round_ = self.round
        self.assertIn("评价得分按规定用于资金结算", round_.bulletin_demands)
        self.assertEqual(round_.bulletin_title, "关于2025年第一季度基本公共卫生服务绩效评价情况的通报")
        self.assertIn("A1", round_.bulletin_figures)
        self.assertIn("60.00%（120/200）", round_.bulletin_figures)
        self.assertIn("最高 96 分（甲镇卫生院）", round_.bulletin_results)
        self.assertIn("单位失分", round_.bulletin_problems)
        self.assertEqual(round_.bulletin_signers, self.bureau.name)
        self.assertTrue(round_.bulletin_to.endswith("："))

    def test_arrivals_are_told_in_ten_thousands(self):
        self.assertFalse(self.round._money_sentences())
        budget = self.env["bphs.fund.budget"].create(
            {
                "institution_id": self.bureau.id,
                "period_id": self.year.id,
                "standard": 90,
                "population": 1000,
                "population_basis": "户籍",
                "source_ids": [
                    (0, 0, {"level": level, "share": share})
                    for level, share in (("central", 0.6), ("province", 0.2), ("county", 0.2))
                ],
            }
        )
        document = self.env["bphs.document"].create(
            {"number": "试财社〔2025〕1号", "title": "下达资金", "issuer": "财政局", "date": "2025-01-06"}
        )
        for source, amount in zip(budget.source_ids, (17079620, 5723874, 4554561), strict=True):
            receipt = self.as_user("finance_officer", "bphs.fund.receipt").create(
                {
                    "source_id": source.id,
                    "document_id": document.id,
                    "indicator_amount": amount,
                    "issued_date": "2025-01-06",
                    "date": "2025-01-20",
                    "amount": amount,
                }
            )
            receipt = self.as_user("finance_officer_2", receipt)  # the second person looks and presses
            receipt._countersign(receipt._seen())
        self.assertEqual(
            self.round._money_sentences(),
            ["2025年度补助资金到位：中央1707.962万元，省级572.3874万元，县（区）455.4561万元，合计2735.8055万元。"],
        )

    def test_its_words_are_edited_until_it_is_handed_in(self):
        self._scored()
        self.round.write({"bulletin_demands": "一、立行立改\n各单位立即整改。", "bulletin_copies": "市卫生健康委"})
        self.round.action_approval_submit()
        with self.refused("is under approval"):
            self.round.bulletin_demands = "改"
        for key in ("deputy_leader", "leader"):
            self.as_user(key, self.round).action_approval_approve()
        with self.refused(("is fixed", "is under approval")):
            self.round.bulletin_demands = "改"

    def test_it_is_issued_once_under_its_number(self):
        self._scored()
        with self.refused("this step does not apply to it"):
            self.round.action_issue(NUMBER)
        self.round.bulletin_signers = f"{self.bureau.name}、试验区财政局"
        self.round.action_approval_submit()
        for key in ("deputy_leader", "leader"):
            self.as_user(key, self.round).action_approval_approve()
        self.assertIn("issue", self.round.allowed_steps)
        with self.refused("Give the document number"):
            self.round.action_issue("  ")
        with self.refused("is no document number"):
            self.round.action_issue("二号")
        with self.no_right("write", "bphs.evaluation"):
            self.as_user("leader", self.round).action_issue(NUMBER)
        self.round.action_issue("试卫字[2026] 2号")
        document = self.round.bulletin_document_id
        self.assertEqual((document.number, document.issuer), (NUMBER, self.bureau.name))
        self.assertEqual((document.co_issuer, document.date), ("试验区财政局", document._county_today()))
        self.assertNotIn("issue", self.round.allowed_steps)
        with self.refused("its bulletin was issued as"):
            self.round.action_issue("试卫字〔2026〕3号")

    def test_a_number_is_given_once(self):
        self._published()
        self.env["bphs.document"].create(
            {"number": NUMBER, "title": "另文", "issuer": self.bureau.name, "date": "2026-01-05"}
        )
        with self.refused("has issued 试卫字〔2026〕2号 already"):
            self.round.action_issue(NUMBER)
        self.assertFalse(self.round.bulletin_pdf)

    def test_issued_it_stays_word_for_word(self):
        self._published()
        before = text_of(self.round._print_file("E9", "pdf")[1])
        self.assertNotIn(NUMBER, before)
        self.round.action_issue(NUMBER)
        name, issued = self.round._print_file("E9", "pdf")
        self.assertTrue(name.endswith(".pdf"))
        self.assertIn(NUMBER, text_of(issued))
        # What stands in the register goes on; the paper that went out does not.
        self.env["bphs.print.template"]._for("E9").issuer = "另一机关"
        self.round.sudo().problem_ids.line_ids.detail = "后来改过"
        self.assertEqual(self.round._print_file("E9", "pdf")[1], issued)
        word = self.round._print_file("E9", "docx")[1]
        self.assertEqual(self.round._print_file("E9", "docx")[1], word)
        for words in (NUMBER, "甲镇卫生院", "评价情况表", "一、项目完成情况", "A2"):
            self.assertIn(words, word_of(word))
        self.assertNotIn("后来改过", word_of(word))

    def test_what_was_handed_in_before_bulletins_had_a_head_goes_on(self):
        self._scored()
        self.round._write_state(dict.fromkeys(("bulletin_title", "bulletin_to", "bulletin_figures"), False))
        self.round._write_state({"bulletin_signers": False})
        self.assertNotIn("bulletin_heading", self.round._approval_content())
        text = text_of(self.round._print_file("E9", "pdf")[1])
        self.assertIn("一、评价结果", text)
        self.assertIn("各有关单位：", text)

    def test_a_unit_gets_its_own_letter_as_a_word_file(self):
        self._published()
        self.round.action_issue(NUMBER)
        sheet = self.as_user("township_director_b", self._sheet(self.township_b))
        for content in (word_of(sheet._print_file("E9B", "docx")[1]), text_of(sheet._print_file("E9B", "pdf")[1])):
            for words in ("乙镇卫生院", "60.00", "第 2 名", "失分情况表", "回执", NUMBER):
                self.assertIn(words.replace(" ", ""), content.replace(" ", ""))
            self.assertNotIn("甲镇", content)
