from datetime import timedelta

from odoo.tests import tagged

from .common import OutsideCase

WHOLE = "symptoms=1；cigarettes=0；alcohol=0"


@tagged("post_install", "-at_install")
class TestOutsideImport(OutsideCase):
    """Files of other systems: visits and exams, conditions, deaths, outside records."""

    def htn(self, resident, **cells):
        return self.person(resident, **{"form": "hypertension", **cells})

    def test_visits_come_in_and_twice_is_nothing(self):
        day = str(self.zhang._county_today() - timedelta(days=3))
        group = {"resident_id": self.zhang.id, "kind": "hypertension", "date_from": "2024-01-01"}
        self.env["bphs.resident.group"].create(group)
        rows = (
            self.htn(
                self.zhang,
                systolic=168,
                diastolic=96,
                result="uncontrolled",
                medicines="氨氯地平 5mg 每日1次",
                day=day,
                answers=WHOLE,
            ),
            self.htn(self.li, systolic=128, diastolic=78, mode="phone", day="2025-02-10"),
        )
        run = self.receive("visit", *rows)
        self.assertEqual(
            (run.state, run.kind, run.new_count, run.rejected_count), ("checked", "visit", 2, 0), run.message
        )
        self.assertFalse(self.visits(self.zhang), "nothing comes in before it is confirmed")
        self.load(run)
        self.assertEqual(run.state, "done")
        visit = self.visits(self.zhang)
        self.assertEqual((visit.state, visit.source, str(visit.done_on)), ("done", "imported", day))
        self.assertEqual((visit.systolic, visit.assessed, visit.face_to_face), (168, "uncontrolled", True))
        self.assertEqual(visit.institution_id, self.zhang.institution_id)
        self.assertEqual(visit._properties()["symptoms"], ["1"])
        self.assertIn("weight", visit.missing)
        medicine = visit.medicine_ids
        self.assertEqual((medicine.name, medicine.dose, medicine.dose_unit), ("氨氯地平", 5, "mg"))
        self.assertEqual(str(self.zhang.last_service_on), day)
        rechecks = self.zhang.plan_ids.followup_ids.filtered(lambda row: row.kind == "recheck")
        self.assertTrue(rechecks, "what a bad value asks for is due, as if a person had entered it")
        self.assertFalse(self.visits(self.li).face_to_face)
        again = self.receive("visit", *rows)
        self.assertEqual((again.new_count, again.changed_count, again.unchanged_count), (0, 0, 2))
        with self.refused("nothing to load"):
            again.action_confirm()
        other = self.receive("visit", self.htn(self.zhang, systolic=120, diastolic=70, day=day))
        self.assertEqual(other.finding_ids.mapped("kind"), ["changed"])

    def test_what_came_is_what_a_person_would_have_entered(self):
        """Every stored column of a visit from outside is as the form reckons it."""
        values = {"systolic": 150, "diastolic": 92, "weight": 60, "adherence": "regular", "result": "uncontrolled"}
        self.load(self.receive("visit", self.htn(self.zhang, **values)))
        typed = self.visit("importer", self.zhang, done_on="2025-03-01", **values)
        came = self.visits(self.zhang) - typed
        own = {"id", "source", "client_token", "create_date", "write_date", "entered_on", "display_name", "worker_id"}
        own |= {"institution_id"}  # of a person's own place; of a file's, where it says none
        for name, field in self.Visit._fields.items():
            if field.store and name not in own and field.type not in ("one2many", "many2many"):
                self.assertEqual(came[name] or False, typed[name] or False, name)

    def test_an_exam_leaves_its_findings(self):
        self.load(self.receive("visit", self.person(self.zhang, form="elder_exam", systolic=182, diastolic=112)))
        self.assertTrue(self.visits(self.zhang).finding_ids.filtered(lambda finding: finding.state == "open"))

    def test_a_scale_is_added_up(self):
        form = self.form("self_care")
        items = [question for question in form.question_ids if question.code.startswith("item_")]
        answers = "；".join(f"{question.code}={question._choices()[0][0]}" for question in items)
        self.load(self.receive("visit", self.person(self.zhang, form="self_care", answers=answers)))
        self.assertTrue(self.visits(self.zhang).is_scored)

    def test_a_promise_of_the_contract_is_kept_and_a_closed_quarter_stays(self):
        self.q1.action_lock("已结算")
        self.load(self.receive("visit", self.htn(self.zhang)))
        self.assertTrue(self.visits(self.zhang).period_closed)

    def test_rows_that_are_not_taken_come_back_with_reasons(self):
        self.li._move("died", self.li._county_today().replace(year=2025, month=1, day=5), evidence="证明")
        run = self.receive(
            "visit",
            self.htn(self.zhang),
            self.htn(self.zhang, external_id="F1"),
            self.htn(self.zhang, name="别人"),
            self.htn(self.li),
            self.htn(self.zhang_b),
            self.htn(self.zhang, system="HIS-B"),
            self.htn(self.zhang, form="none"),
            self.htn(self.zhang, systolic=999),
            self.htn(self.zhang, day="1940-01-01"),
        )
        self.assertEqual((run.new_count, run.rejected_count), (1, 8))
        self.assertEqual(
            {finding.kind: finding.count for finding in run.finding_ids},
            {"twice": 1, "known": 1, "ended": 1, "unknown": 1, "system": 1, "form": 1, "bounds": 1, "date": 1},
        )
        self.assertTrue(run._download_rejects()[1].startswith(b"PK"))
        self.load(run)
        self.assertEqual(len(self.visits(self.zhang)), 1)

    def test_conditions(self):
        rows = (
            self.person(self.zhang, kind="diabetes", place="县医院"),
            self.person(self.zhang, kind="diabetes"),
            self.person(self.wang, kind="smi"),
        )
        run = self.receive("condition", *rows)
        self.assertEqual((run.kind, run.new_count, run.finding_ids.mapped("kind")), ("condition", 2, ["twice"]))
        self.load(run)
        fact = self.zhang.condition_ids
        self.assertEqual((fact.kind, str(fact.date_from), fact.source), ("diabetes", "2025-03-01", "imported"))
        self.assertIn("diabetes", self.zhang.group_ids.mapped("kind"))
        self.assertTrue(self.wang.restricted)
        again = self.receive("condition", rows[0], {**rows[0], "external_id": "F9"})
        self.assertEqual((again.new_count, again.unchanged_count), (0, 1), "what stands is not entered anew")

    def test_deaths(self):
        rows = (self.person(self.zhang, note="死亡证明 1"), self.person(self.wang))
        self.load(self.receive("death", *rows))
        self.assertEqual((self.zhang.status, str(self.zhang.status_date)), ("died", "2025-03-01"))
        self.assertEqual(self.wang.status_evidence, "甲卫生院系统 F2")
        again = self.receive("death", *rows, self.person(self.zhang, external_id="F8", day="2025-03-02"))
        self.assertEqual((again.unchanged_count, again.finding_ids.mapped("kind")), (2, ["ended"]))

    def test_outside_records_are_put_right_by_their_system(self):
        row = self.person(self.zhang, systolic=156, diastolic=92, medicines="氨氯地平 5mg 每日1次", place="县医院")
        self.load(self.receive("record", row))
        record = self.env["bphs.outside.record"].search([("resident_id", "=", self.zhang.id)])
        self.assertEqual((record.systolic, record.place, record.medicine_ids.name), (156, "县医院", "氨氯地平"))
        self.assertFalse(self.visits(self.zhang), "it is no service")
        run = self.receive("record", {**row, "systolic": 146, "medicines": "缬沙坦 80mg 每日1次"})
        self.assertEqual((run.new_count, run.changed_count), (0, 1))
        self.load(run)
        self.assertEqual((record.systolic, record.medicine_ids.name), (146, "缬沙坦"))
        self.assertEqual(
            self.receive("record", {**row, "systolic": 146, "medicines": "缬沙坦 80mg 每日1次"}).unchanged_count, 1
        )
        other = self.receive("record", {**row, **self.person(self.li)})
        self.assertEqual(other.finding_ids.mapped("kind"), ["changed"])

    def test_what_a_file_is_its_headings_tell(self):
        run = self.as_user("importer", "bphs.outside.import").create({})
        run._receive("x.csv", "姓名,日期\n张三,2025-01-01".encode("utf-8-sig"))
        run._job_check()
        self.assertEqual(run.state, "refused")
        self.assertIn("随访与体检", run.message)

    def test_numbers_that_lead_to_nobody_stand_in_the_log(self):
        """Somebody elsewhere is answered, and counted, like nobody."""
        answers = []
        for number in (self.ids["zhang_b"], self.ids["zhang_b"][:14] + "7", "无此证件"):
            row = {"id_number": number, "name": "张三", "form": "hypertension", "day": "2025-03-01"}
            run = self.receive("visit", row)
            answers.append([(finding.kind, finding.count) for finding in run.finding_ids])
        self.assertEqual(answers, [[("unknown", 1)]] * 3)
        mine = [("user_id", "=", self.user["importer"].id), ("kind", "=", "number")]
        self.assertEqual(self.env["bphs.resident.access"].search(mine).mapped("count"), [1, 1, 1])

    def test_who_imports(self):
        with self.denied("named person"):
            self.as_user("township_public_health_a", "bphs.outside.import")._check_importer()
        run = self.receive("visit", self.htn(self.zhang, name="别人"))
        with self.no_right("create", "bphs.resident"):
            self.as_user("auditor", run)._download_rejects()
        self.assertFalse(self.as_user("auditor", run).read(["file_name"])[0].get("row_count"))
