import io

from openpyxl import load_workbook
from pypdf import PdfReader

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...reports import s6_settlement, s7_run, s15_allotment
from ..paying_case import PayingCase


@tagged("post_install", "-at_install")
class TestPrint(PayingCase):
    """What stands on the forms is what stands in the records, and nobody prints what they may not read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.arrive(central=10000.0, county=5000.0)
        account = cls.account(cls.clinic_a1, "王𬭎", "99990000000000001")
        cls.payees(cls.clinic_a1, ("王𬭎", account, 1))
        cls.prepayment = cls.prepay(cls.q1)
        cls.work(cls.clinic_a1, cls.q1, {cls.item_ehr: (100, 3, 2), cls.item_htn: 10})
        cls.score(cls.clinic_a1, cls.q1, 83.5)
        cls.settled = cls.settle(cls.q1)
        cls.settlement = cls.settled.settlement_ids
        cls.line = cls.settlement.line_ids
        cls.payment = cls.batch(kind="prepaid")
        cls.pay_batch(cls.payment)
        cls.notice = cls.as_user("finance_officer", "bphs.fund.notice").create(
            {"run_id": cls.settled.id, "place": "公示栏", "phone": "0355-0000000"}
        )

    def _text(self, key, document, code):
        __, content = self.as_user(key, document)._print_file(code, "pdf")
        with mute_logger("pypdf._cmap"):
            return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)

    def _sheets(self, key, document, code):
        __, content = self.as_user(key, document)._print_file(code, "xlsx")
        return load_workbook(io.BytesIO(content))

    def _values(self, sheet):
        return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]

    def test_arrivals(self):
        text = self._text("finance_officer", self.budget, "S1")
        for word in ("资金到位台账", "试财社〔2025〕1号", "10,000.00", "15,000.00", "壹万伍仟元整"):
            self.assertIn(word, text)

    def test_the_fourth_level_prints_by_the_divisions_own_type(self):
        self.county.type_name = "区"
        self.assertIn("区级", self._text("finance_officer", self.budget, "S1"))

    def test_prepayment(self):
        text = self._text("finance_officer", self.prepayment, "S4")
        for word in ("预拨明细表", self.clinic_a1.name, "105.00", "70.00%", "0001", "贰佰壹拾元整"):
            self.assertIn(word, text)
        self.assertNotIn("99990000000000001", text)

    def test_workload_sheet_of_a_clinic(self):
        text = self._text("village_doctor_a1", self.line, "S5")
        for word in ("工作量核定表", "270.00", "0.8350", "225.45"):
            self.assertIn(word, text)

    def test_township_list(self):
        text = self._text("township_director_a", self.settlement, "S6")
        for word in ("结算明细表", self.clinic_a1.name, "225.45", "120.45", "壹佰贰拾元肆角伍分"):
            self.assertIn(word, text)

    def test_county_summary_and_its_workbook(self):
        self.assertIn("120.45", self._text("leader", self.settled, "S7"))
        book = self._sheets("finance_officer", self.settled, "S7")
        self.assertEqual(book.sheetnames[:2], ["乡镇资金结算汇总表", "资金来源"])
        self.assertIn(120.45, self._values(book.worksheets[0]))
        self.assertTrue(any(str(value).startswith("=SUM(") for value in self._values(book.worksheets[0])))

    def test_approval_sheet_has_a_box_for_each_stage(self):
        text = self._text("finance_officer", self.settled, "S8")
        for word in ("基层科复核", "主要领导审批", "党组会纪要〔2025〕3号", "同意"):
            self.assertIn(word, text)
        self.assertIn("70.00 元", self._text("finance_officer", self.payment, "S8"))

    def test_bank_list_is_for_finance_alone_and_logged(self):
        book = self._sheets("finance_officer", self.payment, "S9")
        values = self._values(book.worksheets[0])
        self.assertIn("99990000000000001", values)
        self.assertIn("王𬭎", values)
        log = self.env["bphs.print.log"].search([], limit=1)
        self.assertEqual((log.code, log.row_count, log.holds_accounts), ("S9", 1, True))
        self.assertEqual(log.user_id, self.user["finance_officer"])
        for key in ("deputy_leader", "administrator", "auditor", "finance_bureau"):
            with self.denied(("This form holds account numbers: only finance", "bphs.fund.payment")):
                self.as_user(key, self.payment)._print_file("S9", "xlsx")

    def test_public_notice_is_masked(self):
        text = self._text("primary_care_officer", self.notice, "S10")
        self.assertIn("120.45", text)
        self.assertIn("0355-0000000", text)
        for word in ("王𬭎", "99990000000000001", "0001"):
            self.assertNotIn(word, text)

    def test_notice_to_the_clinic_and_return(self):
        text = self._text("village_doctor_a1", self.line, "S11")
        for word in ("结算通知书", "回执", "120.45"):
            self.assertIn(word, text)
        money = self.as_user("finance_officer", "bphs.fund.return").create(
            {"institution_id": self.clinic_a1.id, "budget_id": self.budget.id, "amount": 5, "reason": "多拨"}
        )
        self.assertIn("伍元整", self._text("finance_officer", money, "S12"))

    def test_nobody_prints_what_they_may_not_read(self):
        for key, document, code in (
            ("village_doctor_b1", self.line, "S5"),
            ("township_director_b", self.settlement, "S6"),
            ("village_doctor_a1", self.settled, "S7"),
            ("township_accountant_a", self.payment, "S8"),
        ):
            with self.subTest(key), self.denied(("not within your scope", "bphs.fund.run", "bphs.fund.payment")):
                self.as_user(key, document)._print_file(code, "pdf")
        with self.refused("There is no such form"):
            self.as_user("finance_officer", self.settled)._print_file("S4", "pdf")

    def test_words_are_the_countys(self):
        template = self.as_user("administrator", self.env.ref("bphs_fund.print_template_s6"))
        template.write({"name": "补助资金结算表", "signatures": "会计、院长"})
        template.column_ids.filtered(lambda column: column.key == "base").name = "核定金额"
        template.column_ids.filtered(lambda column: column.key == "sign").shown = False
        text = self._text("township_director_a", self.settlement, "S6")
        for word in ("补助资金结算表", "核定金额", "会计"):
            self.assertIn(word, text)
        self.assertNotIn("签字", text)

    def test_columns_stand_in_the_countys_order(self):
        template = self.env.ref("bphs_fund.print_template_s6")
        for form in (s6_settlement.QUARTER, s6_settlement.ANNUAL):
            keys = [column.key for column in form]
            self.assertEqual([column.key for column in template._columns(form)], keys)
            # The number of a row is no column of the template; all others are.
            self.assertEqual(set(keys) - set(template.column_ids.mapped("key")), {"no"})
        template.column_ids.filtered(lambda column: column.key == "pay").sequence = 15
        moved = [column.key for column in template._columns(s6_settlement.QUARTER)]
        self.assertEqual(moved[:4], ["no", "clinic", "pay", "base"])
        self.assertCountEqual(moved, [column.key for column in s6_settlement.QUARTER])

    def test_every_form_is_printed_in_the_order_of_its_template(self):
        for code, forms in (
            ("s7", [s7_run.columns_of(self.settled), s6_settlement.QUARTER, s6_settlement.ANNUAL]),
            ("s15", s15_allotment.COLUMNS.values()),
        ):
            template = self.env.ref(f"bphs_fund.print_template_{code}")
            for form in forms:
                with self.subTest(code):
                    self.assertEqual(
                        [column.key for column in template._columns(form)], [column.key for column in form]
                    )

    def test_a_character_no_font_has_is_named(self):
        self.clinic_a1.sudo().name = "村\U0003fffd卫生室"
        with self.assertRaisesRegex(UserError, "3FFFD"):
            self.as_user("finance_officer", self.settlement)._print_file("S6", "pdf")


@tagged("post_install", "-at_install")
class TestPrintDownload(PayingCase, HttpCase):
    """The address hands out what the user may read, and 404 for the rest."""

    def test_download(self):
        prepayment = self.prepay(self.q1)
        for login, expected in (("finance_officer", 200), ("village_doctor_a1", 404)):
            user = self.user[login]
            user.sudo().password = "试验密码Aa123456"
            self.authenticate(user.login, "试验密码Aa123456")
            response = self.url_open(f"/bphs/print/S4/bphs.fund.prepayment/{prepayment.id}.pdf")
            self.assertEqual(response.status_code, expected, login)
            for path in ("S4/res.users/1.pdf", "S4/bphs.fund.prepayment/999999.pdf", "S99/no.such/1.pdf"):
                self.assertIn(self.url_open(f"/bphs/print/{path}").status_code, (404, 422))
