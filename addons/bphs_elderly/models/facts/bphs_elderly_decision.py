from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_base.tools.steps import Step

LONGEST_DAYS = 180
STATES = [
    ("draft", "Draft"),
    ("submitted", "To Be Confirmed"),
    ("confirmed", "Confirmed"),
    ("ended", "Ended"),
    ("refused", "Refused"),
]
WRITTEN = ("resident_id", "colour", "date_from", "date_to", "reason")
DOCTORS = ("team_leader", "township_public_health", "county_specialist")


class BphsElderlyDecision(models.Model):
    """That somebody is to be red or yellow, whatever the rules find: with a reason, by two persons, for half a year."""

    _name = "bphs.elderly.decision"
    _description = "Decision on an Elder's Colour"
    _inherit = ["bphs.steps.mixin", "bphs.readable.links.mixin", "bphs.logged.reading.mixin"]
    _order = "date_to desc, id desc"
    _tells_of = "resident_id"
    _steps = {
        "propose": Step(("draft",), "submitted", roles=DOCTORS),
        "confirm": Step(("submitted",), "confirmed", roles=DOCTORS, apart_from=("proposed_by_id", "create_uid")),
        "refuse": Step(("submitted",), "refused", roles=DOCTORS, reason_required=True),
        "end": Step(("confirmed",), "ended", roles=DOCTORS, reason_required=True),
    }
    _step_sets = ("proposed_by_id", "confirmed_by_id", "step_reason")
    _writable = {"draft": {ANYBODY: WRITTEN}}

    resident_id = fields.Many2one("bphs.resident", required=True, index=True, ondelete="restrict")
    colour = fields.Selection([("red", "Red"), ("yellow", "Yellow")], required=True)
    date_from = fields.Date(required=True, default=lambda self: self._county_today())
    date_to = fields.Date(string="Expires After", default=lambda self: self._county_today() + timedelta(90))
    reason = fields.Text(string="Why", required=True, help="What was seen, and what is to be done.")
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False, index=True)
    proposed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    step_reason = fields.Char(string="Why Refused or Ended", readonly=True, copy=False)

    _dates_check = models.Constraint("CHECK(date_to >= date_from)", "A decision cannot expire before it begins.")

    # === COMPUTE METHODS === #

    @api.depends("resident_id", "colour")
    def _compute_display_name(self):
        colours = dict(self._fields["colour"]._description_selection(self.env))
        for decision in self:
            colour = colours.get(decision.colour, "")
            decision.display_name = f"{decision.resident_id.display_name or ''} {colour}".strip()

    # === CRUD METHODS === #

    # Whatever the context says: what was once proposed is kept.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_proposed(self):
        self._check_in_state(("draft",))

    # === ACTIONS === #

    def action_propose(self):
        """Hand it to a second person.

        :raise UserError: it has no end, or one that lies too far
        """
        self._check_step("propose")
        for decision in self:
            last = decision.date_from + timedelta(LONGEST_DAYS - 1)
            if not decision.date_to or decision.date_to > last or decision.date_to < self._county_today():
                raise UserError(
                    self.env._(
                        "%(name)s: say until when, today or later and %(last)s at the latest.",
                        name=decision.display_name,
                        last=last,
                    )
                )
        self._take_step("propose", {"proposed_by_id": self.env.uid})

    def action_confirm(self):
        """Let it count: the elder is graded at once."""
        self._check_step("confirm")
        self._take_step("confirm", {"confirmed_by_id": self.env.uid})
        self._follow()

    def action_refuse(self, reason):
        """Let it rest."""
        self._check_step("refuse", reason)
        self._take_step("refuse", {"step_reason": reason}, reason)

    def action_end(self, reason):
        """End it before its day: today is the last; what improves then goes the way of proposals."""
        self._check_step("end", reason)
        for decision in self:
            decision._take_step(
                "end", {"step_reason": reason, "date_to": max(decision.date_from, self._county_today())}, reason
            )
        self._follow()

    # === HELPERS === #

    def _asked_steps(self):
        return {
            "refuse": (self.env._("Refuse the Decision"), self.env._("It is not carried out."), True),
            "end": (self.env._("End the Decision"), self.env._("Today is its last day."), True),
        }

    def _follow(self):
        # sudo: gradings follow from facts, whoever entered them
        self.sudo().resident_id._on_facts_changed()

    def _stay_behind(self, name, survivor):
        return self.browse()

    def _move_to_resident(self, name, survivor):
        # What was decided stays as it was; whose file it is in is not part of it.
        self._write_state({name: survivor.id})
        return self.browse()

    def _step_words(self):
        return super()._step_words() | {
            "role": self.env._("A colour is decided by the team leader, the township's public health or a specialist."),
            "apart": self.env._("%(name)s: a second person confirms it."),
        }
