import ast

from odoo import api, models
from odoo.exceptions import AccessError, MissingError

from .base_client_values import OURS
from .client_requests import said_by_client

# A dialog of the platform for several records of any model has their ids in a text of this name.
IDS = "res_ids"


class Base(models.AbstractModel):
    """Records that a client names: they are ones it may read, and what is hidden is refused as what is not there.

    A name is reckoned past the rights of whoever asks, because it stands in fields of what they may read. A form that
    is filled in makes no record, but tells the name of whatever its values name: in a link, in a line, or by a model
    and an id beside each other, as files, activities and messages of any record have them.
    """

    _inherit = "base"

    # Whether a rule hides some of these from people who see others: set by the mixin of such models.
    _hides_rows = False

    @api.model_create_multi
    def create(self, vals_list):
        if said_by_client():
            for vals in vals_list:
                self._check_named_in(vals)
        return super().create(vals_list)

    def write(self, vals):
        if said_by_client():
            self._check_named_in(vals)
        return super().write(vals)

    @api.model
    def default_get(self, fields):
        if said_by_client():
            # Odoo looks whether what a context names is there, and says so.
            self._check_named_in(self._defaults_of_context())
        return super().default_get(fields)

    def onchange(self, values, field_names, fields_spec):
        # What a form begins with may come from the context; what the client says goes before it.
        begun = {} if field_names else self._defaults_of_context()
        self._check_named_in({**begun, **values})
        return super().onchange(values, field_names, fields_spec)

    def _defaults_of_context(self):
        start = "default_"
        return {key.removeprefix(start): value for key, value in self.env.context.items() if key.startswith(start)}

    def _check_named_in(self, values):
        """:raise AccessError: these values name a record of the suite that is none, or not for this client to read"""
        for name, value in values.items():
            field = self._fields.get(name)
            if field is None or not value or self.env.su:
                continue
            if field.type in ("one2many", "many2many"):
                lines = self.env[field.comodel_name]
                lines._check_named(value)
                for command in value if isinstance(value, (list, tuple)) else ():
                    if isinstance(command, (list, tuple)) and len(command) == 3 and isinstance(command[2], dict):
                        lines.browse(_ids(command[1]))._check_named_in(command[2])
            elif named := self._named_by(field, value, values):
                # A link that stands comes back from a form as it is; what it leads to may have moved out of sight.
                standing = self._origin.sudo()[name] if field.type == "many2one" else None  # sudo: compared, not shown
                (named - standing if standing else named)._check_read_alike()

    def _named_by(self, field, value, values):
        """:return: the records of the suite that a value of one field names; or nothing"""
        model, ids = None, ()
        if field.type == "many2one" and self.env[field.comodel_name]._hides_rows:
            model, ids = field.comodel_name, _ids(value)
        elif field.type == "many2one_reference":
            model, ids = values.get(field.model_field) or self[:1][field.model_field], _ids(value)
        elif field.type == "reference" and isinstance(value, str):
            model, __, number = value.partition(",")
            ids = _ids(int(number)) if number.isdecimal() else ()
        elif field.name == IDS and field.type in ("char", "text"):
            model = next((values[one] for one in ("model", "res_model") if values.get(one)), None)
            ids = _ids_in(value)
        ours = isinstance(model, str) and model.startswith(OURS) and model in self.env
        return self.env[model].browse(ids) if ours and ids else None

    def _check_named(self, commands):
        """:raise AccessError: records of this model that a client names in lines are none, or not for it to read"""
        if not self._name.startswith(OURS) or self.env.su or not isinstance(commands, (list, tuple)):
            return
        named = []
        for command in commands:
            if isinstance(command, (list, tuple)) and len(command) > 1:
                named += command[2] if command[0] == 6 and len(command) > 2 else [command[1]]
        if named := [one for one in named if one and isinstance(one, int)]:
            self.browse(named)._check_read_alike()

    def _check_read_alike(self):
        """:raise AccessError: one of these is not for this user to read, or there is none: in the same words"""
        try:
            self.check_access("read")
        except (AccessError, MissingError) as refusal:
            raise self.env["ir.rule"]._plain_access_error("read", self) from refusal


def _ids(value):
    """:return tuple: the id that a form sends for a link: alone, with its name, or as what was read of it"""
    if isinstance(value, dict):
        value = value.get("id")
    elif isinstance(value, (list, tuple)):
        value = value[0] if value else None
    return (value,) if isinstance(value, int) and not isinstance(value, bool) and value > 0 else ()


def _ids_in(text):
    """:return tuple: the ids that a text holds"""
    try:
        found = ast.literal_eval(str(text))
    except (ValueError, SyntaxError):
        return ()
    found = found if isinstance(found, (list, tuple, set)) else [found]
    return tuple(one for one in found if isinstance(one, int) and not isinstance(one, bool) and one > 0)
