import re

from odoo import Command
from odoo.tests import tagged

from ..models.register import bphs_village_counter
from .common import ResidentCase
from .roll_case import RollCase

READERS = ("village_doctor_a1", "township_public_health_a", "township_director_a", "administrator", "auditor")


@tagged("post_install", "-at_install")
class TestNumbersDrawn(ResidentCase):
    def numbers(self, count, village=None):
        files = self.Resident.create(
            [
                {
                    "name": "冯数",
                    "division_id": (village or self.village_a1).id,
                    "id_type": "none",
                    "id_reason": "新生儿",
                }
                for _at in range(count)
            ]
        )
        return files.mapped("ehr_number")

    def test_numbers_do_not_run_on(self):
        numbers = self.numbers(30)
        self.assertEqual(len(set(numbers)), 30)
        for number in numbers:
            self.assertRegex(number, rf"^{self.village_a1.code}\d{{5}}$")
            self.assertNotEqual(number[-5:], "00000")
        self.assertNotEqual(numbers, sorted(numbers))
        steps = {int(after) - int(before) for before, after in zip(numbers, numbers[1:], strict=False)}
        self.assertGreater(len(steps), 10)
        homes = self.env["bphs.household"].create([{"division_id": self.village_a1.id} for _at in range(20)])
        drawn = homes.mapped("number")
        self.assertNotEqual(drawn, sorted(drawn))
        for number in drawn:
            self.assertRegex(number, rf"^{self.village_a1.code}H\d{{5}}$")

    def test_to_the_last_number_of_a_village(self):
        self.patch(bphs_village_counter, "MOST", 12)
        numbers = {int(number[-5:]) for number in self.numbers(12, self.village_a2)}
        numbers.add(int(self.li.ehr_number[-5:]))  # drawn among all five digits before
        self.assertLessEqual(set(range(1, 13)), numbers)
        with self.assertRaisesRegex(ValueError, "not 1 numbers left"):
            self.numbers(1, self.village_a2)

    def test_nobody_reads_how_many_were_drawn(self):
        for key in READERS:
            self.assertFalse(self.as_user(key, "bphs.village.counter").has_access("read"), key)

    def test_ids_have_gaps_anyway(self):
        files = [self.Resident.create({"name": "冯数", "division_id": self.village_a1.id, "id_type": "none",
                                       "id_reason": "新生儿"}).id for _at in range(40)]  # fmt: skip
        steps = {after - before for before, after in zip(files, files[1:], strict=False)}
        self.assertGreater(len(steps), 1)
        self.assertEqual(min(steps), 1, "where a gap is always there, a wider one tells")

    def test_of_every_model_of_which_some_see_less(self):
        """What a record rule hides from who is no named person would stand out among ids that run on."""
        hiding = self.env["ir.rule"].search([("domain_force", "like", "group_sensitive")])
        models = {rule.model_id.model for rule in hiding} - {"bphs.contract.figure"}  # stored with the hidden ones last
        self.assertLessEqual({"bphs.resident", "bphs.household", "bphs.resident.access"}, models)
        for name in sorted(models):
            with self.subTest(name):
                self.assertTrue(self.env[name]._has_spread_ids())


@tagged("post_install", "-at_install")
class TestRollNumbers(RollCase):
    def test_numbers_of_a_roll_do_not_run_on(self):
        people = [self.person(at, ehr_number="") for at in range(101, 131)]
        people += [self.person(at) for at in range(131, 133)]
        self.load(self.receive(self.csv(people)))
        loaded = self.env["bphs.resident"].search([("name", "=", "孙大圣")], order="id")
        self.assertEqual(len(loaded), 32)
        numbers = loaded.mapped("ehr_number")
        self.assertEqual(len(set(numbers)), 32)
        self.assertTrue(all(re.fullmatch(rf"{self.village_a1.code}\d{{5}}", number) for number in numbers))
        self.assertNotEqual(numbers, sorted(numbers))
        # Nor do the ids follow the roll.
        born = [int(file._opened("id", "id_cipher")[0][1][14:17]) for file in loaded]
        self.assertNotEqual(born, sorted(born))


@tagged("post_install", "-at_install")
class TestHiddenMembers(ResidentCase):
    """What a household shows is the same whether a member is hidden or never was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.homes = cls.env["bphs.household"].create([{"division_id": cls.village_a1.id} for _at in range(4)])
        for at, home in enumerate(cls.homes[:2]):
            cls.make("周妻", cls.village_a1, "19600101", 2 + 2 * at, household_id=home.id, relation="spouse")
            cls.make("周子", cls.village_a1, "19850101", 3 + 2 * at, household_id=home.id, relation="child")
        hidden = Command.create({"kind": "smi", "date_from": "2020-01-01"})
        consumption = Command.create({"kind": "tb", "date_from": "2020-01-01"})
        # The first and the third hold somebody who is hidden, the second and the fourth do not.
        cls.ill = cls.make("周夫", cls.village_a1, "19580101", 1, household_id=cls.homes[0].id, relation="head",
                           group_ids=[hidden])  # fmt: skip
        cls.alone = cls.make("吴独", cls.village_a1, "19550101", 1, household_id=cls.homes[2].id, relation="head",
                             group_ids=[consumption])  # fmt: skip
        cls.env.flush_all()

    def shown(self, key, home):
        self.env.invalidate_all()
        (row,) = self.as_user(key, home).web_read(
            {
                "member_count": {},
                "head_id": {"fields": {"name": {}, "relation": {}}},
                "member_ids": {"fields": {"name": {}, "relation": {}, "birth_date": {}}},
            }
        )
        text = re.sub(r"'id': \d+", "", str(row))
        return text

    def test_one_with_others_in_it(self):
        for key in ("village_doctor_a1", "township_public_health_a", "auditor"):
            with self.subTest(key):
                self.assertEqual(self.shown(key, self.homes[0]), self.shown(key, self.homes[1]))
                self.assertEqual(self.as_user(key, self.homes[0]).head_id.name, "周妻")
        self.name_person("village_doctor_a1")
        self.env.invalidate_all()
        self.assertEqual(self.as_user("village_doctor_a1", self.homes[0]).head_id, self.ill)

    def test_one_with_nobody_else_in_it(self):
        """Neither when it came with a roll a moment ago, nor later: such a household is exactly the hidden file."""
        for key in ("village_doctor_a1", "auditor", "administrator", "township_director_a"):
            households = self.as_user(key, "bphs.household")
            self.assertFalse(households.search([("id", "in", self.homes[2:].ids)]), key)
            self.assertEqual(households.search_count([("id", "in", self.homes.ids)]), 2)
        self.name_person("village_doctor_a1")
        self.env.invalidate_all()
        self.assertEqual(len(self.as_user("village_doctor_a1", "bphs.household").search([])), 4)

    def test_a_new_one_is_its_makers_to_fill(self):
        made = self.as_user("village_doctor_a1", "bphs.household").create({"division_id": self.village_a1.id})
        self.env.flush_all()
        self.assertEqual(self.as_user("village_doctor_a1", "bphs.household").search([("id", "=", made.id)]), made)
        self.assertFalse(self.as_user("township_public_health_a", "bphs.household").search([("id", "=", made.id)]))
        self.env.cr.execute("UPDATE bphs_household SET create_date = create_date - interval '9 days'")
        self.env.invalidate_all()
        self.assertFalse(self.as_user("village_doctor_a1", "bphs.household").search([("id", "=", made.id)]))

    def test_one_in_which_children_alone_are_left(self):
        """Whom the role does not see is no member: beside a hidden adult a child alone would tell of that adult."""
        self.make("吴童", self.village_a1, "20200101", 1, household_id=self.homes[2].id, relation="child")
        self.env.flush_all()
        seen = {
            key: self.as_user(key, "bphs.household").search_count([("id", "=", self.homes[2].id)])
            for key in ("village_doctor_a1", "township_director_a")
        }
        self.assertEqual(seen, {"village_doctor_a1": 1, "township_director_a": 0})


@tagged("post_install", "-at_install")
class TestFigures(ResidentCase):
    """Each figure in two forms, for both groups."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make(
            "钱隐",
            cls.village_a1,
            "19700101",
            11,
            group_ids=[Command.create({"kind": "smi", "date_from": "2020-01-01"})],
        )
        cls.make(
            "孙隐",
            cls.village_a1,
            "19710101",
            11,
            group_ids=[Command.create({"kind": "tb", "date_from": "2020-01-01"})],
        )
        cls.env.flush_all()

    def figures(self, key, **asked):
        model = self.as_user(key, self.Resident)
        pyramid = model.pyramid(self.village_a1.id, **asked)
        indicators = model.indicators(self.village_a1.id, **asked)
        for told in (pyramid, indicators):
            self.assertEqual(told["mark"].startswith("With the"), told["whole"])
        self.assertEqual(pyramid["whole"], indicators["whole"])
        return pyramid["total"], indicators["rows"][0]["files"], pyramid["whole"], pyramid["choose"]

    def test_others_get_those_without_whatever_they_ask(self):
        for key in READERS:
            for asked in ({}, {"whole": True}, {"whole": False}):
                with self.subTest(key, **asked):
                    self.assertEqual(self.figures(key, **asked), (2, 2, False, False))
            self.assertEqual(
                self.as_user(key, self.Resident).search_count([("division_id", "=", self.village_a1.id)]), 2
            )

    def test_a_named_person_gets_both(self):
        self.name_person("village_doctor_a1")
        self.assertEqual(self.figures("village_doctor_a1"), (4, 4, True, True))
        self.assertEqual(self.figures("village_doctor_a1", whole=False), (2, 2, False, True))

    def test_who_must_search_gets_those_without(self):
        for key in ("primary_care_officer", "county_specialist"):
            self.assertEqual(self.figures(key), (2, 2, False, False))

    def test_the_log_counts_without_them(self):
        self.name_person("township_public_health_a")
        self.as_user("township_public_health_a", self.Resident).search_read([], ["name"])
        hidden = self.Resident.search([("name", "like", "隐")])
        self.as_user("township_public_health_a", hidden).read(["name"])
        self.env.flush_all()
        log = self.env["bphs.resident.access"].search([("user_id", "=", self.user["township_public_health_a"].id)])
        self.assertEqual(
            log.sorted("id").mapped(lambda e: (e.kind, e.count, e.count_whole)), [("list", 3, 5), ("list", 0, 2)]
        )
        seen = self.as_user("auditor", "bphs.resident.access").search([("id", "in", log.ids)])
        self.assertEqual(seen.mapped("count"), [3], "nor is a list of such files alone told of")
        self.assertNotIn("count_whole", seen.fields_get())

    def test_a_list_with_them_is_for_named_persons(self):
        self.name_person("village_doctor_a1")
        export = self.as_user("village_doctor_a1", "bphs.resident.export").create({"reason": "随访核对"})
        export.action_submit()
        self.assertEqual((export.state, export.row_count), ("waiting", 4))
        for key in ("township_director_a", "administrator", "auditor"):
            exports = self.as_user(key, "bphs.resident.export")
            self.assertFalse(exports.search([("id", "=", export.id)]), key)
        self.name_person("township_director_a")
        self.as_user("township_director_a", export).action_approve()
        export._print_file("RESIDENTS", "xlsx")
        printed = self.env["bphs.print.log"].search([("res_model", "=", export._name), ("res_id", "=", export.id)])
        self.assertEqual(printed.row_count, 2)

    def test_the_auditor_reads_no_numbers_of_a_roll(self):
        names = self.as_user("auditor", "bphs.resident.import").fields_get()
        self.assertFalse({"row_count", "new_count", "changed_count", "unchanged_count", "expected_count"} & set(names))


@tagged("post_install", "-at_install")
class TestRollAnswersAlike(RollCase):
    def test_a_check_does_not_tell_a_file_elsewhere_from_none(self):
        """Rolls of guesses would tell which numbers the county has."""
        elsewhere = self.person(5, ehr_number="", birth="19700101", name="张三")
        absent = self.person(7, ehr_number="", birth="19700101", name="张三")
        runs = [self.receive(self.csv([person])) for person in (elsewhere, absent)]
        self.assertEqual([self.counts(run) for run in runs], [(1, 0, 0, 0)] * 2)
        self.assertFalse(runs[0].reject_file_name or runs[1].reject_file_name)
        for run in runs:
            self.load(run)
        self.assertEqual([self.counts(run) for run in runs], [(0, 0, 0, 1), (1, 0, 0, 0)])
        self.assertIn("not yours", self.rejects(runs[0])[2])
        logged = self.env["bphs.resident.access"].search([("kind", "=", "number"), ("what", "like", runs[0].file_name)])
        # Every check asked about one number; what loading found with others is told apart, in the log alone.
        elsewhere = logged.filtered(lambda entry: "other institutions" in entry.what)
        self.assertEqual(elsewhere.mapped("count"), [1])

    def test_who_is_no_named_person_imports_nothing(self):
        self.user["importer"].role_line_ids.filtered(lambda line: line.role_id == self.env.ref(
            "bphs_resident.role_sensitive")).unlink()  # fmt: skip
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaisesRegex(Exception, "named person"):
            self.receive(self.csv([self.person(101)]))
