from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.orm.models import NO_ACCESS
from odoo.tools.misc import clean_context

from ...tools.moves import ACTIVE
from ..sealing.late_constraint import check_late_constraints
from .bphs_resident import HEAD


class BphsHousehold(models.Model):
    """Household (家庭): people who live together in a village, with one head."""

    _name = "bphs.household"
    _description = "Household"
    _inherit = ["bphs.scope.mixin", "bphs.logged.reading.mixin"]
    _names_found_unlogged = True
    _order = "number"
    _rec_name = "number"

    number = fields.Char(
        required=True, copy=False, readonly=True, default="/", help="Village code, H, and a number in it."
    )
    address = fields.Char(help="Within the village.")
    division_id = fields.Many2one(
        "bphs.division",
        string="Village",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("level", "=", "village")],
    )
    # They follow the village, as those of the residents do.
    institution_id = fields.Many2one(compute="_compute_institution_id", store=True, precompute=True, readonly=True)
    township_id = fields.Many2one(
        "bphs.institution",
        string="Township Institution",
        compute="_compute_institution_id",
        store=True,
        precompute=True,
        ondelete="restrict",
    )
    member_ids = fields.One2many("bphs.resident", "household_id", string="Members")
    # The same for the record rule alone: what a rule reads is read as superuser and would stay in the field above.
    rule_member_ids = fields.One2many("bphs.resident", "household_id", groups=NO_ACCESS)
    # Not stored: who may not see the head is not told the name. Where none is entered, or the one entered is not this
    # user's to see, it is the eldest: a household without a head would tell that somebody in it is hidden.
    head_id = fields.Many2one("bphs.resident", string="Head or Contact", compute="_compute_members")
    member_count = fields.Integer(string="Members Count", compute="_compute_members", help="Of those living here.")
    active = fields.Boolean(default=True)

    # For the link of the residents, who live in the village of their household.
    _village_uniq = models.Constraint("UNIQUE(id, division_id)")
    _number_uniq = models.Constraint("UNIQUE(number)", "A household with this number exists already.")

    @api.depends("division_id")
    def _compute_institution_id(self):
        self.env["bphs.institution"]._set_responsible(self)

    @api.depends("member_ids.relation", "member_ids.status", "member_ids.birth_date")
    @api.depends_context("uid")
    def _compute_members(self):
        seen = self.env["bphs.resident"].search_fetch(
            [("household_id", "in", self.ids), ("status", "=", ACTIVE)], ["household_id", "relation", "birth_date"]
        )
        counts = Counter(member.household_id.id for member in seen)
        heads = {}
        # Whoever stands first stays: a head before others, the elder before the younger, the older file before others.
        for member in seen.sorted(lambda one: (one.relation != HEAD, str(one.birth_date or "9"), one.id)):
            heads.setdefault(member.household_id.id, member)
        for household in self:
            household.head_id = heads.get(household._origin.id)
            household.member_count = counts[household._origin.id]

    @api.depends("number", "address")
    def _compute_display_name(self):
        for household in self:
            household.display_name = " ".join(filter(None, (household.number, household.address)))

    @api.model_create_multi
    def create(self, vals_list):
        # A new household's number is drawn, whatever a client says; imports bring theirs by COPY.
        drawn = []
        for vals in vals_list:
            drawn.append(self._draw_number(vals.get("division_id"), drawn))
        vals_list = [{**vals, "number": number} for vals, number in zip(vals_list, drawn, strict=True)]
        # Nothing comes from the context's defaults: no number would be drawn for a village that comes so.
        cleaned = self.with_context(clean_context(self.env.context))  # pylint: disable=context-overridden
        return super(BphsHousehold, cleaned).create(vals_list)

    def write(self, vals):
        if "number" in vals and not self.env.su:
            raise UserError(self.env._("The number of a household is drawn when it is made and stays."))
        if "division_id" in vals and not self.env.su and set(self.division_id.ids) != {vals["division_id"]}:
            # Whoever lives there, also whom this user may not see: an empty household is refused alike.
            raise UserError(
                self.env._(
                    "A household moves with those who live in it: open the file of one of them, “Move or Change”, and "
                    "say that the whole household moves."
                )
            )
        if "division_id" in vals:
            check_late_constraints(self.env.cr)
        return super().write(vals)

    def _read_format(self, fnames, load="_classic_read"):
        # An address and who lives there tell of the people.
        if not self.env.su and {"address", "display_name", "head_id", "member_ids"} & set(fnames):
            self.env["bphs.resident"].search([("household_id", "in", self._origin.ids)])._log_reading()
        return super()._read_format(fnames, load=load)

    @api.constrains("division_id")
    def _check_division(self):
        for household in self:
            if household.division_id.level != "village":
                raise ValidationError(self.env._("%(name)s is not a village.", name=household.division_id.display_name))
        # sudo: nobody stays behind, seen or not
        members = self.sudo().with_context(active_test=False).mapped("rule_member_ids")
        members._check_household_id()

    def _draw_number(self, division_id, reserved):
        division = self.env["bphs.division"].browse(division_id)
        if not division:
            return "/"
        # sudo: nobody draws numbers by hand
        (number,) = self.env["bphs.village.counter"].sudo()._draw(division, "household", reserved=reserved)
        return number
