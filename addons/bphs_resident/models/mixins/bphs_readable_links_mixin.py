from odoo import api, models


class BphsReadableLinksMixin(models.AbstractModel):
    """Records in which a client names other records: each must be one that this client may read.

    Odoo gives the name of a linked record to whoever names its id, and where a constraint fails, the error would tell
    what the linked record holds. So the right is asked for before anything is stored or shown.
    """

    _name = "bphs.readable.links.mixin"
    _description = "Links to What One May Read"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_links(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_links(vals)
        return super().write(vals)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        # What a context brings is a client's word too.
        self._check_links(values)
        return values

    def onchange(self, values, field_names, fields_spec):
        self._check_links(values)
        return super().onchange(values, field_names, fields_spec)

    def _checked_links(self):
        """:return: names of the many2one fields that are asked about"""
        return [
            name
            for name, field in self._fields.items()
            if field.type == "many2one" and field.comodel_name.startswith("bphs.")
        ]

    def _check_links(self, values):
        """:raise AccessError: one of the records named is not for this user to read"""
        if self.env.su:
            return
        for name in self._checked_links():
            if named := self._said_link(name, values):
                # A link that stands is sent by a form as it is; what it leads to may have moved out of sight since.
                standing = self._origin.sudo()[name]  # sudo: compared, not shown
                (named - standing).check_access("read")

    def _said_link(self, name, values):
        """:return: the record that these values name in a many2one, or none"""
        field = self._fields[name]
        cached = field.convert_to_cache(values.get(name), self, validate=False)
        return field.convert_to_record(cached, self)._origin
