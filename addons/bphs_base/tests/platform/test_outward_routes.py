from unittest.mock import patch

from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from odoo.addons.html_editor.controllers import main as editor

from ..common import CountyCase


@tagged("post_install", "-at_install")
class TestOutwardRoutes(CountyCase, HttpCase):
    """Nobody makes the server ask elsewhere: for an address of their choice, or with what somebody wrote."""

    def test_no_address_is_fetched_for_anybody(self):
        with patch.object(editor.link_preview, "get_link_preview_from_url") as fetched:
            for key in (None, "finance_officer"):
                self.authenticate(key and f"test_{key}", key and f"test_{key}")
                answer = self.make_jsonrpc_request(
                    "/html_editor/link_preview_external", {"preview_url": "http://127.0.0.1:22/"}
                )
                self.assertEqual(answer, {})
        fetched.assert_not_called()

    def test_no_text_is_sent_out(self):
        self.authenticate("test_finance_officer", "test_finance_officer")
        with (
            patch.object(editor, "iap_tools") as sent,
            mute_logger("odoo.http"),
            self.assertRaisesRegex(JsonRpcException, "No text is sent out|AccessError"),
        ):
            self.make_jsonrpc_request("/html_editor/generate_text", {"prompt": "甲", "conversation_history": []})
        sent.iap_jsonrpc.assert_not_called()
