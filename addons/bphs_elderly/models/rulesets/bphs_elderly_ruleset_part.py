from odoo import api, models
from odoo.tools import SQL


class BphsElderlyRulesetPart(models.AbstractModel):
    """A rule or a condition: written in a draft alone, by a person whom the set remembers.

    Its `ruleset_id` is a stored column. Python gives the clear message; the trigger refuses what passes Python by.
    """

    _name = "bphs.elderly.ruleset.part"
    _description = "Part of a Rule Set"

    def init(self):
        super().init()
        if self._abstract or not self._auto:
            return
        self.env.execute_query(
            SQL(
                """
                CREATE OR REPLACE TRIGGER %s BEFORE INSERT OR UPDATE OR DELETE ON %s
                FOR EACH ROW EXECUTE FUNCTION bphs_elderly_fixed('ruleset_id')
                """,
                SQL.identifier(f"{self._table}_fixed"),
                SQL.identifier(self._table),
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        self._sets_named_by(vals_list)._note_editor()
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")
        (self.ruleset_id | self._sets_named_by([vals]))._note_editor()
        return super().write(vals)

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_proposed(self):
        self.ruleset_id._note_editor()

    def _sets_named_by(self, vals_list):
        """:return: the sets that these values put a part into"""
        raise NotImplementedError
