from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.bphs_base.models.registers.bphs_institution import TOWNSHIP_KINDS

# Who guides a team from above.
PARTNER_KINDS = ("medical_group", "county_hospital", "tcm_hospital", "mch_centre")


class BphsTeam(models.Model):
    """Family-doctor team (家庭医生团队) of a township institution: who answers for which villages.

    Members and villages stand in rows with dates, which the steps of the team alone write: on any day it can be said
    who was in the team and what was its own.
    """

    _name = "bphs.team"
    _description = "Family-Doctor Team"
    _inherit = ["bphs.readable.links.mixin", "bphs.scope.mixin"]
    _order = "institution_id, code, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, size=60)
    code = fields.Char(required=True, size=20, copy=False)
    institution_id = fields.Many2one(
        string="Township Institution", domain=[("kind", "in", TOWNSHIP_KINDS)], help="Fixed once the team stands."
    )
    leader_id = fields.Many2one("bphs.worker", index="btree_not_null", ondelete="restrict")
    partner_institution_id = fields.Many2one(
        "bphs.institution",
        string="Second-Level Partner",
        domain=[("kind", "in", PARTNER_KINDS)],
        index="btree_not_null",
        ondelete="restrict",
        help="The hospital that takes the team's referrals and guides it.",
    )
    phone = fields.Char(size=40, help="What stands on the wall card.")
    schedule = fields.Text(help="When and where the team is found; stands on the wall card.")
    date_from = fields.Date(string="Since", required=True, default=lambda self: self._county_today())
    date_to = fields.Date(string="Closed On", readonly=True, copy=False)
    active = fields.Boolean(default=True, readonly=True, copy=False)
    member_ids = fields.One2many("bphs.team.member", "team_id", string="Members", readonly=True, copy=False)
    village_ids = fields.One2many("bphs.team.village", "team_id", string="Villages", readonly=True, copy=False)

    _code_uniq = models.Constraint("UNIQUE(code)", "This code is another team's.")
    _dates_order = models.Constraint("CHECK(date_to >= date_from)", "The team cannot close before it began.")
    _closed_inactive = models.Constraint(
        "CHECK((date_to IS NULL) = active)", "A closed team has the day it closed, and no other."
    )

    @api.constrains("institution_id")
    def _check_institution(self):
        for team in self:
            if team.institution_id.kind not in TOWNSHIP_KINDS:
                raise ValidationError(
                    self.env._("%(name)s: a team belongs to a township's hospital or centre.", name=team.name)
                )

    # === CRUD METHODS === #

    def write(self, vals):
        if "institution_id" in vals and any(team.institution_id.id != vals["institution_id"] for team in self):
            raise UserError(self.env._("A team stays with its township: close it there and set up another."))
        return super().write(vals)
