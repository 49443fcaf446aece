from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import code_translations


@tagged("post_install", "-at_install")
class TestExtraTerms(TransactionCase):
    def test_h20_terms_of_the_web_client_reach_the_browser(self):
        messages = code_translations.get_web_translations("bphs_base", "zh_CN")["messages"]
        self.assertIn({"id": "Month to date", "string": "本月至今"}, list(messages))

    def test_an_extra_term_is_not_one_odoo_has(self):
        extra = {message["id"] for message in code_translations.get_web_translations("bphs_base", "zh_CN")["messages"]}
        for module in ("web", "mail"):
            known = {message["id"] for message in code_translations.get_web_translations(module, "zh_CN")["messages"]}
            self.assertFalse(extra & known, f"{module} has these in Chinese by now: take them out of i18n_extra")
