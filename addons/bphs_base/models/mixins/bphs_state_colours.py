from odoo import api, models

from ...tools.states import TONE_OF, decorations
from ..forms.our_forms import OURS
from .bphs_phone_card import STATE_WIDGETS


class Base(models.AbstractModel):
    """A state has one colour in every view of the suite: that of `tools/states.py`, not one of the view's own.

    In a list the state is a badge. What a view colours by something else than the state (that it is late) it keeps.
    """

    _inherit = "base"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if self._name.startswith(OURS):
            for node in arch.iter("field"):
                if node.getparent().tag == "list" and not node.get("widget") and self._is_step_state(node):
                    node.set("widget", "badge")
                if node.get("widget") in STATE_WIDGETS and (node.get("name") or "").endswith("state"):
                    self._colour_state(node)
        return arch, view

    @api.model
    def _is_step_state(self, node):
        """Whether the field is the state of a document: one whose values all have a colour."""
        model = self._model_of_node(node) if node.get("name") == "state" else None
        if model is None or "state" not in model._fields or model._fields["state"].type != "selection":
            return False
        return all(state in TONE_OF for state in model._fields["state"].get_values(self.env))

    @api.model
    def _colour_state(self, node):
        name = node.get("name")
        model = self._model_of_node(node)
        if model is None or name not in model._fields or model._fields[name].type != "selection":
            return
        states = model._fields[name].get_values(self.env)
        for attribute in [key for key in node.attrib if key.startswith("decoration-")]:
            # Coloured by the state itself: `state == 'draft'`, `state in (...)`, `state not in (...)`.
            if node.get(attribute).startswith(name):
                del node.attrib[attribute]
        for attribute, condition in decorations(name, states).items():
            kept = node.get(attribute)
            node.set(attribute, f"{condition} or {kept}" if kept else condition)

    @api.model
    def _model_of_node(self, node):
        """:return: the model a field of this view belongs to; lists within a form are of another"""
        above = [parent for parent in node.iterancestors("field")]
        model = self
        for parent in reversed(above):
            field = model._fields.get(parent.get("name"))
            if field is None or not field.relational:
                return None
            model = self.env[field.comodel_name]
        return model
