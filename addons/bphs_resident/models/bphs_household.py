from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .bphs_resident import HEAD


class BphsHousehold(models.Model):
    """Household (家庭): people who live together in a village, with one head."""

    _name = "bphs.household"
    _description = "Household"
    _inherit = ["bphs.scope.mixin", "bphs.logged.reading.mixin"]
    _order = "number"
    _rec_name = "number"

    number = fields.Char(
        required=True, index=True, copy=False, readonly=True, default="/", help="Village code, H, and a number in it."
    )
    address = fields.Char(help="Within the village.")
    division_id = fields.Many2one(
        "bphs.division", string="Village", required=True, index=True, ondelete="restrict",
        domain=[("level", "=", "village")],
    )
    # They follow the village, as those of the residents do.
    institution_id = fields.Many2one(compute="_compute_institution_id", store=True, precompute=True, readonly=True)
    township_id = fields.Many2one(
        "bphs.institution", string="Township Institution", compute="_compute_institution_id",
        store=True, precompute=True, index=True, ondelete="restrict",
    )
    member_ids = fields.One2many("bphs.resident", "household_id", string="Members")
    # Not stored: who may not see the head is not told the name.
    head_id = fields.Many2one("bphs.resident", compute="_compute_members")
    member_count = fields.Integer(string="Members Count", compute="_compute_members")
    active = fields.Boolean(default=True)

    _number_uniq = models.Constraint("UNIQUE(number)", "A household with this number exists already.")

    @api.depends("division_id")
    def _compute_institution_id(self):
        self.env["bphs.institution"]._set_responsible(self)

    @api.depends("member_ids.relation")
    @api.depends_context("uid")
    def _compute_members(self):
        seen = self.env["bphs.resident"]._read_group(
            [("household_id", "in", self.ids)], ["household_id", "relation"], ["__count", "id:min"]
        )
        heads, counts = {}, {}
        for household, relation, count, first in seen:
            counts[household.id] = counts.get(household.id, 0) + count
            if relation == HEAD:
                heads[household.id] = first
        for household in self:
            household.head_id = heads.get(household._origin.id)
            household.member_count = counts.get(household._origin.id, 0)

    @api.depends("number", "address")
    def _compute_display_name(self):
        for household in self:
            household.display_name = " ".join(filter(None, (household.number, household.address)))

    @api.model_create_multi
    def create(self, vals_list):
        # A new household's number is drawn, whatever a client says; imports bring theirs by COPY.
        vals_list = [{**vals, "number": self._draw_number(vals.get("division_id"))} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        result = super().write(vals)
        if "division_id" in vals:
            self.check_access("write")  # a village out of scope is nowhere to move a household to
        return result

    @api.constrains("division_id")
    def _check_division(self):
        for household in self:
            if household.division_id.level != "village":
                raise ValidationError(
                    self.env._("%(name)s is not a village.", name=household.division_id.display_name)
                )

    def _draw_number(self, division_id):
        division = self.env["bphs.division"].browse(division_id)
        if not division:
            return "/"
        return f"{division.code}H{self.env['bphs.village.counter']._draw(division, 'household'):05d}"
