import io
import re

import pypdf

from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from ..common import CountyCase


@tagged("post_install", "-at_install")
class TestWorkerSignIn(CountyCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.doctor, cls.nurse, cls.director = cls.as_user("administrator", "bphs.worker").create(
            [
                {"name": name, "institution_id": place.id, "profession": profession}
                for name, place, profession in (
                    ("郝立新", cls.clinic_a1, "village_doctor"),
                    ("王爱莲", cls.clinic_a1, "other"),
                    ("李院长", cls.township_a, "administrator"),
                )
            ]
        )
        cls.workers = cls.doctor | cls.nurse | cls.director

    def dialog(self, workers, key="administrator", role=None):
        action = self.as_user(key, workers).action_open_sign_in()
        form = Form(self.as_user(key, action["res_model"]).with_context(**action["context"]))
        if role:
            form.role_id = self.env.ref(f"bphs_base.role_{role}")
        return form.save()

    def printed(self, dialog):
        """The passwords of the slips, as their paper says them."""
        __, content = dialog._hand_out_slips()
        text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
        return re.findall(r"\b[a-hjkmnp-z2-9]{10}\b", text)

    def test_many_at_once_with_role_scope_and_a_printed_password(self):
        dialog = self.dialog(self.workers, role="team_leader")
        self.assertEqual(dialog.line_ids.mapped("login"), self.workers.mapped("code"))
        dialog.line_ids[0].role_id = self.env.ref("bphs_base.role_village_doctor")
        dialog.action_make()
        users = self.workers.user_id
        self.assertEqual(users.mapped("login"), self.workers.mapped("code"))
        self.assertTrue(self.doctor.user_id.has_group("bphs_base.group_village_doctor"))
        self.assertEqual(self.director.user_id.bphs_institution_ids, self.township_a)
        self.assertEqual(users.mapped("password_is_first"), [True] * 3)
        self.assertEqual(len(set(self.printed(dialog))), 3)

    def test_the_telephone_stays_in_the_register(self):
        """Everybody who can sign in reads address cards, and few a worker's whole number."""
        self.doctor.phone = "15400001234"
        self.dialog(self.doctor).action_make()
        card = self.as_user("auditor", self.doctor.user_id.partner_id)
        self.assertFalse(card.phone)
        self.assertFalse(card.search([("phone", "like", "15400001234")]))

    def test_a_doctor_of_a_clinic_is_offered_the_doctors_role(self):
        dialog = self.dialog(self.workers)
        role = self.env.ref("bphs_base.role_village_doctor")
        self.assertEqual(dialog.line_ids.mapped("role_id"), role)
        with self.assertRaisesRegex(UserError, "Give these a role: 王爱莲、李院长"):
            dialog.action_make()

    def test_a_taken_name_is_told_before_anything_is_made(self):
        dialog = self.dialog(self.workers, role="team_leader")
        dialog.line_ids[1].login = "test_leader"
        with self.assertRaisesRegex(UserError, "taken: test_leader"):
            dialog.action_make()
        self.assertFalse(self.workers.user_id)

    def test_the_slips_are_handed_out_once_and_noted(self):
        dialog = self.dialog(self.doctor)
        dialog.action_make()
        self.authenticate("test_administrator", "test_administrator")
        url = dialog.action_print()["url"]
        answer = self.url_open(url)
        self.assertEqual((answer.status_code, answer.headers["Cache-Control"]), (200, "no-store"))
        self.assertEqual(answer.content[:4], b"%PDF")
        again = self.url_open(url)
        self.assertEqual(again.status_code, 422)
        note = self.env["bphs.print.log"].search([("code", "=", "SIGNIN")], limit=1)
        self.assertEqual((note.user_id, note.row_count), (self.user["administrator"], 1))
        self.authenticate("test_finance_officer", "test_finance_officer")
        self.assertEqual(self.url_open(url).status_code, 404)

    def test_the_first_password_opens_only_the_choice_of_another(self):
        dialog = self.dialog(self.doctor)
        dialog.action_make()
        (first,) = self.printed(dialog)
        login = self.doctor.user_id.login
        answer = self.sign_in(login, first)
        self.assertTrue(answer.url.endswith("/web/login/first-password"), answer.url)
        self.assertIn("/web/login", self.url_open("/odoo").url)
        for chosen, repeated, words in (
            ("short", "short", "at least 8|密码至少 8"),
            (first, first, "neither the printed one|不能与凭条上的密码"),
            ("good enough 1", "good enough 2", "differ|不一致"),
        ):
            self.assertRegex(self.choose(chosen, repeated).text, words)
        self.assertTrue(self.doctor.user_id.password_is_first)
        self.choose("春天的第一场雨真好", "春天的第一场雨真好")
        self.env.invalidate_all()
        self.assertFalse(self.doctor.user_id.password_is_first)
        self.assertNotIn("/web/login", self.url_open("/odoo").url)
        self.logout()
        self.assertIn("alert-danger", self.sign_in(login, first).text)

    def test_no_interface_takes_a_first_password(self):
        dialog = self.dialog(self.doctor)
        dialog.action_make()
        (first,) = self.printed(dialog)
        user = self.doctor.user_id.with_user(self.doctor.user_id)
        credential = {"type": "password", "login": user.login, "password": first}
        user._check_credentials(credential, {"interactive": True})
        with self.assertRaises(AccessDenied):
            user._check_credentials(credential, {"interactive": False})

    def test_who_lost_theirs_gets_a_new_one(self):
        dialog = self.dialog(self.doctor)
        dialog.action_make()
        self.printed(dialog)
        with self.assertRaisesRegex(UserError, "taken out already"):
            dialog._hand_out_slips()
        again = self.dialog(self.doctor)
        again.action_make()
        self.assertEqual(len(self.printed(again)), 1)
        self.assertEqual(len(self.doctor.user_id), 1)

    def test_the_administrator_alone_makes_sign_ins(self):
        with self.denied("bphs.worker.sign.in"):
            self.dialog(self.doctor, key="township_public_health_a")
        self.doctor.sudo().user_id = self.env.ref("base.user_admin")
        dialog = self.dialog(self.doctor)
        with self.assertRaisesRegex(AccessError, "administers the system"):
            dialog.action_make()

    def sign_in(self, login, password):
        self.authenticate(None, None)
        page = self.url_open("/web/login").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
        with mute_logger("odoo.addons.base.models.res_users"):
            return self.url_open(
                "/web/login", {"csrf_token": token, "login": login, "password": password, "type": "password"}
            )

    def choose(self, password, repeated):
        page = self.url_open("/web/login/first-password").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
        return self.url_open(
            "/web/login/first-password", {"csrf_token": token, "password": password, "repeated": repeated}
        )
