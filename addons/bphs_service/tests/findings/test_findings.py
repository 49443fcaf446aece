from datetime import timedelta

from odoo.tests import tagged

from ..common import ServiceCase

NORMAL = {"systolic": 128, "diastolic": 78, "fasting_glucose": 5.4, "weight": 60.0, "height": 165.0}


@tagged("post_install", "-at_install")
class TestFindings(ServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env["bphs.visit"]._county_today()

    def exam(self, answers=(), days_ago=0, code="elder_exam", **vals):
        given = {**(NORMAL if code == "elder_exam" else {}), **vals}
        day = self.today - timedelta(days=days_ago)
        return self.visit("village_doctor_a1", self.zhang, code, done_on=day, answers=dict(answers), **given)

    def standing(self, exam):
        return {finding.code: (finding.severity, finding.value_words) for finding in exam.finding_ids}

    def test_nothing_abnormal_is_nothing(self):
        self.assertFalse(self.exam().finding_ids)

    def test_what_is_abnormal_is_found_with_what_was_seen(self):
        exam = self.exam(
            {"ecg": "abnormal", "ecg_words": "房颤", "chest": "normal"}, systolic=186, diastolic=96, weight=80.0
        )
        self.assertEqual(
            self.standing(exam),
            {
                "blood_pressure": ("critical", "收缩压 186 mmHg；舒张压 96 mmHg"),
                "overweight": ("recheck", "BMI 29.4"),
                "ecg": ("recheck", "心电图 异常：房颤"),
            },
        )
        pressure = exam.finding_ids.filtered(lambda finding: finding.code == "blood_pressure")
        self.assertEqual((pressure.found_on, pressure.due_on), (self.today, self.today + timedelta(days=1)))
        self.assertEqual((pressure.state, pressure.condition), ("open", "hypertension"))

    def test_bounds_of_one_sex(self):
        self.assertEqual(set(self.standing(self.exam(hemoglobin=115.0))), {"anaemia"}, "of a man")
        exam = self.visit("village_doctor_a2", self.li, "elder_exam", hemoglobin=115.0)
        self.assertFalse(exam.finding_ids, "of a woman")

    def test_it_is_open_until_somebody_says_what_was_done(self):
        finding = self.exam(fasting_glucose=7.6).finding_ids.with_user(self.user["village_doctor_a1"])
        with self.refused("say first what was done"):
            finding.action_close()
        with self.refused("is set by the steps"):
            finding.state = "closed"
        with self.refused("is set by the steps"):
            finding.value_words = "5.0"
        finding.write({"handling": "treated", "outcome": "加用二甲双胍"})
        finding.action_close()
        self.assertEqual((finding.state, finding.handled_on), ("closed", self.today))
        self.assertEqual(finding.handled_by_id, self.user["village_doctor_a1"])
        with self.refused("Open it again first"):
            finding.outcome = "别的"
        finding.action_reopen("没有服药")
        self.assertEqual(finding.state, "open")
        finding.action_cancel("已知糖尿病，按计划随访")
        self.assertEqual((finding.state, finding.step_reason), ("cancelled", "已知糖尿病，按计划随访"))
        with self.refused("never deleted"):
            finding.sudo().unlink()

    def test_measured_again_and_normal_it_is_closed(self):
        exam = self.exam(days_ago=20, systolic=150)
        finding = exam.finding_ids
        self.exam(days_ago=10, code="hypertension", systolic=146, diastolic=80)
        self.assertEqual((finding.state, finding.last_words), ("open", "收缩压 146 mmHg"))
        again = self.exam(days_ago=2, code="hypertension", systolic=132, diastolic=80)
        self.assertEqual((finding.state, finding.handling, finding.last_visit_id), ("closed", "rechecked", again))
        again.action_void("量的是别人")
        self.assertEqual((finding.state, finding.handling, finding.last_visit_id.id), ("open", False, False))

    def hide(self, visit):
        """Let a record be of a form for named persons: none of those that ship measures what findings ask."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE bphs_visit SET sensitive = TRUE WHERE id = %s", [visit.id])
        self.env.invalidate_all()

    def test_a_hidden_record_says_nothing_of_what_everybody_sees(self):
        finding = self.exam(days_ago=20, systolic=150).finding_ids
        again = self.exam(days_ago=2, code="hypertension", systolic=132, diastolic=80, complete=False)
        self.hide(again)
        again.sudo().action_complete()  # as a named person
        self.assertEqual((finding.state, finding.handling, finding.last_visit_id.id), ("open", False, False))

    def test_a_hidden_finding_keeps_none_from_being_found(self):
        hidden = self.exam(days_ago=20, systolic=150)
        self.hide(hidden)
        shown = self.exam(days_ago=2, systolic=152)
        leader = self.as_user("team_leader_a", "bphs.finding")
        self.assertEqual(leader.search([("resident_id", "=", self.zhang.id)]), shown.finding_ids)
        self.assertEqual(shown.finding_ids.code, "blood_pressure")

    def test_a_visit_that_does_not_measure_it_tells_nothing_of_it(self):
        finding = self.exam(days_ago=20, hba1c=7.1).finding_ids
        self.exam(days_ago=2, code="hypertension", systolic=132, diastolic=80)
        self.assertEqual((finding.state, finding.last_visit_id.id), ("open", False))

    def test_found_again_while_open_it_is_one(self):
        finding = self.exam(days_ago=40, systolic=150).finding_ids
        again = self.exam(days_ago=2, systolic=152)
        self.assertFalse(again.finding_ids)
        self.assertEqual((finding.last_visit_id, finding.last_words), (again, "收缩压 152 mmHg"))

    def test_an_exam_put_right_changes_what_was_not_handled(self):
        exam = self.exam(systolic=150, fasting_glucose=7.6)
        pressure, glucose = (
            exam.finding_ids.filtered(lambda finding, code=code: finding.code == code)
            for code in ("blood_pressure", "glucose")
        )
        exam.action_reopen("血糖录错")
        exam.write({"fasting_glucose": 5.6, "systolic": 184})
        exam.action_complete()
        self.assertEqual((pressure.state, pressure.severity), ("open", "critical"))
        self.assertEqual(glucose.state, "voided")
        exam.action_void("不是本人")
        self.assertEqual(pressure.state, "voided")

    def test_results_are_told(self):
        exam = self.exam(days_ago=5, systolic=150)
        self.assertTrue(exam.is_exam)
        untold = [("is_exam", "=", True), ("feedback_id", "=", False), ("resident_id", "=", self.zhang.id)]
        self.assertEqual(self.Visit.search(untold), exam)
        action = self.as_user("village_doctor_a1", exam).action_feedback()
        self.assertIn("血压升高", action["context"]["default_note"])
        told = self.exam({"feedback_words": "血压高", "receipt": "张三丰"}, code="feedback", mode="home")
        self.assertEqual(exam.feedback_id, told)
        self.assertEqual(exam.finding_ids.feedback_on, self.today)
        told.action_void("没有反馈")
        self.assertFalse(exam.feedback_id)

    def test_the_disease_it_speaks_for_goes_into_its_plan(self):
        finding = self.exam(systolic=150).finding_ids.with_user(self.user["village_doctor_a1"])
        context = finding.action_enter_condition()["context"]
        values = {name.removeprefix("default_"): value for name, value in context.items()}
        self.as_user("village_doctor_a1", "bphs.condition").create(values)
        self.assertIn("hypertension", self.zhang.plan_ids.mapped("code"))

    def test_one_entered_by_hand(self):
        finding = self.as_user("village_doctor_a1", "bphs.finding").create(
            {"resident_id": self.zhang.id, "name": "甲状腺结节", "code": "glucose"}
        )
        self.assertEqual((finding.code, finding.due_on), (False, self.today + timedelta(days=30)))
        self.assertIn("甲状腺结节", [event["title"] for event in self.zhang.timeline()])
        self.assertEqual(self.as_user("village_doctor_a1", self.zhang).open_finding_count, 1)

    def test_children_are_found_too(self):
        child = self.make("张小宝", self.village_a1, "20240301", 7)
        exam = self.visit("village_doctor_a1", child, "child", answers={"weight_grade": "low", "hearing": "pass"})
        self.assertEqual(set(self.standing(exam)), {"child_weight"})

    def test_a_child_too_heavy_is_found(self):
        child = self.make("张小胖", self.village_a1, "20240301", 9)
        exam = self.visit("village_doctor_a1", child, "child", answers={"weight_grade": "high", "caries": 2})
        self.assertEqual(set(self.standing(exam)), {"child_overweight", "child_caries"})

    def test_cognition_is_judged_by_schooling(self):
        """17 points: impaired for who went to primary school, and for who never went; 18 for the first alone."""
        for schooling, total, impaired in (("none", 17, True), ("none", 18, False), ("primary", 18, True)):
            tested = {"cognition": "positive", "schooling": schooling}
            exam = self.exam(tested, mmse_total=total)
            found = exam.finding_ids.filtered(lambda finding: finding.code == "mmse")
            self.assertEqual(bool(found), impaired, (schooling, total))
            self.assertEqual(exam.mmse_level, "impaired" if impaired else "normal")
            exam.action_void("试")
        self.assertEqual((found.value_words, found.condition), ("MMSE by Schooling Impaired", "dementia"))
        self.assertFalse(self.exam({"cognition": "negative"}).mmse_level, "who was not tested has no level")

    def test_screening_of_target_organs_finds_damage_and_the_disease_it_speaks_for(self):
        screened = self.exam(
            {"ecg": "normal", "urine_protein": "negative", "acr": 45, "egfr": 55, "fundus": "abnormal",
             "fundus_words": "微动脉瘤", "foot_pulse": "both", "carotid": "plaque", "abi": 1.1},
            code="organ_screening", days_ago=3,
        )  # fmt: skip
        self.assertEqual(
            self.standing(screened),
            {
                "organ_kidney": ("recheck", "尿白蛋白/肌酐比值 45 mg/g；估算肾小球滤过率 55 毫升/分"),
                "organ_fundus": ("recheck", "眼底检查 视网膜病变或其他异常：微动脉瘤"),
                "organ_vessel": ("recheck", "颈动脉超声 斑块"),
            },
        )
        kidney = screened.finding_ids.filtered(lambda finding: finding.code == "organ_kidney")
        self.assertEqual(kidney.condition, "nephropathy")
        again = {"acr": 12, "egfr": 88}
        self.exam({"ecg": "normal", **again}, code="organ_screening")
        self.assertEqual((kidney.state, kidney.handling), ("closed", "rechecked"))

    def test_a_high_cardiovascular_risk_is_a_finding(self):
        levels = {"low": 0, "medium": 0, "high": 1, "very_high": 1}
        for level, count in levels.items():
            assessed = self.exam({"cvd_level": level}, code="cvd_risk")
            self.assertEqual(len(assessed.finding_ids), count, level)
            assessed.action_void("试")

    def test_whoever_is_under_their_clocks_has_them_due_and_done(self):
        """The county decides who: a version for these key groups, published. One of both groups has one plan."""
        for code in ("organ_screening", "cvd_risk"):
            clock = self.as_user("primary_care_officer", self.env["bphs.clock"]._in_force(code))
            self.assertEqual(clock.form_codes, code)
            draft = self.env["bphs.clock"].browse(clock.action_new_version()["res_id"])
            draft.for_groups = "hypertension diabetes"
            self.as_user("primary_care_officer", draft).action_publish()
        self.env["bphs.resident.group"].create(
            [
                {"resident_id": self.wang.id, "kind": kind, "date_from": self.today - timedelta(days=400)}
                for kind in ("hypertension", "diabetes")
            ]
        )
        for code in ("organ_screening", "cvd_risk"):
            plan = self.wang.plan_ids.filtered(lambda plan, code=code: plan.code == code)
            self.assertEqual(len(plan), 1, code)
            row = plan.followup_ids.filtered(lambda row: row.key == str(self.today.year))
            self.assertEqual(row.state, "open")
            action = self.as_user("village_doctor_a1", row).action_record()
            self.assertEqual(action["context"]["default_template_id"], self.form(code).id)
            self.visit("village_doctor_a1", self.wang, code)
            self.assertEqual(row.state, "done")

    def test_a_foot_without_pulse_is_not_closed_by_other_words_for_it(self):
        finding = self.exam({"foot_pulse": "abnormal"}, days_ago=9).finding_ids
        self.exam({"foot_pulse": "weak"}, days_ago=3, code="diabetes")
        self.assertEqual(finding.state, "open")
        self.exam({"foot_pulse": "both"}, code="diabetes")
        self.assertEqual(finding.state, "closed")

    def test_rules_shipped_later_are_added_and_a_countys_stay(self):
        rules = self.env["bphs.finding.rule"]
        before = rules.search_count([])
        rules.search([("code", "=", "blood_pressure")]).value = 150
        rules.search([("code", "=", "cvd_risk")]).unlink()
        rules._load_shipped()
        self.assertEqual(rules.search_count([]), before)
        self.assertEqual(set(rules.search([("code", "=", "blood_pressure")]).mapped("value")), {150.0})

    def test_a_rule_out_of_use_finds_nothing(self):
        rules = self.env["bphs.finding.rule"].search([("code", "=", "blood_pressure")])
        rules.active = False
        self.assertFalse(self.exam(systolic=150).finding_ids)
        with self.refused("say which answers are abnormal"):
            rules[0].write({"op": "in", "answers": " "})

    def test_scope_and_named_persons(self):
        finding = self.exam(systolic=150).finding_ids
        seen = lambda key: bool(self.as_user(key, "bphs.finding").search([("id", "=", finding.id)]))  # noqa: E731
        self.assertEqual([seen(key) for key in ("team_leader_a", "team_leader_b", "primary_care_officer")], [1, 0, 0])
        with self.denied("not yours to change"):
            self.as_user("village_doctor_b1", finding).action_close()
        self.zhang.group_ids.create({"resident_id": self.zhang.id, "kind": "smi"})
        self.env.flush_all()
        self.assertFalse(seen("team_leader_a"))

    def test_findings_follow_a_merged_file(self):
        finding = self.exam(systolic=150).finding_ids
        self.zhang._merge_into(self.wang, "同一人")
        self.assertEqual((finding.resident_id, finding.state), (self.wang, "open"))
