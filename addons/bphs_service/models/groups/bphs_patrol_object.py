from odoo import api, fields, models
from odoo.fields import Domain

SPECIALITIES = [
    ("food", "Food Safety"),
    ("water", "Drinking Water"),
    ("school", "School Hygiene"),
    ("practice", "Illegal Practice and Blood Collection"),
    ("family_planning", "Family Planning"),
]
# The specification asks for so many patrols of each a year.
TIMES_A_YEAR = 2


class BphsPatrolObject(models.Model):
    """A place that is patrolled (巡查对象): a school, a waterworks, a canteen. The base of the rate of patrols."""

    _name = "bphs.patrol.object"
    _description = "Place to Patrol"
    _inherit = ["bphs.scope.mixin"]
    _order = "institution_id, speciality, name"

    name = fields.Char(string="Place to Patrol", required=True, size=100)
    speciality = fields.Selection(SPECIALITIES, required=True)
    institution_id = fields.Many2one(default=lambda self: self.env["bphs.visit"]._institution_then({}))
    address = fields.Char(string="Location", size=100)
    active = fields.Boolean(default=True)
    patrol_ids = fields.One2many("bphs.patrol", "object_id", string="Patrols", readonly=True)
    patrols_this_year = fields.Integer(string="This Year", compute="_compute_patrols_this_year", aggregator=None)
    is_due = fields.Boolean(
        string="Patrol Due", compute="_compute_patrols_this_year", search="_search_is_due",
        help="Patrolled less than twice this year.",
    )  # fmt: skip

    _name_uniq = models.Constraint(
        "UNIQUE(institution_id, speciality, name)", "This place stands in the list of this speciality already."
    )

    @api.depends("patrol_ids.state", "patrol_ids.done_on")
    def _compute_patrols_this_year(self):
        found = self.env["bphs.patrol"]._read_group(
            Domain("object_id", "in", self._origin.ids) & self._this_year(), ["object_id"], ["__count"]
        )
        counts = {place.id: count for place, count in found}
        for place in self:
            place.patrols_this_year = counts.get(place._origin.id, 0)
            place.is_due = place.patrols_this_year < TIMES_A_YEAR

    def _search_is_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        enough = self.env["bphs.patrol"]._read_group(
            self._this_year(), ["object_id"], having=[("__count", ">=", TIMES_A_YEAR)]
        )
        patrolled = Domain("id", "in", [place.id for (place,) in enough])
        return (~patrolled if True in value else Domain.FALSE) | (patrolled if False in value else Domain.FALSE)

    def _this_year(self):
        today = self._county_today()
        return Domain("state", "in", ("done", "reported")) & Domain("done_on", ">=", today.replace(month=1, day=1))

    def action_patrol(self):
        """:return: the action that enters a patrol of this place"""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Patrol"),
            "res_model": "bphs.patrol",
            "views": [(False, "form")],
            "context": {"default_object_id": self.id},
        }
