from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ResidentCase


@tagged("post_install", "-at_install")
class TestTimeline(ResidentCase):
    def titles(self, key, resident):
        return [event["title"] for event in self.as_user(key, resident).timeline()]

    def test_latest_first(self):
        self.env["bphs.resident.group"].create(
            {"resident_id": self.zhang.id, "kind": "hypertension", "date_from": "2020-01-01", "date_to": "2021-01-01"}
        )
        self.zhang._move("lost", date(2026, 1, 5), evidence="三次上门无人")
        self.zhang.file_created_on = "2012-01-01"
        events = self.as_user("village_doctor_a1", self.zhang).timeline()
        self.assertEqual(
            [(event["date"], event["kind"]) for event in events],
            [("2026-01-05", "lost"), ("2021-01-01", "group"), ("2020-01-01", "group"), ("2012-01-01", "file"),
             ("1950-01-01", "birth")],
        )  # fmt: skip
        self.assertEqual(events[0]["text"], "三次上门无人")

    def test_not_of_a_file_one_may_not_read(self):
        with self.assertRaises(AccessError):
            self.as_user("village_doctor_b1", self.zhang).timeline()

    def test_the_moves_of_a_merged_file_are_the_survivors(self):
        again = self.make("张三封", self.village_a1, "19500101", 3)
        again._move("lost", date(2025, 1, 5), evidence="三次上门无人")
        self.as_user("township_public_health_a", again)._merge_into(
            self.as_user("township_public_health_a", self.zhang), "同一人"
        )
        titles = self.titles("village_doctor_a1", self.zhang)
        self.assertIn("Lost to Follow-Up", titles)

    def test_a_module_adds_its_own(self):
        real = type(self.Resident)._timeline
        self.patch(
            type(self.Resident),
            "_timeline",
            lambda file: [*real(file), {"date": date(2030, 1, 1), "kind": "visit", "title": "随访"}],
        )
        self.assertEqual(self.titles("village_doctor_a1", self.zhang)[0], "随访")


@tagged("post_install", "-at_install")
class TestPyramid(ResidentCase):
    def counts(self, key, division):
        return self.as_user(key, self.Resident).pyramid(division.id)

    def test_by_age_and_sex(self):
        today = fields.Date.context_today(self.zhang)
        self.make("赵八", self.village_a1, f"{today - relativedelta(years=75, days=-1):%Y%m%d}", 1)  # 75 tomorrow
        self.make("钱九", self.village_a1, f"{today - relativedelta(years=75):%Y%m%d}", 3)
        counts = self.counts("village_doctor_a1", self.village_a1)
        at = {label: counts["male"][number] for number, label in enumerate(counts["labels"])}
        self.assertEqual(at["70–74"], 1)
        self.assertEqual(at["75–79"], 2)
        self.assertEqual(sum(counts["female"]), 0)
        self.assertEqual((counts["total"], counts["undated"], counts["division"]), (4, 0, "甲一村"))

    def test_counted_is_what_one_may_see(self):
        for key, division, total in (
            ("village_doctor_a1", self.village_a1, 2),
            ("village_doctor_a1", self.village_a2, 0),
            ("village_doctor_a1", self.county, 2),
            ("township_director_a", self.division_a, 3),
            ("primary_care_officer", self.county, 4),
            ("auditor", self.county, 4),
        ):
            self.assertEqual(self.counts(key, division)["total"], total, key)
        with self.assertRaises(AccessError):
            self.counts("finance_officer", self.county)

    def test_no_hint_of_named_persons_files(self):
        self.env["bphs.resident.group"].create({"resident_id": self.zhang.id, "kind": "smi", "date_from": "2020-01-01"})
        self.assertEqual(self.counts("village_doctor_a1", self.village_a1)["total"], 1)
        self.name_person("village_doctor_a1")
        self.assertEqual(self.counts("village_doctor_a1", self.village_a1)["total"], 2)

    def test_who_left_is_not_counted(self):
        self.zhang._move("died", fields.Date.context_today(self.zhang), evidence="证明")
        self.assertEqual(self.counts("village_doctor_a1", self.village_a1)["total"], 1)

    def test_divisions_to_choose_from(self):
        names = lambda key: [row["name"] for row in self.as_user(key, self.Resident).pyramid_divisions()]  # noqa: E731
        self.assertEqual(names("village_doctor_a1"), ["甲一村"])
        self.assertEqual(names("township_director_a"), ["甲镇", "甲一村", "甲二村"])
        self.assertEqual(names("auditor")[0], "试验区")


@tagged("post_install", "-at_install")
class TestLists(ResidentCase):
    def test_the_list_is_bounded_in_queries(self):
        for number in range(12):
            self.make(f"周{number}", self.village_a1, "19600101", 2 * number + 1)
        seen = self.as_user("village_doctor_a1", self.Resident)
        specification = {"name": {}, "wanting": {}, "glance": {}, "age": {}}
        seen.web_search_read([], specification, limit=2)
        counts = []
        for limit in (2, 14):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            seen.web_search_read([], specification, limit=limit)
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)
