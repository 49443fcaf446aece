from itertools import product

from odoo.tests import BaseCase, tagged

from ..tools import states

# Written out by hand, apart from the table it checks.
ALLOWED = {
    ("draft", "submit", False): "submitted",
    ("submitted", "approve", False): "submitted",
    ("submitted", "approve", True): "approved",
    ("submitted", "return", False): "draft",
    ("submitted", "return", True): "draft",
    ("submitted", "withdraw", False): "draft",
    ("submitted", "withdraw", True): "draft",
}


@tagged("post_install", "-at_install")
class TestStates(BaseCase):
    def test_every_step(self):
        for step in product(("draft", "submitted", "approved"), states.VERDICTS, (False, True)):
            with self.subTest(step=step):
                self.assertEqual(states.next_state(*step), ALLOWED.get(step))

    def test_approved_is_final(self):
        self.assertFalse([step for step in states.TRANSITIONS if step[0] == states.APPROVED])
