import psycopg2

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common import WorkloadCase


@tagged("post_install", "-at_install")
class TestQuantities(WorkloadCase):
    def assertUnchanged(self, statement, error, call):
        before = self.stored(statement)
        with self.assertRaises(error) as caught, self.env.cr.savepoint():
            call()
        self.env.invalidate_all()
        self.assertEqual(self.stored(statement), before)
        return str(caught.exception)

    def test_a_statement_opens_with_every_item(self):
        self.assertEqual(len(self.statement_a1.line_ids), len(self.item))
        self.assertEqual(set(self.statement_a1.line_ids.mapped("reported")), {0})
        self.assertEqual(self.statement_a1.line_ids.item_id, self.env["bphs.service.item"].search([]))

    def test_quantities_of_several_units_are_told_apart(self):
        """Nobody can add papers to visits: neither the statement, nor a list or a table of its lines does."""
        self.item["HTN_FOLLOWUP"].unit, self.item["DM_FOLLOWUP"].unit, other = "人次", "人次", self._other_item()
        other.unit = "份"
        self.report(self.statement_a1, HTN_FOLLOWUP=1200, DM_FOLLOWUP=34)
        self.report(self.statement_a1, **{other.code: 5})
        self.env.invalidate_all()
        self.assertEqual(set(self.statement_a1.reported_words.split("、")), {"1,234 人次", "5 份"})
        self.assertEqual(self.statement_a1.refused_words, "")
        self.assertEqual(self.statement_a1.filled_count, 3)

        lines = self.as_user("township_director_a", self.env["bphs.workload.line"])
        of_one = [("workload_id", "=", self.statement_a1.id)]
        seen = [*of_one, ("reported", ">", 0)]
        asked = {"aggregates": ["reported:sum", "__count"]}
        (mixed,) = lines.formatted_read_group(seen, ["institution_id"], **asked)
        self.assertEqual((mixed["reported:sum"], mixed["__count"]), (None, 3))
        self.assertNotIn("item_id:array_agg_distinct", mixed)
        visits = [*seen, ("item_id", "!=", other.id)]
        (alike,) = lines.formatted_read_group(visits, ["institution_id"], **asked)
        self.assertEqual(alike["reported:sum"], 1234)
        (shown,) = lines.web_read_group(seen, ["institution_id"], **asked)["groups"]
        self.assertIsNone(shown["reported:sum"])
        whole, by_item = lines.formatted_read_grouping_sets(seen, [[], ["item_id"]], ["reported:sum"])
        self.assertIsNone(whole[0]["reported:sum"])
        self.assertEqual(sorted(group["reported:sum"] for group in by_item), [5, 34, 1200])

    def _other_item(self):
        taken = self.item["HTN_FOLLOWUP"] | self.item["DM_FOLLOWUP"]
        return (self.statement_a1.line_ids.item_id - taken)[:1]

    def test_totals_of_one_user_are_not_anothers(self):
        """Who sees no line of a statement finds nothing in it, and leaves no zero behind for who does."""
        self.report(self.statement_a1, HTN_FOLLOWUP=30)
        self.env.invalidate_all()
        for key, expected in (("village_doctor_b1", ""), ("village_doctor_a1", "30 人次"), ("township_director_b", "")):
            self.assertEqual(self.as_user(key, self.statement_a1).reported_words, expected, key)
        self.as_user("village_doctor_a1", self.statement_a1).action_submit()
        self.assertEqual(self.statement_a1.state, "submitted")

    def test_h8_nothing_done_is_an_answer(self):
        mine = self.as_user("village_doctor_a1", self.statement_a1)
        line = self.line(mine, self.item_htn)
        self.assertIn(self.item_htn.name, mine.unanswered)
        line.write({"answered": True})
        self.env.invalidate_all()
        self.assertNotIn(self.item_htn.name, mine.unanswered or "")
        others = mine.line_ids - line
        others.write({"reported": 0})
        self.env.invalidate_all()
        self.assertFalse(mine.unanswered, "a 0 somebody entered is no gap")
        foreign = self.as_user("township_director_a", line)
        with self.assertRaisesRegex(AccessError, "your role may not change"):
            foreign.write({"answered": False})

    def test_a_screen_that_names_what_is_empty_saves(self):
        mine = self.as_user("village_doctor_a1", self.statement_a1)
        line = self.line(mine, self.item_htn)
        self.env.flush_all()
        told = mine.web_save({"line_ids": [(1, line.id, {"reported": 7})]}, {"unanswered": {}})
        self.assertNotIn(self.item_htn.name, told[0]["unanswered"] or "")
        self.env.flush_all()
        self.assertEqual(line.verified, 7)

    def test_opening_twice_opens_nothing_more(self):
        Opening = self.as_user("township_public_health_a", "bphs.workload.open")
        wizard = Opening.create({"period_id": self.q2.id})
        self.assertEqual(wizard.institution_ids, self.clinic_a1 | self.clinic_a2)
        self.assertEqual(wizard.missing_count, 2)
        wizard.action_open_period()
        wizard.invalidate_recordset()
        self.assertEqual(wizard.missing_count, 0)
        wizard.action_open_period()
        self.assertEqual(self.Workload.search_count([("period_id", "=", self.q2.id)]), 2)

    def test_an_institution_has_one_statement_a_period(self):
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.Workload.create({"institution_id": self.clinic_a1.id, "period_id": self.q1.id})

    def test_wrong_quantities_change_nothing(self):
        statement = self.submitted(self.statement_a1, HTN_FOLLOWUP=10)
        line = self.as_user("township_public_health_a", self.line(statement, self.item_htn))
        for values in (
            {"invalid": -1},
            {"false_qty": -1},
            {"invalid": 6, "invalid_reason": "重复", "false_qty": 5},
            {"invalid": 1},
            {"invalid": 1, "invalid_reason": "  "},
        ):
            message = self.assertUnchanged(statement, ValidationError, lambda v=values: line.write(v))
            self.assertIn("甲一村卫生室", message)
            self.assertIn(self.item_htn.name, message)
        line = self.as_user("village_doctor_a2", self.line(self.statement_a2, self.item_htn))
        self.assertUnchanged(self.statement_a2, ValidationError, lambda: line.write({"reported": -3}))

    def test_the_database_refuses_wrong_quantities_too(self):
        self.report(self.statement_a1, HTN_FOLLOWUP=10)
        self.env.flush_all()
        for assignment in (
            "planned = -1",
            "reported = -1, verified = -1",
            "invalid = 11, invalid_reason = 'x', verified = -1",
            "invalid = 1, verified = 9",
            "invalid = 1, invalid_reason = ' ', verified = 9",
            "verified = 11",
        ):
            with (
                self.assertRaises(psycopg2.errors.CheckViolation, msg=assignment),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(
                    SQL(
                        "UPDATE bphs_workload_line SET %s WHERE id = %s",
                        SQL(assignment),
                        self.line(self.statement_a1, self.item_htn).id,
                    )
                )

    def test_who_edits_what_in_which_state(self):
        """Every quantity × state × the people around a statement, allowed and refused."""
        values = {
            "planned": {"planned": 50},
            "reported": {"reported": 9},
            "invalid": {"invalid": 1, "invalid_reason": "缺签字"},
            "false_qty": {"false_qty": 1},
        }
        allowed = {
            ("draft", "planned"): {"township_public_health_a", "primary_care_officer"},
            ("draft", "reported"): {"village_doctor_a1", "township_public_health_a"},
            ("submitted", "invalid"): {"township_public_health_a"},
            ("submitted", "false_qty"): {"township_public_health_a"},
        }
        statement = self.statement_a1
        self.report(statement, HTN_FOLLOWUP=5)
        for state in ("draft", "submitted", "verified", "locked"):
            if state == "submitted":
                self.as_user("village_doctor_a1", statement).action_submit()
            elif state == "verified":
                self.as_user("township_public_health_a", statement).action_verify()
            elif state == "locked":
                statement._lock_for_settlement()
            for quantity, vals in values.items():
                for key in self.user:
                    line = self.as_user(key, self.line(statement, self.item_htn))
                    case = f"{state} {quantity} {key}"
                    if key in allowed.get((state, quantity), ()):
                        with self.subTest(case), self.env.cr.savepoint() as undo:
                            line.write(vals)
                            undo.rollback()
                    else:
                        with self.refused(
                            (
                                "your role may not change",
                                "not within your scope",
                                "cannot be changed now. Have the statement",
                            ),
                            msg=case,
                        ):
                            line.write(vals)
                if not allowed.get((state, quantity)):
                    with self.refused("cannot be changed now. Have the statement", msg=f"{state} {quantity} sudo"):
                        self.line(statement, self.item_htn).write(vals)

    def test_bulk_sql_cannot_change_a_submitted_figure(self):
        statement = self.submitted(self.statement_a1, HTN_FOLLOWUP=10)
        line = self.line(statement, self.item_htn)
        self.env.flush_all()
        statements = [
            "UPDATE bphs_workload_line SET reported = 11, verified = 11 WHERE id = %s",
            "DELETE FROM bphs_workload_line WHERE id = %s",
        ]
        for query in statements:
            with (
                self.assertRaises(psycopg2.errors.CheckViolation),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query, [line.id])
        self.as_user("township_public_health_a", statement).action_verify()
        self.env.flush_all()
        with (
            self.assertRaises(psycopg2.errors.CheckViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute("UPDATE bphs_workload_line SET false_qty = 1, verified = 9 WHERE id = %s", [line.id])

    def test_a_line_cannot_be_moved_or_forged(self):
        line = self.line(self.statement_a1, self.item_htn)
        for values in (
            {"workload_id": self.statement_b1.id},
            {"item_id": self.item_ehr.id},
            {"verified": 99},
            {"institution_id": self.clinic_b1.id},
            {"period_id": self.q2.id},
        ):
            with self.refused("cannot be changed now. Have the statement", msg=values):
                self.as_user("township_public_health_a", line).write(values)
        with self.refused("of a workload line cannot be set directly"):
            self.env["bphs.workload.line"].create(
                {
                    "workload_id": self.statement_a1.id,
                    "item_id": self.item_htn.id,
                    "institution_id": self.clinic_b1.id,
                }
            )

    def test_bulk_loading_follows_the_rules_by_hand(self):
        Line = self.as_user("township_public_health_a", "bphs.workload.line")
        line_a1 = self.line(self.statement_a1, self.item_htn)
        Line._load_quantities(["reported"], [(line_a1.id, 7)])
        self.assertRecordValues(line_a1, [{"reported": 7, "verified": 7}])
        with self.denied("If you need it, ask the bureau administrator"):
            Line._load_quantities(["reported"], [(self.line(self.statement_b1, self.item_htn).id, 7)])
        with self.refused("cannot be changed now. Have the statement"):
            Line._load_quantities(["false_qty"], [(line_a1.id, 1)])
        self.as_user("village_doctor_a1", self.statement_a1).action_submit()
        Line._load_quantities(["invalid", "invalid_reason", "false_qty"], [(line_a1.id, 2, "重复上报", 1)])
        self.assertRecordValues(line_a1, [{"invalid": 2, "invalid_reason": "重复上报", "verified": 4}])

    def test_an_item_of_the_catalogue_is_added_later(self):
        statement = self.statement_a1
        officer = self.as_user("township_public_health_a", statement)
        self.assertFalse(officer.has_missing_items)
        item = self.env["bphs.service.item"].create(
            {"code": "NEW", "name": "新增项目", "category": "elderly", "unit": "人次"}
        )
        officer.invalidate_recordset()
        self.assertTrue(officer.has_missing_items)
        with self.denied("your role may not change"):
            self.as_user("village_doctor_a1", statement).action_add_missing_items()
        officer.action_add_missing_items()
        self.assertEqual(self.line(statement, item).reported, 0)
        self.assertFalse(officer.has_missing_items)
        self.submitted(self.statement_a2, HTN_FOLLOWUP=1)
        with self.refused("cannot be changed now. Have the statement"):
            self.as_user("township_public_health_a", self.statement_a2).action_add_missing_items()

    def test_only_an_untouched_statement_is_deleted(self):
        statement = self.Workload._open_period(self.q2, self.clinic_a1)
        self.as_user("township_public_health_a", statement).unlink()
        self.assertFalse(statement.exists())
        self.report(self.statement_a1, HTN_FOLLOWUP=1)
        with self.refused("holds work and cannot be deleted"):
            self.as_user("township_public_health_a", self.statement_a1).unlink()
        self.submitted(self.statement_a2, HTN_FOLLOWUP=1)
        with self.refused("holds work and cannot be deleted"):
            self.statement_a2.unlink()

    def test_a_clinic_keeps_its_township_of_the_time(self):
        self.clinic_a1.parent_id = self.township_b
        self.env.flush_all()
        self.assertEqual(self.clinic_a1.township_id, self.township_b)
        self.assertEqual(self.statement_a1.township_id, self.township_a)
