import json

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ResidentCase


@tagged("post_install", "-at_install")
class TestRoundabout(ResidentCase):
    """Ways round scope and log that go through another model, a grouping or a context."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.home = cls.env["bphs.household"].create({"division_id": cls.village_a1.id, "address": "三组 5 号"})
        cls.zhang.write({"household_id": cls.home.id, "relation": "head"})
        cls.ill = cls.make("钱多多", cls.village_a1, "19850601", 3, household_id=cls.home.id, relation="child")
        cls.group = cls.env["bphs.resident.group"]
        cls.group.create({"resident_id": cls.ill.id, "kind": "smi", "basis": "县医院", "date_from": "2020-01-01"})
        cls.group.create({"resident_id": cls.zhang.id, "kind": "hypertension", "date_from": "2020-01-01"})
        cls.env.flush_all()
        cls.env.invalidate_all()

    def entries(self, key):
        self.env.flush_all()
        return self.env["bphs.resident.access"].search([("user_id", "=", self.user[key].id)])

    # === HIDDEN MEMBERS OF A HOUSEHOLD === #

    def test_an_error_does_not_tell_of_a_hidden_member(self):
        """Moving a household to a township fails alike, whether somebody hidden lives in it or not."""
        errors = []
        for hidden in (True, False):
            if not hidden:
                self.ill.write({"household_id": False, "relation": False})
            self.env.flush_all()
            self.env.invalidate_all()
            dialog = self.as_user("village_doctor_a1", "bphs.resident.moving").create(
                {
                    "resident_id": self.zhang.id,
                    "kind": "within",
                    "whole_household": True,
                    "division_id": self.division_a.id,
                }
            )
            with self.assertRaises(UserError) as caught:
                dialog.action_confirm()
            errors.append((type(caught.exception), str(caught.exception)))
        self.assertEqual(errors[0], errors[1])
        self.assertNotEqual(errors[0][0], AccessError)

    def test_a_hidden_member_moves_along(self):
        as_doctor = self.as_user("village_doctor_a1", self.zhang)
        as_doctor._move_household(as_doctor._county_today(), self.village_a2)
        self.assertEqual((self.zhang | self.ill).division_id | self.home.division_id, self.village_a2)
        self.assertEqual(len(self.ill.move_ids), 1)
        seen = self.as_user("village_doctor_a1", "bphs.resident.move").search([])
        self.assertEqual(seen.sudo().resident_id, self.zhang)

    def test_a_members_right_is_needed(self):
        """A visible member who is not the user's to change keeps the household."""
        for key in ("auditor", "village_doctor_b1"):
            with self.subTest(key), self.denied(("bphs.resident", "not within your scope")):
                as_user = self.as_user(key, self.zhang)
                as_user._move_household(as_user._county_today(), self.village_a2)

    def test_a_household_lists_no_member_unopened(self):
        officer = self.as_user("primary_care_officer", self.zhang)
        officer.action_open("投诉核查")
        self.wang.write({"household_id": self.home.id, "relation": "child"})
        self.env.flush_all()
        self.env.invalidate_all()
        home = self.as_user("primary_care_officer", self.home)
        self.assertEqual(home.read(["member_ids"])[0]["member_ids"], self.zhang.ids)
        with self.denied("always forbidden"):
            home.read(["rule_member_ids"])

    # === NAMES === #

    def test_names_do_not_come_with_a_field(self):
        for key, shown in (("village_doctor_a1", "张*"), ("township_public_health_a", "张*"), ("auditor", "张三")):
            for hidden, name in ((self.zhang_b, shown), (self.ill, "")):
                with self.subTest(key, name=name):
                    self.env.invalidate_all()
                    self.assertEqual(self.as_user(key, hidden).sudo().display_name, name)  # sudo: as Odoo does
        for key in ("village_doctor_a1", "auditor"):
            self.assertEqual(self.as_user(key, self.zhang).display_name, "张三丰")
            self.assertEqual(self.as_user(key, self.zhang).sudo().display_name, "张三丰")  # sudo: as Odoo does
        self.assertEqual(self.ill.display_name, "钱多多")

    def test_a_new_file_has_its_name(self):
        form = self.as_user("village_doctor_a1", self.Resident).new({"name": "赵一"})
        self.assertEqual(form.display_name, "赵一")

    def test_a_pair_tells_masked_names_alone(self):
        self.make("张三峰", self.village_a1, "19500101", 5, phone="13812341234")
        pairs = self.env["bphs.resident.duplicate"]
        pairs.create({"first_id": self.zhang.id, "second_id": self.make("张三风", self.village_a1, "19500101", 7).id,
                      "kind": "probable"})  # fmt: skip
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self.as_user("primary_care_officer", pairs).search_read([], ["first_id", "second_id"])
        self.assertTrue(rows)
        self.assertNotIn("张三", json.dumps(rows, ensure_ascii=False))
        self.env.invalidate_all()
        rows = self.as_user("township_public_health_a", pairs).search_read([], ["first_id"])
        self.assertEqual(rows[0]["first_id"], (self.zhang.id, "张三丰"))

    def test_names_cost_no_query_each(self):
        ids = [self.make(f"孙{'一二三四五六七八九十'[n]}", self.village_a1, f"1960010{n % 9 + 1}", 11 + 2 * n).id
               for n in range(10)]  # fmt: skip
        model = self.as_user("village_doctor_a1", self.Resident)
        model.browse(ids[:1]).mapped("display_name")
        counts = []
        for some in (ids[:2], ids):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            model.browse(some).sudo().mapped("display_name")  # sudo: as Odoo does
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], 4)

    # === MERGED FILES === #

    def test_merging_hides_what_was_hidden(self):
        other = self.make("钱多", self.village_a1, "19850601", 9)
        for key in ("township_public_health_a",):
            self.name_person(key)
        self.env.flush_all()
        as_named = self.as_user("township_public_health_a", self.ill)
        as_named._merge_into(as_named.browse(other.id), "同一人")
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(self.ill.group_ids)
        self.assertTrue(self.ill.restricted and other.restricted)
        for key in ("village_doctor_a1", "team_leader_a", "auditor"):
            model = self.as_user(key, self.Resident).with_context(active_test=False)
            self.assertFalse(model.search([("id", "in", (self.ill | other).ids)]), key)
            self.assertFalse(self.as_user(key, "bphs.resident.access").search([("resident_id", "=", self.ill.id)]))

    def test_merging_into_a_hidden_file_hides(self):
        other = self.make("钱多", self.village_a1, "19850601", 9)
        other._merge_into(self.ill, "同一人")
        self.env.flush_all()
        self.assertTrue(other.restricted)
        later = self.make("孙七", self.village_a1, "19900601", 9)
        first = self.make("孙奇", self.village_a1, "19900601", 11)
        first._merge_into(later, "同一人")
        self.env.flush_all()
        self.assertFalse(first.restricted)
        self.group.create({"resident_id": later.id, "kind": "tb", "date_from": "2025-01-01"})
        self.env.flush_all()
        self.assertTrue(first.restricted)

    # === THE LOG === #

    def test_no_grouping_lists_people(self):
        model = self.as_user("township_public_health_a", self.Resident)
        for groupby in ("name", "pinyin", "initials", "ehr_number", "birth_date:day", "birth_date:day_of_month", "id",
                        "status_evidence", "household_id", "household_id.address", "merged_into_id.name"):  # fmt: skip
            for attempt in (
                lambda spec=groupby: model.formatted_read_group([], [spec], ["__count"]),
                lambda spec=groupby: model.formatted_read_grouping_sets([], [["sex"], [spec]], ["__count"]),
                lambda spec=groupby: model.web_read_group([], [spec], ["__count"]),
            ):
                with self.subTest(groupby), self.denied("Residents are counted by what many share, not by"):
                    attempt()
        for aggregate in ("name:array_agg", "name:max", "id:recordset", "id:array_agg", "birth_date:min"):
            with self.subTest(aggregate), self.denied("Residents are counted by what many share, not by"):
                model.formatted_read_group([], ["sex"], [aggregate])
        for name, groupby in (
            ("bphs.resident.group", "resident_id"),
            ("bphs.resident.group", "resident_id.name"),
            ("bphs.resident.group", "basis"),
            ("bphs.resident.move", "resident_id.name"),
            ("bphs.household", "address"),
        ):
            with self.subTest(groupby), self.denied("Residents are counted by what many share, not by"):
                self.as_user("township_public_health_a", name).formatted_read_group([], [groupby], ["__count"])
        counted = model.formatted_read_group([], ["division_id", "sex", "birth_date:year"], ["__count"])
        self.assertEqual(sum(group["__count"] for group in counted), 3)
        self.assertEqual(model.web_read_group([], ["status"], ["__count"])["groups"][0]["__count"], 3)
        kinds = self.as_user("township_public_health_a", self.group)
        self.assertEqual(kinds.formatted_read_group([], ["kind", "resident_id.sex"], ["__count"])[0]["__count"], 1)

    def test_reading_round_the_file_is_logged(self):
        for key, read in (
            (
                "village_doctor_a1",
                lambda key: self.as_user(key, self.group).search_read([], ["resident_id", "kind", "basis"]),
            ),
            (
                "team_leader_a",
                lambda key: self.as_user(key, "bphs.household").search_read([], ["head_id", "address"]),
            ),
            ("township_director_a", lambda key: self.as_user(key, self.home).web_read({"address": {}})),
            ("township_public_health_a", lambda key: self.as_user(key, self.zhang).timeline()),
        ):
            with self.subTest(key):
                self.env.invalidate_all()
                self.assertTrue(read(key))
                (entry,) = self.entries(key)
                self.assertEqual((entry.kind, entry.resident_id), ("open", self.zhang))
        self.assertFalse(getattr(type(self.Resident).timeline, "_readonly", False))

    def test_several_people_round_the_file_are_a_list(self):
        key = "township_public_health_a"
        self.group.create({"resident_id": self.li.id, "kind": "diabetes", "date_from": "2020-01-01"})
        self.as_user(key, self.group).search_read([], ["resident_id"])
        self.assertEqual([(entry.kind, entry.count) for entry in self.entries(key)], [("list", 2)])

    def test_changing_a_group_changes_the_file(self):
        key = "village_doctor_a1"
        made = self.as_user(key, self.group).create(
            {"resident_id": self.wang.id, "kind": "diabetes", "date_from": "2024-01-01"}
        )
        self.assertEqual(len(self.log(self.wang, kind="change", user_id=self.user[key].id)), 1)
        made.write({"basis": "县医院"})
        entry = self.log(self.wang, kind="change", user_id=self.user[key].id)[0]
        self.assertIn("Key Groups", entry.what)
        self.assertIn("Basis", entry.what)
        with self.denied("not within your scope"):
            made.write({"resident_id": self.zhang_b.id})

    def test_a_group_stays_with_its_person(self):
        """Moved within the scope, by its own form or as a line of the other's, it was never the first person's."""
        key = "village_doctor_a1"
        vals = {"resident_id": self.wang.id, "kind": "diabetes", "date_from": "2024-01-01"}
        made = self.as_user(key, self.group).create(vals)
        self.env.flush_all()
        for model, one, said in (
            ("bphs.resident.group", made.id, {"resident_id": self.zhang.id}),
            ("bphs.resident", self.zhang.id, {"group_ids": [[4, made.id]]}),
            ("bphs.resident", self.zhang.id, {"group_ids": [[4, made.id, {"basis": "x"}]]}),
            ("bphs.resident", self.zhang.id, {"group_ids": [[6, 0, [made.id]]]}),
            ("bphs.resident", self.zhang.id, {"group_ids": [[1, made.id, {"resident_id": self.zhang.id}]]}),
        ):
            for method, *more in (("write",), ("web_save", {})):
                with self.subTest(model, said=said, method=method), self.refused("A key group stays with its person"):
                    self.ask(key, model, method, [one], said, *more)
        # A form sends back what stands.
        self.ask(key, "bphs.resident.group", "write", made.ids, {"resident_id": self.wang.id, "basis": "县医院"})
        self.ask(key, "bphs.resident", "write", self.wang.ids, {"group_ids": [[4, made.id]]})
        self.assertEqual((made.resident_id, made.basis), (self.wang, "县医院"))

    # === WHAT COMES BY THE CONTEXT, AND WHAT IS NOT FOR TYPING === #

    @mute_logger("odoo.sql_db")
    def test_no_file_without_its_number(self):
        for name, vals in (
            ("bphs.resident", {"name": "周八", "id_type": "none", "id_reason": "新生儿"}),
            ("bphs.household", {"address": "一组"}),
        ):
            model = self.as_user("village_doctor_a1", name).with_context(default_division_id=self.village_a1.id)
            with self.subTest(name), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                model.create(vals)

    def test_a_households_number_stays(self):
        for key in ("village_doctor_a1", "township_public_health_a", "administrator"):
            with self.subTest(key), self.refused("The number of a household is drawn when it is"):
                self.as_user(key, self.home).write({"number": "990499101201H00099"})

    def test_the_grounds_of_an_export_are_told_by_its_text_alone(self):
        self.name_person("village_doctor_a1")
        export = self.as_user("village_doctor_a1", "bphs.resident.export").create({"reason": "随访核对"})
        export.action_submit()
        self.assertIn("named persons", export.grounds_text)
        for key in ("township_director_a", "administrator", "village_doctor_a1"):
            seen = self.as_user(key, export)
            with self.subTest(key), self.denied("Export of Residents"):
                seen.read(["grounds"])
        self.assertEqual(self.as_user("township_director_a", export).grounds_text, "")
