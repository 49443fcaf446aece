from unittest.mock import patch

from odoo.tests import tagged

from ...models.home.bphs_waiting_mixin import MESSAGE
from ...tools.home import Card, Line, Wait
from ..common import ROLES, CountyCase
from ..home import check_page


@tagged("post_install", "-at_install")
class TestHome(CountyCase):
    def _page(self, key):
        return check_page(self, self.env(user=self.user[key]))

    def _key(self, role):
        return {
            "village_doctor": "village_doctor_a1",
            **{
                name: f"{name}_a"
                for name in ("township_director", "township_public_health", "township_accountant", "team_leader")
            },
        }.get(role, role)

    def test_h30_every_role_lands_on_its_first_page(self):
        home = self.env.ref("bphs_base.action_home")
        for role in ROLES:
            self.assertEqual(self.user[self._key(role)].action_id.id, home.id, role)
            self.assertEqual(self._page(self._key(role))["person"], self.user[self._key(role)].name)

    def test_set_up_is_the_administrators(self):
        for role in ROLES:
            keys = {card["key"] for card in self._page(self._key(role))["cards"]}
            self.assertEqual("people" in keys, role == "administrator", role)

    def test_a_person_without_role_is_counted(self):
        def without_role():
            (card,) = (one for one in self._page("administrator")["cards"] if one["key"] == "people")
            return int(card["lines"][1]["figure"]), card["lines"][1]["tone"]

        before, _tone = without_role()
        self.env["res.users"].create({"name": "新来的", "login": "test_new"})
        self.assertEqual(without_role(), (before + 1, "danger"))

    def test_the_age_of_the_last_backup(self):
        def told():
            (card,) = (one for one in self._page("administrator")["cards"] if one["key"] == "health")
            return card["lines"][0]["figure"], card["lines"][0]["tone"]

        settings = self.env["ir.config_parameter"].sudo()
        settings.search([("key", "=", "bphs_base.last_backup")]).unlink()
        self.assertEqual(told(), ("none yet", "danger"))
        settings.create({"key": "bphs_base.last_backup", "value": "2020-01-01T20:00:00+00:00"})
        text, tone = told()
        self.assertTrue(text.endswith("days ago"))
        self.assertEqual(tone, "danger")

    def test_an_empty_county_begins(self):
        begins = self.env["bphs.home"].with_user(self.user["administrator"])
        with patch.object(type(self.env["bphs.institution"]), "search_count", lambda *_args, **_kwargs: 0):
            self.assertEqual(begins.load(), {"instead": "bphs_base.bphs_setup_action"})
            self.assertNotIn("instead", self.env["bphs.home"].with_user(self.user["village_doctor_a1"]).load())
        self.assertNotIn("instead", begins.load())

    # === THE HOOKS === #

    def _wait(self, **more):
        return Wait(
            "test", "Institutions", "bphs.institution", [("kind", "=", "village_clinic")], "bphs_base.action", **more
        )

    def _rows(self, key, *waits):
        model = type(self.env["bphs.waiting"])
        with patch.object(model, "_waits", lambda self: list(waits)):
            waiting = self.env["bphs.waiting"].with_user(self.user[key])
            rows = waiting._rows()
            self.assertEqual(waiting.count(), sum(row["count"] for row in rows))
        return rows

    def test_what_waits_is_counted_by_the_viewers_own_rules(self):
        every, own = self._rows("administrator", self._wait()), self._rows("township_director_a", self._wait())
        self.assertGreaterEqual(every[0]["count"], 3)
        self.assertEqual(own[0]["count"], 2)
        self.assertEqual(self._rows("village_doctor_a1", self._wait())[0]["count"], 1)

    def test_a_kind_whose_model_is_closed_to_the_viewer_is_left_out(self):
        closed = Wait("test", "Jobs", "queue.job", [], "queue_job.action_queue_job")
        self.assertEqual(self._rows("village_doctor_a1", closed), [])

    def test_the_worst_day_and_what_is_late_first(self):
        late = Wait("late", "Late", "bphs.period", [("id", "in", self.year.child_ids.ids)], "x", date="date_end")
        rows = self._rows("administrator", self._wait(sequence=1), late)
        self.assertEqual([row["key"] for row in rows], ["late", "test"])
        self.assertEqual((rows[0]["date"], rows[0]["tone"]), ("2025-03-31", "danger"))
        self.assertLess(rows[0]["days"], 0)

    def test_the_day_of_what_it_belongs_to(self):
        quarters = [("id", "in", self.year.child_ids.ids)]
        wait = Wait("test", "Quarters", "bphs.period", quarters, "x", date="parent_id.date_end")
        (row,) = self._rows("administrator", wait)
        self.assertEqual((row["count"], row["date"]), (4, "2025-12-31"))

    def test_all_kinds_are_one_statement(self):
        waits = [self._wait() for _kind in range(5)]
        self._rows("administrator", *waits)
        with self.assertQueryCount(2):  # one statement counts them all, and again for the badge
            self._rows("administrator", *waits)

    def test_lines_of_a_card_without_the_right_are_left_out(self):
        lines = (
            Line("closed", "queue.job", [], "queue_job.action_queue_job"),
            Line("open", "bphs.institution", [], "bphs_base.bphs_institution_action"),
        )
        with patch.object(type(self.env["bphs.home"]), "_cards", lambda self: [Card("test", "Test", lines)]):
            (card,) = self.env["bphs.home"].with_user(self.user["village_doctor_a1"]).load()["cards"]
        self.assertEqual([(line["label"], line["figure"]) for line in card["lines"]], [("open", "1")])

    # === TOLD AT ONCE === #

    def test_those_in_scope_are_told_that_something_changed(self):
        people = self.env["bphs.waiting.mixin"]._waiting_people(self.clinic_a1.ids)
        self.assertIn(self.user["village_doctor_a1"], people)
        self.assertIn(self.user["township_director_a"], people)
        self.assertIn(self.user["finance_officer"], people)
        self.assertNotIn(self.user["village_doctor_a2"], people)
        self.assertNotIn(self.user["township_director_b"], people)
        self.assertFalse(self.env["bphs.waiting.mixin"]._waiting_people([]))

    def test_each_is_told_once_a_transaction(self):
        told = []
        record = self.env["bphs.waiting.mixin"]
        with patch.object(
            type(self.env["res.users"]), "_bus_send", lambda user, name, _said: told.append((user, name))
        ):
            self.env.cr.precommit.data["bphs_waiting_institutions"] = set((self.clinic_a1 | self.clinic_a2).ids)
            record._send_waiting()
        self.assertEqual(len(told), len(set(told)))
        self.assertEqual({name for _user, name in told}, {MESSAGE})
        self.assertNotIn("bphs_waiting_institutions", self.env.cr.precommit.data)
