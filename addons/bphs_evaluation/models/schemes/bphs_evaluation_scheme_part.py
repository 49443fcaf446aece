from odoo import api, models
from odoo.tools import SQL


class BphsEvaluationSchemePart(models.AbstractModel):
    """An item, a red line, a group or what belongs to an item: written in a draft alone, by a person it remembers.

    Its `scheme_id` is a stored column. Python gives the clear message; the trigger refuses what passes Python by.
    """

    _name = "bphs.evaluation.scheme.part"
    _description = "Part of a Scheme"

    def init(self):
        super().init()
        if self._abstract or not self._auto:
            return
        self.env.execute_query(
            SQL(
                """
                CREATE OR REPLACE TRIGGER %s BEFORE INSERT OR UPDATE OR DELETE ON %s
                FOR EACH ROW EXECUTE FUNCTION bphs_evaluation_fixed('scheme_id')
                """,
                SQL.identifier(f"{self._table}_fixed"),
                SQL.identifier(self._table),
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        self._schemes_named_by(vals_list)._note_editor()
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")
        (self.scheme_id | self._schemes_named_by([vals]))._note_editor()
        return super().write(vals)

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_proposed(self):
        self.scheme_id._note_editor()

    def _schemes_named_by(self, vals_list):
        """:return: the schemes that these values put a part into"""
        return self.env["bphs.evaluation.scheme"].browse({vals.get("scheme_id") for vals in vals_list} - {None, False})
