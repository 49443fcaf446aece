from odoo import api, models
from odoo.exceptions import UserError


class Base(models.AbstractModel):
    """What no client says of the suite's records: what the system itself computes, and what only buttons set.

    Odoo keeps `readonly` and `compute` in the screens alone. By RPC anybody who may write a record may write its
    computed columns too, and a context may carry `default_<field>` for any column of a new record.
    """

    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        if self._refuses_client_values():
            self._check_no_computed_columns({name for vals in vals_list for name in vals})
        return super().create(vals_list)

    def write(self, vals):
        if self._refuses_client_values():
            self._check_no_computed_columns(vals)
        return super().write(vals)

    @api.model
    def _add_missing_default_values(self, values):
        if not self._refuses_client_values():
            return super()._add_missing_default_values(values)
        context = {
            key: value
            for key, value in self.env.context.items()
            if not (
                key.startswith("default_")
                and (field := self._fields.get(key.removeprefix("default_")))
                and field.readonly
            )
        }
        # Keys are taken out, which keywords cannot say.
        cleaned = self.with_context(context)  # pylint: disable=context-overridden
        return super(Base, cleaned)._add_missing_default_values(values)

    def _step_fields(self):
        """:return frozenset: fields that only the steps of a document set, and no default or client ever does"""
        return frozenset()

    def _refuses_client_values(self):
        # Only server code runs with `su`; no client can ask for it, and Odoo takes no default of a client along there.
        # A dialog is opened by such defaults, and is its user's alone.
        return self._name.startswith("bphs.") and not self._transient and not self.env.su

    def _check_no_computed_columns(self, names):
        for name in names:
            field = self._fields.get(name)
            if field and field.store and field.compute and field.readonly:
                raise UserError(
                    self.env._(
                        "%(field)s follows from other values and cannot be set.",
                        field=field._description_string(self.env),
                    )
                )
