from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestPractice(TransactionCase):
    """What is done beside follow-ups stands in the demo county too: lectures, patrols, exams with what they found."""

    def _as(self, login, model):
        return self.env[model].with_user(self.env["res.users"].search([("login", "=", login)]))

    def test_lectures_and_consultations_of_a_year(self):
        groups = self.env["bphs.group.service"].search([])
        self.assertEqual(set(groups.mapped("state")), {"done"})
        own = self._as("ph.yincheng", "bphs.group.service").search([])
        by_kind = own.grouped("kind")
        seat = own.filtered(lambda one: one.institution_id.kind != "village_clinic")
        self.assertEqual(len(seat.filtered(lambda one: one.kind == "lecture")), 12, "a month, one")
        self.assertEqual(len(by_kind["consultation"]), 9)
        named = own.filtered("named_count")
        self.assertTrue(named)
        for group in named:
            self.assertEqual(len(group.visit_ids), group.named_count)
            self.assertGreater(group.people_count, group.named_count)

    def test_patrols_with_something_found_and_some_due(self):
        patrols = self.env["bphs.patrol"].search([])
        self.assertEqual(set(patrols.mapped("state")), {"done", "reported"})
        self.assertEqual(len(patrols.filtered("found_problem")), 2)
        left = self._as("ph.beicheng", "bphs.patrol").search([("found_problem", "=", True), ("state", "=", "done")])
        self.assertEqual(len(left), 1, "found and not reported")
        self.assertTrue(self._as("ph.yincheng", "bphs.patrol.object").search([("is_due", "=", True)]))

    def test_exams_find_something_and_it_is_handled_referred_or_waits(self):
        findings = self._as("ph.yincheng", "bphs.finding").search([])
        self.assertTrue({"open", "closed"} <= set(findings.mapped("state")))
        self.assertIn("critical", findings.filtered(lambda one: one.state == "open").mapped("severity"))
        referrals = self._as("ph.yincheng", "bphs.referral").search([])
        self.assertEqual(set(referrals.mapped("state")), {"closed", "sent"})
        self.assertTrue(all(one.answer for one in referrals if one.state == "closed"))

    def test_screenings_are_in_force_and_found_damage(self):
        for code in ("organ_screening", "cvd_risk"):
            plans = self.env["bphs.plan"].search([("code", "=", code), ("date_to", "=", False)])
            self.assertGreater(len(plans), 500, code)
            self.assertEqual(len(plans.resident_id), len(plans), "one plan of whoever has both diseases")
            self.assertTrue(self.env["bphs.visit"].search([("template_id.code", "=", code)]))
        codes = set(self.env["bphs.finding"].search([]).mapped("code"))
        self.assertTrue({"organ_kidney", "organ_fundus", "cvd_risk"} <= codes)

    def test_samples_of_exams_one_done_one_half_way(self):
        samples = self.env["bphs.exam.sample"].search([])
        self.assertEqual(sorted(samples.mapped("state")), ["done", "drawn"])
        for sample in samples:
            self.assertTrue(sample._is_repeatable())
            judged = [bool(line.verdict) for line in sample._all_lines()]
            self.assertTrue(any(judged))
            self.assertEqual(all(judged), sample.state == "done")

    def test_a_leaders_exceptions_are_few_of_what_is_due(self):
        rows = self._as("teamleader.yincheng", "bphs.followup")
        exceptions = rows.search_count([("is_exception", "=", True)])
        due = rows.search_count([("state", "in", ("open", "overdue"))])
        self.assertTrue(0 < exceptions < due / 2, (exceptions, due))
