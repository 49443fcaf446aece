from datetime import date, timedelta
from unittest.mock import patch

from odoo import Command
from odoo.tests import Form, tagged

from .common import DoubtCase

DAY = date(2025, 2, 10)


@tagged("post_install", "-at_install")
class TestDoubts(DoubtCase):
    """A doubt is sampled, verified by another, closed; what was not true leaves the workload, the unit is marked."""

    def setUp(self):
        super().setUp()
        self.visits = [self.put(one, DAY, systolic=131, diastolic=77) for one in self.people]
        self.doubt = self.found("repeated")
        self.officer = self.as_user("township_public_health_a", self.doubt)

    def judge(self, verdict="true", key="township_public_health_a"):
        for evidence in self.doubt.evidence_ids.filtered("sampled"):
            self.as_user(key, evidence).write({"verdict": verdict, "how": "phone"})

    def test_ten_of_many_are_drawn_by_the_system(self):
        self.assertEqual((self.doubt.evidence_count, self.doubt.sampled_count), (12, 0))
        self.officer.action_sample()
        self.assertEqual((self.doubt.state, self.doubt.sampled_count), ("sampled", 10))
        self.assertEqual(self.doubt.sampled_by_id, self.user["township_public_health_a"])

    def test_verified_once_each_has_a_verdict(self):
        self.officer.action_sample()
        with self.refused("10 records have no verdict yet"):
            self.officer.action_verify()
        self.judge()
        self.as_user("township_public_health_a", self.doubt.evidence_ids.filtered("sampled")[0]).verdict = "false"
        self.assertFalse(self.doubt.verdict, "not before it is verified")
        self.officer.action_verify()
        self.assertEqual((self.doubt.verdict, self.doubt.false_count), ("false", 1))
        self.assertEqual(len(self.env["bphs.authenticity.evidence"]._untrue(self.Visit.browse(self.visits))), 1)
        self.officer.action_close("已扣减并约谈")
        self.assertEqual((self.doubt.state, self.doubt.step_reason), ("closed", "已扣减并约谈"))

    def test_verdicts_are_given_on_what_was_drawn_while_it_is_verified(self):
        evidence = self.as_user("township_public_health_a", self.doubt.evidence_ids[0])
        with self.refused("A verdict is given on records that were drawn"):
            evidence.verdict = "true"
        self.officer.action_sample()
        undrawn = self.as_user(
            "township_public_health_a", self.doubt.evidence_ids.filtered(lambda one: not one.sampled)
        )
        with self.refused("A verdict is given on records that were drawn"):
            undrawn[0].verdict = "true"
        with self.refused("is not written by hand"):
            evidence.sampled = False
        with self.refused("is never taken out"):
            evidence.sudo().unlink()
        with self.refused("A doubt is never deleted"):
            self.doubt.unlink()

    def test_nobody_looks_into_their_own_work(self):
        self.worker.sudo().write({"user_id": self.user["township_public_health_a"].id})
        self.officer.action_sample()
        with self.denied("it is about your own work"):
            self.judge()
        other = {"role_id": self.env.ref("bphs_base.role_township_public_health").id}
        self.user["township_accountant_a"].role_line_ids = [Command.create(other)]
        self.judge("false", "township_accountant_a")
        with self.denied("it is about your own work"):
            self.officer.action_verify()
        self.as_user("primary_care_officer", self.doubt).action_verify()
        # Reopened, nothing of it would count as not true.
        with self.denied("it is about your own work"):
            self.officer.action_reopen("没有看清")
        self.as_user("primary_care_officer", self.doubt).action_reopen("再看一次")

    def test_nobody_judges_a_record_of_theirs_in_a_doubt_about_a_unit(self):
        officer = self.worker.sudo().copy({"user_id": self.user["township_public_health_a"].id, "code": False})
        self.officer.action_sample()
        drawn = self.doubt.evidence_ids.filtered("sampled")
        drawn[0].sudo().visit_id._write_state({"worker_id": officer.id})
        with self.denied("it is about your own work"):
            self.as_user("township_public_health_a", drawn[0]).write({"verdict": "true", "how": "phone"})
        self.as_user("township_public_health_a", drawn[1]).write({"verdict": "true", "how": "phone"})

    def test_what_was_seen_says_of_what_it_is_and_of_which_day(self):
        """A bare figure tells two doubts of one doctor apart by nothing."""
        told = {
            "at_once": ("2025-03-05 16:03:00", "7", "2025-03-06 00:03: 7 records"),  # the county is eight hours on
            "many_a_day": ("2025-03-05", "93", "2025-03-05: 93 records"),
            "at_night": ("", "12", "12 records"),
            "shared_phone": ("11", "3", "3 people of one telephone number"),
            "fudging": ("", "80:2", "80 records of 130–139, 2 of 140–149"),
            "no_device": ("", "3/60", "3/60 records by device"),
            "last_digit": ("", "45/60 = 75.0%", "45/60 = 75.0%"),
        }
        for code, (key, seen, words) in told.items():
            doubt = self.Finding._create_past_steps(
                [
                    {
                        "check_id": self.check[code].id,
                        "institution_id": self.clinic_a1.id,
                        "date_from": self.q1.date_start,
                        "date_to": self.q1.date_end,
                        "key": key,
                        "seen": seen,
                    }
                ]
            )
            self.assertEqual(doubt.seen_words, words, code)

    def test_the_doctor_learns_of_no_doubt(self):
        with self.no_right("read", "bphs.authenticity.finding"):
            self.as_user("village_doctor_a1", self.doubt).read(["seen_words"])
        with self.no_right("read", "bphs.authenticity.evidence"):
            self.as_user("village_doctor_a1", self.doubt.evidence_ids).read(["visit_id"])
        self.assertFalse(self.as_user("township_public_health_b", self.Finding).search([]))
        with self.no_right("write", "bphs.authenticity.finding"):
            self.as_user("auditor", self.doubt).action_sample()

    def test_hidden_records_are_neither_counted_nor_drawn(self):
        for hidden in (1, 2):
            self.people[hidden].group_ids = [Command.create({"kind": "smi", "date_from": DAY})]
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((self.doubt.evidence_count, self.doubt.seen_words), (12, "131/77 mmHg: 12 records in a row"))
        self.assertEqual(
            (self.officer.evidence_count, self.officer.seen_words), (10, "131/77 mmHg: 10 records in a row")
        )
        self.assertEqual(len(self.officer.evidence_ids), 10)
        with self.denied("enough rights to access the field"):
            self.officer.read(["key"])
        self.officer.action_sample()
        self.assertEqual(len(self.officer.evidence_ids.filtered("sampled")), 10)
        for evidence in self.officer.evidence_ids:
            evidence.write({"verdict": "true", "how": "phone"})
        self.officer.action_verify()
        self.assertEqual(self.officer.verdict, "true")

    def test_a_doubt_of_hidden_records_alone_is_for_named_persons(self):
        for one in self.people:
            one.group_ids = [Command.create({"kind": "tb", "date_from": DAY})]
        self.env.flush_all()
        self.env.invalidate_all()
        found = self.as_user("township_public_health_a", self.Finding)
        self.assertFalse(found.search([("id", "=", self.doubt.id)]))
        with self.denied("not within your scope"):
            self.officer.read(["evidence_count"])
        marks = self.env["bphs.institution"]._abnormal_counts
        days = (self.q1.date_start, self.q1.date_end)
        self.assertFalse(marks(*days), "a number beside the list would tell of it")
        self.name_person("township_public_health_a")
        self.assertTrue(found.search([("id", "=", self.doubt.id)]))
        self.officer.action_sample()
        self.assertEqual(self.officer.sampled_count, 10)
        self.judge("false")
        self.officer.action_verify()
        self.assertFalse(marks(*days))

    def test_reading_a_record_behind_a_doubt_is_logged(self):
        one = self.doubt.evidence_ids[0]
        self.as_user("township_public_health_a", one).read(["resident_id"])
        self.assertTrue(self.log(one.visit_id.resident_id, user_id=self.user["township_public_health_a"].id))

    def test_units_are_marked_until_it_is_cleared(self):
        marks = self.env["bphs.institution"]._abnormal_counts
        days = (self.q1.date_start, self.q1.date_end)
        self.assertEqual(marks(*days), {self.clinic_a1.id: (0, 1)})
        self.assertFalse(marks(self.q2.date_start, self.q2.date_end))
        self.officer.action_sample()
        self.judge("true")
        self.officer.action_verify()
        self.assertFalse(marks(*days), "verified as true it is no doubt any more")
        self.officer.action_reopen("电话未核实")
        self.judge("partly")
        self.officer.action_verify()
        self.officer.action_close("部分不实")
        self.assertEqual(marks(*days), {self.clinic_a1.id: (0, 1)})

    def test_a_record_found_twice_is_not_true_once(self):
        """Two doubts about the same records: each counts as false once, whatever is deducted for it."""
        item = self.form("hypertension").item_id
        for one in self.people:
            self.env["bphs.resident.group"].create(
                {"resident_id": one.id, "kind": "hypertension", "date_from": "2024-01-01"}
            )
        statement = self.env["bphs.workload"]._open_period(self.q1, self.clinic_a1)
        statement.action_count_visits()
        line = statement.line_ids.filtered(lambda one: one.item_id == item)
        self.assertEqual((line.reported, line.visits_false), (12, 0))
        again = self.doubt.create(
            {
                "check_id": self.check["at_once"].id,
                "institution_id": self.clinic_a1.id,
                "date_from": self.doubt.date_from,
                "date_to": self.doubt.date_to,
                "key": "twice",
            }
        )
        self.env["bphs.authenticity.evidence"].create(
            [{"finding_id": again.id, "visit_id": visit.id} for visit in self.doubt.evidence_ids.visit_id]
        )
        for doubt in (self.doubt, again):
            officer = self.as_user("township_public_health_a", doubt)
            officer.action_sample()
            for evidence in officer.evidence_ids.filtered("sampled"):
                evidence.write({"verdict": "false", "how": "phone"})
            officer.action_verify()
        untrue = self.env["bphs.authenticity.evidence"]._untrue(self.Visit.browse(self.visits))
        self.assertGreaterEqual(len(untrue), 10)
        statement.action_count_visits()
        self.assertEqual(line.visits_false, len(untrue))

    def test_found_after_the_statement_was_verified(self):
        """The money follows the statement, so whoever looks into it is told that one stands against it."""
        item = self.form("hypertension").item_id
        statement = self.env["bphs.workload"]._open_period(self.q1, self.clinic_a1)
        line = statement.line_ids.filtered(lambda one: one.item_id == item)
        line.reported = 12
        statement.action_submit()
        statement.action_verify()
        self.officer.action_sample()
        self.judge("false")
        self.assertFalse(self.officer.is_late, "not before it is verified")
        self.officer.action_verify()
        self.assertEqual((self.officer.is_late, self.officer.late_periods), (True, "2025Q1"))
        late = [("is_late", "=", True)]
        self.assertEqual(self.officer.search(late), self.officer)
        self.assertFalse(self.as_user("township_public_health_b", self.Finding).search(late))
        statement.action_return("核实不真实")
        self.officer.invalidate_recordset()
        self.assertFalse(self.officer.is_late, "it is being put right")
        statement.action_submit()
        line.false_qty = 10
        statement.action_verify()
        self.officer.invalidate_recordset()
        self.assertFalse(self.officer.is_late)
        self.assertFalse(self.officer.search(late))
        self.assertIn(self.officer, self.officer.search([("is_late", "=", False)]))

    def test_on_demand(self):
        self.put(self.people[0], DAY + timedelta(1))
        dialog = self.as_user("township_public_health_a", "bphs.authenticity.run").create({"period_id": self.q1.id})
        action = dialog.action_find()
        self.assertIn(self.doubt, self.as_user("township_public_health_a", self.Finding).search(action["domain"]))
        with self.no_right("create", "bphs.authenticity.run"):
            self.as_user("village_doctor_a1", "bphs.authenticity.run").create({"period_id": self.q1.id})

    def test_every_night(self):
        self.env["bphs.period"]._create_year(self.env.user._county_today().year)
        today = self.env.user._county_today()
        for one in self.people[:4]:
            self.put(one, today, systolic=133, diastolic=71)
        self.Finding._cron_find()
        self.assertTrue(self.Finding.search([("date_to", ">=", today), ("check_id.code", "=", "repeated")]))

    def test_a_quarter_is_looked_through_with_the_limits_of_its_first_day(self):
        """What is looked through again years later comes out as it did: the row of a later day changes nothing."""
        check, limits = self.check["repeated"], self.env["bphs.authenticity.limit"]
        first = self.q1.date_start
        with patch.object(self.registry["base"], "_county_today", lambda _self: first - timedelta(30)):
            strict = limits.create({"check_id": check.id, "date_from": first, "least": 13})
            limits.create({"check_id": check.id, "date_from": first + timedelta(1), "least": 2})
            self.assertEqual(check.least_today, 4, "before the first row those of the check hold")
        self.assertEqual(check._limits_on(first - timedelta(1)), {check: check})
        self.assertEqual(check._limits_on(first), {check: strict})
        self.assertEqual(check._limits_on(self.q2.date_start)[check].least, 2)
        check.invalidate_recordset()
        self.assertEqual(check.least_today, 2)
        self.env.cr.execute("DELETE FROM bphs_authenticity_evidence; DELETE FROM bphs_authenticity_finding")
        self.assertEqual(self.Finding._find(first, self.q1.date_end, check), {"repeated": 0}, "twelve of thirteen")
        with self.refused("Add a row from a later day"):
            strict.least = 2

    def test_limits_are_the_sections(self):
        limits = self.as_user("primary_care_officer", "bphs.authenticity.limit")
        row = limits.create({"check_id": self.check["repeated"].id, "least": 13})
        today = row._county_today()
        self.assertEqual((row.date_from.day, row.date_from.month % 3), (1, 1), "the first day of a quarter")
        self.assertGreater(row.date_from, today)
        with self.refused("Add a row from a later day"):
            limits.create({"check_id": self.check["repeated"].id, "least": 13, "date_from": today})
        with self.no_right("create", "bphs.authenticity.limit"):
            self.as_user("township_public_health_a", limits).create({"check_id": self.check["repeated"].id})
        with self.no_right("write", "bphs.authenticity.check"):
            self.as_user("township_public_health_a", self.check["repeated"]).active = False
        with self.refused("A check is never deleted"):
            self.check["repeated"].unlink()
        with self.refused("There is no check"):
            self.check["repeated"].copy({"code": "nowhere"})

    def test_limits_are_the_sections_alone_and_stay_once_in_force(self):
        limits, check = "bphs.authenticity.limit", self.check["repeated"]
        day = self.env[limits]._default_date_from()
        row = {"check_id": check.id, "date_from": str(day), "least": 3, "most": 2}
        (coming,) = self.ask("primary_care_officer", limits, "create", [row])
        ruling = self.env[limits].create({**row, "date_from": "2099-01-01"})
        self.env.cr.execute("UPDATE bphs_authenticity_limit SET date_from = '2025-01-01' WHERE id = %s", ruling.ids)
        ruling.invalidate_recordset()
        for key in sorted(set(self.user) - {"primary_care_officer", "finance_officer_2"}):
            for field, value in (("least", 0), ("most", 99), ("check_id", check.id), ("date_from", "2025-01-01")):
                self.ask(key, "ir.default", "set", limits, field, value, True)
            for one in (coming, ruling.id):
                with self.no_right("write", limits):
                    self.ask(key, limits, "write", [one], {"least": 1})
                with self.no_right("unlink", limits):
                    self.ask(key, limits, "unlink", [one])
            with self.no_right("create", limits):
                self.ask(key, limits, "create", [{}])
            with self.no_right("write", "bphs.authenticity.check"):
                self.ask(key, "bphs.authenticity.check", "write", check.ids, {"limit_ids": [[0, 0, row]]})
        for vals in ({"least": 1}, {"most": 9}, {"date_from": str(day)}):
            with self.refused("Records were looked through with these limits"):
                self.ask("primary_care_officer", limits, "write", ruling.ids, vals)
        with self.refused("Records were looked through with these limits"):
            self.ask("primary_care_officer", limits, "write", [coming], {"date_from": "2025-01-01"})

    def test_a_row_of_limits_begins_with_what_rules_today(self):
        check = self.env["bphs.authenticity.check"].search([("code", "=", "repeated")])
        ruling = (check.least_today, check.most_today, check.chance_today)
        with Form(self.as_user("primary_care_officer", check)) as form, form.limit_ids.new() as row:
            self.assertEqual((row.least, row.most, row.chance), ruling)
            row.least = ruling[0] + 1
        self.assertEqual(check.limit_ids.least, ruling[0] + 1)
        self.assertEqual((check.least_today, check.most_today), ruling[:2], "not before its day")
