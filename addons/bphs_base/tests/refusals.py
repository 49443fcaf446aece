"""A refusal is asserted by its words: one class of error has many reasons, and the wrong one would pass."""

from contextlib import contextmanager

from odoo.exceptions import AccessError, UserError

VERBS = {
    "read": ("not allowed to access", "不允许访问"),
    "write": ("not allowed to modify", "不允许修改"),
    "create": ("not allowed to create", "不允许创建"),
    "unlink": ("not allowed to delete", "不允许删除"),
}


class Refusals:
    """For test cases: ``with self.refused("is under approval"): order.amount = 5``."""

    @contextmanager
    def refused(self, *words, kind=UserError, msg=None):
        """The body is refused in these words, and what it did is undone.

        :param words: each must stand in what the user reads; a tuple: one of these, where a loop meets several reasons
        :param kind: class of the error, where that matters too
        """
        assert words, "say why it is refused"
        with self.assertRaises(kind, msg=msg) as refusal:
            yield refusal
        told = str(refusal.exception)
        for each in words:
            choice = (each,) if isinstance(each, str) else each
            self.assertTrue(any(word in told for word in choice), f"{msg or ''} {choice} is not in: {told}")

    @contextmanager
    def no_right(self, operation, model, msg=None):
        """The body is refused because the user's groups give no such right on the model, whatever the record.

        Odoo says so in the language of the user, so its verb is looked for in both.
        """
        with self.assertRaises(AccessError, msg=msg) as refusal:
            yield refusal
        told = str(refusal.exception)
        self.assertIn(model, told, msg)
        self.assertTrue(any(verb in told for verb in VERBS[operation]), f"{msg or ''} not about {operation}: {told}")

    def denied(self, *words, msg=None):
        """The same for a right that is lacking, which interfaces answer otherwise than a mistake."""
        return self.refused(*words, kind=AccessError, msg=msg)
