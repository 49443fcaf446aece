from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import CountyCase


@tagged("post_install", "-at_install")
class TestPopulation(CountyCase):
    def enter(self, number=316289, key="primary_care_officer", **values):
        return self.as_user(key, "bphs.population").create(
            {
                "name": "财政拨款人口",
                "basis": "funding",
                "division_id": self.county.id,
                "number": number,
                "source": "统计局",
                "date": date(2025, 12, 31),
                **values,
            }
        )

    def test_a_second_person_approves(self):
        figure = self.enter()
        with self.assertRaisesRegex(AccessError, "second person"):
            figure.action_approve()
        with self.denied("The primary-care section or the administrator approves"):
            figure.with_user(self.user["finance_officer"]).action_approve()
        figure.with_user(self.user["administrator"]).action_approve()
        self.assertRecordValues(figure, [{"state": "approved", "approved_by_id": self.user["administrator"].id}])

    def test_who_changed_a_figure_does_not_approve_it(self):
        figure = self.enter(key="finance_officer")
        figure.with_user(self.user["administrator"]).number = 316290
        with self.assertRaisesRegex(AccessError, "second person"):
            figure.with_user(self.user["administrator"]).action_approve()
        figure.with_user(self.user["primary_care_officer"]).action_approve()

    def test_an_approved_figure_stays(self):
        figure = self.enter()
        figure.with_user(self.user["administrator"]).action_approve()
        for attempt in (
            lambda: figure.write({"number": 1}),
            lambda: figure.unlink(),
            lambda: figure.with_context(_force_unlink=True).unlink(),
            lambda: figure.with_user(self.user["administrator"]).action_approve(),
        ):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                attempt()

    def test_no_client_sets_the_approval(self):
        with self.refused("is set by the steps of the document"):
            self.enter(state="approved")
        with self.refused("is set by the steps of the document"):
            self.enter().write({"approved_by_id": self.user["administrator"].id})
        figure = self.enter()
        sly = figure.with_context(default_state="approved", default_entered_by_id=self.user["auditor"].id)
        again = sly.create(figure.copy_data()[0])
        self.assertEqual((again.state, again.entered_by_id), ("draft", self.user["primary_care_officer"]))

    @mute_logger("odoo.sql_db")
    def test_a_better_figure_supersedes(self):
        old, new = self.enter(), self.enter(316290)
        (old | new).with_user(self.user["administrator"]).action_approve()
        self.assertEqual((old | new).mapped("state"), ["superseded", "approved"])
        with self.refused("bphs_population_approved_uniq", kind=IntegrityError), self.env.cr.savepoint():
            old._write_state({"state": "approved"})
            self.env.flush_all()

    def test_the_figure_of_a_day(self):
        for number, day in ((300000, date(2024, 12, 31)), (316289, date(2025, 12, 31))):
            self.enter(number, date=day).with_user(self.user["administrator"]).action_approve()
        self.enter(999, date=date(2025, 6, 30))  # not approved: does not count
        population = self.env["bphs.population"]
        for day, number in (
            (date(2024, 12, 30), 0),
            (date(2025, 7, 1), 300000),
            (date(2026, 1, 1), 316289),
        ):
            self.assertEqual(population._for("funding", self.county, day).number, number)
        self.assertFalse(population._for("permanent", self.county, date(2026, 1, 1)))

    def test_a_rate_names_its_population_and_is_not_cut(self):
        figure = self.enter(271000, name="签约人口", basis="signing")
        with self.refused("is not approved yet"):
            figure._rate(1)
        figure.with_user(self.user["administrator"]).action_approve()
        rate = figure._rate(292216)
        self.assertEqual(rate.shown(), "107.83%")
        self.assertIn("签约人口", rate.alert)
        self.assertEqual(self.env["bphs.population"]._rate(5).shown(), "—")

    @mute_logger("odoo.sql_db")
    def test_numbers(self):
        with self.refused("bphs_population_number_range", kind=IntegrityError), self.env.cr.savepoint():
            self.enter(-1)
