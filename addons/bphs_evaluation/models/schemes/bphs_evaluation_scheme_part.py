from odoo import api, fields, models
from odoo.tools import SQL

EFFECTS = [("cap", "At Most"), ("zero", "Nothing")]


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


class BphsEvaluationRedLine(models.Model):
    """What a unit must not do (红线): who crosses it keeps at most so many points, or none."""

    _name = "bphs.evaluation.red.line"
    _description = "Red Line"
    _inherit = ["bphs.evaluation.scheme.part"]
    _order = "scheme_id, sequence, id"

    scheme_id = fields.Many2one("bphs.evaluation.scheme", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=100)
    code = fields.Char(required=True)
    name = fields.Char(string="What Crosses It", required=True)
    effect = fields.Selection(EFFECTS, required=True, default="cap")
    value = fields.Float(string="Points Kept", digits=(8, 2), aggregator=None)

    _code_uniq = models.UniqueIndex("(scheme_id, code)", "Each red line of a scheme has a code of its own.")

    @api.depends("code", "name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.code or ''} {line.name or ''}".strip()


class BphsEvaluationGroup(models.Model):
    """A group of results (等次), from so many per cent of the total on."""

    _name = "bphs.evaluation.group"
    _description = "Group of Results"
    _inherit = ["bphs.evaluation.scheme.part"]
    _order = "scheme_id, start desc, id"

    scheme_id = fields.Many2one("bphs.evaluation.scheme", required=True, index=True, ondelete="cascade")
    name = fields.Char(required=True)
    start = fields.Float(string="From Per Cent", digits=(10, 4), aggregator=None)

    _name_uniq = models.UniqueIndex("(scheme_id, name)", "Each group of a scheme has a name of its own.")
