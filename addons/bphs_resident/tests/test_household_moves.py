import random

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ResidentCase


@tagged("post_install", "-at_install")
class TestHouseholdMoves(ResidentCase):
    """A household and those who live in it are in one village, whatever is done to either."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        households = cls.env["bphs.household"]
        cls.home, cls.other = households.create([{"division_id": cls.village_a1.id, "address": "三组"}] * 2)
        cls.home_b = households.create({"division_id": cls.village_b1.id, "address": "东街 8 号"})
        cls.zhang.write({"household_id": cls.home.id, "relation": "head"})
        cls.wang.write({"household_id": cls.home.id, "relation": "child"})
        cls.today = cls.zhang._county_today()
        cls.env.flush_all()

    def apart(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT r.name, h.number FROM bphs_resident r JOIN bphs_household h ON h.id = r.household_id"
            " WHERE h.division_id <> r.division_id"
        )
        return self.env.cr.fetchall()

    # === THE VILLAGE OF A HOUSEHOLD === #

    def test_a_household_is_not_moved_away_from_its_people(self):
        for key in ("village_doctor_a1", "township_public_health_a", "administrator"):
            # One in which nobody is seen is nobody's but its maker's: somebody hidden may live in it.
            for household, words in ((self.home, "whole household"), (self.other, "not within your scope")):
                as_user = self.as_user(key, household)
                for attempt in (
                    lambda h: h.write({"division_id": self.village_a2.id}),
                    lambda h: h.web_save({"division_id": self.village_a2.id}, {}),
                ):
                    with self.subTest(key), self.assertRaisesRegex(UserError, words):
                        attempt(as_user)
                with self.subTest(key), self.denied("brought in by the import of rolls"):
                    as_user.load([".id", "division_id/.id"], [[str(household.id), str(self.village_a2.id)]])
            self.as_user(key, self.home).write({"division_id": self.village_a1.id, "address": "四组"})
        self.assertEqual(self.home.division_id | self.zhang.division_id, self.village_a1)
        self.assertEqual(self.home.address, "四组")

    def test_server_code_does_not_leave_anybody_behind(self):
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.home.division_id = self.village_a2
        self.env.invalidate_all()
        self.env["bphs.resident.group"].create({"resident_id": self.wang.id, "kind": "smi", "date_from": "2020-01-01"})
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.home.division_id = self.village_a2

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_what_no_model_saw(self):
        self.env.flush_all()
        for statement in (
            "UPDATE bphs_household SET division_id = %s WHERE id = %s",
            "UPDATE bphs_resident SET division_id = %s WHERE household_id = %s",
        ):
            with self.subTest(statement), self.assertRaisesRegex(Exception, "household_village"):
                with self.env.cr.savepoint():
                    self.env.cr.execute(statement, [self.village_a2.id, self.home.id])
                    self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")

    # === MOVING TOGETHER === #

    def test_the_whole_household_with_one_entry_each(self):
        hidden = self.make("钱多多", self.village_a1, "19850601", 3, household_id=self.home.id, relation="parent")
        self.env["bphs.resident.group"].create({"resident_id": hidden.id, "kind": "tb", "date_from": "2020-01-01"})
        dead = self.make("张老大", self.village_a1, "19300601", 3, household_id=self.home.id, relation="parent")
        dead._move("died", self.today, evidence="死亡证明")
        entries = self.env["bphs.resident.move"].search_count([("resident_id", "=", dead.id)])
        dialog = self.moving_dialog("village_doctor_a1", self.zhang, kind="within", division_id=self.village_b1)
        dialog.write({"whole_household": True, "evidence": "村委会证明"})
        dialog.action_confirm()
        living = self.zhang | self.wang | hidden
        self.assertEqual(living.division_id | self.home.division_id, self.village_b1)
        self.assertEqual(living.institution_id | self.home.institution_id, self.clinic_b1)
        self.assertEqual(living.household_id, self.home)
        self.assertEqual(living.mapped("relation"), ["head", "child", "parent"])
        for resident in living:
            move = resident.move_ids
            self.assertEqual((len(move), move.kind, move.to_division_id), (1, "within", self.village_b1))
            self.assertEqual((move.user_id, move.evidence), (self.user["village_doctor_a1"], "村委会证明"))
        # Whose file has ended stays where it ended.
        self.assertEqual((dead.division_id, dead.household_id), (self.village_a1, self.env["bphs.household"]))
        self.assertEqual(len(dead.move_ids), entries)
        self.assertTrue(self.log(dead, kind="change", user_id=self.user["village_doctor_a1"].id))
        self.assertIn("no_household", dead.failures)
        self.assertNotIn("no_household", self.zhang.failures or "")
        self.assertEqual(self.apart(), [])

    def test_whose_file_has_ended_is_neither_counted_nor_head(self):
        self.assertEqual((self.home.head_id, self.home.member_count), (self.zhang, 2))
        self.zhang._move("died", self.today, evidence="死亡证明")
        self.assertEqual((self.home.head_id, self.home.member_count), (self.wang, 1))
        self.assertEqual(self.home.member_ids, self.zhang | self.wang)

    def test_found_by_who_lives_there(self):
        for query, found in (("zsf", self.home), ("王小明", self.home), ("张三", self.home), ("李晓霞", self.home[:0])):
            households = self.as_user("township_public_health_a", "bphs.household")
            with self.subTest(query):
                self.assertEqual(households.search([("member_ids", "ilike", query)]), found)

    # === THE HOUSEHOLD ONE MOVES INTO === #

    def new_home(self, key, village):
        """A household that this user has just made: as long as nobody is seen in it, they alone see it."""
        return self.as_user(key, "bphs.household").create({"division_id": village.id}).with_env(self.env)

    def test_households_are_listed_within_scope_alone(self):
        mine = self.new_home("village_doctor_a1", self.village_a1)
        mine_b = self.new_home("township_public_health_b", self.village_b1)
        for key, seen in (
            ("village_doctor_a1", self.home | mine),
            ("township_public_health_a", self.home),
            ("village_doctor_a2", self.env["bphs.household"]),
            ("township_public_health_b", mine_b),
            ("primary_care_officer", self.env["bphs.household"]),
        ):
            households = self.as_user(key, "bphs.household")
            ours = [("id", "in", (self.home | self.other | self.home_b | mine | mine_b).ids)]
            with self.subTest(key):
                found = {id_ for id_, __ in households.name_search("", domain=ours)}
                self.assertEqual(found, set(seen.ids))
                found = {row["id"] for row in households.web_name_search("", {"display_name": {}}, domain=ours)}
                self.assertEqual(found, set(seen.ids))

    def test_into_a_household_of_ones_own(self):
        home = self.new_home("township_public_health_a", self.village_a1)
        self.moving_dialog(
            "township_public_health_a", self.li, kind="within", division_id=self.village_a1, household_id=home,
            relation="head",
        ).action_confirm()  # fmt: skip
        self.assertEqual((self.li.household_id, self.li.relation), (home, "head"))

    def test_into_a_household_elsewhere_by_its_number(self):
        number = self.home_b.number
        self.moving_dialog(
            "village_doctor_a2", self.li, kind="within", division_id=self.village_b1,
            household_number=f" {number.lower()} ", relation="parent",
        ).action_confirm()  # fmt: skip
        self.assertEqual((self.li.household_id, self.li.relation), (self.home_b, "parent"))

    def test_a_number_that_is_not_there_tells_nothing(self):
        errors = set()
        absent = self.home_b.number[:-1] + str((int(self.home_b.number[-1]) + 1) % 10)
        for number in (self.home.number, absent, "%", "_" * 18, "1' OR '1'='1"):
            dialog = self.moving_dialog(
                "village_doctor_a2", self.li, kind="within", division_id=self.village_b1, household_number=number
            )
            with self.subTest(number), self.assertRaises(UserError) as caught:
                dialog.action_confirm()
            errors.add(str(caught.exception).replace(number.upper(), "#"))
        self.assertEqual(len(errors), 1, errors)
        self.assertEqual(self.li.division_id, self.village_a2)

    def test_of_ones_own_villages_a_hidden_one_is_as_none(self):
        """Numbers of rolls run on: of those missing in the list it would be told which are there."""
        hidden, absent = self.home_b.number, self.home_b.number[:-1] + str((int(self.home_b.number[-1]) + 1) % 10)
        for member in self.home_b.member_ids:
            self.env["bphs.resident.group"].create({"resident_id": member.id, "kind": "smi"})
        self.env.flush_all()
        boundless, told = "township_public_health_a", []
        self.user[boundless].bphs_institution_ids |= self.village_b1_institution()
        for key in (boundless, "primary_care_officer"):
            if key == "primary_care_officer":
                self.as_user(key, self.li).action_open("为迁移核对住址")
            for number in (hidden, absent):
                dialog = self.moving_dialog(
                    key, self.li, kind="within", division_id=self.village_b1, household_number=number
                )
                with self.refused("has no household of the number") as caught:
                    dialog.action_confirm()
                told.append(str(caught.exception).replace(number, "#"))
        self.assertEqual(len(set(told)), 1, told)
        self.assertEqual(self.li.division_id, self.village_a2)

    def village_b1_institution(self):
        served = self.env["bphs.institution"]._responsible(self.village_b1.ids)
        return self.env["bphs.institution"].browse(served[self.village_b1.id][0])

    def test_no_household_is_needed_elsewhere(self):
        self.moving_dialog("village_doctor_a2", self.li, kind="within", division_id=self.village_b1).action_confirm()
        self.assertEqual((self.li.division_id, self.li.household_id.id), (self.village_b1, False))

    def test_back_into_another_household_of_the_village(self):
        self.wang._move("lost", self.today, evidence="三次上门无人")
        home = self.new_home("village_doctor_a1", self.village_a1)
        self.moving_dialog(
            "village_doctor_a1", self.wang, kind="back", division_id=self.village_a1, household_id=home,
            relation="head", evidence="本人到场",
        ).action_confirm()  # fmt: skip
        self.assertEqual((self.wang.household_id, self.wang.relation), (home, "head"))

    # === WHATEVER IS DONE === #

    def test_no_way_leaves_them_apart(self):
        """Hundreds of steps by people and server code, in any order: no resident is apart from their household."""
        people = self.zhang | self.wang | self.li | self.make("孙七", self.village_a1, "19900601", 9)
        homes = self.home | self.other | self.home_b
        villages = self.village_a1 | self.village_a2 | self.village_b1
        keys = ("village_doctor_a1", "village_doctor_b1", "township_public_health_a", "administrator", None)
        for seed in range(6):
            draw = random.Random(seed)
            done = 0
            with self.env.cr.savepoint() as savepoint:
                for __ in range(40):
                    key = draw.choice(keys)
                    file, home, village = (draw.choice(list(some)) for some in (people, homes, villages))
                    as_user = self.as_user(key, file) if key else file.sudo()  # sudo: as server code does
                    at = as_user.env["bphs.household"].browse(home.id)
                    steps = {
                        "household": lambda f=as_user, h=home: f.write({"household_id": h.id}),
                        "none": lambda f=as_user: f.write({"household_id": False}),
                        "village": lambda f=as_user, v=village: f.write({"division_id": v.id}),
                        "both": lambda f=as_user, h=home, v=village: f.write(
                            {"household_id": h.id, "division_id": v.id}
                        ),
                        "home": lambda h=at, v=village: h.write({"division_id": v.id}),
                        "whole": lambda f=as_user, v=village: f._move_household(self.today, v),
                        "move": lambda f=as_user, v=village, h=home: f._move(
                            "within", self.today, division=v, household=h
                        ),
                        "lost": lambda f=as_user: f._move("lost", self.today, evidence="三次上门无人"),
                        "back": lambda f=as_user, v=village, h=home: f._move(
                            "back", self.today, division=v, household=h, evidence="本人到场"
                        ),
                    }
                    try:
                        with self.env.cr.savepoint():
                            steps[draw.choice(sorted(steps))]()
                            self.env.flush_all()
                            done += 1
                    except (AccessError, UserError, ValueError):
                        self.env.invalidate_all()
                    self.assertEqual(self.apart(), [], seed)
                self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
                self.assertGreater(done, 5)
                savepoint.rollback()
            self.env.invalidate_all()
