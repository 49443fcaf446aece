from odoo.tests import tagged

from odoo.addons.bphs_base.tests.made_files import FORMATS, WORKBOOKS, Bare, Broken, Table, made

from .roll_case import HEADINGS, KEYS, RollCase


@tagged("post_install", "-at_install")
class TestFieldCases(RollCase):
    """Rolls, from files as they come: each case in every format that can hold it."""

    def rows(self, *people):
        return [HEADINGS, *([person.get(key) or None for key in KEYS] for person in people)]

    def checked(self, kind, *tables):
        return self.receive(made(kind, *tables), name=f"名册.{kind}")

    def place(self, key):
        return KEYS.index(key)

    def again(self, run):
        """The workbook of rejects uploaded untouched: nothing is new or changed."""
        again = run
        for _time in range(2):
            again = self.receive(again._download_rejects()[1], name="问题行.xlsx")
            self.assertEqual(self.counts(again), (0, 0, 0, run.rejected_count), again.message)

    def test_f8_f9_f14_f15_f16_text_as_people_write_it(self):
        for kind in set(FORMATS) - {"docx"}:
            with self.subTest(kind):
                person = self.person(
                    101, name="⻢\u3000小试", address="东街\n三号\u00a0院", file_created_on="２０２５－０１－０５"
                )
                run = self.checked(kind, [["某区名册"] + [None] * (len(KEYS) - 1), *self.rows(person)])
                self.assertEqual((run.message, self.counts(run)), (False, (1, 0, 0, 0)))
        self.load(run)
        found = self.found("99049910120100101")
        self.assertEqual((found.name, found.household_id.address, str(found.file_created_on)),
                         ("马小试", "东街 三号 院", "2025-01-05"))  # fmt: skip

    def test_f1_f4_f5_what_cannot_be_read_stays_out(self):
        for kind in WORKBOOKS:
            for cell in (14040410220191234, Bare("5+6"), Broken("#N/A")):
                with self.subTest(kind, cell=cell):
                    rows = self.rows(self.person(101))
                    rows[1][self.place("ehr_number")] = cell
                    run = self.checked(kind, rows)
                    self.assertEqual([one.kind for one in run.finding_ids], ["unreadable"])
                    self.assertEqual(self.reject_rows(run)[1][self.place("ehr_number")], "")
                    self.again(run)

    def test_f3_two_rolls_in_one_file(self):
        rows = self.rows(self.person(101))
        for kind in WORKBOOKS:
            with self.subTest(kind):
                run = self.checked(kind, Table(rows, name="甲镇"), Table(rows, name="乙镇"))
                self.assertEqual(run.state, "refused")
                self.assertIn("甲镇、乙镇", run.message)
                run = self.checked(kind, Table(rows, name="甲镇"), Table([["说明"]], name="说明"))
                self.assertIn("未读取：说明", run.message)

    def test_f10_f11_f12_h23_what_is_not_read_is_told(self):
        rows = [[*row, "乡医" if at else "包村医生"] for at, row in enumerate(self.rows(self.person(101)))]
        rows[0][self.place("phone")] = "电话"
        rows.append([None, "合计", "1"] + [None] * (len(rows[0]) - 3))
        for kind in WORKBOOKS:
            with self.subTest(kind):
                run = self.checked(kind, Table(rows, hidden=(1,)))
                self.assertEqual(self.counts(run), (1, 0, 0, 0), run.message)
                for words in ("未使用：包村医生", "隐藏的1行", "合计行1行"):
                    self.assertIn(words, run.message)
        rows[0][-1] = None
        for kind in set(FORMATS) - {"docx"}:
            with self.subTest(kind):
                run = self.checked(kind, rows[:2])
                self.assertEqual(run.state, "refused")
                self.assertIn("没有列名", run.message)

    def test_a_row_refused_as_a_second_one_stays_out(self):
        run = self.receive(self.csv([self.person(101), self.person(101, name="孙二")]))
        self.assertEqual(run.rejected_count, 1)
        self.load(run)
        self.again(run)
        self.assertEqual(self.found("99049910120100101").name, "孙大圣")

    def test_f17_merged_cells_are_refused(self):
        rows = self.rows(self.person(101), self.person(102))
        for kind in WORKBOOKS:
            with self.subTest(kind):
                place = self.place("phone")
                rows[2][place] = None
                run = self.checked(kind, Table(rows, merged=[(1, place, 2, place)]))
                self.assertEqual(self.counts(run), (1, 0, 0, 1))
                self.assertIn("合并", self.rejects(run)[2])
                self.again(run)
