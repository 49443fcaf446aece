from odoo.tests import TransactionCase, tagged

from odoo.addons.bphs_base.models.mixins.bphs_phone_card import OURS, STATE_WIDGETS
from odoo.addons.bphs_base.tools.states import TONE_OF

TONES = ("danger", "warning", "info", "success", "muted", "primary")


@tagged("post_install", "-at_install")
class TestStateColours(TransactionCase):
    """H31: one state, one colour, in every list, card and form of the suite."""

    def test_every_badge_of_a_state_has_the_colour_of_the_table(self):
        views = self.env["ir.ui.view"].search(
            [("model", "=like", f"{OURS}%"), ("type", "in", ("list", "kanban", "form")), ("mode", "=", "primary")]
        )
        seen, wrong = 0, []
        for view in views:
            model = self.env[view.model]
            arch, _view = model._get_view(view.id, view.type)
            for node in arch.iter("field"):
                name = node.get("name") or ""
                if node.get("widget") not in STATE_WIDGETS or not name.endswith("state"):
                    continue
                owner = model._model_of_node(node)
                for state in owner._fields[name].get_values(self.env):
                    seen += 1
                    tones = {tone for tone in TONES if repr(state) in (node.get(f"decoration-{tone}") or "")}
                    if tones != {TONE_OF.get(state)}:
                        wrong.append(f"{view.name}: {name} {state} is {tones}, not {TONE_OF.get(state)}")
        self.assertGreater(seen, 100)
        self.assertFalse(wrong, "\n".join(wrong))

    def test_cards_made_for_a_phone_have_it_too(self):
        arch, _view = self.env["bphs.fund.hold"]._get_view(view_type="kanban")
        (node,) = (one for one in arch.iter("field") if one.get("name") == "state" and one.get("widget"))
        self.assertIn("'held'", node.get("decoration-warning"))
