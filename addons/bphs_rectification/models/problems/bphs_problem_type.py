from odoo import api, fields, models
from odoo.exceptions import ValidationError


class BphsProblemType(models.Model):
    """Kind of problem (问题类型), in a tree: the work it belongs to, and what goes wrong in it."""

    _name = "bphs.problem.type"
    _description = "Problem Type"
    _parent_store = True
    _order = "code"
    _rec_names_search = ["name", "code"]

    code = fields.Char(required=True)
    name = fields.Char(required=True)
    parent_id = fields.Many2one("bphs.problem.type", string="Belongs To", index=True, ondelete="restrict")
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("bphs.problem.type", "parent_id", string="Kinds")
    keywords = fields.Char(help="Words by which an imported problem is recognised, with blanks between them.")
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "A problem type with this code exists already.")

    @api.constrains("parent_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A problem type cannot belong to itself."))

    # === BUSINESS METHODS === #

    def _keyword_list(self):
        """:return list: the words that tell this type, in an imported list"""
        self.ensure_one()
        return (self.keywords or "").replace("、", " ").split()
