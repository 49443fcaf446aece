from odoo import fields, models

from ..tools.states import OPEN_STATES, STATES


class BphsRectification(models.Model):
    """The board: a column for each state a task may wait in, in the order of its life."""

    _inherit = "bphs.rectification"

    state = fields.Selection(group_expand="_expand_states")

    def _expand_states(self, states, domain):
        return [state for state, __ in STATES if state in OPEN_STATES or state in states]
