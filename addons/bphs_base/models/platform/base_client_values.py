from odoo import api, models
from odoo.exceptions import UserError

OURS = "bphs."
# Models of the platform whose records say who a person is and what they may: they follow the same rule.
GUARDED = {"res.users", "res.users.role", "res.users.role.line", "res.groups"}
# Tells `ir.default` that a record is being made. A client may send the key: it gets fewer defaults by it, never more.
MAKING = "bphs_making_a_record"


class Base(models.AbstractModel):
    """What no client says of the suite's records: what the system itself computes, and what only steps set.

    Odoo keeps `readonly` and `compute` in the screens alone. By RPC anybody who may write a record may write its
    computed columns too; a context may carry `default_<field>` for any column of a new record, and any internal user
    may store a default for themselves (`ir.default`), which counts even where server code makes the record for them.
    So a record is made of what its client says, and of the defaults of the code. Stored defaults fill in a form, where
    they are seen, and come back from it as said. What comes with a request is asked about in `client_requests.py`,
    before a model has put in its own; what follows from other values is refused here, to code of the suite as well.
    """

    _inherit = "base"

    # === HOOKS === #

    def _step_fields(self):
        """:return frozenset: names of fields that only the model's own steps set, whether or not they are `readonly`"""
        return frozenset()

    def _said_fields(self):
        """:return frozenset: names of what a new record holds only where it is said with it: a check looks at that"""
        return frozenset()

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        if self._refuses_client_values():
            # What a model's own `create` puts in comes through here as well, so only what follows from other values.
            new = self.browse()
            vals_list = [new._drop_what_stands(vals, new._computed_columns()) for vals in vals_list]
            self._check_no_computed_columns({name for vals in vals_list for name in vals})
        return super().create(vals_list)

    def write(self, vals):
        if self._refuses_client_values():
            vals = self._drop_what_stands(vals, self._computed_columns())
            self._check_no_computed_columns(vals)
        return super().write(vals)

    def copy_data(self, default=None):
        copies = super().copy_data(default)
        if not self._name.startswith(OURS):
            return copies
        # A copy is a new record: where its original stands among the steps is not copied.
        mine = self._closed_fields() - set(default or ())
        return [{name: value for name, value in vals.items() if name not in mine} for vals in copies]

    @api.model
    def default_get(self, fields):
        if not self._takes_no_stored_defaults() or self._transient:
            return super().default_get(fields)
        return super(Base, self._without_defaults(self._closed_fields())).default_get(fields)

    @api.model
    def _add_missing_default_values(self, values):
        # A dialog is opened by the defaults its button names, and is its user's alone.
        if not self._takes_no_stored_defaults() or self._transient:
            return super()._add_missing_default_values(values)
        # A client's context says what a client may say; server code says all it wants itself.
        guarded = self.env.su or self._name in GUARDED
        unwanted = self._fields if guarded else self._closed_fields() | self._said_fields()
        making = self._without_defaults(unwanted).with_context(**{MAKING: True})
        return super(Base, making)._add_missing_default_values(values)

    # === BUSINESS METHODS === #

    def _closed_fields(self):
        """:return set: names of what no client sets: readonly fields, and those only steps set"""
        if self._name in GUARDED:
            # Who a person is and what they may is chosen each time it is given.
            return set(self._fields)
        return {name for name, field in self._fields.items() if field.readonly} | self._step_fields()

    def _takes_no_stored_defaults(self):
        # With `su` too: server code makes records in the context, and with the personal defaults, of whoever called.
        return self._name.startswith(OURS) or self._name in GUARDED

    def _without_defaults(self, names):
        """:return: this model without the context's defaults of these fields"""
        unwanted = {f"default_{name}" for name in names}
        context = self.env.context
        if unwanted.isdisjoint(context):
            return self
        # Keys are taken out, which keywords cannot say.
        return self.with_context(  # pylint: disable=context-overridden
            {key: value for key, value in context.items() if key not in unwanted}
        )

    def _drop_what_stands(self, vals, names):
        """Leave out what says nothing new: of these fields, what is empty or equal to what stands.

        :param dict vals: as a client sends them
        :param names: of the fields that are not for it to set
        :return dict: the same, or fewer
        """
        said = [name for name in vals if name in names and name in self._fields]
        if not said:
            return vals
        standing = self.browse().default_get(said) if not self else {}
        dropped = {name for name in said if self._says_nothing_new(name, vals[name], standing)}
        return {name: value for name, value in vals.items() if name not in dropped}

    def _says_nothing_new(self, name, value, standing):
        field = self._fields[name]
        if not self._has_field_access(field, "read"):
            return False  # no answer to guesses of what one may not read
        new = self.new()
        try:
            said = field.convert_to_cache(value, new)
            if self:
                if field.type in ("one2many", "many2many") and not value:
                    return True  # no commands
                return all(said == field.convert_to_cache(record[name], record) for record in self)
            return not value or (name in standing and said == field.convert_to_cache(standing[name], new))
        except (TypeError, ValueError):
            return False  # it is no value of this field: whoever sets it is told

    def _refuses_client_values(self):
        # Only server code runs with `su`; no client can ask for it. A dialog is its user's alone.
        return self._name.startswith(OURS) and not self._transient and not self.env.su

    def _computed_columns(self):
        return {name for name, field in self._fields.items() if field.store and field.compute and field.readonly}

    def _check_no_computed_columns(self, names):
        for name in self._computed_columns().intersection(names):
            raise UserError(
                self.env._(
                    "%(field)s follows from other values and cannot be set.",
                    field=self._fields[name]._description_string(self.env),
                )
            )
