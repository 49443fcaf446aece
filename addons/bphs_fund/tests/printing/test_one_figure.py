from odoo.tests import tagged

from odoo.addons.bphs_base.tools.paper.form import Fields, Table

from ...reports.common import TITLES, yuan
from ...reports.registry import FORMS
from ..paying_case import PayingCase

NAMES = {title: name for name, title in TITLES.items()}
CLINICS = ("村卫生室", "村")


@tagged("post_install", "-at_install")
class TestOneFigure(PayingCase):
    """A clinic's amount is the same on every paper and on the screen: one heading, one sign, one value."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # 105.00 are prepaid and nearly nothing was done: the rest is taken up by the next quarter.
        cls.prepay(cls.q1)
        cls.work(cls.clinic_a1, cls.q1, {cls.item_ehr: 5})
        cls.score(cls.clinic_a1, cls.q1, 88)
        cls.settle(cls.q1)
        cls.prepay(cls.q2)
        cls.work(cls.clinic_a1, cls.q2, {cls.item_ehr: 300})
        cls.score(cls.clinic_a1, cls.q2, 83.5, deduction=1.25)
        cls.settled = cls.settle(cls.q2)
        cls.line = cls.settled.settlement_ids.line_ids

    def _template(self, code):
        return self.env["bphs.print.template"]._for(code)

    def _figures(self, code, document):
        """{amount's field: {what the paper says}} of the clinic on one form."""
        found = {}
        form = FORMS[code].form(document.sudo(), self._template(code))
        for block in form.blocks:
            if isinstance(block, Fields):
                for row in block.rows:
                    for title, text in row:
                        if title in NAMES:
                            found.setdefault(NAMES[title], set()).add(text)
            elif isinstance(block, Table) and any(column.title in CLINICS for column in block.columns):
                for column in block.columns:
                    if column.kind == "money":
                        self.assertIn(column.key, self.line._fields, column.title)
                        found.setdefault(column.key, set()).add(yuan(block.value(0, column)))
        return found

    def test_h2_every_paper_says_what_the_screen_says(self):
        self.assertEqual(len(self.line), 1)
        self.assertLess(self.line.carry_in, 0, "the case is about a carry")
        papers = self._papers()
        for code, document in papers.items():
            figures = self._figures(code, document)
            with self.subTest(code):
                self.assertIn("carry_in", figures)
                for name, texts in figures.items():
                    self.assertEqual(texts, {yuan(self.line[name])}, name)

    def test_h14_the_papers_add_up(self):
        line = self.line
        self.assertAlmostEqual(line.settled - line.prepaid + line.carry_in, line.due, 2)
        for code, document in self._papers().items():
            with self.subTest(code):
                self.assertLessEqual({"settled", "prepaid", "carry_in", "pay"}, set(self._figures(code, document)))

    def _papers(self):
        notice = self.env["bphs.fund.notice"].create(
            {"run_id": self.settled.id, "place": "村口", "phone": "0355-0000000"}
        )
        settlement = self.settled.settlement_ids
        return {"S5": self.line, "S6": settlement, "S10": notice, "S11": self.line}
