import re

from lxml import html

from odoo.tests import TransactionCase, tagged

HAN = re.compile(r"[\u4e00-\u9fff]")


@tagged("post_install", "-at_install")
class TestEmptyScreens(TransactionCase):
    """Every list and every board of cards says what stands there when nothing does: those of the menus, and those
    that a card or a button opens."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env["res.lang"]._get_data(code="zh_CN"):
            cls.env["res.lang"]._activate_lang("zh_CN")
            suite = cls.env["ir.module.module"].search([("name", "=like", "bphs\\_%"), ("state", "=", "installed")])
            suite._update_translations(["zh_CN"])

    def test_every_list_has_a_word_for_when_it_is_empty(self):
        silent, foreign = [], []
        windows = self._windows()
        for window in windows:
            # Read as the client reads it: a model may answer in place of the window.
            for text in self._texts(window):
                if not HAN.search(text):
                    foreign.append(f"{window.xml_id}: {text}")
            if not self._texts(window):
                silent.append(window.xml_id)
        self.assertGreater(len(windows), 10)
        self.assertFalse(silent, "nothing is said where these are empty")
        self.assertFalse(foreign, "not said in Chinese")

    def _windows(self):
        """:return: the windows of the suite that begin with a list or with cards"""
        ours = self.env["ir.model.data"].search(
            [("model", "=", "ir.actions.act_window"), ("module", "=like", "bphs\\_%")]
        )
        windows = self.env["ir.actions.act_window"].browse(ours.mapped("res_id"))
        return windows.filtered(lambda window: window.view_mode.split(",")[0] in ("list", "kanban"))

    def _texts(self, window):
        told = window.with_context(lang="zh_CN").read(["help"])[0]["help"]
        texts = html.fromstring(told).itertext() if told else ()
        return [text.strip() for text in texts if text.strip()]
