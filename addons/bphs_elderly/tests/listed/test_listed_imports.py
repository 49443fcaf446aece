from datetime import date
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.bphs_base.tests.import_case import ImportCase
from odoo.addons.bphs_resident.tests.common import id_number

from ..grading.common import GradingCase

SOCIAL = ("健康档案编号", "身份证号", "姓名", "救助类别", "起始日期", "终止日期")
UNKNOWN = "no file of this number within your scope"


@tagged("post_install", "-at_install")
class TestListedImports(ImportCase, GradingCase):
    """Lists of others about people: found by number, loaded where in order, the touched graded once."""

    day = date(2026, 3, 1)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.man = cls.make("赵大年", cls.village_a1, "19550601", 11)
        cls.woman = cls.make("钱大妈", cls.village_a1, "19520601", 12)
        cls.far = cls.make("孙远", cls.village_b1, "19500601", 13)
        cls.name_person(cls, "township_public_health_a")
        cls.importer = "township_public_health_a"

    def setUp(self):
        super().setUp()
        type(self).day = date(2026, 3, 1)

    def social(self, *rows, key=None, **vals):
        wizard = self.import_file("bphs.social.fact.import", key or self.importer, [SOCIAL, *rows], **vals)
        wizard.action_load()
        return wizard

    def facts(self, resident, model="bphs.social.fact"):
        return self.env[model].search([("resident_id", "=", resident.id), ("state", "=", "recorded")])

    def test_a_list_of_civil_affairs_and_the_same_again(self):
        rows = (
            ("", id_number("19550601", 11), "赵大年", "", "2024-05-01", ""),
            (self.woman.ehr_number, "", "钱大妈", "Without a Carer", "", ""),
        )
        graded = []
        grader = type(self.env["bphs.elderly.grader"])
        grade = grader._grade
        with patch.object(grader, "_grade", lambda own, ids, *more: graded.append(set(ids)) or grade(own, ids, *more)):
            wizard = self.social(*rows, kind="minimum_living")
        self.assertEqual((wizard.state, wizard.loaded_count), ("loaded", 2), wizard.message)
        self.assertEqual(graded, [{self.man.id, self.woman.id}], "only the touched, and once")
        fact = self.facts(self.man)
        self.assertEqual((fact.kind, fact.date_from, fact.source), ("minimum_living", date(2024, 5, 1), "imported"))
        self.assertEqual(fact.entered_by_id, self.user[self.importer])
        self.assertTrue(self.man.minimum_living, "the register follows")
        self.assertEqual((self.colour(self.man), self.colour(self.woman)), ("yellow", "yellow"))
        self.assertFalse(wizard.file, "the list is not kept")
        again = self.social(*rows, kind="minimum_living")
        self.assertEqual((again.state, again.loaded_count), ("loaded", 0))
        self.assertEqual(len(self.facts(self.man) | self.facts(self.woman)), 2)

    def test_what_ends_on_a_list_ends_here(self):
        self.social(("", id_number("19550601", 11), "赵大年", "Minimum Living Allowance", "", ""))
        over = ("", id_number("19550601", 11), "赵大年", "Minimum Living Allowance", "2023-01-01", "2026-02-10")
        self.assertEqual(self.social(over).loaded_count, 1)
        fact = self.facts(self.man)
        self.assertEqual((fact.date_from, fact.date_to), (date(2023, 1, 1), date(2026, 2, 10)))
        self.assertFalse(self.man.minimum_living)
        self.assertEqual(self.social(over).loaded_count, 0)
        self.assertEqual(self.social((*over[:4], "2026-02-20", "")).loaded_count, 1, "it begins anew")
        self.assertTrue(self.man.minimum_living)

    def test_rows_that_lead_nowhere_come_back_and_the_others_are_loaded(self):
        dead = self.make("李故", self.village_a1, "19400601", 14)
        dead.sudo().write({"status": "died", "status_date": self.day})
        good = ("", id_number("19550601", 11), "赵大年", "Living Alone", "", "")
        wizard = self.social(
            good,
            ("", id_number("19330101", 77), "无此人", "Living Alone", "", ""),
            (self.far.ehr_number, "", "孙远", "Living Alone", "", ""),
            (self.woman.ehr_number, "", "钱大嫂", "Living Alone", "", ""),
            (self.woman.ehr_number, id_number("19550601", 11), "钱大妈", "Living Alone", "", ""),
            ("", "", "钱大妈", "Living Alone", "", ""),
            ("", "140404195206010000", "钱大妈", "Living Alone", "", ""),
            ("123", "", "钱大妈", "Living Alone", "", ""),
            ("", id_number("19400601", 14), "李故", "Living Alone", "", ""),
            (self.woman.ehr_number, "", "钱大妈", "", "", ""),
            (self.woman.ehr_number, "", "钱大妈", "Empty Nest", "2026-03-02", ""),
            (self.woman.ehr_number, "", "钱大妈", "Without a Carer", "1950-01-01", ""),
            (self.woman.ehr_number, "", "钱大妈", "Living Alone", "2026-01-01", "2025-01-01"),
            (self.woman.ehr_number, "", "钱大妈", "Living Alone", "", "2026-04-01"),
            good,
        )
        self.assertEqual((wizard.state, wizard.loaded_count, wizard.error_count), ("loaded", 1, 14), wizard.message)
        rows = self.read_book(wizard.reject_file)
        reasons = [row[-1] for row in rows[1:]]
        parts = (
            *(UNKNOWN, UNKNOWN, "with another name", "two different files", "or the ID number"),
            *("compare it digit by digit", "has 17 digits", "does not live here", "must not be empty"),
            *("has not come yet", "before the birth", "before the first day", "has not come yet", "the same as row 2"),
        )
        self.assertEqual(len(reasons), len(parts))
        for reason, part in zip(reasons, parts, strict=True):
            self.assertIn(part, reason)
        self.assertEqual(rows[2][-1], rows[1][-1], "who is elsewhere is answered as nobody")
        self.assertFalse(self.facts(self.far))
        log = self.env["bphs.resident.access"].search(
            [("kind", "=", "number"), ("user_id", "=", self.user[self.importer].id)], order="id desc", limit=1
        )
        self.assertEqual((log.count, log.count_whole), (2, 12), "what led to nobody is counted")

    def test_nothing_in_order_loads_nothing(self):
        wizard = self.social((self.far.ehr_number, "", "孙远", "Living Alone", "", ""))
        self.assertRefused(wizard, {2: UNKNOWN})

    def test_only_named_persons_load_lists(self):
        row = ("", id_number("19550601", 11), "赵大年", "Living Alone", "", "")
        with self.denied("named person"):
            self.social(row, key="primary_care_officer")
        for key in ("team_leader_a", "village_doctor_a1", "auditor", "county_specialist"):
            with self.no_right("create", "bphs.social.fact.import"):
                self.social(row, key=key)
        wizard = self.import_file("bphs.social.fact.import", self.importer, [SOCIAL, row])
        with self.denied("not within your scope"):
            self.as_user("township_public_health_b", wizard).read(["file_name"])

    def test_events_make_red_at_once(self):
        head = ("身份证号", "姓名", "类别", "发病日期", "医院")
        rows = [head, (id_number("19550601", 11), "赵大年", "Stroke", "2026-02-20", "县医院")]
        for count in (1, 0):
            wizard = self.import_file("bphs.acute.event.import", self.importer, rows)
            wizard.action_load()
            self.assertEqual((wizard.state, wizard.loaded_count), ("loaded", count), wizard.message)
        event = self.facts(self.man, "bphs.acute.event")
        self.assertEqual((event.kind, event.place, event.source), ("stroke", "县医院", "imported"))
        self.assertEqual(self.colour(self.man), "red")
        late = [head, (id_number("19550601", 11), "赵大年", "Stroke", "2026-03-20", "院" * 101)]
        wizard = self.import_file("bphs.acute.event.import", self.importer, late)
        wizard.action_check()
        self.assertRefused(wizard, {2: "has not come yet"})
        self.assertIn("more than 100 characters", wizard.message)

    def test_scores_and_results_from_elsewhere(self):
        head = ("身份证号", "姓名", "项目", "评估日期", "得分", "机构")
        man, woman = (id_number("19550601", 11), "赵大年"), (id_number("19520601", 12), "钱大妈")
        rows = [
            head,
            (*man, "", "2026-02-01", 12, "区评估中心"),
            (*woman, "Cognition Screen", "2026-02-01", "阳性", ""),
            (*woman, "", "2026-02-01", 38, ""),
            (*woman, "Health Examination", "2026-02-01", "", "县医院"),
            (*woman, "Health Examination", "2026-02-02", "正常", ""),
        ]
        wizard = self.import_file("bphs.elderly.outside.import", self.importer, rows)
        wizard.action_load()
        self.assertEqual((wizard.loaded_count, wizard.error_count), (3, 2), wizard.message)
        self.assertEqual((self.colour(self.man), self.colour(self.woman)), ("red", "yellow"))
        self.assertEqual(
            set(self.facts(self.woman, "bphs.elderly.outside").mapped("kind")), {"cognition_screen", "exam"}
        )
        again = self.import_file("bphs.elderly.outside.import", self.importer, rows)
        again.action_load()
        self.assertEqual(again.loaded_count, 0)

    def test_a_list_may_say_of_everybody_what_its_rows_do_not(self):
        rows = [("身份证号", "姓名", "评估日期", "得分"), (id_number("19550601", 11), "赵大年", "2026-02-01", "5")]
        wizard = self.import_file("bphs.elderly.outside.import", self.importer, rows, kind=False)
        wizard.action_load()
        self.assertRefused(wizard, {2: "must not be empty"})
        wizard.kind = "adl_score"
        wizard.action_load()
        self.assertEqual(wizard.state, "loaded")
        self.assertEqual(self.facts(self.man, "bphs.elderly.outside").value, "5")
