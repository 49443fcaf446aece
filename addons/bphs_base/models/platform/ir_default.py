from odoo import api, models
from odoo.exceptions import AccessError, UserError

from .base_client_values import GUARDED, MAKING, OURS


class IrDefault(models.Model):
    """A stored default fills in a form; it never makes a record, and never what no client may set.

    Any internal user may store one, by RPC or from the screen, and it counts wherever records are made in their name.
    """

    _inherit = "ir.default"

    @api.model_create_multi
    def create(self, vals_list):
        defaults = super().create(vals_list)
        # After creation, because the field may come from the context, or from a default.
        defaults._check_may_be_stored(defaults.sudo().field_id)  # sudo: the register of fields is not everyone's
        return defaults

    def write(self, vals):
        result = super().write(vals)
        self._check_may_be_stored(self.sudo().field_id)  # sudo: as above
        return result

    @api.model
    def set(self, model_name, field_name, value, user_id=False, company_id=False, condition=False):
        # sudo: as above. Said first, because one that stands already would not be written again.
        self._check_may_be_stored(self.env["ir.model.fields"].sudo()._get(model_name, field_name))
        return super().set(model_name, field_name, value, user_id, company_id, condition)

    @api.model
    def _get_model_defaults(self, model_name, condition=False):
        stored = super()._get_model_defaults(model_name, condition)
        if not stored or not (model_name.startswith(OURS) or model_name in GUARDED):
            return stored
        if self.env.context.get(MAKING):
            return {}
        closed = self.env[model_name]._closed_fields()
        return {name: value for name, value in stored.items() if name not in closed}

    def _check_may_be_stored(self, fields):
        """:raise UserError: nobody stores a default for one of these fields
        :raise AccessError: only whoever sets the system up stores one for its model
        """
        for field in fields:
            words = {"model": field.model_id.name, "field": field.field_description}
            if field.model not in self.env:
                continue
            ours = field.model.startswith(OURS)
            if (ours or field.model in GUARDED) and field.name in self.env[field.model]._closed_fields():
                raise UserError(
                    self.env._(
                        "%(model)s: %(field)s is set by the system or by its buttons; no default is stored for it.",
                        **words,
                    )
                )
            # The records of the platform, messages, files and mails among them, are made for people by the server.
            if not ours and not self.env.su and not self.env.user.has_group("base.group_system"):
                raise AccessError(
                    self.env._("%(model)s: a default for %(field)s is stored by the system administrator.", **words)
                )
