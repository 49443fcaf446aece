from datetime import date, timedelta

from odoo.tests import TransactionCase, tagged

from ..invented.fabricated import plant, typed_by_day
from ..invented.filling_visits import fill_visits

# A part of the county with so many records more that each clinic has enough in a quarter to be looked at.
CLINICS, RECORDS = 40, 40_000
PART = """
    UPDATE bphs_resident SET status = 'lost', status_date = current_date
     WHERE status = 'active' AND institution_id NOT IN (
           SELECT r.institution_id FROM bphs_resident r JOIN bphs_institution i ON i.id = r.institution_id
            WHERE i.kind = 'village_clinic' AND r.status = 'active'
            GROUP BY r.institution_id
            ORDER BY count(*) FILTER (WHERE r.birth_date < current_date - interval '47 years') DESC, 1 LIMIT %s)
"""
SOFT_SHARE = 0.02


@tagged("post_install", "-at_install")
class TestFabricated(TransactionCase):
    """What a careless hand makes up is found, each kind; a county that makes nothing up is left alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What the demo county itself has of it stands in the way of counting.
        cls.env.cr.execute("DELETE FROM bphs_authenticity_evidence")
        cls.env.cr.execute("DELETE FROM bphs_authenticity_finding")
        cls.env.cr.execute("DELETE FROM bphs_screening")
        cls.env.cr.execute("UPDATE bphs_visit SET state = 'voided' WHERE source = 'entered'")
        cls.env.cr.execute(PART, [CLINICS])
        cls.env.invalidate_all()
        fill_visits(cls.env, RECORDS, seed=2)
        typed_by_day(cls.env)
        cls.Finding = cls.env["bphs.authenticity.finding"]

    def quarter(self, back):
        """The first and the last day of the quarter so many before this one."""
        today = self.env.user._county_today()
        number = today.year * 4 + (today.month - 1) // 3 - back
        first = date(number // 4, number % 4 * 3 + 1, 1)
        return first, date((number + 1) // 4, (number + 1) % 4 * 3 + 1, 1) - timedelta(days=1)

    def found(self, first, last):
        self.Finding._find(first, last)
        return self.Finding.search([("date_from", "=", first)])

    def test_an_honest_county_is_left_alone_and_each_fabrication_is_found(self):
        units = looked_at = 0
        for back in (1, 2, 3):
            first, last = self.quarter(back)
            found = self.found(first, last)
            self.assertFalse(found.filtered("hard").mapped("display_name"), "an honest record cannot show it")
            of_unit = self.env["bphs.visit"]._read_group(
                [("done_on", ">=", first), ("done_on", "<=", last), ("state", "=", "done")],
                ["institution_id", "worker_id"],
                ["__count"],
            )
            units += len(of_unit)
            looked_at += sum(count >= 40 for __, __, count in of_unit)
            doubted = {(one.institution_id, one.worker_id) for one in found}
            self.assertLessEqual(len(doubted), SOFT_SHARE * len(of_unit), found.mapped("display_name"))
        self.assertGreaterEqual(
            looked_at, 3 * CLINICS / 2, "clinics have enough records for their figures to be looked at"
        )

        first, last = self.quarter(1)
        before = self.found(first, last)
        planted = plant(self.env, first, last)
        self.assertEqual(set(planted), set(self.env["bphs.authenticity.check"].search([]).mapped("code")))
        new = self.found(first, last) - before
        missed = {
            code
            for code, visits in planted.items()
            if not set(visits)
            & set(new.filtered(lambda one, code=code: one.check_id.code == code).evidence_ids.visit_id.ids)
        }
        self.assertEqual(missed, set(), "each kind is found, by its own check, with the very records")
