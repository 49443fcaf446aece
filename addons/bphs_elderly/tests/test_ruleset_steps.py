from datetime import timedelta

from psycopg2.errors import IntegrityConstraintViolation, UniqueViolation

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools.grading.ruleset_document import read_ruleset
from .common import RulesetCase


@tagged("post_install", "-at_install")
class TestRulesetSteps(RulesetCase):
    """Drafted by one, published by another from a day on, and never edited after."""

    def test_a_set_is_published_by_a_second_person_and_in_force_from_its_day(self):
        self.publish()
        self.assertEqual((self.ruleset.state, self.ruleset.version), ("published", 1))
        self.assertEqual(self.ruleset.published_by_id, self.user["county_specialist"])
        day = self.ruleset.date_from
        self.assertFalse(self.ruleset._in_force_on(day - timedelta(1)))
        self.assertEqual(self.ruleset._in_force_on(day), self.ruleset)
        self.assertFalse(self.ruleset.is_in_force)
        later = self.as_user("primary_care_officer", self.ruleset).copy({"date_from": day + timedelta(30)})
        self.assertEqual((later.code, later.state, later.version), ("little-2", "draft", 0))
        self.assertEqual(later._core().rules, self.ruleset._core().rules)
        later.action_propose()
        self.as_user("county_specialist", later).action_publish()
        self.assertEqual(later.version, 2)
        self.assertEqual(self.ruleset._in_force_on(day + timedelta(29)), self.ruleset)
        self.assertEqual(self.ruleset._in_force_on(day + timedelta(30)), later)
        self.assertEqual(self.ruleset.copy().code, "little-3")

    def test_nobody_publishes_what_they_proposed_or_wrote_in(self):
        self.propose()
        with self.denied("whoever wrote or proposed it does not publish it"):
            self.as_user("primary_care_officer", self.ruleset).action_publish()
        self.as_user("county_specialist", self.ruleset).action_return("界值再议")
        self.assertEqual((self.ruleset.state, self.ruleset.return_reason), ("draft", "界值再议"))
        self.as_user("county_specialist", self.condition).value = "10"
        self.propose()
        with self.denied("whoever wrote or proposed it does not publish it"):
            self.as_user("county_specialist", self.ruleset).action_publish()

    def test_it_is_returned_with_a_reason(self):
        self.propose()
        with self.refused("Say why"):
            self.as_user("county_specialist", self.ruleset).action_return(" ")

    def test_a_day_is_needed_and_has_not_passed(self):
        section = self.as_user("primary_care_officer", self.ruleset)
        for day in (False, self.today - timedelta(1)):
            section.date_from = day
            with self.refused("say from which day it is in force, today or later"):
                section.action_propose()

    def test_what_is_not_complete_is_not_proposed(self):
        section = self.as_user("primary_care_officer", self.ruleset)
        section.gate_ids.unlink()
        with self.refused("is not complete", "gate"):
            section.action_propose()

    def test_two_sets_do_not_begin_on_one_day(self):
        other = self.as_user("primary_care_officer", self.ruleset).copy({"date_from": self.ruleset.date_from})
        self.publish()
        other.action_propose()
        with mute_logger("odoo.sql_db"), self.refused("bphs_elderly_ruleset_date_uniq", kind=UniqueViolation):
            self.as_user("county_specialist", other).action_publish()
            self.env.flush_all()

    def test_what_was_proposed_or_published_stands_still(self):
        section = self.as_user("primary_care_officer", self.ruleset)
        for step in (self.propose, lambda: self.as_user("county_specialist", self.ruleset).action_publish()):
            step()
            for change in (
                lambda: section.write({"name": "另一名"}),
                lambda: section.write({"rule_ids": [Command.clear()]}),
                lambda: section.rule_ids.write({"text": "另一句"}),
                lambda: section.rule_ids.condition_ids.write({"value": "5"}),
                lambda: section.gate_ids.create({"gate_of_id": section.id, "fact": "exam", "months": 6}),
                lambda: section.rule_ids.copy({"code": "R02"}),
                lambda: section.gate_ids.unlink(),
                lambda: section.unlink(),
            ):
                with self.refused("does not change"):
                    change()

    def test_the_database_refuses_as_well(self):
        self.publish()
        self.env.flush_all()
        for statement in (
            "UPDATE bphs_elderly_ruleset SET name = 'x' WHERE id = %s",
            "DELETE FROM bphs_elderly_ruleset WHERE id = %s",
            "UPDATE bphs_elderly_rule SET text = 'x' WHERE ruleset_id = %s",
            "DELETE FROM bphs_elderly_condition WHERE ruleset_id = %s",
            "INSERT INTO bphs_elderly_rule (ruleset_id, code, colour, text, action) VALUES (%s, 'x', 'red', 'x', 'x')",
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.refused("does not change", kind=IntegrityConstraintViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement, [self.ruleset.id])

    def test_a_draft_is_deleted_with_all_its_rows(self):
        rule, condition = self.rule, self.condition
        self.as_user("primary_care_officer", self.ruleset).unlink()
        self.assertFalse(rule.exists())
        self.assertFalse(condition.exists())

    def test_steps_alone_set_what_steps_set(self):
        section = self.as_user("primary_care_officer", self.ruleset)
        for name, value in (("state", "published"), ("version", 7), ("editor_ids", [Command.clear()])):
            with self.refused("set by the steps"):
                section.write({name: value})
            with self.refused("set by the steps"):
                section.create({"code": "x", "name": "x", "source": "x", name: value})
        made = section.with_context(default_state="published").create({"code": "x", "name": "x", "source": "x"})
        self.assertEqual(made.state, "draft")

    def test_the_townships_see_what_is_published_alone(self):
        doctor = self.as_user("village_doctor_a1", self.env["bphs.elderly.ruleset"])
        self.assertFalse(doctor.search([]))
        self.assertFalse(doctor.env["bphs.elderly.condition"].search([]))
        with self.denied("not within your scope"):
            self.as_user("village_doctor_a1", self.ruleset).read(["name"])
        self.publish()
        self.assertEqual(doctor.search([]), self.ruleset)
        self.assertEqual(doctor.env["bphs.elderly.rule"].search([]).text, "中度依赖")
        self.assertEqual(self.as_user("auditor", self.env["bphs.elderly.ruleset"]).search_count([]), 3)

    def test_it_reads_the_same_by_the_rules_of_grading(self):
        core = self.ruleset._core()
        self.assertEqual(core, read_ruleset(self.ruleset._document()))
        self.assertEqual([rule.code for rule in core.rules], ["R01"])
