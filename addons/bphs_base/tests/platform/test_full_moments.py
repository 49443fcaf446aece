from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from ...tools import full_moment
from ..common import CountyCase

SLEEP = "odoo.addons.bphs_base.models.platform.client_requests.sleep"


@tagged("post_install", "-at_install")
class TestFullMoments(HttpCase, CountyCase):
    """How long a refusal takes says nothing of why: it is told at full moments."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(full_moment, "STEP", 0.25))

    def ask(self, path, **params):
        with patch(SLEEP) as slept:
            told = self.make_jsonrpc_request(path, params)
        return told, [call.args[0] for call in slept.call_args_list]

    def test_refusals_wait_and_answers_do_not(self):
        doctor = self.user["village_doctor_a1"]
        doctor.password = doctor.login
        self.authenticate(doctor.login, doctor.login)
        for one in (self.bureau.id, self.bureau.id + 10_000_019):
            named = [{"model": "bphs.institution", "resId": one}]
            (told,), waited = self.ask("/web/action/load_breadcrumbs", actions=named)
            self.assertEqual(told.keys(), {"error"})
            self.assertTrue(waited and 0 < waited[-1] <= full_moment.STEP)
            link = f"http://x/odoo/bphs.institution/{one}"
            told, waited = self.ask("/html_editor/link_preview_internal", preview_url=link)
            self.assertEqual(told.keys(), {"other_error_msg"})
            self.assertTrue(waited)
        own = [{"model": "bphs.institution", "resId": self.clinic_a1.id}]
        (told,), waited = self.ask("/web/action/load_breadcrumbs", actions=own)
        self.assertEqual((told, waited), ({"display_name": self.clinic_a1.display_name}, []))

    def test_a_picture_that_is_refused_waits_too(self):
        """Odoo answers with a picture of its own, so that no error tells that it was one."""
        doctor = self.user["village_doctor_a1"]
        doctor.password = doctor.login
        self.authenticate(doctor.login, doctor.login)
        pictures = []
        for one in (self.bureau.id, self.bureau.id + 10_000_019):
            for address in (f"/web/image/bphs.institution/{one}/name", f"/web/image?model=bphs.institution&id={one}"):
                with patch(SLEEP) as slept:
                    pictures.append(self.url_open(address).content)
                self.assertTrue(slept.call_args_list and 0 < slept.call_args.args[0] <= full_moment.STEP, address)
        self.assertEqual(pictures[:2], pictures[2:])
        with patch(SLEEP) as slept:
            self.assertEqual(self.url_open(f"/web/image/res.users/{doctor.id}/avatar_128").status_code, 200)
        self.assertFalse(slept.call_args_list)

    def test_a_link_in_a_mail_that_leads_elsewhere_waits_too(self):
        doctor = self.user["village_doctor_a1"]
        doctor.password = doctor.login
        for signed_in in (False, True):
            if signed_in:
                self.authenticate(doctor.login, doctor.login)
            for one in (self.bureau.id, self.bureau.id + 10_000_019):
                with patch(SLEEP) as slept:
                    told = self.url_open(f"/mail/view?model=bphs.institution&res_id={one}", allow_redirects=False)
                self.assertNotIn("bphs.institution/", told.headers["Location"])
                self.assertTrue(slept.call_args_list and 0 < slept.call_args.args[0] <= full_moment.STEP, one)
        with patch(SLEEP) as slept:
            address = f"/mail/view?model=bphs.institution&res_id={self.clinic_a1.id}"
            told = self.url_open(address, allow_redirects=False)
        self.assertIn(f"bphs.institution/{self.clinic_a1.id}", told.headers["Location"])
        self.assertFalse(slept.call_args_list)
