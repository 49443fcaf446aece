from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from odoo.addons.bphs_service.models.authenticity.bphs_authenticity_search import KEPT
from odoo.addons.bphs_service.tools.authenticity.chance import below_the_limit, beside_the_others

from ..invented.fabricated import plant, typed_by_day
from ..invented.filling_visits import fill_visits
from .checks_plainly import PLAINLY, SEEN

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
BY_NUMBER = ("many_a_day", "at_once", "repeated", "shared_phone", "clinic_differs")


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

    def test_what_is_found_is_what_is_found_when_asked_plainly(self):
        first, last = self.quarter(1)
        plant(self.env, first, last)
        # Loose limits too: then much is found by each check, and not the planted alone.
        loose = {"many_a_day": {"most": 8}, "at_once": {"least": 2}, "at_night": {"least": 2, "most": 10},
                 "repeated": {"least": 2}, "last_digit": {"most": 25}, "fudging": {"least": 12, "most": 4},
                 "control_high": {"most": 85}, "control_rise": {"least": 10, "most": 4}}  # fmt: skip
        today = self.env.user._county_today()
        self.hidden = {
            id_ for (id_,) in self.env.execute_query(SQL(f"SELECT v.id FROM bphs_visit v WHERE NOT ({SEEN})"))
        }
        checks = self.env["bphs.authenticity.check"].search([])
        for limits in ({}, loose):
            for check in checks:
                check.write(limits.get(check.code, {}))
            for days in ((first, last), (today - relativedelta(years=3), today)):
                self.env.cr.execute("DELETE FROM bphs_authenticity_evidence")
                self.env.cr.execute("DELETE FROM bphs_authenticity_finding")
                self.Finding._find(*days)
                for check in checks:
                    with self.subTest(check=check.code, days=days, loose=bool(limits)):
                        plainly = self.plainly(check, *days)
                        self.assertEqual(self.stored(check), plainly)
                        if days[0] == first:
                            self.assertTrue(plainly, "what is planted is found")

    def plainly(self, check, first, last):
        """:return dict: of whom, what -> what was seen and the records, by the check as it is plainly written"""
        values = {"first": first, "last": last, "before": first - relativedelta(months=3),
                  "least": check.least, "most": check.most, "kept": KEPT}  # fmt: skip
        text = PLAINLY[check.code]
        query = SQL(text, **{name: value for name, value in values.items() if f"%({name})s" in text})
        rows = self.env.execute_query(query)
        if check.code in ("fudging", "control_high"):
            rows = [row for row in rows if self.chance(row[3], check, first, last) <= check.chance]
        return {(at, worker, key): (seen, self.shown(check, visits)) for at, worker, key, seen, visits in rows}

    def shown(self, check, visits):
        """Of records together that make a doubt by their number: where those that everybody sees are too few for the
        limit, it rests on the others.
        """
        hidden = self.hidden & set(visits)
        limit = check.most + 1 if check.code == "many_a_day" else check.least
        enough = limit if check.code in BY_NUMBER else 1
        return sorted(hidden if hidden and len(visits) - len(hidden) < enough else visits)

    def chance(self, seen, check, first, last):
        if check.code == "control_high":
            controlled, judged = map(int, seen.split(" = ")[0].split("/"))
            ((all_controlled, all_judged),) = self.env.execute_query(
                SQL(
                    "SELECT count(*) FILTER (WHERE result = 'satisfied'), count(result) FROM bphs_visit v"
                    f" WHERE state = 'done' AND institution_id IS NOT NULL AND done_on BETWEEN %s AND %s AND {SEEN}",
                    first,
                    last,
                )
            )
            others = all_controlled - controlled, all_judged - judged
            return beside_the_others(controlled, judged, *others, check.most / 100)
        below, above = map(int, seen.split(":"))
        ((all_below, all_above),) = self.env.execute_query(
            SQL(
                "SELECT count(*) FILTER (WHERE systolic BETWEEN 130 AND 139),"
                " count(*) FILTER (WHERE systolic BETWEEN 140 AND 149) FROM bphs_visit v"
                f" WHERE state = 'done' AND institution_id IS NOT NULL AND done_on BETWEEN %s AND %s AND {SEEN}",
                first,
                last,
            )
        )
        return below_the_limit(below, above, all_below - below, all_above - above, check.most)

    def stored(self, check):
        rows = self.env.execute_query(
            SQL(
                "SELECT f.institution_id, f.worker_id, f.key, f.seen, array_agg(e.visit_id ORDER BY e.visit_id)"
                " FROM bphs_authenticity_finding f JOIN bphs_authenticity_evidence e ON e.finding_id = f.id"
                " WHERE f.check_id = %s GROUP BY f.id",
                check.id,
            )
        )
        return {(at, worker, key): (seen, visits) for at, worker, key, seen, visits in rows}
