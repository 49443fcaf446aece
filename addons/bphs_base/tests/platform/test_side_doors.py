from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import CountyCase

# As Odoo says that a group, a field or an action is not for somebody.
NO_RIGHT = ("not allowed", "enough rights", "rights to export", "不允许", "权限", "yourself", "others")


@tagged("post_install", "-at_install")
class TestSideDoors(CountyCase):
    """Doors of the platform that any internal user reaches."""

    # === STORED FILTERS === #

    def test_a_stored_filter_is_its_makers(self):
        doctor = self.user["village_doctor_a1"]
        mine = self.as_user("village_doctor_a1", "ir.filters")
        row = {"name": "全部", "model_id": "bphs.institution", "domain": "[]", "is_default": True}
        for ways in (row, {**row, "user_ids": False}, {**row, "user_ids": [Command.set([])]}):
            self.assertEqual(mine.create(ways).sudo().user_ids, doctor)
        self.assertFalse(self.as_user("leader", "ir.filters").get_filters("bphs.institution"))
        other = self.user["leader"]
        for ways in ({**row, "user_ids": [other.id]}, {**row, "user_ids": [doctor.id, other.id]}):
            with self.denied(("you may not add this record", "is for yourself")), self.cr.savepoint():
                mine.create(ways)
        stored = mine.create(row)
        for ways in ([Command.clear()], [Command.link(other.id)], [Command.set([other.id])]):
            with self.assertRaisesRegex(AccessError, "is for yourself|not yours"), self.cr.savepoint():
                stored.write({"user_ids": ways})
        stored.write({"name": "我的"})
        stored.unlink()

    def test_a_filter_for_everyone_is_the_administrators_to_change(self):
        shared = self.env["ir.filters"].create(
            {"name": "全县", "model_id": "bphs.institution", "domain": "[]", "user_ids": False}
        )
        self.assertFalse(shared.user_ids)
        seen = self.as_user("village_doctor_a1", "ir.filters").get_filters("bphs.institution")
        self.assertIn(shared.id, [row["id"] for row in seen])
        mine = self.as_user("village_doctor_a1", shared)
        for attempt in (lambda: mine.write({"domain": "[(0, '=', 1)]"}), mine.unlink):
            with self.assertRaisesRegex(AccessError, "is for yourself"), self.cr.savepoint():
                attempt()

    def test_nobody_puts_a_button_on_the_screens_of_others(self):
        action = self.env.ref("bphs_base.bphs_institution_action")
        row = {
            "name": "导出",
            "parent_action_id": action.id,
            "parent_res_model": "bphs.institution",
            "python_method": "action_archive",
        }
        made = self.env["ir.embedded.actions"].create(row)
        for key in self.user:
            mine = self.as_user(key, made)
            for attempt in (
                lambda mine=mine: mine.create(row),
                lambda mine=mine, key=key: mine.create({**row, "user_id": self.user[key].id}),
                lambda mine=mine: mine.write({"python_method": "unlink"}),
                mine.unlink,
            ):
                with self.subTest(key), self.denied("made by the system administrator"), self.cr.savepoint():
                    attempt()

    # === SERVER ACTIONS === #

    # === WHAT EVERYBODY WORKS WITH === #

    def test_nobody_changes_the_columns_another_takes_out(self):
        takers = self.env.ref("base.group_allow_export")
        self.user["auditor"].group_ids |= takers
        mine = self.as_user("auditor", "ir.exports")
        stored = mine.create(
            {"name": "名册", "resource": "bphs.institution", "export_fields": [(0, 0, {"name": "name"})]}
        )
        for key in self.user:
            if key == "auditor":
                continue
            line = self.as_user(key, stored.export_fields)
            for attempt in (
                lambda line=line: line.write({"name": "code"}),
                lambda line=line: line.create({"export_id": stored.id, "name": "code"}),
                line.unlink,
            ):
                with self.assertRaisesRegex(AccessError, "Somebody else stored this list"), self.cr.savepoint():
                    attempt()
        other = self.as_user("finance_officer", "ir.exports")
        other.env.user.sudo().group_ids |= takers
        with self.denied("Somebody else stored this list"):
            stored.with_env(other.env).write({"name": "我的"})
        own = other.create(
            {"name": "我的", "resource": "bphs.institution", "export_fields": [(0, 0, {"name": "code"})]}
        )
        with self.denied("Somebody else stored this list"):
            own.export_fields.write({"export_id": stored.id})
        with self.denied("Somebody else stored this list"):
            stored.with_env(other.env).unlink()
        own.export_fields.name = "name"
        own.unlink()
        stored.export_fields.name = "code"

    def test_what_is_everybodys_is_the_systems_to_change(self):
        layout = self.env["report.layout"].search([], limit=1)
        mapping = self.env["base_import.mapping"].create({"res_model": "x", "column_name": "x", "field_name": "x"})
        for key in self.user:
            for record, values in ((layout, {"name": "x"}), (mapping, {"field_name": "y"})):
                mine = self.as_user(key, record)
                for attempt in (
                    lambda mine=mine, values=values: mine.write(values),
                    lambda mine=mine: mine.copy(),
                    mine.unlink,
                ):
                    with (
                        self.assertRaisesRegex(AccessError, "the system administrator changes it"),
                        self.cr.savepoint(),
                    ):
                        attempt()
        mapping.with_user(self.env.ref("base.user_admin")).write({"field_name": "z"})

    def test_a_text_kept_for_chatting_is_ones_own(self):
        everybody = [Command.link(self.env.ref("base.group_user").id)]
        row = {"source": "好", "substitution": "已同意"}
        for key in self.user:
            if key == "administrator":
                continue
            mine = self.as_user(key, "mail.canned.response")
            own = mine.create(row)
            for attempt in (
                lambda mine=mine: mine.create({**row, "group_ids": everybody}),
                lambda own=own: own.write({"group_ids": everybody}),
            ):
                with self.assertRaisesRegex(AccessError, "is for yourself"), self.cr.savepoint():
                    attempt()

    def test_nobody_runs_what_the_clock_runs(self):
        """Every server action there is, ours by name; each by its groups, as each of the roles."""
        jobs = self.env["ir.cron"].with_context(active_test=False).search([])
        ours = jobs.filtered(lambda job: (job.model_id.model or "").startswith("bphs."))
        for job in ours:
            self.assertEqual(job.ir_actions_server_id.group_ids, self.env.ref("base.group_system"), job.name)
        for key in self.user:
            for job in jobs:
                with self.subTest(f"{job.name}, {key}"), self.denied("the clock runs it"), self.cr.savepoint():
                    self.as_user(key, job.ir_actions_server_id).run()

    def test_every_action_of_the_suite_has_groups(self):
        actions = self.env["ir.actions.server"].search([])
        of_ours = self.env["ir.model.data"].search([("model", "=", "ir.actions.server"), ("module", "=like", "bphs_%")])
        ours = actions.filtered(
            lambda action: (action.model_id.model or "").startswith("bphs.") or action.id in of_ours.mapped("res_id")
        )
        without = ours.filtered(lambda action: not action.group_ids)
        self.assertFalse(without, without.mapped("name"))

    def test_an_action_without_groups_is_for_who_may_write(self):
        action = self.env["ir.actions.server"].create(
            {
                "name": "x",
                "model_id": self.env["ir.model"]._get("bphs.division").id,
                "state": "code",
                "code": "records.sudo().write({'type_name': 'x'})",
            }
        )
        context = {"active_model": "bphs.division", "active_id": self.county.id, "active_ids": self.county.ids}
        with self.denied(NO_RIGHT):
            self.as_user("village_doctor_a1", action).with_context(**context).run()
        self.as_user("administrator", action).with_context(**context).run()
        self.assertEqual(self.county.type_name, "x")

    def test_the_clock_still_runs_its_jobs(self):
        job = self.env.ref("base_user_role.cron_update_users")
        job.ir_actions_server_id.with_user(self.env.ref("base.user_root")).run()

    def test_files_are_read_by_the_imports_of_the_suite_alone(self):
        """Odoo's own import unfolds a workbook in the worker."""
        made = self.env["base_import.import"].create({"res_model": "bphs.division"})
        for key in self.user:
            mine = self.as_user(key, made)
            for attempt in (
                lambda mine=mine: mine.create({"res_model": "bphs.division", "file": b"x"}),
                lambda mine=mine: mine.write({"file": b"x"}),
            ):
                with self.subTest(key), self.denied("for the system administrator"), self.cr.savepoint():
                    attempt()

    # === ROLES OF OTHERS === #

    def test_roles_of_others_are_for_administrators(self):
        other = self.user["leader"]
        leaders = self.env.ref("bphs_base.group_leader")
        for key in self.user:
            if key in ("administrator", "leader"):
                continue
            seen = self.as_user(key, other)
            attempts = {
                "read": lambda seen=seen: seen.read(["group_ids"]),
                "read all": lambda seen=seen: seen.read(["all_group_ids"]),
                "web_read": lambda seen=seen: seen.web_read({"all_group_ids": {}}),
                "export": lambda seen=seen: seen.export_data(["all_group_ids/id"]),
                "role": lambda seen=seen: seen.read(["role"]),
                "has_group": lambda seen=seen: seen.has_group("bphs_base.group_leader"),
                "has_groups": lambda seen=seen: seen.has_groups("bphs_base.group_leader"),
                "search": lambda seen=seen: seen.search_count([("group_ids", "in", leaders.ids)]),
                "search all": lambda seen=seen: seen.search_count([("all_group_ids", "in", leaders.ids)]),
                "search by name": lambda seen=seen: seen.search_count([("all_group_ids", "ilike", "Leader")]),
                "search around": lambda seen=seen: seen.search_count([("all_group_ids.name", "=", "Leader")]),
                "partner": lambda seen=seen: seen.partner_id.search_count([("user_ids.group_ids", "in", leaders.ids)]),
                "group": lambda key=key: self.as_user(key, leaders).read(["user_ids"]),
                "group all": lambda key=key: self.as_user(key, leaders).read(["all_user_ids"]),
                "groups": lambda key=key: self.as_user(key, leaders).search_count([("user_ids", "in", other.ids)]),
                "count": lambda key=key: self.as_user(key, leaders).read(["all_users_count"]),
            }
            for name, attempt in attempts.items():
                with self.subTest(f"{name}, {key}"), self.refused(NO_RIGHT), self.cr.savepoint():
                    attempt()
            own = self.as_user(key, self.user[key])
            self.assertTrue(own.read(["group_ids"])[0]["group_ids"])
            self.assertTrue(own.has_group("bphs_base.group_user"))
        self.assertTrue(self.as_user("administrator", other).read(["group_ids"])[0]["group_ids"])

    def test_people_are_still_found_for_a_channel(self):
        everybody = self.env.ref("base.group_user")
        found = self.as_user("village_doctor_a1", "res.users").search([("all_group_ids", "in", everybody.ids)])
        self.assertIn(self.user["leader"], found)
        channel = self.as_user("village_doctor_a1", "discuss.channel")._create_channel("甲镇", everybody.id)
        store = self.as_user("village_doctor_a1", "res.partner").search_for_channel_invite("leader", channel.id)
        self.assertIn(self.user["leader"].partner_id.id, store["partner_ids"])
        allowed = channel._get_allowed_message_partner_ids(self.user["leader"].partner_id.ids)
        self.assertEqual(allowed.ids if hasattr(allowed, "ids") else allowed, self.user["leader"].partner_id.ids)

    # === GROUPINGS === #

    def test_nobody_groups_by_what_they_may_not_read(self):
        """Every many2many with groups of its own, of every model: Odoo asks for a right where it selects a column."""
        tried = set()
        for name in sorted(self.registry):
            for field in self.env[name]._fields.values() if not self.env[name]._abstract else ():
                if field.type != "many2many" or not field.store or not field.groups:
                    continue
                for key in ("village_doctor_a1", "auditor", "leader"):
                    records = self.as_user(key, name)
                    if not records.has_access("read") or records._has_field_access(field, "read"):
                        continue
                    tried.add((name, field.name))
                    with self.subTest(f"{name}.{field.name}, {key}"), self.denied(NO_RIGHT):
                        records.formatted_read_group([], [field.name], ["__count"])
        self.assertLessEqual({("res.users", "group_ids"), ("res.groups", "user_ids")}, tried)

    def test_nor_through_what_leads_there(self):
        institutions = self.as_user("village_doctor_a1", "bphs.institution")
        with self.denied(NO_RIGHT):
            institutions.formatted_read_group([], ["create_uid.group_ids"], ["__count"])
        told = self.as_user("administrator", "res.users").formatted_read_group(
            [("id", "=", self.user["leader"].id)], ["group_ids"], ["__count"]
        )
        self.assertTrue(told, "administrators see roles")
