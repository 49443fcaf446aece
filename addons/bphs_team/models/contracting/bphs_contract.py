from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_base.tools.steps import Step

from ...tools.terms import CHANGED, DIED, ENDING_SOON_DAYS, EXPIRED, LOST, MERGED, MOVED, OTHER, WISH

# Who may accept what others have signed; what they sign themselves needs no second look.
ACCEPTING = ("team_leader", "township_public_health", "township_director", "primary_care_officer")
SIGNING = (*ACCEPTING, "village_doctor")
STATES = [
    ("review", "To Review"),
    ("running", "Signed"),
    ("renewed", "Renewed"),
    ("ended", "Ended"),
    ("refused", "Not Accepted"),
]
STEPS = {
    "accept": Step(("review",), "running", roles=ACCEPTING, apart_from=("signed_by_id",)),
    "refuse": Step(("review",), "refused", roles=ACCEPTING, reason_required=True),
    "renew": Step(("running",), "renewed", roles=SIGNING),
    "end": Step(("running", "renewed"), "ended", roles=SIGNING, reason_required=True),
    # The last day is over, or the person's file has ended.
    "expire": Step(("running", "renewed"), "ended", by_system=True),
    # The contract after it was not accepted.
    "reopen": Step(("renewed",), "running", by_system=True),
}
END_REASONS = [
    (EXPIRED, "Term Over"),
    (MOVED, "Moved Away"),
    (DIED, "Died"),
    (LOST, "Lost to Follow-Up"),
    (WISH, "Own Wish"),
    (CHANGED, "Changed to Another Team"),
    (MERGED, "File Merged"),
    (OTHER, "Other"),
]
SOURCES = [("desk", "At the Desk"), ("home", "At Home"), ("online", "Online"), ("import", "Imported")]
# In every figure these are as if they were not: nobody has accepted them.
UNCOUNTED = ("review", "refused")
PAPER = ("photo", "photo_name")


class BphsContract(models.Model):
    """Contract of one resident with a family-doctor team (家庭医生签约). A household signs a row for each member.

    It is never in force with another of the same person: the database holds that over dates, whoever writes. Where a
    person lives now, and who may know of them, is asked of their file: a contract says nothing to whoever may not see
    that.
    """

    _name = "bphs.contract"
    _description = "Family-Doctor Contract"
    _inherit = [
        "bphs.steps.mixin",
        "bphs.print.mixin",
        "bphs.readable.links.mixin",
        "bphs.logged.reading.mixin",
        "bphs.upload.limit.mixin",
    ]
    _order = "id desc"
    _rec_name = "resident_id"
    _tells_of = "resident_id"
    _steps = STEPS
    _step_sets = ("end_reason", "end_note", "until", "confirmed", "confirmed_on", "confirmed_way", "confirmed_note")
    _writable = {state: {ANYBODY: PAPER} for state in ("review", "running", "renewed")}
    _given_at_creation = ()

    resident_id = fields.Many2one("bphs.resident", required=True, readonly=True, index=True, ondelete="restrict")
    team_id = fields.Many2one("bphs.team", required=True, readonly=True, index=True, ondelete="restrict")
    worker_id = fields.Many2one(
        "bphs.worker", string="Doctor", readonly=True, index="btree_not_null", ondelete="restrict",
        help="Signed with this doctor of the team; empty: with the team.",
    )  # fmt: skip
    package_id = fields.Many2one("bphs.package", required=True, readonly=True, ondelete="restrict")
    extra_ids = fields.Many2many(
        "bphs.package", "bphs_contract_extra_rel", "contract_id", "package_id", string="Further Packages", readonly=True
    )
    signed_on = fields.Date(required=True, readonly=True)
    date_from = fields.Date(string="In Force From", required=True, readonly=True)
    months = fields.Integer(string="Term (Months)", required=True, readonly=True, aggregator=None)
    date_to = fields.Date(string="Last Day of the Term", required=True, readonly=True)
    # The first day it no longer holds: the day after the term, unless something ended it before.
    until = fields.Date(string="No Longer in Force From", required=True, readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="review")
    source = fields.Selection(SOURCES, required=True, readonly=True, default="desk")
    signed_by_id = fields.Many2one("res.users", string="Entered By", readonly=True, ondelete="restrict")
    renewed_from_id = fields.Many2one(
        "bphs.contract", string="Renewal Of", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    end_reason = fields.Selection(END_REASONS, string="Ended Because", readonly=True)
    end_note = fields.Char(readonly=True, size=200)
    photo = fields.Binary(string="Photo of the Paper", attachment=True, copy=False)
    photo_name = fields.Char(copy=False)
    confirmed = fields.Selection(
        [("yes", "Confirmed"), ("no", "Says They Did Not Sign")], string="Resident Says", readonly=True
    )
    confirmed_on = fields.Date(readonly=True)
    confirmed_way = fields.Selection(
        [("qr", "QR Code of the Agreement"), ("call", "Called"), ("visit", "Asked at Home")], readonly=True
    )
    confirmed_note = fields.Char(readonly=True, size=200)
    # Read from the file, for lists and groups; never stored, so that nothing is told when a person has moved.
    division_id = fields.Many2one(related="resident_id.division_id", related_sudo=False)
    days_left = fields.Integer(compute="_compute_days_left", search="_search_days_left", aggregator=None)
    ending_soon = fields.Boolean(
        compute="_compute_days_left", search="_search_ending_soon", help=f"It ends within {ENDING_SOON_DAYS} days."
    )
    in_force = fields.Boolean(string="In Force Today", compute="_compute_days_left", search="_search_in_force")
    code = fields.Char(string="Agreement Number", compute="_compute_code")

    _one_at_a_time = models.Constraint(
        "EXCLUDE USING gist (resident_id WITH =, daterange(date_from, until, '[)') WITH &&) WHERE (state <> 'refused')",
        "On one of these days this resident has a contract already. Refresh: somebody may have signed them just now.",
    )
    _dates_order = models.Constraint(
        "CHECK(date_from <= until AND until <= date_to + 1)", "A contract ends within its term, not before it begins."
    )
    _months_range = models.Constraint("CHECK(months BETWEEN 1 AND 60)", "A term is of at most five years.")
    _until_index = models.Index("(until) WHERE state = 'running'")

    # === COMPUTE METHODS === #

    @api.depends("resident_id")
    @api.depends_context("uid")
    def _compute_display_name(self):
        for contract in self:
            # The name is masked, or nothing, where the file is not this user's to read.
            contract.display_name = contract.resident_id.display_name or self.env._("Contract")

    @api.depends("date_from", "until", "state")
    def _compute_days_left(self):
        today = self._county_today()
        for contract in self:
            counted = contract.state not in UNCOUNTED and contract.date_from and contract.until
            contract.in_force = bool(counted) and contract.date_from <= today < contract.until
            contract.days_left = (contract.until - today).days if contract.in_force else 0
            contract.ending_soon = contract.state == "running" and contract.days_left <= ENDING_SOON_DAYS

    def _search_in_force(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._in_force_on(self._county_today())

    def _search_days_left(self, operator, value):
        if operator not in ("<=", "<") or not isinstance(value, int):
            return NotImplemented
        last = fields.Date.add(self._county_today(), days=value + (operator == "<="))
        return self._in_force_on(self._county_today()) & Domain("until", "<", fields.Date.add(last, days=1))

    def _search_ending_soon(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("days_left", "<=", ENDING_SOON_DAYS) & Domain("state", "=", "running")

    @api.depends("state")
    def _compute_code(self):
        for contract in self:
            contract.code = contract._code() if contract._origin else ""

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        # Several are signed at once, in sets; nobody makes one past the checks of signing.
        self.check_access("create")
        raise UserError(self.env._("Contracts are signed by “Sign”, for a person, a household or a village."))

    # Whatever the context says: what was signed is ended, not deleted.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_never(self):
        raise UserError(self.env._("A contract is never deleted. End it with its reason."))

    def _logged_name(self, file_name):
        return f"{self._name} {self.id}"  # the file is named after the person

    # === STEPS === #

    def action_accept(self):
        """Take over contracts that another has signed: they are in force on their days from now.

        :raise AccessError: not an accepting role, or signed by oneself
        """
        self._check_step("accept")
        self._take_step("accept")

    def action_refuse(self, reason=""):
        """Not accept a contract: it is as if it had not been signed, and the person can sign anew.

        :raise UserError: no reason
        """
        self._check_step("refuse", reason)
        self._take_step("refuse", {"end_note": reason.strip()[:200]}, reason)
        # What it was to follow goes on as if nothing had been signed.
        self.renewed_from_id.filtered(lambda contract: contract.state == "renewed")._take_step("reopen")

    def _asked_steps(self):
        return super()._asked_steps() | {
            "refuse": (
                self.env._("Not Accept the Contract"),
                self.env._("What is wrong with it? The person can be signed anew."),
                True,
            ),
            "deny": (
                self.env._("Says They Did Not Sign"),
                self.env._("What did the person say, and who asked them?"),
                True,
            ),
        }

    def _step_words(self):
        return super()._step_words() | {
            "role": self.env._("Contracts are accepted by the team leader, the township or the section."),
            "role:end": self.env._("Contracts are signed and ended by those who sign people."),
            "role:renew": self.env._("Contracts are signed and ended by those who sign people."),
            "apart": self.env._("%(name)s: whoever signed it does not accept it as well."),
            "state": self.env._('%(name)s: the contract is "%(state)s", this step does not apply to it.'),
            "set": self.env._("%(field)s of a contract follows from signing, renewing and ending it."),
        }

    # === HELPERS === #

    def _in_force_on(self, day):
        """:return Domain: contracts in force on a day"""
        return Domain("state", "not in", UNCOUNTED) & Domain("date_from", "<=", day) & Domain("until", ">", day)

    @api.model
    def _may_accept(self):
        return self.env.su or self.env.user._holds_role(ACCEPTING)
