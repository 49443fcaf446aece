from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("clinic", "Clinic or Hospital System"),
    ("insurance", "Insurance"),
    ("device", "Device Hub"),
    ("register", "Former Register or Platform"),
]
# What the records of a system say of where they come from.
SOURCES = {"device": "device"}
MACHINE = "bphs_service.group_outside_machine"


class BphsOutsideSystem(models.Model):
    """A system that data comes from (来源系统): whose numbers its records bear, and the account that pushes them.

    A record from outside is known again by its system and the number that this system gave it.
    """

    _name = "bphs.outside.system"
    _description = "Source System"
    _inherit = ["bphs.scope.mixin"]
    _order = "institution_id, code"
    _rec_names_search = ["name", "code"]

    code = fields.Char(required=True, size=30, help="Files name the system by it. It stays.")
    name = fields.Char(required=True, size=60)
    kind = fields.Selection(KINDS, required=True, default="clinic")
    user_id = fields.Many2one(
        "res.users",
        string="Account of the Machine",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Pushes over JSON-2 what belongs to people of the institution. Empty: files alone.",
    )
    active = fields.Boolean(default=True)
    day_ids = fields.One2many("bphs.outside.day", "system_id", string="Pushed by Day", readonly=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "Another system has this code.")
    _user_uniq = models.UniqueIndex("(user_id) WHERE user_id IS NOT NULL", "One account pushes for one system.")

    # === COMPUTE METHODS === #

    @api.depends("name", "institution_id")
    def _compute_display_name(self):
        for system in self:
            system.display_name = f"{system.name}（{system.institution_id.name}）"

    # === CONSTRAINTS === #

    @api.constrains("user_id")
    def _check_user_id(self):
        for system in self:
            # sudo: which groups somebody has is not everybody's to read
            if system.user_id and not system.user_id.sudo().has_group(MACHINE):
                raise ValidationError(
                    self.env._("%(user)s does not hold the role of a machine that pushes.", user=system.user_id.name)
                )

    # === CRUD METHODS === #

    def write(self, vals):
        if "code" in vals and any(system.code != vals["code"] for system in self):
            raise ValidationError(self.env._("The code of a system stays: its records are known by it."))
        return super().write(vals)

    # Whatever the context says: what came from it is known by it.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_never(self):
        raise ValidationError(self.env._("A source system is never deleted. Archive it."))
