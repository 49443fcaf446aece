import base64
import re
import time

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.auth_totp.models.totp import DIGITS, TIMESTEP, hotp

from ..common import CountyCase


@tagged("post_install", "-at_install")
class TestSignInPage(CountyCase, HttpCase):
    def page(self, path="/web/login"):
        return self.url_open(path).text

    def post(self, path, **vals):
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.page(path)).group(1)
        with mute_logger("odoo.addons.base.models.res_users"):
            return self.url_open(path, {"csrf_token": token, **vals})

    def sign_in(self, key):
        self.authenticate(None, None)
        return self.post("/web/login", login=f"test_{key}", password=f"test_{key}", type="password")

    def test_h34_the_county_signs_in_at_its_own_page(self):
        """The county's name and emblem, no advertising."""
        company = self.env.ref("base.main_company")
        company.write({"name": "试验区卫健局", "logo": False})
        page = self.page()
        self.assertIn("<title>试验区卫健局</title>", page)
        self.assertIn('<h1 class="h4 mb-1">试验区卫健局</h1>', page)
        self.assertRegex(page, "Sign-in Name|登录名")  # as the browser asks for its language
        for advertising in ("Powered by", "odoo.com", "Your logo", "company_logo", "database/manager"):
            self.assertNotIn(advertising, page)
        self.assertIn("passkey_login_link", page)
        pixel = b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        company.logo = pixel
        self.assertIn("/web/binary/company_logo", self.page())

    def test_where_the_county_asks_for_codes_those_who_decide_set_them_up(self):
        self.env["ir.config_parameter"].set_param("bphs_base.second_factor", "1")
        answer = self.sign_in("finance_officer")
        self.assertTrue(answer.url.endswith("/web/login/second-factor"), answer.url)
        self.assertIn("/web/login", self.url_open("/odoo").url)
        page = self.page("/web/login/second-factor")
        self.assertIn("data:image/png;base64,", page)
        secret = re.search(r'<code class="user-select-all">([A-Z2-7 ]+)</code>', page).group(1).replace(" ", "")
        self.assertRegex(self.post("/web/login/second-factor", code="12 34").text, "not the code|动态口令不正确")
        self.assertFalse(self.user["finance_officer"].totp_enabled)
        answer = self.post("/web/login/second-factor", code=self.code(secret))
        self.env.invalidate_all()
        self.assertTrue(self.user["finance_officer"].totp_enabled)
        self.assertNotIn("/web/login", self.url_open("/odoo").url)
        # From now on Odoo's own page asks for the code.
        self.assertTrue(self.sign_in("finance_officer").url.endswith("/web/login/totp"))
        self.assertNotIn("odoo.com", self.page("/web/login/totp"))

    def code(self, secret):
        return str(hotp(base64.b32decode(secret), int(time.time() / TIMESTEP))).zfill(DIGITS)

    def test_others_and_counties_that_do_not_ask_sign_in_as_before(self):
        self.assertNotIn("second-factor", self.sign_in("finance_officer").url)
        self.env["ir.config_parameter"].set_param("bphs_base.second_factor", "1")
        for key in ("village_doctor_a1", "township_accountant_a", "auditor"):
            self.assertNotIn("second-factor", self.sign_in(key).url, key)
        for key in ("leader", "deputy_leader", "administrator"):
            self.assertIn("second-factor", self.sign_in(key).url, key)

    def test_h11_plain_words_take_the_place_of_jokes(self):
        """What Odoo's Chinese says where something goes wrong or is deleted."""
        modules, __ = self.env["ir.http"]._get_translations_for_webclient(["web", "mail", "bphs_base"], "zh_CN")
        terms = {name: {one["id"]: one["string"] for one in part["messages"]} for name, part in modules.items()}
        self.assertEqual(terms["web"]["Oh snap!"], "未能保存")
        self.assertEqual(terms["web"]["Bye-bye, record!"], "删除")
        self.assertEqual(terms["mail"]["Late"], "已逾期")
        words = "\n".join(text for part in terms.values() for text in part.values())
        for joke in ("无影无踪", "哦，快", "呆在这里", "再见！", "大垃圾桶"):
            self.assertNotIn(joke, words)
        english, __ = self.env["ir.http"]._get_translations_for_webclient(["web"], "en_US")
        self.assertNotIn("未能保存", str(english))
