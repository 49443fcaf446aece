from odoo import api, fields, models


class BphsUnitName(models.Model):
    """What an institution is also called in lists: chosen once in an import, known in the next."""

    _name = "bphs.unit.name"
    _description = "Other Name of an Institution"
    _inherit = ["bphs.scope.mixin"]
    _order = "name, id"

    name = fields.Char(required=True, index=True)

    _name_institution_uniq = models.UniqueIndex("(name, institution_id)", "This name is known for it already.")

    @api.model
    def _remember(self, chosen):
        """Keep what was chosen; a name that meant another institution within the scope means this one from now on.

        :param dict chosen: name -> institution
        """
        known = self.search([("name", "in", list(chosen))])
        for one in known:
            one.institution_id = chosen[one.name]
        new = chosen.keys() - set(known.mapped("name"))
        self.create([{"name": name, "institution_id": chosen[name].id} for name in sorted(new)])
