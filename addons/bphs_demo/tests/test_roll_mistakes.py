from odoo.tests import tagged

from odoo.addons.bphs_resident.tests.roll_case import HEADINGS, RollCase

from ..invented.dirty import KINDS, TWICE, spoilt
from ..invented.files import cells_of


@tagged("post_install", "-at_install")
class TestRollMistakes(RollCase):
    """Every mistake that rolls come with is refused in its own words."""

    def test_every_mistake_comes_back_with_its_reason(self):
        clean = (self.person(100 + at) for at in range(1, len(KINDS) * 2))
        rows, kinds = zip(*spoilt(clean, 1), strict=True)
        run = self.receive(self.csv(rows))
        wrong = {number: kind for number, kind in enumerate(kinds, start=2) if kind}
        self.assertEqual(set(wrong.values()), set(KINDS))
        self.assertEqual(self.counts(run), (len(rows) - len(wrong), 0, 0, len(wrong)))
        found = {finding.kind: (finding.count, finding.example_row) for finding in run.finding_ids}
        self.assertEqual(set(found), set(KINDS))
        for kind, (count, first) in found.items():
            numbers = [number for number, told in wrong.items() if told == kind]
            self.assertEqual((count, first), (len(numbers), min(numbers)), kind)
        book = self.reject_rows(run)
        self.assertEqual(book[0], [*HEADINGS, "原因"])
        self.assertEqual([row[:-1] for row in book[1:]], [cells_of(rows[number - 2]) for number in wrong])
        self.assertTrue(all(row[-1] for row in book[1:]))
        self.assertTrue(any("already" in row[-1] for row in book[1:]), TWICE)
        self.load(run)
        self.assertEqual(self.counts(run), (len(rows) - len(wrong), 0, 0, len(wrong)))
