from datetime import timedelta
from unittest.mock import patch

from odoo.fields import Domain
from odoo.tests import tagged

from ...models.home.asked_together import Question, answers
from ..common import CountyCase


@tagged("post_install", "-at_install")
class TestKept(CountyCase):
    """A page is kept for some minutes, and forgotten by whatever is told to its person."""

    def setUp(self):
        super().setUp()
        # What other tests kept was made of records that are gone.
        self.env.registry.clear_cache()
        self.addCleanup(self.env.registry.clear_cache)

    def _load(self, key, kept=True):
        return self.env["bphs.home"].with_user(self.user[key]).load(kept=kept)

    def _institutions(self, page):
        (card,) = (one for one in page["cards"] if one["key"] == "people")
        return int(card["lines"][3]["figure"])

    def _told(self):
        return self.env["bphs.waiting.told"].sudo()

    def test_what_nobody_was_told_of_is_counted_when_the_page_is_made_anew(self):
        before = self._institutions(self._load("administrator"))
        self.clinic_a1.copy({"code": "A9", "name": "新卫生室"})
        self.assertEqual(self._institutions(self._load("administrator")), before)
        self.assertEqual(self._institutions(self._load("administrator", kept=False)), before + 1)
        self.assertEqual(self._institutions(self._load("administrator")), before + 1)

    def test_a_kept_page_costs_one_query(self):
        first = self._load("township_director_a")
        self.assertRegex(first["as_of"], r"^\d\d:\d\d$")
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            self.assertIs(self._load("township_director_a"), first)
        self.assertIsNot(self._load("township_director_b"), first)

    def test_who_asks_for_it_has_it_made_anew(self):
        first = self._load("township_director_a")
        second = self._load("township_director_a", kept=False)
        self.assertIsNot(second, first)
        self.assertIs(self._load("township_director_a"), second)

    def test_what_changes_in_ones_institutions_is_told(self):
        kept = {key: self._load(key) for key in ("township_director_a", "township_director_b", "leader")}
        self._told()._enter(self.clinic_a1.ids)
        self.assertIsNot(self._load("township_director_a"), kept["township_director_a"])
        self.assertIsNot(self._load("leader"), kept["leader"])
        self.assertIs(self._load("township_director_b"), kept["township_director_b"])

    def test_a_change_that_the_page_has_seen_is_not_told_again(self):
        told, user = self._told(), self.user["leader"]
        told._enter(self.clinic_a1.ids)
        entry = told.search([], limit=1)
        self.assertEqual(entry.institution_id, self.clinic_a1)
        seen, moment = told._snapshot()

        def is_told():
            self.env.flush_all()
            return told.with_user(user)._is_told(seen, moment, 5)

        self.assertTrue(is_told())
        entry.transaction = seen.split(":")[0]  # the first that this snapshot does not see
        self.assertTrue(is_told())
        entry.transaction = str(int(seen.split(":")[0]) - 1)
        self.assertFalse(is_told())

    def test_a_page_is_forgotten_after_some_minutes(self):
        told = self._told().with_user(self.user["leader"])
        seen, moment = told._snapshot()
        self.assertFalse(told._is_told(seen, moment, 5))
        self.assertFalse(told._is_told(seen, moment - timedelta(minutes=4), 5))
        self.assertTrue(told._is_told(seen, moment - timedelta(minutes=6), 5))

    def test_a_page_is_of_one_day(self):
        first = self._load("leader")
        tomorrow = self.env["bphs.home"]._county_today() + timedelta(days=1)
        with patch.object(type(self.env["bphs.home"]), "_county_today", lambda _self: tomorrow):
            self.assertEqual(self._load("leader")["day"], tomorrow.isoformat())
        self.assertEqual(self._load("leader")["day"], first["day"])

    def test_another_scope_is_another_page(self):
        first = self._load("township_director_a")
        self.user["township_director_a"].bphs_institution_ids = self.township_b
        self.assertIsNot(self._load("township_director_a"), first)

    def test_what_waits_is_told_when_it_changes(self):
        self.env.cr.precommit.data["bphs_waiting_institutions"] = set((self.clinic_a1 | self.clinic_a2).ids)
        self.env["bphs.waiting.mixin"]._send_waiting()
        self.assertEqual(self._told().search([]).institution_id, self.clinic_a1 | self.clinic_a2)

    def test_old_entries_go(self):
        told = self._told()
        told._enter((self.clinic_a1 | self.clinic_a2).ids)
        old, new = told.search([])
        old.moment -= timedelta(hours=25)
        told._gc_told()
        self.assertEqual(told.search([]), new)


@tagged("post_install", "-at_install")
class TestAskedTogether(CountyCase):
    """Each answer is that of a search of its own."""

    def _compare(self, key, *questions):
        env = self.env(user=self.user[key])
        for question, answer in zip(questions, answers(env, questions), strict=True):
            found = env[question.model].search(question.domain)
            self.assertEqual(answer.count, len(found), question)
        return answers(env, questions)

    def test_of_several_models_within_ones_rights(self):
        self.clinic_a2.active = False
        questions = [
            Question("bphs.institution", []),
            Question("bphs.institution", [("kind", "=", "village_clinic")]),
            Question("bphs.period", [("kind", "=", "quarter")]),
            Question("bphs.institution", [("active", "=", False)]),
            Question("bphs.institution", [("active", "in", (True, False))]),
            Question("bphs.institution", Domain.FALSE),
            Question("bphs.institution", Domain("parent_id.kind", "=", "township_hospital")),
        ]
        director = self._compare("township_director_a", *questions)
        everybody = self._compare("administrator", *questions)
        self.assertLess(director[1].count, everybody[1].count)
        self.assertEqual(director[2].count, everybody[2].count)
        self.assertGreaterEqual(director[3].count, 1)

    def test_day_and_amount(self):
        quarters = [("id", "in", self.year.child_ids.ids)]
        first, of_owner, none, summed = self._compare(
            "administrator",
            Question("bphs.period", quarters, "date_end"),
            Question("bphs.period", quarters, "parent_id.date_end"),
            Question("bphs.period", Domain.FALSE, "date_end"),
            Question("bphs.period", quarters, amount="id"),
        )
        self.assertEqual(first.day.date(), min(self.year.child_ids.mapped("date_end")))
        self.assertEqual(of_owner.day.date(), self.year.date_end)
        self.assertEqual((none.count, none.day, none.amount), (0, None, None))
        self.assertEqual(summed.amount, sum(self.year.child_ids.ids))

    def test_a_model_that_nobody_may_see_gives_nothing(self):
        self.env["ir.rule"].create(
            {
                "name": "test",
                "model_id": self.env["ir.model"]._get_id("bphs.period"),
                "domain_force": "[(0, '=', 1)]",
            }
        )
        (answer,) = self._compare("administrator", Question("bphs.period", []))
        self.assertEqual(answer.count, 0)

    def test_nothing_asked(self):
        with self.assertQueryCount(0):
            self.assertEqual(answers(self.env, []), [])
