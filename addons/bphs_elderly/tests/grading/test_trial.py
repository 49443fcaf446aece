from datetime import date
from fractions import Fraction

from odoo import Command
from odoo.tests import Form, tagged

from ...tools.trial import Tried
from .common import GradingCase


@tagged("post_install", "-at_install")
class TestTrial(GradingCase):
    """A set tried on the county before it is published: what would change, where, for whom; nothing else is kept."""

    day = date(2026, 3, 1)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.man = cls.make("赵大年", cls.village_a1, "19550601", 11)
        cls.woman = cls.make("钱大妈", cls.village_b1, "19450601", 12)
        visit = cls.visit("village_doctor_a1", cls.man, "elder_follow", systolic=152, diastolic=80)
        assert visit.state == "done"
        draft = cls.as_user("primary_care_officer", cls.ruleset).copy({"date_from": cls.day})
        reading = draft.rule_ids.filtered(lambda rule: rule.code == "Y10").condition_ids[0]
        reading.value = "160"
        cls.draft = draft

    def tried(self, ruleset=None, key="primary_care_officer"):
        action = self.as_user(key, ruleset or self.draft).action_try()
        trial = self.env["bphs.elderly.trial"].browse(action["res_id"])
        for institution in self.env["bphs.resident"].search([("birth_date", "!=", False)]).institution_id:
            trial._try_institution(institution.id)
        trial._finish()
        return trial

    def test_the_sums_wait_for_every_institution(self):
        """Whichever jobs end at once: a job of its own sums up, which begins when none is left."""
        action = self.as_user("primary_care_officer", self.draft).action_try()
        trial = self.env["bphs.elderly.trial"].browse(action["res_id"])
        jobs = self.env["queue.job"].search([("model_name", "=", trial._name)])
        jobs = jobs.filtered(lambda job: job.records == trial)
        last = jobs.filtered(lambda job: job.method_name == "_finish")
        self.assertEqual(len(jobs), trial.institutions + 1)
        self.assertEqual((last.state, last.dependency_ids), ("wait_dependencies", jobs - last))

    def test_whoever_reads_the_rules_opens_them_without_their_trials(self):
        self.tried()
        for key in ("auditor", "administrator", "team_leader_a", "township_director_a"):
            with self.subTest(key), Form(self.as_user(key, self.ruleset)) as form:
                self.assertEqual(form.code, "strict-2025")
        with Form(self.as_user("county_specialist", self.draft)) as form:
            self.assertEqual(len(form.trial_ids), 1)

    def test_what_would_change_by_township_and_doctor(self):
        before = self.colour(self.man)
        trial = self.tried()
        self.assertEqual((trial.state, trial.progress, trial.changed), ("done", 100, 1))
        self.assertEqual(trial.flow_words, "Yellow → Unrated: 1")
        self.assertEqual(self.colour(self.man), before, "nobody's colour changes by a trial")
        line = trial.line_ids.filtered(
            lambda one: one.institution_id == self.man.institution_id and not one.is_township
        )
        # A visit each 93 days: 365 / 12 / 93 a month.
        self.assertEqual(line.visits_more, -0.3)
        together = trial.township_ids.filtered(lambda one: one.institution_id == self.man.township_id)
        self.assertEqual((together.changed, together.yellow_now - together.yellow), (1, 1))
        self.assertEqual(sum(trial.township_ids.mapped("red")), 0)

    def test_files_for_named_persons_are_in_no_trial(self):
        """Set against the board and the list, a figure with them would tell how many of them there are, and where."""

        def counted():
            trial = self.tried()
            names = [f"{colour}{when}" for colour in ("red", "yellow", "green", "unrated") for when in ("", "_now")]
            lines = trial.line_ids.sorted(lambda line: (line.institution_id.id, line.is_township))
            return [(line.institution_id, *(line[name] for name in names), line.visits_now) for line in lines]

        before = counted()
        self.make("孙大爷", self.village_a1, "19500601", 13, group_ids=[Command.create({"kind": "smi"})])
        self.env.flush_all()
        self.assertEqual(counted(), before)

    def test_what_a_doctor_gains_is_the_difference_of_what_stands_beside_it(self):
        lines, trial = self.env["bphs.elderly.trial.line"], self.env["bphs.elderly.trial"]
        trial = trial.create({"ruleset_id": self.ruleset.id, "day": self.day})
        for clinic, now, then in ((self.clinic_a1, "0.24", "0.36"), (self.clinic_b1, "1.05", "0.96")):
            lines._keep(trial, clinic.id, Tried(now=Fraction(now), then=Fraction(then)))
        trial.line_ids._sum_townships()
        told = [(round(line.visits - line.visits_now, 1), line.visits_more) for line in trial.line_ids]
        self.assertEqual([pair[0] for pair in told], [pair[1] for pair in told])
        self.assertIn((0.2, 0.2), told)

    def test_an_alarm_where_shares_are_unusual(self):
        trial = self.tried()
        self.assertIn("Red is 0 of", trial.alarm)
        self.as_user("county_specialist", trial).write({"red_least": 0, "yellow_least": 0, "yellow_most": 100})
        self.assertFalse(trial.alarm)

    def test_the_same_set_changes_nothing(self):
        same = self.as_user("primary_care_officer", self.ruleset).copy({"date_from": self.day})
        trial = self.tried(same)
        self.assertEqual((trial.changed, trial.flow_words), (0, ""))

    def test_ages_of_single_people_are_not_asked_for(self):
        """Of the one person of an age in a village, a trial would tell whichever fact its rule asks for."""
        age = self.draft.rule_ids.condition_ids.filtered(lambda one: one.fact == "age" and one.value == "80")[0]
        for operator, value in ((">=", "71"), (">", "70"), ("<=", "94"), ("<", "94"), (">=", "95")):
            with self.subTest(operator=operator, value=value):
                age.write({"operator": operator, "value": value})
                with self.refused("no single person is told of"):
                    self.as_user("county_specialist", self.draft).action_try()
        age.write({"operator": ">=", "value": "75"})
        action = self.as_user("county_specialist", self.draft).action_try()
        age.value = "71"
        with self.refused("no single person is told of"):
            self.env["bphs.elderly.trial"].browse(action["res_id"])._try_institution(self.man.institution_id.id)

    def test_trials_are_in_the_log_and_so_many_a_day(self):
        self.env["ir.config_parameter"].set_param("bphs_resident.reckonings_a_day", "2")
        for _again in range(2):
            self.as_user("county_specialist", self.draft).action_try()
        with self.refused("2 times today"):
            self.as_user("county_specialist", self.draft).action_try()
        log = self.as_user("auditor", "bphs.resident.access").search([("kind", "in", ["reckoned", "reckoned_limit"])])
        self.assertEqual(log.mapped("kind"), ["reckoned_limit", "reckoned", "reckoned"])
        self.assertIn(self.draft.name, log[1].what)
        self.assertEqual(log.user_id, self.user["county_specialist"])

    def test_the_county_tries_and_nobody_writes_what_came_out(self):
        trial = self.tried(key="county_specialist")
        with self.refused("not written by hand"):
            self.as_user("primary_care_officer", trial).state = "working"
        with self.refused("is not complete"):
            self.draft.gate_ids.unlink()
            self.draft.action_try()
        with self.no_right("read", "bphs.elderly.trial"):
            self.as_user("team_leader_a", trial).read(["changed"])
        with self.denied("tried by the section"):
            self.as_user("team_leader_a", self.ruleset).action_try()
