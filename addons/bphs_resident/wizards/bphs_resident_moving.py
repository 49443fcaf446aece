from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.changing.bphs_resident_move import MOVE_KINDS
from ..models.register.bphs_resident import RELATIONS
from ..tools import moves


class BphsResidentMoving(models.TransientModel):
    """Asks what a move, a death or a loss needs to be entered."""

    _name = "bphs.resident.moving"
    _description = "Enter a Move or Change"
    _inherit = "bphs.readable.links.mixin"

    resident_id = fields.Many2one("bphs.resident", required=True, ondelete="cascade")
    kind = fields.Selection(MOVE_KINDS, string="What Happened", required=True)
    kinds = fields.Json(compute="_compute_kinds")
    date = fields.Date(string="On", required=True, default=lambda self: self._county_today())
    needs_village = fields.Boolean(compute="_compute_needs")
    needs_elsewhere = fields.Boolean(compute="_compute_needs")
    division_id = fields.Many2one("bphs.division", string="New Village", domain=[("level", "=", "village")])
    whole_household = fields.Boolean(string="The Whole Household Moves")
    can_move_household = fields.Boolean(compute="_compute_needs")
    household_id = fields.Many2one(
        "bphs.household", string="Household There", domain="[('division_id', '=', division_id)]"
    )
    household_number = fields.Char(
        string="Or Its Number",
        help="Of a household that is not in your list, as in another township: told by those who keep it.",
    )
    relation = fields.Selection(RELATIONS, string="Relation to the Head")
    elsewhere = fields.Char(string="Place Outside the County")
    evidence = fields.Char(help="What proves it: certificate, notice, who said so.")

    @api.depends("resident_id")
    def _compute_kinds(self):
        for dialog in self:
            dialog.kinds = moves.fitting(dialog.resident_id.status)

    @api.depends("kind", "resident_id")
    def _compute_needs(self):
        for dialog in self:
            step = moves.STEPS.get(dialog.kind)
            dialog.needs_village = bool(step) and step.village != "none"
            dialog.needs_elsewhere = bool(step) and step.elsewhere
            dialog.can_move_household = dialog.kind == "within" and bool(dialog.resident_id.household_id)

    def action_confirm(self):
        """Enter the step.

        :raise AccessError: the file is not for this user to change
        :raise UserError: something it needs is wanting
        """
        self.ensure_one()
        self.resident_id.check_access("write")
        resident, division = self.resident_id, self.division_id
        name = resident.name  # before the file is somebody else's
        if self.needs_village and division and division == resident.division_id and self.kind == "within":
            raise UserError(
                self.env._("%(name)s lives in %(village)s already.", name=resident.name, village=division.name)
            )
        if self.whole_household and self.can_move_household:
            if not division:
                raise UserError(self.env._("Name the new village."))
            if self.date > self._county_today():
                raise UserError(self.env._("The day lies in the future."))
            resident._move_household(self.date, division, self.evidence)
        else:
            resident._move(
                self.kind,
                self.date,
                division=division if self.needs_village else None,
                household=self._household_there() if self.needs_village else None,
                relation=self.relation,
                elsewhere=self.elsewhere,
                evidence=self.evidence,
            )
        return self._told(resident, name)

    def _told(self, resident, name):
        """Say what has been entered, over the file, or over the search where the file is somebody else's now."""
        kind = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        if resident._filtered_access("read"):
            return self._notification(
                self.env._("%(name)s: “%(kind)s” has been entered.", name=name, kind=kind),
                next={"type": "ir.actions.act_window_close"},
            )
        return self._notification(
            self.env._(
                "%(name)s: “%(kind)s” has been entered. The file is kept by another institution now.",
                name=name,
                kind=kind,
            ),
            next={"type": "ir.actions.client", "tag": "bphs_resident.search", "target": "main"},
        )

    def _household_there(self):
        """The household in the new village: chosen among those this user may see, or named by its whole number.

        :return: bphs.household, empty where none is named
        :raise UserError: the new village has none of this number
        """
        number = (self.household_number or "").strip().upper()
        if self.household_id or not number:
            return self.household_id
        there = [("number", "=", number), ("division_id", "=", self.division_id.id)]
        households, resident = self.env["bphs.household"], self.env["bphs.resident"]
        seen = [*resident._named_roles_domain(), *resident._age_domain()]
        if seen and self._serves(self.division_id):
            # Of one's own villages one in which nobody is seen is none, as in the list: numbers of rolls run on, and
            # those that are missing there would be the hidden ones.
            there.append(("rule_member_ids", "any", seen))
        # sudo: households beyond one's scope are not listed; of one whose number is known nothing else is told
        found = households.search(there[:2]) or households.sudo().search(there)
        if not found:
            raise UserError(
                self.env._(
                    "%(village)s has no household of the number %(number)s. Ask those who keep it, or leave it empty: "
                    "they enter the person there.",
                    village=self.division_id.name or "",
                    number=number,
                )
            )
        return found

    def _serves(self, division):
        """Whether the people of a village are in this user's scope."""
        # sudo: who serves which village hangs on the wall, and one's own scope
        own, served = self.env.user.sudo().bphs_institution_ids, self.env["bphs.institution"].sudo()
        direct = served._responsible(division.ids).get(division.id, (False,))[0]
        return bool(served.search_count([("id", "=", direct), ("id", "child_of", own.ids)], limit=1))
