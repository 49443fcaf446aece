from odoo import Command
from odoo.tests import new_test_user, tagged

from ..common import CountyCase


@tagged("post_install", "-at_install")
class TestUsers(CountyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.role_doctor = cls.env.ref("bphs_base.role_village_doctor")
        cls.role_finance = cls.env.ref("bphs_base.role_finance_officer")
        cls.users = cls.as_user("administrator", "res.users")
        cls.system = new_test_user(cls.env, "test_system", groups="base.group_system")

    def test_administrator_makes_a_user(self):
        user = self.users.create(
            {
                "name": "新村医",
                "login": "test_new",
                "new_password": "a long enough one",
                "role_line_ids": [Command.create({"role_id": self.role_doctor.id})],
                "bphs_institution_ids": [Command.set(self.clinic_a1.ids)],
            }
        )
        self.assertTrue(user.has_group("bphs_base.group_village_doctor"))
        self.assertEqual(user.tz, "Asia/Shanghai")
        self.assertEqual(user.lang, "zh_CN" if self.env["res.lang"]._get_data(code="zh_CN") else "en_US")
        institutions = self.env["bphs.institution"].with_user(user.id)
        self.assertEqual(institutions.search([]).ids, self.clinic_a1.ids)
        user.write({"role_line_ids": [Command.clear(), Command.create({"role_id": self.role_finance.id})]})
        self.assertTrue(user.has_group("bphs_base.group_finance_officer"))
        self.assertFalse(user.has_group("bphs_base.group_village_doctor"))
        user.action_archive()
        self.assertFalse(user.active)

    def test_administrator_does_not_become_more(self):
        administrator = self.as_user("administrator", self.user["administrator"])
        doctor = self.as_user("administrator", self.user["village_doctor_a1"])
        group = self.env.ref("base.group_system")
        role = self.env["res.users.role"].create({"name": "system", "implied_ids": [Command.link(group.id)]})
        line = {"role_id": role.id, "user_id": doctor.id}
        attempts = {
            "own groups": lambda: administrator.write({"group_ids": [Command.link(group.id)]}),
            "own role": lambda: administrator.write({"role_line_ids": [Command.create({"role_id": role.id})]}),
            "own finance role": lambda: administrator.write(
                {"role_line_ids": [Command.create({"role_id": self.role_finance.id})]}
            ),
            "own scope": lambda: administrator.write({"bphs_institution_ids": [Command.link(self.finance_bureau.id)]}),
            "groups of another": lambda: doctor.write({"group_ids": [Command.link(group.id)]}),
            "the odoo role": lambda: doctor.write({"role": "group_system"}),
            "a system role": lambda: doctor.write({"role_line_ids": [Command.create({"role_id": role.id})]}),
            "a system role by its line": lambda: self.as_user("administrator", "res.users.role.line").create(line),
            "own role by its line": lambda: self.as_user("administrator", "res.users.role.line").create(
                {"role_id": self.role_finance.id, "user_id": administrator.id}
            ),
            "own role by a changed line": lambda: self.as_user(
                "administrator", self.user["village_doctor_a1"].role_line_ids
            ).write({"user_id": administrator.id}),
            "a role made over": lambda: self.as_user("administrator", self.role_doctor).write(
                {"implied_ids": [Command.link(group.id)]}
            ),
            "a group made over": lambda: self.as_user("administrator", self.env.ref("bphs_base.group_user")).write(
                {"implied_ids": [Command.link(group.id)]}
            ),
            "the system administrator's password": lambda: self.as_user("administrator", self.system).write(
                {"password": "mine now"}
            ),
            "the system administrator's login": lambda: self.as_user("administrator", self.system).write(
                {"login": "x"}
            ),
            "a user born with groups": lambda: self.users.create(
                {"name": "x", "login": "test_x", "group_ids": [Command.link(group.id)]}
            ),
            "an institution not theirs": lambda: doctor.write(
                {"bphs_institution_ids": [Command.link(self.finance_bureau.id)]}
            ),
            "a user of an institution not theirs": lambda: self.users.create(
                {
                    "name": "x",
                    "login": "test_y",
                    "bphs_institution_ids": [Command.link(self.finance_bureau.id)],
                }
            ),
            "deletion": lambda: doctor.unlink(),
        }
        reasons = {
            "own groups": "A bureau administrator does not set: group_ids",
            "own role": "Nobody sets their own roles",
            "own finance role": "Nobody sets their own roles",
            "own scope": "Nobody sets their own roles",
            "groups of another": "does not set: group_ids",
            "the odoo role": "does not set: role",
            "a system role": "is given by the system administrator",
            "a system role by its line": "is given by the system administrator",
            "own role by its line": "Nobody sets their own roles",
            "own role by a changed line": "Nobody sets their own roles",
            "a role made over": "res.groups",
            "a group made over": "res.groups",
            "the system administrator's password": "administers the system",
            "the system administrator's login": "administers the system",
            "a user born with groups": "does not set: group_ids",
            "an institution not theirs": "this record is not within your scope",
            "a user of an institution not theirs": "this record is not within your scope",
            "deletion": "res.users",
        }
        for name, attempt in attempts.items():
            with self.subTest(name), self.denied(reasons[name]), self.env.cr.savepoint():
                attempt()
        self.assertFalse(self.user["administrator"].has_group("bphs_base.group_finance_officer"))

    def test_a_role_brings_its_first_screen(self):
        home = self.env.ref("bphs_base.action_home")
        other = self.env.ref("bphs_base.bphs_period_action")
        role = self.env.ref("bphs_base.role_administrator")
        self.assertEqual(role.home_action_id.id, home.id)
        for name, own, expected in (("a", False, home), ("b", other.id, other)):
            user = new_test_user(self.env, f"test_home_{name}")
            user.action_id = own
            user.role_line_ids = [Command.create({"role_id": role.id})]
            self.assertEqual(user.action_id.id, expected.id)

    def test_scope_counts_from_the_moment_it_is_changed(self):
        doctor = self.user["village_doctor_a1"]
        institutions = self.as_user("village_doctor_a1", "bphs.institution")
        self.assertEqual(institutions.search([]), self.clinic_a1)
        self.users.browse(doctor.id).bphs_institution_ids = [Command.set(self.clinic_a2.ids)]
        self.assertEqual(institutions.search([]), self.clinic_a2)
        self.users.browse(doctor.id).bphs_institution_ids = [Command.clear()]
        self.assertFalse(institutions.search([]))

    def test_nobody_else_sets_scope_or_roles(self):
        doctor = self.user["village_doctor_a1"]
        for key in self.user:
            if key == "administrator":
                continue
            for user in (doctor, self.user[key]):
                as_user = self.as_user(key, user)
                with self.no_right("write", "res.users", msg=key):
                    as_user.write({"bphs_institution_ids": [Command.link(self.bureau.id)]})
                with self.no_right("write", "res.users", msg=key):
                    as_user.write({"role_line_ids": [Command.create({"role_id": self.role_finance.id})]})
                with self.denied('enough rights to access the field "bphs_institution_ids"', msg=key):
                    as_user.read(["bphs_institution_ids"])
            with self.no_right("create", "res.users", msg=key):
                self.as_user(key, "res.users").create({"name": "x", "login": "test_z"})
        self.assertEqual(doctor.bphs_institution_ids, self.clinic_a1)

    def test_nobody_takes_another_name(self):
        """It stands beside decisions, and on every page of a list of residents as who took it."""
        for key in ("village_doctor_a1", "finance_officer", "administrator"):
            person = self.user[key].with_user(self.user[key])
            for step in (
                lambda person=person: person.write({"name": "张局长"}),
                lambda person=person: person.web_save({"name": "张局长"}, {}),
                lambda person=person: person.partner_id.write({"name": "张局长"}),
            ):
                with (
                    self.subTest(key),
                    self.denied("Your name stands on what you decide and take out"),
                    self.cr.savepoint(),
                ):
                    step()
            person.write({"name": person.name, "email": "a@example.com"})
        self.as_user("administrator", self.user["finance_officer"]).name = "李会计"
        self.assertEqual(self.user["finance_officer"].name, "李会计")

    def test_ones_own_password_is_changed_where_the_old_one_is_asked(self):
        me = self.user["administrator"]
        for method, *arguments in (("write", {"password": "a found session"}), ("web_save", {"password": "x"}, {})):
            with self.denied("where the old one is asked"), self.cr.savepoint():
                self.ask("administrator", "res.users", method, me.ids, *arguments)
        with self.refused(("password", "密码")), self.cr.savepoint():
            self.ask("administrator", "res.users", "write", me.ids, {"new_password": "a found session"})
        self.ask("administrator", "res.users", "write", self.user["auditor"].ids, {"password": "a long enough one"})
        me.password = "the old one 1"
        me.with_user(me).change_password("the old one 1", "the next one 2")
        credential = {"type": "password", "login": me.login, "password": "the next one 2"}
        me.with_user(me)._check_credentials(credential, {"interactive": True})

    def test_everyone_keeps_their_own_preferences(self):
        for key, user in self.user.items():
            own = self.as_user(key, user)
            own.write({"tz": "Asia/Urumqi"})
            self.assertEqual(own.read(["tz", "name", "login"])[0]["tz"], "Asia/Urumqi", key)
            self.assertTrue(own.with_user(user).context_get())

    def test_the_doctor_of_a_closed_clinic_still_sees_it(self):
        self.clinic_a1.active = False
        seen = self.as_user("village_doctor_a1", "bphs.institution").with_context(active_test=False).search([])
        self.assertEqual(seen.ids, self.clinic_a1.ids)
        self.assertTrue(self.as_user("village_doctor_a1", self.clinic_a1).name)
