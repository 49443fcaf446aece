from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.bphs_base.tools.steps import Step

SOURCES = [
    ("entered", "Entered"),
    ("imported", "Imported"),
    ("visit", "Service Record"),
    ("exam", "Exam"),
    ("register", "Register"),
]
STATES = [("recorded", "Recorded"), ("voided", "Voided")]
GIVEN = ("resident_id", "kind", "note", "source", "visit_id")


class BphsDatedFactMixin(models.AbstractModel):
    """A fact about a person with its days: who says so, since when, until when. Wrong, it is voided, never deleted.

    Grading, clocks and lists read what runs on a day; what is in the register follows.
    """

    _name = "bphs.dated.fact.mixin"
    _description = "Dated Fact About a Person"
    _inherit = ["bphs.steps.mixin", "bphs.readable.links.mixin", "bphs.logged.reading.mixin"]
    _tells_of = "resident_id"
    _steps = {"void": Step(("recorded",), "voided", reason_required=True)}
    _step_sets = ("step_reason",)

    resident_id = fields.Many2one("bphs.resident", required=True, index=True, ondelete="restrict")
    state = fields.Selection(STATES, required=True, readonly=True, default="recorded", copy=False)
    source = fields.Selection(SOURCES, required=True, readonly=True, default="entered")
    visit_id = fields.Many2one(
        "bphs.visit", string="Service Record", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    entered_on = fields.Date(readonly=True, default=lambda self: self._county_today())
    entered_by_id = fields.Many2one("res.users", readonly=True, default=lambda self: self.env.uid)
    step_reason = fields.Char(string="Why Voided", readonly=True, copy=False)
    note = fields.Char(size=200)

    # === COMPUTE METHODS === #

    @api.depends(lambda self: ("kind",) if "kind" in self._fields else ())
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for fact in self:
            fact.display_name = kinds.get(fact.kind, "")

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [{**vals, "source": "entered"} for vals in vals_list]
        facts = super().create(vals_list)
        facts.resident_id._log_access("change", what=self._description_in_file())
        facts._follow()
        return facts

    def write(self, vals):
        result = super().write(vals)
        self.resident_id._log_access("change", what=self._description_in_file())
        self._follow()
        return result

    # Whatever the context says: what was once said about a person is kept.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_never(self):
        raise UserError(self.env._("A fact about a person is never deleted. Void it, with the reason."))

    # === ACTIONS === #

    def action_void(self, reason):
        """Take a fact out that never was; the register follows."""
        self._check_step("void", reason)
        self._take_step("void", {"step_reason": reason}, reason)
        self._follow()

    def _asked_steps(self):
        return {
            "void": (self.env._("Void the Fact"), self.env._("It never was. Where it is over, enter its end."), True)
        }

    # === HELPERS === #

    def _check_days(self, *names):
        """:raise ValidationError: one of these days is before the birth, after the death or to come"""
        today = self._county_today()
        for fact in self:
            resident = fact.resident_id
            for day in filter(None, map(fact.__getitem__, names)):
                if day > today:
                    raise ValidationError(self.env._("What is said about a person has begun: a day to come is none."))
                if resident.birth_date and day < resident.birth_date:
                    raise ValidationError(self.env._("Nothing began before the resident was born."))
                if resident.status == "died" and resident.status_date and day > resident.status_date:
                    raise ValidationError(
                        self.env._("The resident died on %(day)s: nothing began after it.", day=resident.status_date)
                    )

    def _follow(self):
        """What follows from these facts: the register, and what other modules hang on it."""
        # sudo: the register and gradings follow from facts, whoever entered them
        self.sudo().resident_id._on_facts_changed()

    def _record_step(self, name, reason):
        super()._record_step(name, reason)
        title = self._asked_steps()[name][0]
        self.resident_id._log_access("change", what=f"{self._description_in_file()}: {title}", reason=reason)

    def _description_in_file(self):
        return self.env["ir.model"]._get(self._name).name

    def _move_to_resident(self, name, survivor):
        stayed = self._stay_behind(name, survivor)
        # What is said stays as it was; whose file it is in is not part of it.
        (self - stayed)._write_state({name: survivor.id})
        return stayed

    def _step_words(self):
        closed = self.env._('%(name)s is "%(state)s". Enter it anew where it holds after all.')
        return super()._step_words() | {"closed": closed, "state": self.env._('%(name)s is "%(state)s".')}
