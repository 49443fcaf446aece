from odoo import api, models
from odoo.tools import SQL


class BphsResident(models.Model):
    """The lines of a file that is opened. Most files have none of most kinds.

    Each kind is looked for with all rules of its model, which takes longer than the looking. So one statement asks
    first which kinds there are any of; what there are none of needs no rules.
    """

    _inherit = "bphs.resident"

    @api.model
    def _lines_at_a_glance(self):
        """:return: list of names of lines that something on the form is reckoned from, whether it shows them or not"""
        return []

    def _before_reading(self, names):
        super()._before_reading(names)
        if len(self) == 1 and not self.env.su:
            self._keep_empty_lines([*names, *self._lines_at_a_glance()])

    def _keep_empty_lines(self, names):
        """Keep it that this file has no lines of a kind, for the kinds among these fields of which there are none."""
        asked = {}
        for name in names:
            field = self._fields.get(name)
            if (
                field
                and field.type == "one2many"
                and isinstance(self.id, int)
                and self.id not in field._get_cache(self.env)
            ):
                asked[field] = self.env[field.comodel_name]
        if not asked:
            return
        for field, model in asked.items():
            model.flush_model([field.inverse_name])
        looks = [
            SQL(
                "EXISTS (SELECT FROM %s WHERE %s = %s)",
                SQL.identifier(model._table),
                SQL.identifier(field.inverse_name),
                self.id,
            )
            for field, model in asked.items()
        ]
        (found,) = self.env.execute_query(SQL("SELECT %s", SQL(", ").join(looks)))
        for field, any_lines in zip(asked, found, strict=True):
            if not any_lines:
                field._insert_cache(self, [()])

    def _perhaps_with(self, name):
        """:return: these files without those of which it is known that they have no lines of this kind"""
        kept = self._fields[name]._get_cache(self.env)
        return self.filtered(lambda resident: kept.get(resident.id) != ())
