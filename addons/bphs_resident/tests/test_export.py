import hashlib
import io
from datetime import timedelta

import openpyxl

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.bphs_base.tests.stored_defaults import store_default

from ..models.exporting import bphs_resident_export
from .common import ResidentCase, id_number


@tagged("post_install", "-at_install")
class TestExport(ResidentCase):
    def ask(self, key="township_public_health_a", **vals):
        export = self.as_user(key, "bphs.resident.export").create({"reason": "老年人体检预约", **vals})
        export.action_submit()
        return export

    def workbook(self, export, key="township_public_health_a"):
        name, content = self.as_user(key, export)._print_file("RESIDENTS", "xlsx")
        self.assertTrue(name.endswith(".xlsx"))
        page = openpyxl.load_workbook(io.BytesIO(content)).active
        return content, page, [[cell.value for cell in row] for row in page.iter_rows()]

    def test_a_short_masked_list_is_ready_at_once(self):
        export = self.ask()
        self.assertRecordValues(export, [{"state": "ready", "row_count": 3, "grounds_text": "", "can_download": True}])
        content, page, rows = self.workbook(export)
        text = str(rows)
        self.assertIn("张三丰", text)
        self.assertNotIn("19500101", text.replace("1950-01-01", ""))
        self.assertIn("138****1234", text)
        self.assertNotIn("13812341234", text)
        self.assertNotIn("张三'", text)  # the other township's
        self.assertIn("用途：老年人体检预约", text)
        self.assertIn("已脱敏", text)
        self.assertIn(self.user["township_public_health_a"].name, text)
        self.assertIn(self.user["township_public_health_a"].name, page.oddHeader.center.text)
        log = self.env["bphs.print.log"].search([("res_model", "=", export._name), ("res_id", "=", export.id)])
        self.assertRecordValues(
            log,
            [
                {
                    "row_count": 3,
                    "sha256": hashlib.sha256(content).hexdigest(),
                    "user_id": self.user["township_public_health_a"].id,
                }
            ],
        )
        access = self.env["bphs.resident.access"].search([("kind", "=", "export")])
        self.assertEqual((access.count, access.reason), (3, "老年人体检预约"))
        self.assertIn(log.sha256, access.what)

    def test_no_stored_default_takes_a_list_out(self):
        """Whole numbers were taken so by a doctor and a township director, without the second person."""
        for key in ("village_doctor_a1", "township_director_a"):
            for name, value in (
                ("state", "ready"),
                ("approved_by_id", self.user["primary_care_officer"].id),
                ("approved_on", "2031-01-02 00:00:00"),
                ("asked_on", "2031-01-02 00:00:00"),
                ("resident_ids_asked", (self.zhang | self.zhang_b).ids),
                ("row_count", 1),
                ("unmasked", True),
            ):
                store_default(self.env, "bphs.resident.export", name, value, self.user[key])
            export = self.as_user(key, "bphs.resident.export").create({"reason": "老年人体检预约"})
            self.assertRecordValues(
                export.sudo(),
                [{"state": "draft", "approved_by_id": False, "resident_ids_asked": False, "unmasked": False}],
            )
            with self.refused("this step is not possible now"):
                export._print_file("RESIDENTS", "xlsx")

    def test_asked_for_in_the_form(self):
        form = Form(self.as_user("township_public_health_a", "bphs.resident.export"))
        form.reason = "老年人体检预约"
        form.division_ids.add(self.village_a2)
        export = form.save()
        export.action_submit()
        self.assertEqual((export.user_id, export.row_count), (self.user["township_public_health_a"], 1))

    def test_each_download_is_logged(self):
        export = self.ask()
        self.assertFalse(export.downloaded_on)
        self.workbook(export)
        self.workbook(export)
        export.invalidate_recordset()
        self.assertTrue(self.as_user("township_director_a", export).downloaded_on)
        self.assertEqual(self.env["bphs.print.log"].search_count([("res_id", "=", export.id)]), 2)

    def test_which_residents(self):
        self.assertEqual(self.ask(division_ids=[(6, 0, self.village_a2.ids)]).row_count, 1)
        self.env["bphs.resident.group"].create(
            {"resident_id": self.zhang.id, "kind": "hypertension", "date_from": "2020-01-01"}
        )
        self.assertEqual(self.ask(group="hypertension").row_count, 1)
        self.assertEqual(self.ask(file_state="not_standardised").row_count, 3)
        self.zhang._move("died", self.zhang._county_today(), evidence="证明")
        self.assertEqual(self.ask().row_count, 2)
        self.assertEqual(self.ask(with_ended=True).row_count, 3)
        with self.assertRaisesRegex(UserError, "Nobody"):
            self.ask(group="smi")

    def test_groups_by_age_need_no_entry(self):
        self.assertEqual(self.ask(group="elderly_65").row_count, 2)

    def test_more_than_two_hundred_rows_need_a_second_person(self):
        self.patch(bphs_resident_export, "ROWS_WITHOUT_APPROVAL", 2)
        export = self.ask()
        self.assertRecordValues(
            export, [{"state": "waiting", "grounds_text": "more than 2 rows", "can_download": False}]
        )
        with self.refused("this step is not possible now"):
            self.workbook(export)
        with self.assertRaisesRegex(AccessError, "does not approve"):
            export.action_approve()
        for key in ("village_doctor_a1", "township_director_b", "auditor"):
            with self.denied(("not within your scope", "Your role does not approve exports")):
                self.as_user(key, export).action_approve()
        director = self.as_user("township_director_a", export)
        self.assertTrue(director.can_approve)
        director.action_approve()
        self.assertEqual((export.state, export.approved_by_id), ("ready", self.user["township_director_a"]))
        self.workbook(export)
        with self.denied("This list was asked for by somebody else"):
            self.workbook(export, "township_director_a")  # approved, not theirs to take

    def test_nobody_approves_their_own(self):
        self.patch(bphs_resident_export, "ROWS_WITHOUT_APPROVAL", 0)
        export = self.ask("township_director_a")
        with self.assertRaisesRegex(AccessError, "second person"):
            export.action_approve()
        self.as_user("administrator", export).action_approve()
        with self.refused("this step is not possible now"):
            self.as_user("primary_care_officer", export).action_refuse("不需要")

    def test_refused(self):
        export = self.ask(unmasked=True)
        with self.assertRaisesRegex(UserError, "Say in words"):
            self.as_user("township_director_a", export).action_refuse()
        window = self.as_user("township_director_a", export).with_context(step="refuse").action_ask_step()
        dialog = self.as_user("township_director_a", "bphs.step.reason").with_context(**window["context"])
        dialog.create({"reason": "脱敏名单即可"}).action_confirm()
        self.assertEqual((export.state, export.answer), ("refused", "脱敏名单即可"))
        with self.refused("this step is not possible now"):
            self.workbook(export)

    def test_whole_numbers_need_role_and_approval(self):
        with self.assertRaisesRegex(AccessError, "whole numbers"):
            self.ask("township_director_a", unmasked=True)
        export = self.ask(unmasked=True)
        self.assertEqual((export.state, export.grounds_text), ("waiting", "whole numbers"))
        self.as_user("township_director_a", export).action_approve()
        __, __, rows = self.workbook(export)
        self.assertIn(id_number("19500101", 1), str(rows))
        self.assertIn("13812341234", str(rows))

    def test_minors_and_named_persons(self):
        self.make("小张", self.village_a1, "20200101", 1)
        self.assertEqual(self.ask().grounds_text, "children under 14")
        self.assertEqual(self.ask("township_director_a").grounds_text, "")  # children are not theirs to see
        self.env["bphs.resident.group"].create(
            {"resident_id": self.li.id, "kind": "smi", "date_from": "2020-01-01", "basis": "县医院"}
        )
        self.assertEqual(self.ask(division_ids=[(6, 0, self.village_a1.ids)]).row_count, 3)
        with self.refused("Nobody you may see fits these conditions"):
            self.ask(division_ids=[(6, 0, self.village_a2.ids)])
        self.name_person("township_public_health_a")
        export = self.ask(division_ids=[(6, 0, self.village_a2.ids)])
        self.assertEqual(export.sudo().grounds, "restricted")  # sudo: codes are nobody's to read
        self.assertEqual(self.as_user("township_director_a", export).grounds_text, "")
        self.assertIn("named persons", export.grounds_text)

    def test_who_lost_sight_of_a_file_does_not_get_it(self):
        export = self.ask()
        self.zhang._move("within", self.zhang._county_today(), division=self.village_b1)
        __, __, rows = self.workbook(export)
        self.assertNotIn("张三丰", str(rows))

    def test_for_seven_days(self):
        export = self.ask()
        export.sudo()._write_state({"asked_on": fields.Datetime.now() - timedelta(days=8)})
        self.assertFalse(export.can_download)
        with self.assertRaisesRegex(UserError, "days"):
            self.workbook(export)

    def test_nobody_sets_what_steps_set(self):
        exports = self.as_user("township_public_health_a", "bphs.resident.export")
        for vals in ({"state": "ready"}, {"user_id": self.user["auditor"].id}, {"resident_ids_asked": [1]}):
            with self.refused("of an export cannot be set directly"):
                exports.create({"reason": "核对", **vals})
        draft = exports.with_context(default_state="ready", default_row_count=1).create({"reason": "核对"})
        self.assertEqual((draft.state, draft.row_count), ("draft", 0))
        with self.denied("This list was asked for by somebody else"):
            self.as_user("township_director_a", draft).write({"unmasked": True})
        asked = self.ask()
        for attempt in (lambda: asked.write({"unmasked": True}), lambda: asked.unlink(), lambda: asked.action_submit()):
            with self.refused(("What has been asked for stays as it is. Ask for", "this step is not possible now")):
                attempt()
        with self.denied("allowed for groups"):
            asked.read(["resident_ids_asked"])

    def test_a_county_user_exports_what_they_opened(self):
        with self.refused("Nobody you may see fits these conditions"):
            self.ask("primary_care_officer")
        self.as_user("primary_care_officer", self.zhang).action_open("核查投诉")
        self.assertEqual(self.ask("primary_care_officer").row_count, 1)

    def test_the_auditor_reads_who_took_what(self):
        self.ask()
        self.assertEqual(self.as_user("auditor", "bphs.resident.export").search_count([]), 1)
        with self.no_right("create", "bphs.resident.export"):
            self.as_user("auditor", "bphs.resident.export").create({"reason": "核对"})

    def test_too_many_rows(self):
        self.patch(bphs_resident_export, "MOST_ROWS", 2)
        with self.assertRaisesRegex(UserError, "choose villages"):
            self.ask()

    def test_a_name_like_a_formula_is_text(self):
        self.zhang.name = "=1+1"
        __, page, __ = self.workbook(self.ask())
        cells = [cell for row in page.iter_rows() for cell in row if cell.value == "=1+1"]
        self.assertEqual([cell.data_type for cell in cells], ["s"])

    def test_a_file_up_to_standard_comes_along(self):
        household = self.env["bphs.household"].create({"division_id": self.village_a1.id})
        today = self.zhang._county_today()
        self.zhang.sudo().write(  # sudo: the day of a service is entered by services
            {"household_id": household.id, "relation": "head", "last_service_on": today}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertTrue(self.zhang.standardised)
        __, __, rows = self.workbook(self.ask())
        (row,) = [cells for cells in rows if "张三丰" in cells]
        self.assertIn(household.number, row)
        self.assertIn("户主", row)

    def test_queries_do_not_grow_with_rows(self):
        self.workbook(self.ask())  # what Odoo keeps from the first time on is not counted
        order = 99
        for unmasked in (False, True):
            counts = []
            for more in (8, 32):
                order += 1
                for year in range(1950, 1950 + more):
                    household = self.env["bphs.household"].create({"division_id": self.village_a2.id})
                    self.make("孙大圣", self.village_a2, f"{year}0101", order, household_id=household.id)
                export = self.ask(division_ids=[(6, 0, self.village_a2.ids)], unmasked=unmasked)
                if unmasked:
                    self.as_user("township_director_a", export).action_approve()
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self.as_user("township_public_health_a", export)._print_file("RESIDENTS", "xlsx")
                self.env.flush_all()
                counts.append(self.env.cr.sql_log_count - before)
            with self.subTest(unmasked=unmasked):
                self.assertEqual(counts[0], counts[1])
