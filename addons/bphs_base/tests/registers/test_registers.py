from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.mixins import bphs_upload_limit_mixin
from ..common import CountyCase

SCREENS = (
    "bphs_institution",
    "bphs_division",
    "bphs_period",
    "bphs_period_exception",
    "bphs_document",
    "bphs_service_item",
    "bphs_working_day",
    "bphs_import_mapping",
)


@tagged("post_install", "-at_install")
class TestRegisters(CountyCase):
    def test_division_codes(self):
        divisions = self.env["bphs.division"]
        self.assertEqual(self.village_a1.parent_id.parent_id, self.county)
        for code, level, parent, words in (
            ("9904991012", "village", self.division_a, "twelve digits are needed"),  # short
            ("99049910120x", "village", self.division_a, "twelve digits are needed"),
            ("990499102203", "village", self.division_a, "does not begin with"),  # another township's digits
            ("990499101203", "township", self.county, "does not fit its level"),  # more digits than a township has
            ("000000000000", "province", None, "does not fit its level"),
            (
                "990499103000",
                "township",
                self.village_a1,
                "which is not of a higher level",
            ),  # the division above is of a lower level
        ):
            with self.refused(words, msg=code), self.env.cr.savepoint():
                divisions.create({"code": code, "name": "x", "level": level, "parent_id": parent and parent.id})
        with (
            mute_logger("odoo.sql_db"),
            self.refused("bphs_division_code_uniq", kind=IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.village_a2.copy({"code": self.village_a1.code})
        with self.refused("Recursion Detected"):
            self.county.parent_id = self.village_a1

    def test_institution_is_not_led_by_itself(self):
        with self.refused("Recursion Detected"):
            self.township_a.parent_id = self.clinic_a1

    def test_township_follows_the_tree(self):
        self.clinic_a1.parent_id = self.township_b
        self.assertEqual(self.clinic_a1.township_id, self.township_b)
        seen = self.as_user("township_director_a", "bphs.institution").search([])
        self.assertNotIn(self.clinic_a1.id, seen.ids)

    def test_first_bureau_names_the_company(self):
        administrator = self.as_user("administrator", "bphs.institution")
        self.env.company.name = "卫生健康局"
        for number, name in enumerate(("甲县卫生健康局", "乙县卫生健康局")):
            administrator.create({"code": f"X{number}", "name": name, "kind": "health_bureau"})
            self.assertEqual(self.env.company.name, "甲县卫生健康局")

    def test_another_township_is_neither_read_nor_written(self):
        for key in ("township_director_a", "village_doctor_a1"):
            for institution in (self.clinic_b1, self.bureau):
                with self.denied("this record is not within your scope"):
                    self.as_user(key, institution).read(["name"])
        with self.denied("this record is not yours to change"):
            self.as_user("administrator", self.finance_bureau).name = "x"

    def test_refusal_speaks_plainly(self):
        with self.denied("this record is not within your scope") as caught:
            self.as_user("township_director_a", self.township_b).read(["name"])
        self.assertIn("Institution: this record is not within your scope.", str(caught.exception))

    def test_document_found_by_number_however_typed(self):
        document = self.env["bphs.document"].create(
            {
                "number": "试卫字〔2099〕2号",
                "title": "结算通知",
                "issuer": "试验区卫健局",
                "date": "2099-01-05",
            }
        )
        self.assertEqual(document.display_name, "试卫字〔2099〕2号 结算通知")
        for typed in (
            "试卫字〔2099〕2号",
            "试卫字[2099]2号",
            "(2099)2号",
            "【2099】",
            "2099",
            "结算通知",
        ):
            found = self.as_user("auditor", "bphs.document").name_search(typed)
            self.assertIn(document.id, [found_id for found_id, __ in found], typed)
        self.assertFalse(self.env["bphs.document"].name_search("(2098)2号"))
        with (
            mute_logger("odoo.sql_db"),
            self.refused("bphs_document_number_uniq", kind=IntegrityError),
            self.env.cr.savepoint(),
        ):
            document.copy()

    def test_files_have_a_limit(self):
        document = {"number": "x", "title": "x", "issuer": "x", "date": "2025-01-01"}
        self.patch(bphs_upload_limit_mixin, "MOST_CHARACTERS", 40)
        made = self.env["bphs.document"].create({**document, "file": b"aGVsbG8="})
        with self.refused("a file of more than"):
            made.sudo().file = b"aGVsbG8=" * 10
        with self.refused("a file of more than"):
            self.env["bphs.document"].create({**document, "number": "y", "file": "aGVsbG8=" * 10})

    def test_next_year(self):
        periods = self.as_user("administrator", "bphs.period")
        latest = periods.search([("kind", "=", "year")], order="code desc", limit=1)
        periods.action_create_next_year()
        self.assertTrue(periods.search([("code", "=", f"{int(latest.code) + 1}Q4")]))
        with self.no_right("create", "bphs.period"):
            self.as_user("finance_officer", "bphs.period").action_create_next_year()

    def test_institution_list_is_bounded(self):
        self.env["bphs.institution"].create(
            [
                {
                    "code": f"TQ{number:03}",
                    "name": f"村卫生室{number}",
                    "kind": "village_clinic",
                    "parent_id": self.township_a.id,
                    "division_id": self.village_a1.id,
                }
                for number in range(80)
            ]
        )
        self.env.flush_all()
        fields = {"code": {}, "name": {}, "kind": {}, "parent_id": {"fields": {"display_name": {}}}}
        fields["division_id"] = {"fields": {"display_name": {}}}
        institutions = self.as_user("township_director_a", "bphs.institution")
        institutions.search([], limit=1)  # rights and rules are cached from here on
        self.env.invalidate_all()
        with self.assertQueryCount(8):
            found = institutions.web_search_read([], fields, limit=80)
        self.assertEqual(len(found["records"]), 80)

    def test_every_role_opens_every_screen(self):
        for key in self.user:
            menus = self.as_user(key, "ir.ui.menu").load_menus(False)
            root = self.env.ref("bphs_base.menu_root").id
            self.assertIn(root, menus["root"]["children"], key)
            users_menu = self.env.ref("bphs_base.res_users_menu").id
            self.assertEqual(users_menu in menus, key == "administrator", key)
            for screen in SCREENS:
                action = self.env.ref(f"bphs_base.{screen}_action")
                # A menu is for who keeps the register or looks things up in it; the screen itself opens for everyone.
                menu = self.env.ref(f"bphs_base.{screen}_menu")
                self.assertEqual(
                    menu.id in menus, bool(menu.group_ids & self.user[key].all_group_ids), f"{key} {screen}"
                )
                self.assertTrue(action.help, screen)
                views = [(False, mode) for mode in [*action.view_mode.split(","), "search"]]
                model = self.as_user(key, action.res_model)
                model.get_views(views)
                model.web_search_read([], {"display_name": {}}, limit=80)

    def test_administrators_screen_of_users(self):
        action = self.env.ref("bphs_base.res_users_action_bureau")
        users = self.as_user("administrator", "res.users")
        views = users.get_views([(view.view_id.id, view.view_mode) for view in action.view_ids])
        fields = {name: {} for name in views["models"]["res.users"]["fields"] if name in users._fields}
        self.assertIn("role_line_ids", fields)
        self.assertIn("bphs_institution_ids", views["views"]["form"]["arch"])
        self.assertTrue(users.web_search_read([], {"name": {}, "user_role_ids": {}}, limit=80)["records"])
