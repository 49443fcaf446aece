from odoo.tests import HttpCase, tagged

from .common import SurveyCase


@tagged("post_install", "-at_install")
class TestDoors(SurveyCase, HttpCase):
    """What Odoo's surveys bring along is closed to everybody."""

    def test_odoos_own_pages_are_not_there(self):
        survey = self.survey.questionnaire_id.sudo()
        token = survey.access_token
        for path in (
            f"/survey/start/{token}",
            f"/survey/print/{token}",
            f"/survey/retry/{token}/x",
            f"/survey/{token}/x",
            f"/s/{survey.session_code}",
            "/s",
            "/web/signup",
            "/web/reset_password",
        ):
            self.assertEqual(self.url_open(path, allow_redirects=False).status_code, 404, path)
        # These Odoo shows to whoever is signed in.
        self.authenticate("test_primary_care_officer", "test_primary_care_officer")
        for path in (
            f"/survey/start/{token}",
            f"/survey/test/{token}",
            f"/survey/results/{self.env['ir.http']._slug(survey)}",
            f"/survey/session/manage/{token}",
            "/web/signup",
        ):
            # An address with a name in it is first put right for the language.
            self.assertEqual(self.url_open(path).status_code, 404, path)

    def test_the_sign_in_page_offers_neither_sign_up_nor_reset(self):
        page = self.url_open("/web/login").text
        self.assertNotIn("/web/signup", page)
        self.assertNotIn("reset_password", page)

    def test_nobody_signs_up_or_is_sent_a_password(self):
        users, own = self.env["res.users"], self.user["leader"]
        own.sudo().email = "leader@example.com"
        mails = self.env["mail.mail"].search_count([])
        for key in ("administrator", "leader", "village_doctor_a1"):
            for attempt in (
                lambda key=key: self.as_user(key, users).signup({"login": "new", "name": "new", "password": "x"}),
                lambda key=key: self.as_user(key, users).reset_password(own.login),
                lambda key=key: self.as_user(key, own).action_reset_password(),
                lambda key=key: self.as_user(key, own.partner_id).signup_prepare(),
                lambda key=key: self.as_user(key, own.partner_id).action_signup_prepare(),
            ):
                with self.denied("handed out by the administrator"):
                    attempt()
        self.env["res.users"].with_context(no_reset_password=False).create(
            {"name": "新来的", "login": "newcomer", "email": "newcomer@example.com"}
        )
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_badges_and_goals_are_nobodys(self):
        models = [name for name in self.env if name.startswith("gamification.") and not self.env[name]._abstract]
        self.assertGreater(len(models), 5)
        for name in models:
            for key in self.user:
                for operation in ("read", "write", "create", "unlink"):
                    self.assertFalse(self.as_user(key, name).has_access(operation), (name, key, operation))

    def test_no_menu_and_no_job_of_theirs_runs(self):
        for menu in ("survey.menu_surveys", "gamification.gamification_menu"):
            self.assertFalse(self.env.ref(menu).active)
        for job in (
            "gamification.ir_cron_check_challenge",
            "gamification.ir_cron_consolidate",
            "auth_signup.ir_cron_auth_signup_send_pending_user_reminder",
        ):
            self.assertFalse(self.env.ref(job).active)
        for view in ("auth_signup.res_users_view_form", "gamification.res_users_view_form"):
            self.assertFalse(self.env.ref(view).active)
        # What stood in the menu of actions of a user, or of a questionnaire.
        for action in ("auth_signup.action_send_password_reset_instructions", "survey.action_survey_print"):
            self.assertFalse(self.env.ref(action).binding_model_id)
