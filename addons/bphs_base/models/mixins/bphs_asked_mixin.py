from odoo import models


class BphsAskedMixin(models.AbstractModel):
    """A record whose steps ask for a reason in a window before they are taken: one window for the whole suite.

    A button calls `action_ask_step` with `{"step": name}` in its context, for any name of `_asked_steps`.
    """

    _name = "bphs.asked.mixin"
    _description = "Asks for a Reason"

    def _asked_steps(self):
        """:return dict: step -> title of the window, what the reason is for, and whether there must be one"""
        return {}

    def _asked_label(self, step):
        """:return str: what is written down for the step, where that is no reason"""
        return self.env._("Reason")

    def _check_before_asking(self, step):
        """Raise what is missing for the step, before anybody writes a word for it."""

    def _take_asked_step(self, step, dialog):
        """Take the step; by default `action_<step>` with the reason. Rights and states are checked there.

        :param dialog: the `bphs.step.reason` that was filled in
        :return: an action to go on with, or none
        """
        return getattr(self, f"action_{step}")(dialog.reason)

    def action_ask_step(self):
        """:return dict: the window that asks for the reason of the step named in the context"""
        return self.env["bphs.step.reason"]._open(self, self.env.context.get("step"))
