from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_base.models.registers.bphs_institution import CLINIC_KINDS, TOWNSHIP_KINDS
from odoo.addons.bphs_base.tools.steps import Step

DIRECTIONS = [("up", "Up"), ("down", "Back Down")]
STATES = [
    ("draft", "Draft"),
    ("sent", "On the Way"),
    ("received", "Received"),
    ("answered", "Answer Given"),
    ("closed", "Came Back"),
    ("withdrawn", "Called Off"),
]
STEPS = {
    "send": Step(("draft",), "sent", side="from"),
    "receive": Step(("sent",), "received", side="to"),
    "answer": Step(("sent", "received"), "answered"),
    "come_back": Step(("answered",), "closed", side="from"),
    "withdraw": Step(("draft", "sent", "received"), "withdrawn", side="from", reason_required=True),
}
WAITING = ("sent", "received")
RECEIVING_KINDS = ("county_hospital", "tcm_hospital", "mch_centre", "medical_group", *TOWNSHIP_KINDS)
# A person referred is asked after within two weeks.
ANSWER_DAYS = 14
ASKED = ("direction", "to_key", "to_words", "department", "reason", "summary", "answer_by")
ANSWERED = ("diagnosis", "answer", "advice")


class BphsReferral(models.Model):
    """A resident sent to another institution and back (双向转诊): village, township, county. Open until it is answered.

    Both ends see it, whoever has the file; whoever sent somebody hears what came of it.
    """

    _name = "bphs.referral"
    _description = "Referral"
    _inherit = [
        "bphs.steps.mixin",
        "bphs.readable.links.mixin",
        "bphs.logged.reading.mixin",
        "bphs.reminded.mixin",
        "bphs.waiting.mixin",
    ]
    _order = "answer_by, id"
    _tells_of = "resident_id"
    _steps = STEPS
    _step_sets = ("step_reason", "sent_on", "received_on", "answered_on", "came_back_on", "told_rung")
    _writable = {
        "draft": {ANYBODY: ASKED},
        "sent": {ANYBODY: ANSWERED},
        "received": {ANYBODY: ANSWERED},
        "answered": {},
        "closed": {},
        "withdrawn": {},
    }
    _given_at_creation = (*ASKED, "resident_id", "finding_id", "visit_id", "from_institution_id")
    _waiting_institution_field = "waits_at_id"

    resident_id = fields.Many2one("bphs.resident", required=True, index=True, ondelete="restrict")
    person = fields.Char(compute="_compute_person", help="Name, sex and age, for whoever the person comes to.")
    direction = fields.Selection(DIRECTIONS, required=True, default="up")
    from_institution_id = fields.Many2one(
        "bphs.institution",
        string="Referring Institution",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    # Chosen by name: whoever refers upwards has nobody above in scope, and so may not name them by their records.
    to_key = fields.Selection("_receivers", string="Refer To")
    to_institution_id = fields.Many2one(
        "bphs.institution", string="Receiving Institution",
        compute="_compute_to_institution_id", store=True, precompute=True,
        index="btree_not_null", ondelete="restrict",
    )  # fmt: skip
    to_words = fields.Char(string="Outside the County", size=100, help="An institution that does not work here.")
    waits_at_id = fields.Many2one("bphs.institution", compute="_compute_waits_at_id")
    department = fields.Char(size=50)
    reason = fields.Char(required=True, size=200)
    summary = fields.Text(help="What was found, and what was done so far.")
    finding_id = fields.Many2one("bphs.finding", readonly=True, index="btree_not_null", ondelete="restrict")
    visit_id = fields.Many2one(
        "bphs.visit", string="Service Record", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False, index=True)
    sent_on = fields.Date(readonly=True, copy=False)
    answer_by = fields.Date(
        string="Answer Awaited By", required=True,
        default=lambda self: self._county_today() + timedelta(days=ANSWER_DAYS),
    )  # fmt: skip
    received_on = fields.Date(readonly=True, copy=False)
    answered_on = fields.Date(readonly=True, copy=False)
    came_back_on = fields.Date(readonly=True, copy=False)
    diagnosis = fields.Char(size=200)
    answer = fields.Text(string="What Was Done There")
    advice = fields.Text(string="Advice for Afterwards")
    step_reason = fields.Char(string="Why Withdrawn", readonly=True, copy=False)
    told_rung = fields.Char(readonly=True, copy=False, help="The latest rung of reminders that was told.")

    # === COMPUTE METHODS === #

    @api.depends("from_institution_id", "to_institution_id", "to_words")
    def _compute_display_name(self):
        # Reminders and lists of others name it: it says nothing of the person.
        for referral in self.sudo():  # sudo: names of institutions, which hang on their doors
            to = referral.to_institution_id.name or referral.to_words or ""
            referral.display_name = f"{referral.from_institution_id.name or ''} → {to}"

    @api.depends("to_key")
    def _compute_to_institution_id(self):
        for referral in self:
            referral.to_institution_id = int(referral.to_key) if referral.to_key else False

    @api.depends("resident_id")
    def _compute_person(self):
        sexes = dict(self.env["bphs.resident"]._fields["sex"]._description_selection(self.env))
        for referral in self:
            # sudo: whoever sees the referral is to know whom it brings; who sees it, the record rules say
            resident = referral.sudo().resident_id
            age = self.env._("%(age)s years", age=resident.age) if resident.birth_date else ""
            referral.person = " ".join(filter(None, (resident.name, sexes.get(resident.sex), age)))

    @api.depends("state", "from_institution_id", "to_institution_id")
    def _compute_waits_at_id(self):
        for referral in self:
            at_door = referral.state in WAITING and referral.to_institution_id
            referral.waits_at_id = at_door or referral.from_institution_id

    @api.model
    def _receivers(self):
        """:return: the hospitals and centres of the county, and the clinics of one's own scope, by name"""
        own = self.env["bphs.institution"].search([("kind", "in", CLINIC_KINDS)])
        # sudo: names of institutions, which hang on their doors
        treating = self.env["bphs.institution"].sudo().search([("kind", "in", RECEIVING_KINDS)])
        return [(str(place.id), place.name) for place in treating | own.sudo()]  # sudo: as above

    # === CONSTRAINTS === #

    @api.constrains("to_institution_id", "to_words", "from_institution_id")
    def _check_to(self):
        for referral in self:
            if bool(referral.to_institution_id) == bool((referral.to_words or "").strip()):
                raise ValidationError(self.env._("Say where to: one institution of the county, or one outside it."))
            if referral.to_institution_id == referral.from_institution_id:
                raise ValidationError(self.env._("Nobody is referred to where they are."))

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        Visit = self.env["bphs.visit"]
        for vals in vals_list:
            vals["from_institution_id"] = self._own_institution() or Visit._institution_then(vals)
        referrals = super().create(vals_list)
        referrals._log_change(self.env._("Referral"))
        return referrals

    def write(self, vals):
        result = super().write(vals)
        self._log_change(self.env._("Referral"))
        return result

    # Whatever the context says: somebody may be on the way.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_never(self):
        raise UserError(self.env._("A referral is never deleted. Withdraw it, with the reason."))

    # === ACTIONS === #

    def action_send(self):
        self._check_step("send")
        self._take_step("send", {"sent_on": self._county_today()})

    def action_receive(self):
        """The person came, or was called."""
        self._check_step("receive")
        self._take_step("receive", {"received_on": self._county_today()})

    def action_answer(self):
        """Say what came of it: by whoever treated the person, or by whoever sent them, from the papers they bring.

        :raise UserError: nothing is said yet
        """
        self._check_step("answer")
        for referral in self:
            if not (referral.answer or "").strip():
                raise UserError(self.env._("Say first what was done there."))
        self._take_step("answer", {"answered_on": self._county_today()})

    def action_come_back(self):
        """The person is back with whoever sent them, and is looked after as the answer says."""
        self._check_step("come_back")
        self._take_step("come_back", {"came_back_on": self._county_today()})

    def action_withdraw(self, reason):
        """It does not come to it: the person would not go, or went elsewhere."""
        self._check_step("withdraw", reason)
        self._take_step("withdraw", {"step_reason": reason}, reason)

    def _asked_steps(self):
        return {
            "withdraw": (self.env._("Withdraw the Referral"), self.env._("Say why it does not come to it."), True),
        }

    # === HELPERS === #

    def _is_on_side(self, side):
        if side not in ("from", "to"):
            return super()._is_on_side(side)
        # Where nobody works here, the paper the person brings is entered by whoever sent them.
        at = self.from_institution_id if side == "from" else self.to_institution_id or self.from_institution_id
        own = self.env.user.sudo().bphs_institution_ids  # sudo: one's own scope
        return self.env.su or bool(at.sudo().filtered_domain([("id", "child_of", own.ids)]))  # sudo: compared

    def _own_institution(self):
        own = self.env.user.sudo().bphs_institution_ids  # sudo: one's own scope
        return own.id if len(own) == 1 else False

    def _log_change(self, what, reason=None):
        # sudo: the file is told of it, also where it is not in this user's scope
        self.sudo().resident_id.sudo(False)._log_access("change", what=what, reason=reason)

    def _record_step(self, name, reason):
        super()._record_step(name, reason)
        states = dict(self._fields["state"]._description_selection(self.env))
        self._log_change(f"{self.env._('Referral')}: {states[self._steps[name].target]}", reason or None)

    def _take_step(self, name, values=None, reason=""):
        super()._take_step(name, values, reason)
        self._tell_waiting()
        if name in ("answer", "withdraw"):
            self._reminder_activities().unlink()
        if name == "answer":
            self._note_in_findings()

    def _note_in_findings(self):
        """What came of it stands with the finding that led to it; who looks after the person closes it."""
        for referral in self.sudo():  # sudo: follows from the answer, whoever gave it
            if referral.finding_id.state == "open":
                told = " ".join(filter(None, (referral.diagnosis, referral.answer)))[:300]
                done = {"handling": "referred", "handled_on": referral.answered_on, "outcome": told}
                referral.finding_id._write_state(done)

    def _move_to_resident(self, name, survivor):
        # What was asked and answered stays as it was; whose file it is in is not part of it.
        self._write_state({name: survivor.id})
        return self.browse()

    def _step_words(self):
        return super()._step_words() | {
            "role": self.env._("This step is for the other institution of the referral."),
        }
