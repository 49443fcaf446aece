from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..settling_case import SettlingCase


class ReadyCase(SettlingCase):
    """Three clinics in two townships with plans; the first quarter prepaid, worked and scored."""

    @classmethod
    def _make_county(cls):
        super()._make_county()
        cls.publish(cls.scheme)
        cls.clinics = cls.clinic_a1 | cls.clinic_a2 | cls.clinic_b1
        for clinic in cls.clinics:
            cls.plan(clinic, {cls.item_ehr: 1000, cls.item_htn: 250})  # 4,000.00 a year, 700.00 prepaid a quarter
        cls.ready(cls.q1)

    @classmethod
    def ready(cls, quarter, score=90, reported=500):
        cls.prepay(quarter)
        for clinic in cls.clinics:
            cls.work(clinic, quarter, {cls.item_ehr: reported, cls.item_htn: (20, 1, 1)})
            cls.score(clinic, quarter, score)

    def entries(self, clinic, period):
        return {
            (entry.kind, f"{entry.amount:.2f}")
            for entry in self.env["bphs.fund.entry"].search(
                [("institution_id", "=", clinic.id), ("period_id", "=", period.id)]
            )
        }

    def counts(self):
        models = ("settlement", "settlement.line", "settlement.item", "entry", "payable", "hold", "run")
        return {model: self.env[f"bphs.fund.{model}"].search_count([]) for model in models}


@tagged("post_install", "-at_install")
class TestQuarter(ReadyCase):
    def test_settles_to_the_fen(self):
        run = self.compute(self.q1)
        line = self.line_of(run, self.clinic_a1)
        self.assertRecordValues(
            line,
            [{"base": 1144.0, "coefficient": 1, "settled": 1144.0, "prepaid": 700.0, "pay": 444.0, "frozen": 0.0}],
        )
        self.assertEqual(
            sorted(line.item_ids.mapped(lambda item: (item.item_id.code, item.verified, item.amount)))[:2],
            [("EHR_UPDATE", 500, 1000.0), ("HTN_FOLLOWUP", 18, 144.0)],
        )
        steps = {step["name"]: step["numbers"] for step in line.explanation}
        self.assertEqual(steps["settled"], "1,144.00 × 1.0000 - 0.00")
        self.assertEqual(list(steps)[:3], ["base", "coefficient", "settled"])
        self.assertEqual(len(run.settlement_ids), 2)
        self.assertFalse(run.issue_ids)

    def test_computing_twice_changes_nothing(self):
        run = self.compute(self.q1)
        run.action_send()
        self.as_user("village_doctor_a1", self.line_of(run, self.clinic_a1)).action_confirm()
        before = (self.counts(), run.settlement_ids.line_ids.ids, run.settlement_ids.line_ids.item_ids.ids)
        run.action_compute()
        after = (self.counts(), run.settlement_ids.line_ids.ids, run.settlement_ids.line_ids.item_ids.ids)
        self.assertEqual(before, after)
        self.assertEqual(self.line_of(run, self.clinic_a1).confirm_state, "confirmed")

    def test_who_cannot_be_settled_is_listed_and_the_others_go_on(self):
        self.work_of(self.clinic_a2).action_return("漏报")
        self.env["bphs.fund.score"].search([("institution_id", "=", self.clinic_b1.id)]).unlink()
        run = self.compute(self.q1)
        self.assertEqual(run.settlement_ids.line_ids.institution_id, self.clinic_a1)
        self.assertEqual(run.issue_ids.institution_id, self.clinic_a2 | self.clinic_b1)
        reasons = run.issue_ids.mapped("reason")
        self.assertTrue(any("2025Q1" in reason and "score" in reason for reason in reasons), reasons)
        self.assertTrue(any("not verified" in reason for reason in reasons), reasons)
        self.score(self.clinic_b1, self.q1, 84.99)
        run.action_compute()
        self.assertEqual(self.line_of(run, self.clinic_b1).coefficient, 0.8499)

    def test_a_changed_input_asks_the_clinic_again(self):
        run = self.compute(self.q1)
        run.action_send()
        line = self.line_of(run, self.clinic_a1)
        self.as_user("village_doctor_a1", line).action_confirm()
        self.env["bphs.fund.score"].search([("institution_id", "=", self.clinic_a1.id)]).score = 80
        run.action_compute()
        self.assertEqual(self.line_of(run, self.clinic_a1), line)
        self.assertRecordValues(line, [{"confirm_state": "waiting", "settled": 915.2, "coefficient": 0.8}])

    def test_changed_inputs_stop_the_submission(self):
        run = self.compute(self.q1)
        self.deem(run)
        self.env["bphs.fund.score"].search([("institution_id", "=", self.clinic_a1.id)]).score = 80
        with self.assertRaisesRegex(UserError, self.clinic_a1.name):
            run.action_submit_townships()

    def test_no_quarter_before_the_one_before_it(self):
        self.ready(self.q2)
        run = self.compute(self.q2)
        self.assertFalse(run.settlement_ids)
        self.assertEqual(len(run.issue_ids), 3)
        self.assertIn("2025Q1", run.issue_ids[0].reason)

    def test_approval_posts_once(self):
        run = self.settle(self.q1)
        self.assertEqual(run.approval_state, "approved")
        self.assertEqual(self.entries(self.clinic_a1, self.q1), {("prepayment", "700.00"), ("settlement", "444.00")})
        payables = self.env["bphs.fund.payable"].search([("institution_id", "=", self.clinic_a1.id)])
        self.assertEqual(
            sorted(payables.mapped(lambda payable: (payable.kind, payable.amount))),
            [("pay", 444.0), ("prepaid", 700.0)],
        )
        self.assertEqual(self.work_of(self.clinic_a1).state, "locked")
        before = self.counts()
        with self.refused("this step is not possible, the document is"):
            self.as_user("leader", run).action_approval_approve()
        with self.refused("is under approval"):
            run.action_compute()
        self.assertEqual(self.counts(), before)
        again = self.compute(self.q1)
        self.assertFalse(again.settlement_ids)
        self.assertFalse(again.issue_ids)

    def test_a_negative_balance_is_carried_into_the_next_quarter(self):
        for score in self.env["bphs.fund.score"].search([("period_id", "=", self.q1.id)]):
            score.write({"deduction": 500.0, "reason": "核查不实"})
        self.settle(self.q1)
        self.assertEqual(
            self.entries(self.clinic_a1, self.q1),
            {("prepayment", "700.00"), ("settlement", "-56.00"), ("carry", "56.00")},
        )
        self.ready(self.q2)
        run = self.settle(self.q2)
        self.assertRecordValues(self.line_of(run, self.clinic_a1), [{"carry_in": -56.0, "pay": 388.0}])
        self.assertIn(("carry", "-56.00"), self.entries(self.clinic_a1, self.q2))

    def test_h6_what_handing_in_will_do_is_said_before_and_after(self):
        run = self.compute(self.q1)
        self.deem(run)
        said = run.action_submit_townships()["params"]["message"]
        for township in (self.township_a, self.township_b):
            self.assertIn(township.name, said)
        self.townships_approve(run, "a")
        self.assertIn(self.township_b.name, run.foretold)
        said = self.as_user("finance_officer", run).action_approval_submit()["params"]["message"]
        self.assertIn(self.township_b.name, said)
        self.assertNotIn(self.township_a.name, said)

    def test_h5_a_slow_township_goes_on_in_the_next_run(self):
        run = self.compute(self.q1)
        self.deem(run)
        run.action_submit_townships()
        self.townships_approve(run, "a")
        self.county_approves(run)
        self.assertEqual(run.settlement_ids.institution_id, self.township_a)
        later = self.env["bphs.fund.run"].search([("period_id", "=", self.q1.id), ("sequence", "=", 2)])
        self.assertEqual(later.settlement_ids.institution_id, self.township_b)
        # H5: each of the two counts what it holds, and its list is what it counts.
        for part in (run, later):
            held = part.settlement_ids.line_ids
            self.assertEqual((part.settlement_count, part.line_count), (1, len(held)), part.display_name)
            self.assertEqual(self.env["bphs.fund.settlement.line"].search(part.action_open_lines()["domain"]), held)
        self.assertEqual((run.line_count, later.line_count), (2, 1))
        later = later.with_user(self.user["finance_officer"])
        self.townships_approve(later, "b")
        self.county_approves(later)
        self.assertIn(("settlement", "444.00"), self.entries(self.clinic_b1, self.q1))

    def test_drift_is_shown_and_never_applied(self):
        run = self.settle(self.q1)
        line = self.line_of(run, self.clinic_a1)
        self.assertFalse(line.drift)
        # What no screen allows: the facts under an approved settlement change.
        self.env.cr.execute("ALTER TABLE bphs_workload_line DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE bphs_workload_line SET reported = 400, verified = 400 WHERE workload_id = %s AND item_id = %s",
            [line.workload_id.id, self.item_ehr.id],
        )
        self.env.cr.execute("ALTER TABLE bphs_workload_line ENABLE TRIGGER USER")
        self.env.invalidate_all()
        self.assertIn("400", line.drift)
        self.assertEqual(run.drift_count, 1)
        self.assertEqual(self.env["bphs.fund.settlement.line"].search([("drift", "!=", False)]), line)
        self.assertEqual(line.settled, 1144.0)

    def work_of(self, clinic, period=None):
        return self.env["bphs.workload"].search(
            [("institution_id", "=", clinic.id), ("period_id", "=", (period or self.q1).id)]
        )


@tagged("post_install", "-at_install")
class TestConfirmation(ReadyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2025-04-10"):
            cls.run_ = cls.compute(cls.q1)

    def line(self, clinic, key=None):
        line = self.line_of(self.run_, clinic)
        return line.with_user(self.user[key]) if key else line

    def test_only_the_clinic_itself_confirms(self):
        line = self.line(self.clinic_a1, "village_doctor_a1")
        with self.refused("is not open for confirmation: it was not sent"):
            line.action_confirm()  # not sent yet
        self.run_.action_send()
        for key in ("village_doctor_a2", "village_doctor_b1", "township_public_health_a", "finance_officer"):
            with self.denied(("not within your scope", "Only the clinic itself confirms its sheet or")):
                self.line(self.clinic_a1, key).action_confirm()
            with self.denied(("not within your scope", "Only the clinic itself confirms its sheet or")):
                self.line(self.clinic_a1, key).action_object("不对")
        self.assertTrue(line.can_confirm)
        line.action_confirm()
        self.assertEqual((line.confirm_state, line.confirmed_by_id), ("confirmed", self.user["village_doctor_a1"]))
        with self.refused("is not open for confirmation: it was not sent"):
            line.action_confirm()

    def test_an_objection_stops_that_clinic_only(self):
        self.run_.action_send()
        settlement = self.line(self.clinic_a1).settlement_id
        mine = self.line(self.clinic_a1, "village_doctor_a1")
        with self.refused("Say what is wrong with the sheet: the review"):
            mine.action_object("  ")
        mine.action_object("随访少算三次")
        self.assertEqual(self.line(self.clinic_a1).settlement_id.sequence, 2)
        self.assertEqual(settlement.line_ids.institution_id, self.clinic_a2)
        self.line(self.clinic_a2, "village_doctor_a2").action_confirm()
        self.as_user("township_accountant_a", settlement).action_approval_submit()
        self.approve(settlement, "township_public_health_a", "township_director_a")
        self.assertEqual(settlement.state, "approved")
        supplement = self.line(self.clinic_a1).settlement_id
        with self.assertRaisesRegex(UserError, self.clinic_a1.name):
            self.as_user("township_accountant_a", supplement).action_approval_submit()
        objection = self.line(self.clinic_a1).objection_ids
        with self.denied("Objections are reviewed by the township"):
            objection.with_user(self.user["village_doctor_a1"]).action_reject("无")
        with self.denied("not within your scope"):
            objection.with_user(self.user["township_public_health_b"]).action_reject("无")
        objection.with_user(self.user["township_public_health_a"]).action_reject("核对无误")
        self.assertEqual(self.line(self.clinic_a1).confirm_state, "waiting")
        mine.action_confirm()
        self.as_user("township_accountant_a", supplement).action_approval_submit()
        # Who reviewed the objection is no author of the settlement.
        self.approve(supplement, "township_public_health_a", "township_director_a")
        self.assertEqual(supplement.state, "approved")

    def test_silence_counts_as_consent_after_the_working_days(self):
        with freeze_time("2025-04-10"):  # Thursday; five working days end on Thursday 17
            self.run_.action_send()
            self.assertEqual(str(self.line(self.clinic_a1).confirm_deadline), "2025-04-17")
        lines = self.env["bphs.fund.settlement.line"]
        with freeze_time("2025-04-17 15:59:00"):  # 23:59 in Beijing, still the last day
            lines._cron_deem_confirmed()
            self.assertEqual(self.line(self.clinic_a1).confirm_state, "waiting")
        with freeze_time("2025-04-17 16:01:00"):  # 00:01 on the 18th in Beijing
            lines._cron_deem_confirmed()
        self.assertEqual(set(self.run_.settlement_ids.line_ids.mapped("confirm_state")), {"deemed"})

    def test_not_before_all_have_spoken(self):
        self.run_.action_send()
        self.line(self.clinic_a1, "village_doctor_a1").action_confirm()
        with self.assertRaisesRegex(UserError, self.clinic_a2.name):
            self.as_user("township_accountant_a", self.line(self.clinic_a1).settlement_id).action_approval_submit()
