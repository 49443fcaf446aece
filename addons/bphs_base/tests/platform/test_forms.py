from odoo.tests import Form, tagged

from ..common import ROLES
from ..forms import FormsCase


@tagged("post_install", "-at_install")
class TestForms(FormsCase):
    forms_module = "bphs_base"

    def form_values(self, model, key):
        county = self.county
        return {
            "bphs.division": {"code": "990499103000", "name": "丙镇", "level": "township", "parent_id": county},
            "bphs.institution": {
                "name": "丙镇卫生院",
                "code": "T30",
                "kind": "township_hospital",
                "parent_id": self.bureau,
                "division_id": county,
            },
            "bphs.period": {"code": "2031", "kind": "year", "date_start": "2031-01-01", "date_end": "2031-12-31"},
            "bphs.document": {"number": "试卫〔2025〕9号"},
            "bphs.service.item": {"code": "NEW"},
            "res.users": {
                "name": "新人",
                "login": f"new_of_{key}",
                "new_password": "a long enough one",
                "bphs_institution_ids": self.township_a,
                "role_line_ids": [{"role_id": self.env.ref("bphs_base.role_team_leader")}],
            },
        }.get(model, {})

    def test_h17_h18_the_bureau_administrator_makes_a_user_of_every_role_who_signs_in(self):
        view = self.env.ref("bphs_base.res_users_view_form_bureau")
        for role in ROLES:
            form = Form(self.as_user("administrator", "res.users"), view)
            form.name, form.login, form.new_password = role, f"made_{role}", f"first {role}"
            form.bphs_institution_ids.add(self.township_a)
            with form.role_line_ids.new() as line:
                line.role_id = self.env.ref(f"bphs_base.role_{role}")
            user = form.save()
            self.assertTrue(user.has_group(f"bphs_base.group_{role}"), role)
            self.assertSignsIn(user, f"first {role}")
            with Form(user, view) as form:
                form.new_password = f"second {role}"
                form.phone = "0355-1234567"
            self.assertSignsIn(user, f"second {role}")
            with Form(user, view) as form:
                form.phone = "0355-7654321"
            self.assertSignsIn(user, f"second {role}")

    def test_h17_what_a_form_sends_back_of_a_user(self):
        """As the web client sends it: every field it does not know to be readonly."""
        sent = {
            "name": "新人",
            "login": "made_by_rpc",
            "login_date": False,
            "active": True,
            "new_password": "a first one",
        }
        Users = self.as_user("administrator", "res.users")
        [row] = Users.web_save(sent, {"id": {}})
        user = Users.browse(row["id"])
        self.assertSignsIn(user, "a first one")
        user.web_save({"login_date": user.login_date, "new_password": "a second one"}, {})
        self.assertSignsIn(user, "a second one")
        user.web_save({"new_password": False, "phone": "1"}, {})
        self.assertSignsIn(user, "a second one")
        with self.assertRaisesRegex(Exception, "does not set: login_date"), self.cr.savepoint():
            user.web_save({"login_date": "2031-01-01 00:00:00"}, {})

    def assertSignsIn(self, user, password):
        self.env.flush_all()
        self.env.invalidate_all()
        user = user.with_user(user).with_context(lang="zh_CN")
        credential = {"type": "password", "login": user.login, "password": password}
        self.assertEqual(user._check_credentials(credential, {"interactive": True})["uid"], user.id)
