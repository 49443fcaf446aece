from decimal import Decimal
from unittest.mock import patch

from psycopg2.errors import CheckViolation

from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ...models.scheme import bphs_fund_floor
from ...tools.floors import NOTICES, Floor
from ..common import FundCase


@tagged("post_install", "-at_install")
class TestFloor(FundCase):
    """A later document asks for more: its year and those after it are held to it, and none before."""

    @classmethod
    def _make_county(cls):
        super()._make_county()
        cls.next_year = cls.env["bphs.period"]._create_year(2026)

    def higher(self, year=2026, ratio=0.8, key="finance_officer"):
        return self.as_user(key, "bphs.fund.floor").create(
            {"year": year, "ratio": ratio, "document_number": "试卫〔2026〕1号"}
        )

    def scheme_of_2026(self, **values):
        quarter = self.next_year.child_ids.filtered(lambda period: period.kind == "quarter").sorted("code")[0]
        return self.create_scheme(period_id=self.next_year.id, period_from_id=quarter.id, **values)

    def test_the_notice_is_here(self):
        floors = self.env["bphs.fund.floor"].search([("year", "=", 2023)])
        self.assertEqual((floors.ratio, floors.document_number), (0.7, "鲁卫基层字〔2023〕3号"))
        self.assertEqual(self.scheme.prepay_floor, 0.7)
        self.env["bphs.fund.floor"]._load_notices()
        self.assertEqual(self.env["bphs.fund.floor"].search([("year", "=", 2023)]), floors)

    def test_each_scheme_is_held_to_its_own_year(self):
        self.publish()
        self.higher()
        self.assertEqual(self.scheme.prepay_floor, 0.7)
        with self.refused("at least 0.80 of what is needed must be prepaid"):
            self.scheme_of_2026(prepay_ratio=0.75)
        scheme = self.scheme_of_2026()
        self.assertEqual((scheme.prepay_ratio, scheme.prepay_floor), (0.8, 0.8))
        with self.refused("at least 0.80 of what is needed must be prepaid"):
            scheme.prepay_ratio = 0.79
        with self.refused("at least 0.80 of what is needed must be prepaid"):
            self.create_scheme(period_from_id=self.q2.id).write(
                {"period_id": scheme.period_id.id, "period_from_id": scheme.period_from_id.id}
            )
        self.assertEqual(self.create_scheme(period_from_id=self.q2.id).prepay_ratio, 0.7)

    def test_the_form_proposes_what_the_year_asks_for(self):
        self.higher()
        form = Form(self.as_user("finance_officer", "bphs.fund.scheme"))
        form.name = "2026年结算办法"
        form.period_id = self.next_year
        self.assertEqual((form.prepay_ratio, form.prepay_floor), (0.8, 0.8))
        with self.refused("at least 0.80 of what is needed must be prepaid"):
            form.prepay_ratio = 0.79

    def test_next_years_scheme_is_raised(self):
        self.publish()
        self.higher()
        draft = self.scheme.browse(self.scheme.action_next_year()["res_id"])
        self.assertEqual(draft.prepay_ratio, 0.8)

    def test_a_draft_follows_and_is_not_published_below(self):
        draft = self.scheme_of_2026()
        floor = self.higher()
        self.assertEqual((draft.prepay_ratio, draft.prepay_floor), (0.7, 0.8))
        with self.refused("at least 0.80 of what is needed must be prepaid"):
            draft.action_publish()
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.refused("bphs_fund_scheme_prepay_ratio_of_year", kind=CheckViolation):
            self.env.cr.execute("UPDATE bphs_fund_scheme SET state = 'published' WHERE id = %s", [draft.id])
        floor.year = 2027
        self.assertEqual(draft.prepay_floor, 0.7)
        self.publish(draft)
        floor.unlink()

    def test_what_was_published_under_it_stays(self):
        floor = self.higher()
        draft = self.scheme_of_2026()
        floor.ratio = 0.75
        self.assertEqual(draft.prepay_floor, 0.75)
        self.publish(draft)
        for attempt in (lambda: floor.write({"ratio": 0.7}), floor.unlink):
            with self.refused("was published under it"):
                attempt()
        self.higher(2027, 0.9).unlink()

    def test_never_below_the_notice(self):
        with mute_logger("odoo.sql_db"), self.refused("bphs_fund_floor_ratio_range", kind=CheckViolation):
            self.higher(ratio=0.6999)
        coming = Floor(2028, Decimal("0.85"), "新〔2028〕1号")
        with patch.object(bphs_fund_floor, "NOTICES", (*NOTICES, coming)):
            with self.refused("2029: the notice says at least 0.85"):
                self.higher(2029, 0.8)
            # What a county had asked for before a notice asks for more does not count against it.
            self.higher(2027, 0.75)
            years = [self.env["bphs.period"]._create_year(year) for year in (2027, 2028)]
            self.assertEqual(
                [self.env["bphs.fund.floor"]._of_year(year) for year in years], [Decimal("0.75"), Decimal("0.85")]
            )
        notice = self.as_user("finance_officer", self.env["bphs.fund.floor"].search([("year", "=", 2023)]))
        for attempt in (lambda: notice.write({"ratio": 0.8}), notice.unlink):
            with self.refused("says so, and stays"):
                attempt()

    def test_finance_alone_lays_it_down(self):
        for key in ("primary_care_officer", "administrator", "auditor"):
            with self.no_right("create", "bphs.fund.floor"):
                self.higher(key=key)
        self.assertTrue(self.as_user("village_doctor_a1", "bphs.fund.floor").search_count([("ratio", ">=", 0.7)]))
