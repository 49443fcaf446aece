import json

from odoo.tests import tagged

from odoo.addons.bphs_rectification.tests.common import RectificationCase

from .common import SCHEME, EvaluationCase

ITEMS = [
    {"code": "A4", "points": "40.00", "method": "at_least", "target": "1"},
    {
        "code": "D1",
        "points": "30.00",
        "method": "deduct",
        "cases": [
            {"code": "false", "each": "5.00", "most": None},
            {"code": "again", "each": "1.00", "most": "9.00"},
        ],
    },
    {
        "code": "D2",
        "points": "30.00",
        "method": "deduct",
        "cases": [
            {"code": "overdue", "each": "3.00", "most": None},
            {"code": "blank", "each": "1.00", "most": None},
        ],
    },
]
COUNTS = {"false": "WORK_FALSE", "again": "RECT_REPEATED", "overdue": "RECT_OVERDUE"}


@tagged("post_install", "-at_install")
class TestTaken(EvaluationCase, RectificationCase):
    """Rates and cases that the county's own books count are in the sheet when the round begins."""

    @classmethod
    def _make_county(cls):
        super()._make_county()
        schemes = cls.as_user("primary_care_officer", cls.env["bphs.evaluation.scheme"])
        cls.books = schemes._create_from_file(json.dumps(SCHEME | {"code": "books", "items": ITEMS}).encode())
        items = {item.code: item for item in cls.books.item_ids}
        items["A4"].rate_code = "RECT_CLOSED"
        for case in cls.books.item_ids.case_ids.filtered(lambda one: one.code in COUNTS):
            case.count_code = COUNTS[case.code]
        cls.taking = cls._plan(
            "primary_care_officer", cls.bureau, cls.q1, cls.township_a | cls.township_b, scheme=cls.books
        )

    def setUp(self):
        super().setUp()
        # Tasks of the first quarter: those of A overdue at its clinic, closed at the hospital.
        tasks = self.task_a1 | self.task_a
        self.env.flush_all()
        self.cr.execute(
            "UPDATE bphs_rectification SET date_issued = '2025-01-10', deadline = '2025-02-10' WHERE id = ANY(%s)",
            [tasks.ids],
        )
        self.cr.execute(
            "UPDATE bphs_rectification SET state = 'closed', submitted_on = '2025-02-01', closed_on = '2025-02-05'"
            " WHERE id = %s",
            [self.task_a.id],
        )
        self.env.invalidate_all()
        for day in ("2025-01-20", "2025-03-20"):
            self._problem("健康指导不到位", self.clinic_a2, type_id=self.type_advice.id, found_on=day)
        statement = self.env["bphs.workload"].create({"institution_id": self.clinic_a1.id, "period_id": self.q1.id})
        line = statement.line_ids.filtered(lambda one: one.item_id == self.item_htn)
        line.reported = 30
        statement.action_submit()
        line.false_qty = 4
        statement.action_verify()

    def _of(self, unit, code):
        return self._line(self._sheet(unit, self.taking), code)

    def _counts(self, line):
        return {count.case_id.code: count.count for count in line.count_ids}

    def test_they_are_there_when_the_round_begins(self):
        self.taking.action_start()
        closed = self._of(self.township_a, "A4")
        self.assertEqual((closed.numerator, closed.denominator, closed.status), (1, 2, "entered"))
        self.assertIn("rectification tasks due, closed", closed.note)
        found = self._of(self.township_a, "D1")
        self.assertEqual((self._counts(found), found.status), ({"false": 4, "again": 1}, "entered"))
        self.assertEqual(found.score, 9)
        self.assertIn("false 4", found.note)
        # Of B no statement was verified, and no task was due: it stays to be entered.
        self.assertFalse(self._of(self.township_b, "A4").status)

    def test_where_one_case_is_counted_by_nobody_the_rest_is_entered(self):
        self.taking.action_start()
        line = self._of(self.township_a, "D2")
        self.assertEqual((self._counts(line), line.status), ({"overdue": 1, "blank": 0}, False))

    def test_evaluators_take_them_over_again(self):
        self.taking.action_start()
        mine = self.as_user("evaluator", self._of(self.township_a, "D1"))
        mine.count_ids[0].count = 0
        self.assertEqual(mine.score, 29)
        mine.sheet_id.action_take_rates()
        self.assertEqual(mine.score, 9)

    def test_what_is_not_ripe_is_counted_for_nobody(self):
        lines, period = self.env["bphs.evaluation.line"], self.year
        self.assertNotIn(
            ("WORK_FALSE", self.township_b.id), lines._counts_from({"WORK_FALSE"}, self.township_b, period)
        )
        told = lines._counts_from({"WORK_FALSE", "RECT_REPEATED"}, self.township_a, period)
        self.assertEqual({code: one.count for (code, __), one in told.items()}, {"WORK_FALSE": 4, "RECT_REPEATED": 1})

    def test_a_case_names_what_somebody_counts(self):
        draft = self.books.copy()
        case = draft.item_ids.case_ids[:1]
        # A next version keeps where its cases are counted.
        self.assertEqual(case.count_code, "WORK_FALSE")
        with self.refused("nothing that is counted has this code"):
            case.count_code = "NOBODY"
