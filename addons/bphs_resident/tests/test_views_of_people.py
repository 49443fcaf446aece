from datetime import date

from dateutil.relativedelta import relativedelta

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
        # Modules that are built on the register tell of theirs too.
        events = [event for event in events if event["kind"] in ("lost", "group", "file", "birth")]
        self.assertEqual(
            [(event["date"], event["kind"]) for event in events],
            [("2026-01-05", "lost"), ("2021-01-01", "group"), ("2020-01-01", "group"), ("2012-01-01", "file"),
             ("1950-01-01", "birth")],
        )  # fmt: skip
        self.assertEqual(events[0]["text"], "三次上门无人")

    def test_not_of_a_file_one_may_not_read(self):
        with self.denied("not within your scope"):
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
        today = self.zhang._county_today()
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
        with self.no_right("read", "bphs.resident"):
            self.counts("finance_officer", self.county)

    def test_no_hint_of_named_persons_files(self):
        self.env["bphs.resident.group"].create({"resident_id": self.zhang.id, "kind": "smi", "date_from": "2020-01-01"})
        self.assertEqual(self.counts("village_doctor_a1", self.village_a1)["total"], 1)
        self.name_person("village_doctor_a1")
        self.assertEqual(self.counts("village_doctor_a1", self.village_a1)["total"], 2)

    def test_who_left_is_not_counted(self):
        self.zhang._move("died", self.zhang._county_today(), evidence="证明")
        self.assertEqual(self.counts("village_doctor_a1", self.village_a1)["total"], 1)

    def test_divisions_to_choose_from(self):
        names = lambda key: [row["name"] for row in self.as_user(key, self.Resident).pyramid_divisions()]  # noqa: E731
        self.assertEqual(names("village_doctor_a1"), ["甲一村"])
        self.assertEqual(names("township_director_a"), ["甲镇", "甲一村", "甲二村"])
        self.assertEqual(names("auditor")[0], "试验区")


@tagged("post_install", "-at_install")
class TestIndicators(ResidentCase):
    def figures(self, key, division, basis="file"):
        return self.as_user(key, self.Resident).indicators(division.id, basis)

    def population(self, number, division=None):
        """A figure of permanent residents, entered by one and approved by another."""
        figure = self.as_user("primary_care_officer", "bphs.population").create(
            {
                "name": "常住人口",
                "basis": "permanent",
                "division_id": (division or self.county).id,
                "number": number,
                "source": "统计局",
                "date": "2025-12-31",
            }
        )
        self.as_user("administrator", figure).action_approve()

    def test_a_division_and_those_below_it(self):
        today = self.Resident._county_today()
        self.env["bphs.resident.group"].create(
            {"resident_id": self.wang.id, "kind": "hypertension", "date_from": "2020-01-01"}
        )
        self.Resident.search([]).write({"file_created_on": "2012-01-01"})
        self.zhang.sudo().write({"last_service_on": today, "opened_on": today})
        told = self.figures("auditor", self.county)
        files = [(row["name"], row["files"]) for row in told["rows"]]
        self.assertEqual(files, [("试验区", 4), ("甲镇", 3), ("乙镇", 1)])
        county, first, __ = told["rows"]
        self.assertEqual((county["in_use"]["shown"], county["in_use"]["counts"]), ("25.00%", "1 / 4"))
        self.assertEqual((first["opened"]["shown"], first["opened"]["counts"]), ("33.33%", "1 / 3"))
        self.assertEqual(county["filed"]["shown"], "100.00%")
        told = self.figures("township_director_a", self.division_a)
        self.assertEqual([row["name"] for row in told["rows"]], ["甲镇", "甲一村", "甲二村"])
        self.assertEqual(self.figures("village_doctor_a1", self.village_a1)["rows"][0]["files"], 2)

    def test_each_rate_says_what_it_is_reckoned_over(self):
        told = self.figures("auditor", self.county, "permanent")
        self.assertEqual((told["rows"][0]["filed"]["shown"], told["rows"][0]["over"]), ("—", ""))
        self.assertFalse(told["alerts"], "nothing to reckon over is no alert")
        self.population(16)
        self.Resident.search([]).write({"file_created_on": "2012-01-01"})
        row = self.figures("auditor", self.county, "permanent")["rows"][0]
        self.assertEqual((row["filed"]["shown"], row["filed"]["counts"]), ("25.00%", "4 / 16"))
        self.assertEqual(row["over"], "常住人口 16（统计局，2025-12-31）")
        self.assertEqual(row["in_use"]["counts"], "0 / 4", "used are files, whatever the population")

    def test_more_than_all_is_told_and_never_cut(self):
        self.population(3)
        told = self.figures("auditor", self.county, "permanent")
        self.assertEqual(told["rows"][0]["filed"]["shown"], "133.33%")
        ((name, text),) = told["alerts"]
        self.assertEqual(name, "试验区")
        self.assertIn("大于 100%", text)

    def test_no_hint_of_named_persons_files(self):
        self.env["bphs.resident.group"].create({"resident_id": self.zhang.id, "kind": "smi", "date_from": "2020-01-01"})
        told = self.figures("village_doctor_a1", self.village_a1)
        self.assertEqual((told["rows"][0]["files"], told["whole"]), (1, False))
        self.name_person("village_doctor_a1")
        told = self.figures("village_doctor_a1", self.village_a1)
        self.assertEqual((told["rows"][0]["files"], told["whole"]), (2, True))

    def test_of_ones_scope_alone(self):
        for key, division in (
            ("village_doctor_a1", self.village_a2),
            ("township_director_a", self.division_b),
            ("township_director_a", self.county),
            ("finance_officer", self.county),
        ):
            with self.subTest(key), self.denied(("not within your scope", "bphs.resident")):
                self.figures(key, division)

    def test_queries_do_not_grow_with_divisions(self):
        self.figures("auditor", self.county)
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            self.figures("auditor", self.county)


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
