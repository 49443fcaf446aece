import io
from datetime import timedelta

import pypdf
from dateutil.relativedelta import relativedelta

from odoo import Command
from odoo.tests import tagged

from .common import IndicatorCase


@tagged("post_install", "-at_install")
class TestTargets(IndicatorCase):
    """Targets handed down and values judged by them; the tables of regions."""

    def tables(self, region):
        return self.env["bphs.indicator.target.table"].search([("region", "=", region)])

    # === HANDED DOWN === #

    def test_a_rate_is_inherited_and_judged_exactly(self):
        self.full(self.zhang, "elder_exam", done_on=self.today)
        self.count()
        self.assertEqual(self.value("ELDER_MANAGED", self.township_a).passed, "untargeted")
        self.hand_down("primary_care_officer", self.bureau, [(self.bureau, ("ELDER_MANAGED", "≥", 50))])
        told = {place: self.value("ELDER_MANAGED", place).passed for place in
                (self.bureau, self.township_a, self.clinic_a1, self.clinic_a2, self.clinic_b1)}  # fmt: skip
        self.assertEqual(
            told,
            {self.bureau: "yes", self.township_a: "yes", self.clinic_a1: "yes", self.clinic_a2: "no",
             self.clinic_b1: "none"},
        )  # fmt: skip
        # A township's own holds for it and its clinics.
        self.hand_down("primary_care_officer", self.bureau, [(self.township_a, ("ELDER_MANAGED", "≥", 50.01))])
        self.assertEqual(self.value("ELDER_MANAGED", self.township_a).passed, "no")
        self.assertEqual(self.value("ELDER_MANAGED", self.bureau).passed, "yes")

    def test_trying_targets_tells_nobody_of_hidden_files(self):
        """Whoever hands targets down may set any, and is told whether each is reached."""
        self.join(self.li, "smi")
        self.full(self.zhang, "elder_exam", done_on=self.today)
        self.count()
        value = self.value("ELDER_MANAGED", self.township_a)
        self.assertEqual((value.numerator, value.denominator, value.denominator_whole), (1, 1, 2))
        self.hand_down("primary_care_officer", self.bureau, [(self.township_a, ("ELDER_MANAGED", "≥", 100))])
        self.assertEqual((value.passed, value.above_whole), ("yes", False))

    def test_what_is_issued_has_a_number_and_stays(self):
        issue = self.as_user("primary_care_officer", "bphs.indicator.issue").create({"name": "目标", "year": 2026})
        self.assertEqual(issue.institution_id, self.bureau)
        with self.refused("enter the number of the document"):
            issue.action_issue()
        issue.document_number = "试卫〔2026〕2号"
        with self.refused("no tasks yet"):
            issue.action_issue()
        issued = self.hand_down("primary_care_officer", self.bureau, [(self.township_a, ("EHR_OPEN", "≥", 70))])
        with self.refused("was handed down and stays"):
            issued.task_ids.value = 60
        with self.refused("stays as it is"):
            issued.name = "改"
        with self.refused("this step does not apply"):
            issued.unlink()

    def test_nobody_hands_down_to_whom_they_do_not_lead(self):
        with self.denied(""):
            self.hand_down("township_director_a", self.township_a, [(self.clinic_b1, ("EHR_OPEN", "≥", 70))])
        with self.refused("is not led by the issuer"):
            self.hand_down("primary_care_officer", self.bureau, [(self.clinic_a1, ("EHR_OPEN", "≥", 70))])
        self.hand_down("township_director_a", self.township_a, [(self.clinic_a1, ("EHR_OPEN", "≥", 70))])

    def test_a_township_is_judged_by_what_was_handed_down_to_it(self):
        """Not by what it issues for itself, which came after and would have gone before."""
        self.count()
        handed = [(self.township_a, ("ELDER_MANAGED", "≥", 50))]
        self.hand_down("primary_care_officer", self.bureau, handed)
        self.assertEqual(self.value("ELDER_MANAGED", self.township_a).passed, "no")
        easier = [(self.township_a, ("ELDER_MANAGED", "≥", 0))]
        for key in ("township_director_a", "township_public_health_a"):
            with self.refused("is not led by the issuer"):
                self.hand_down(key, self.township_a, easier)
        # Those that stand from before are no targets.
        own = self.as_user("township_director_a", self.env["bphs.indicator.issue"]).create(
            {"name": "目标", "year": self.month.year, "institution_id": self.township_a.id,
             "task_ids": [Command.create({"institution_id": self.township_a.id, "operator": "≥", "value": 0,
                                          "indicator_id": self.indicator("ELDER_MANAGED").id})]}
        )  # fmt: skip
        own.sudo()._write_state({"state": "issued"})
        self.env["bphs.indicator.value"]._judge_year(self.month.year, {"ELDER_MANAGED"})
        self.assertEqual(self.value("ELDER_MANAGED", self.township_a).passed, "no")
        self.assertEqual(self.value("ELDER_MANAGED", self.township_a).target_value, 50)

    def test_withdrawn_it_judges_no_more(self):
        self.count()
        issue = self.hand_down("primary_care_officer", self.bureau, [(self.bureau, ("ELDER_MANAGED", "≥", 50))])
        self.assertEqual(self.value("ELDER_MANAGED", self.bureau).passed, "no")
        issue.action_withdraw("数字有误")
        self.assertEqual(self.value("ELDER_MANAGED", self.bureau).passed, "untargeted")

    def test_whoever_targets_come_to_withdraws_none(self):
        issue = self.hand_down("primary_care_officer", self.bureau, [(self.township_a, ("EHR_OPEN", "≥", 70))])
        for key in ("township_director_a", "township_public_health_a"):
            mine = self.as_user(key, issue)
            self.assertEqual(mine.allowed_steps, [])
            with self.denied(""):
                mine.action_withdraw("不执行")
        self.assertEqual(issue.state, "issued")

    def test_a_receipt_is_confirmed_by_each_for_itself(self):
        issue = self.hand_down(
            "primary_care_officer",
            self.bureau,
            [(self.township_a, ("EHR_OPEN", "≥", 70)), (self.township_b, ("EHR_OPEN", "≥", 70))],
        )
        self.assertEqual(issue.received_words, "0 / 2")
        for key in ("auditor", "primary_care_officer"):
            reader = self.as_user(key, issue)
            self.assertFalse(reader.can_receive, key)
            with self.denied("are received by the township or clinic"):
                reader.action_receive()
        self.env.invalidate_all()
        mine = self.as_user("township_director_a", issue)
        self.assertTrue(mine.can_receive)
        # Seen are one's own tasks alone.
        self.assertEqual(mine.task_ids.institution_id, self.township_a)
        mine.action_receive()
        self.env.invalidate_all()
        self.assertEqual(issue.received_words, "1 / 2")
        self.env.invalidate_all()
        self.assertFalse(mine.can_receive)
        with self.refused("nothing here is to be received by you"):
            mine.action_receive()
        self.assertTrue(self.as_user("township_director_b", issue).can_receive)

    def test_a_number_is_shared_out_exactly(self):
        for resident in (self.zhang, self.wang, self.zhang_b):
            self.join(resident, "hypertension")
        self.count()
        issue = self.as_user("primary_care_officer", "bphs.indicator.issue").create({"name": "任务"})
        dialog = self.as_user("primary_care_officer", "bphs.indicator.sharing").create(
            {"issue_id": issue.id, "indicator_id": self.indicator("HTN_COUNT").id, "value": 100}
        )
        dialog.action_share()
        shares = {task.institution_id: task.value for task in issue.task_ids}
        self.assertEqual(shares, {self.township_a: 67, self.township_b: 33})
        self.assertEqual(issue.task_ids.mapped("weight"), [2, 1])
        dialog.write({"by": "equal", "value": 101})
        dialog.action_share()
        self.assertEqual(sorted(issue.task_ids.mapped("value")), [50, 51])

    def test_nothing_to_share_by_is_told(self):
        issue = self.as_user("primary_care_officer", "bphs.indicator.issue").create({"name": "任务"})
        dialog = self.as_user("primary_care_officer", "bphs.indicator.sharing").create(
            {"issue_id": issue.id, "indicator_id": self.indicator("DM_COUNT").id, "value": 100}
        )
        with self.refused("no values yet"):
            dialog.action_share()

    def test_a_trend_is_judged_against_last_year(self):
        before = self.month - relativedelta(years=1)
        self.Value._keep(self.told("SATISFACTION", before, 80, 100))
        self.hand_down("primary_care_officer", self.bureau, [(self.bureau, ("SATISFACTION", "increase", 0))])
        self.Value._keep(self.told("SATISFACTION", self.month, 81, 100))
        self.assertEqual(self.value("SATISFACTION", self.bureau).passed, "yes")
        self.assertEqual(self.value("SATISFACTION", self.bureau).target_words, "Higher Than Last Year")

    def told(self, code, month, numerator, denominator):
        row = {
            **self.Value._head(self.indicator(code), self.bureau, month, month),
            **dict.fromkeys(("numerator", "numerator_whole"), numerator),
            **dict.fromkeys(("denominator", "denominator_whole"), denominator),
            "has_denominator": True,
            "base": "",
        }
        self.Value._judge_rows([row])
        return [row]

    # === TABLES OF REGIONS === #

    def test_what_the_source_does_not_state_waits_for_a_person(self):
        table = self.tables("济南")
        self.assertEqual((len(table.line_ids), table.missing_count), (24, 5))
        line = table.line_ids.filtered(lambda one: one.code == "HTN_STANDARD")
        self.assertEqual(line.holds, "not stated")
        line = self.as_user("primary_care_officer", line)
        with self.refused("on what ground"):
            line.decision = "inherit"
        line.write({"decision": "inherit", "reason": "按省级目标执行"})
        self.assertEqual((line.holds, line.decided_by_id), ("≥62%", self.user["primary_care_officer"]))
        line.write({"decision": "own", "own_value": 65, "reason": "市级自定"})
        self.assertEqual(line.holds, "≥65%")
        self.assertEqual(table.missing_count, 4)

    def test_what_is_printed_stays_as_printed(self):
        line = self.as_user("primary_care_officer", self.tables("青岛").line_ids[0])
        with self.refused("stays as printed"):
            line.value = 50
        with self.refused("nothing is to decide"):
            line.write({"decision": "own", "reason": "x"})

    def test_the_sums_of_the_cities_are_told(self):
        words = self.tables("山东省").sum_words
        self.assertIn("870.01", words)
        self.assertIn("+0.01", words)
        self.assertIn("340.00", words)
        self.assertIn("+0.00", words)

    def test_all_tables_are_printed(self):
        for table in self.env["bphs.indicator.target.table"].search([]):
            __, content = table._print_file("I1", "xlsx")
            self.assertTrue(content)
        name, content = self.tables("济南")._print_file("I1", "pdf")
        self.assertTrue(content.startswith(b"%PDF"))
        self.assertIn("济南", name)

    def test_tasks_are_printed(self):
        issue = self.hand_down("primary_care_officer", self.bureau, [(self.township_a, ("EHR_OPEN", "≥", 70))])
        self.assertTrue(issue._print_file("I2", "pdf")[1].startswith(b"%PDF"))
        self.assertTrue(issue._print_file("I2", "xlsx")[1])

    def test_no_target_is_told_in_yuan(self):
        """Targets are per cent and people: the head of a form for money does not stand above them."""
        issue = self.hand_down("primary_care_officer", self.bureau, [(self.township_a, ("EHR_OPEN", "≥", 70))])
        for record, code in ((self.tables("济南"), "I1"), (issue, "I2")):
            __, content = record._print_file(code, "pdf")
            text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
            self.assertIn("目标", text)
            self.assertNotIn("单位：元", text)

    def test_a_table_becomes_the_countys_targets(self):
        table = self.as_user("primary_care_officer", self.tables("济南"))
        issue = self.env["bphs.indicator.issue"].browse(table.action_take_over()["res_id"])
        told = {task.code: (task.operator, task.value) for task in issue.task_ids}
        self.assertEqual(told["CHILD_MANAGED"], ("≥", 85))
        self.assertEqual(told["HTN_COUNT"], ("≥", 788_600))
        self.assertEqual(told["SATISFACTION"][0], "increase")
        # What is not stated is no target.
        self.assertNotIn("HTN_STANDARD", told)
        self.assertEqual(issue.task_ids.institution_id, self.bureau)
        with self.denied(""):
            self.as_user("township_director_a", self.tables("济南")).action_take_over()

    # === ACTION PLANS === #

    def test_a_plan_is_written_until_thirty_days_after_its_quarter(self):
        model = self.as_user("township_director_a", "bphs.indicator.action")
        period = self.env["bphs.period"].create(
            {"code": "2099Q1", "kind": "quarter", "date_start": self.today, "date_end": self.today + timedelta(9)}
        )
        plan = model.create(
            {
                "period_id": period.id,
                "indicator_id": self.indicator("EHR_OPEN").id,
                "what": "上门讲解",
                "who": "公卫科",
                "expected": "开放率达到70%",
            }
        )
        self.assertEqual(plan.institution_id, self.township_a)
        plan.result = "已达到72%"
        with self.refused("it could be written until"):
            plan.period_id = self.q1
        with self.refused("are those of townships"):
            self.env["bphs.indicator.action"].create(
                {**plan.copy_data()[0], "institution_id": self.clinic_a1.id, "period_id": period.id}
            )
        with self.refused("one of a quarter"):
            plan.period_id = self.env["bphs.period"].create(
                {"code": "2099", "kind": "year", "date_start": self.today, "date_end": self.today + timedelta(90)}
            )

    def test_tasks_of_a_new_issue_are_copied(self):
        issue = self.hand_down("primary_care_officer", self.bureau, [(self.township_a, ("EHR_OPEN", "≥", 70))])
        copied = issue.copy({"year": issue.year + 1})
        self.assertEqual((copied.state, copied.task_ids.value), ("draft", 70))
        copied.write({"task_ids": [Command.clear()]})
        self.assertFalse(copied.task_ids)
