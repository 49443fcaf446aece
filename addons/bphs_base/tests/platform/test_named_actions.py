from odoo.tests import tagged

from ..common import CountyCase


@tagged("post_install", "-at_install")
class TestNamedActions(CountyCase):
    """A list that a method opens under a name of its own has that name above it."""

    def test_the_name_a_method_gives_is_what_the_client_shows(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_base.bphs_institution_action")
        # The client shows `display_name or name`.
        shown = {**action, "name": "甲镇"}
        self.assertEqual(shown.get("display_name") or shown["name"], "甲镇")
