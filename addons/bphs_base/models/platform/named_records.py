from odoo import api, models
from odoo.exceptions import AccessError, MissingError

from ...tools.said import holds_values, ids_in_text, ids_of_lines, said_ids
from .base_client_values import MAKING, OURS
from .client_requests import said_by_client

# A dialog of the platform for several records of any model has their ids in a text of this name.
IDS = "res_ids"
# Tells the check of lines that a form begins. A client may send the key: more is asked by it, never less.
BEGINNING = "bphs_a_form_begins"


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
            # Who may make none at all is told that, and nothing about what is named.
            self.browse().check_access("create")
            # What is not said comes from the context: a model named there stands beside an id that is said.
            begun = self._defaults_of_context()
            for vals in vals_list:
                self._check_named_in({**begun, **vals})
        return super().create(vals_list)

    def write(self, vals):
        if said_by_client():
            self.browse().check_access("write")
            self._check_named_in(vals)
        return super().write(vals)

    @api.model
    def default_get(self, fields):
        if said_by_client():
            # Odoo looks whether what a context names is there, and says so.
            self._check_named_in(self._defaults_of_context())
        values = super().default_get(fields)
        if said_by_client():
            # Nor is what somebody stored as a default of theirs told by its name.
            self._check_named_in(values)
        return values

    def onchange(self, values, field_names, fields_spec):
        # What a form begins with may come from the context; what the client says goes before it.
        begun = {} if field_names else self._defaults_of_context()
        beginning = self if field_names else self.with_context(**{BEGINNING: True})
        beginning._check_named_in({**begun, **values})
        return super().onchange(values, field_names, fields_spec)

    def _defaults_of_context(self):
        start = "default_"
        return {key.removeprefix(start): value for key, value in self.env.context.items() if key.startswith(start)}

    def _check_named_in(self, values):
        """:raise AccessError: these values name a record of the suite that is none, or not for this client to read"""
        if self.env.su:
            return
        for name, value in values.items():
            field = self._fields.get(name)
            if field is None or not value:
                continue
            if field.type in ("one2many", "many2many"):
                self.env[field.comodel_name]._check_named(value)
                self.env[field.comodel_name]._check_named_in_lines(value)
                continue
            if field.type == "many2one" and isinstance(value, dict):
                # What was read of a link, or what the record behind it would hold.
                behind = self.env[field.comodel_name].browse(said_ids([value.get("id")]))
                behind._check_named_in(value)
                value = value.get("id")
            if named := self._named_by(field, value, values):
                if field.type == "many2one":
                    self._check_link(field, named, values)
                else:
                    named._check_read_alike()
                    named._tell_names()
        for field in self._fields.values():
            if field.type == "many2one_reference":
                self._check_named_beside(field, values)

    def _check_link(self, field, named, values):
        """:raise AccessError: a link was said to a record that is none, or not for this client to read"""
        # A link that stands comes back from a form as it is; what it leads to may have moved out of sight.
        held = self._origin.sudo()  # sudo: compared, not shown
        if held and all(record[field.name] == named for record in held):
            return
        try:
            named._check_read_alike()
        except AccessError:
            # The institution that leads a clinic is not the clinic's to read, and stands in its forms by the server.
            if named._hides_rows or named != self._linked_unsaid(field, values):
                raise

    def _linked_unsaid(self, field, values):
        """:return: where a link leads that nobody said: by the code's own default, or by what it follows from"""
        if len(self) > 1 or (self._origin and not field.compute):
            return self.env[field.comodel_name]
        said = {name: value for name, value in values.items() if name != field.name}
        unsaid = self._without_defaults((field.name,)).with_context(**{MAKING: True})
        # sudo: compared, not shown
        return unsaid.sudo().new(said, origin=self._origin or None)[field.name]._origin.sudo(False)

    def _named_by(self, field, value, values):
        """:return: the records of the suite that a value of one field names; or nothing"""
        model, ids = None, ()
        if field.type == "many2one":
            model, ids = field.comodel_name, said_ids(value[:1] if isinstance(value, (list, tuple)) else [value])
        elif field.type == "reference" and isinstance(value, str):
            model, __, number = value.partition(",")
            ids = said_ids([number])
        elif field.name == IDS and field.type in ("char", "text"):
            beside = [one for one in ("model", "res_model") if one in self._fields]
            # sudo: what a dialog is about, whoever may read that
            model = next((said for one in beside if (said := values.get(one) or self[:1].sudo()[one])), None)
            ids = ids_in_text(value)
        return self._of_suite(model, ids)

    def _check_named_beside(self, field, values):
        """The same of an id that stands beside the name of a model, or beside a link to the register of models: where
        either is said, the other may be what stands.

        :raise AccessError: as above
        """
        beside = self.pool.field_depends[self._fields[field.model_field]]
        heads = {field.name, field.model_field, *(path.partition(".")[0] for path in beside)}
        if heads.isdisjoint(values):
            return
        said = {name: values[name] for name in heads if name in values}
        # sudo: what these values come to, before anything is told of it
        for record in self.sudo() or [self.sudo().browse()]:
            new = record.new(said, origin=record or None)
            if named := self._of_suite(new[field.model_field], said_ids([new[field.name]])):
                named._check_read_alike()
                named._tell_names()

    def _of_suite(self, model, ids):
        """:return: the records of this model, where it is one of the suite"""
        ours = isinstance(model, str) and model.startswith(OURS) and model in self.env
        return self.env[model].browse(ids) if ours and ids else None

    def _check_named(self, said):
        """:param said: what a client says of lines of this model: commands, or as Odoo takes them too, values and ids
        :raise AccessError: records of the suite that it names are none, or not for it to read
        """
        if self.env.su or not isinstance(said, (list, tuple)):
            return
        if self._name.startswith(OURS) and (ids := ids_of_lines(said)):
            self.browse(ids)._check_read_alike()

    def _check_named_in_lines(self, said):
        """The same of what the values of these lines name."""
        for one in said if isinstance(said, (list, tuple)) else ():
            if isinstance(one, dict):
                self._check_named_in(self._said_of_line(one))
            elif holds_values(one):
                line = self.browse(said_ids([one[1]]))
                line._check_named_in(line._said_of_line(one[2]))

    def _said_of_line(self, values):
        """Of what a form holds of a line, what a person said: a closed link follows from its record, which is not
        asked here; where the form begins, nobody has said anything yet.
        """
        if self.env.context.get(BEGINNING) or not self._name.startswith(OURS):
            return values
        closed = self._closed_fields()
        return {name: value for name, value in values.items() if name not in closed or self._hides(name)}

    def _hides(self, name):
        """Whether a rule hides some of the records that a field leads to."""
        field = self._fields.get(name)
        return field is not None and field.relational and self.env[field.comodel_name]._hides_rows

    def has_access(self, operation):
        try:
            return super().has_access(operation)
        except MissingError:
            # Where ids run on, an error for what is not there said that what is refused is there.
            if said_by_client() and self._name.startswith(OURS):
                return False
            raise

    def _tell_names(self):
        """Hook: a client is told the names of these records, which it may read, without reading them: on the way to a
        page, by a link, in a dialog about them."""

    def _check_read_alike(self):
        """:raise AccessError: one of these is not for this user to read, or there is none: in the same words"""
        try:
            self.check_access("read")
        except (AccessError, MissingError) as refusal:
            raise self.env["ir.rule"]._plain_access_error("read", self) from refusal
