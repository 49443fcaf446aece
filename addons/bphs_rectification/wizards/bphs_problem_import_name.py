from odoo import fields, models


class BphsProblemImportName(models.TransientModel):
    """A name in a list that no institution has, and which one it stands for."""

    _name = "bphs.problem.import.name"
    _description = "Unit Not Recognised"
    _order = "id"

    import_id = fields.Many2one("bphs.problem.import", required=True, ondelete="cascade")
    name = fields.Char(string="In the File", required=True)
    institution_id = fields.Many2one("bphs.institution", string="Means")


class BphsProblemImport(models.TransientModel):
    """The names a list uses and nobody bears: asked about once, and remembered."""

    _inherit = "bphs.problem.import"

    name_ids = fields.One2many("bphs.problem.import.name", "import_id", string="Units Not Recognised")

    def action_remember_names(self):
        """Keep what the names were said to mean, and check the list again."""
        self.ensure_one()
        self.check_access("write")
        chosen = {one.name: one.institution_id for one in self.name_ids if one.institution_id}
        self.env["bphs.unit.name"]._remember(chosen)
        return self.action_check()

    def _import_ask_names(self, unknown):
        """Put the names on the wizard, each with the institution that is likely meant.

        :param dict unknown: name -> institutions it may mean
        """
        self.name_ids.unlink()
        self.env["bphs.problem.import.name"].create(
            [
                {"import_id": self.id, "name": name, "institution_id": likely.id if len(likely) == 1 else False}
                for name, likely in unknown.items()
            ]
        )
