from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_base.tools.steps import Step

# Who sends a specialist, who names the people, and whose steps go on with the session.
SENDING = ("primary_care_officer", "county_specialist")
NAMING = ("team_leader", "township_director", "township_public_health")
STATES = [("draft", "People to Be Named"), ("planned", "Agreed"), ("done", "Took Place"), ("cancelled", "Cancelled")]
STEPS = {
    "agree": Step(("draft",), "planned", roles=NAMING),
    "reopen": Step(("planned",), "draft", roles=(*NAMING, *SENDING)),
    "close": Step(("planned",), "done", side="specialist", access="read"),
    "cancel": Step(("draft", "planned"), "cancelled", roles=(*NAMING, *SENDING), reason_required=True),
}
ARRANGED = ("team_id", "specialist_id", "date", "topic", "place")


class BphsTeamSession(models.Model):
    """Session of a specialist with a team (专家下沉): the team names its people at risk, the specialist sees them.

    It is the ticket to the files of just these people, for just this specialist, on its day: each opening stands in
    the access log with the session as its reason.
    """

    _name = "bphs.team.session"
    _description = "Session of a Specialist"
    _inherit = ["bphs.steps.mixin", "bphs.readable.links.mixin", "bphs.scope.mixin"]
    _order = "date desc, id desc"
    _steps = STEPS
    _step_sets = ("named_count", "seen_count")
    _writable = {
        "draft": {**dict.fromkeys(SENDING, ARRANGED), ANYBODY: ("line_ids",)},
        "planned": {},
    }
    _given_at_creation = (*ARRANGED, "line_ids")

    team_id = fields.Many2one("bphs.team", required=True, index=True, ondelete="restrict")
    institution_id = fields.Many2one(related="team_id.institution_id", store=True, precompute=True)
    specialist_id = fields.Many2one(
        "bphs.worker",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("profession", "=", "specialist")],
    )
    date = fields.Date(string="Day", required=True)
    topic = fields.Char(required=True, size=60, help="What it is about, as hypertension and diabetes.")
    place = fields.Char(size=60, help="Where the specialist sees the people.")
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False, index=True)
    line_ids = fields.One2many("bphs.team.session.line", "session_id", string="People", copy=False)
    # Of a session that was held; without the files for named persons, whoever looks.
    named_count = fields.Integer(string="People Named", readonly=True, copy=False)
    seen_count = fields.Integer(string="People Seen", readonly=True, copy=False)
    is_today = fields.Boolean(compute="_compute_is_today")

    _once = models.UniqueIndex(
        "(team_id, specialist_id, date) WHERE state <> 'cancelled'",
        "This specialist has a session with this team on that day already.",
    )

    # === COMPUTE METHODS === #

    @api.depends("team_id", "date", "topic")
    def _compute_display_name(self):
        for session in self:
            team = session.sudo().team_id.name or ""  # sudo: a name one reads in this document
            session.display_name = f"{team} {session.date or ''} {session.topic or ''}".strip()

    @api.depends("date", "state")
    def _compute_is_today(self):
        today = self._county_today()
        for session in self:
            session.is_today = session.state == "planned" and session.date == today

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if "specialist_id" in fields and not values.get("specialist_id"):
            own = [("user_id", "=", self.env.uid), ("profession", "=", "specialist")]
            values["specialist_id"] = self.env["bphs.worker"].search(own, limit=1).id
        return values

    @api.constrains("specialist_id")
    def _check_specialist(self):
        for session in self:
            specialist = session.specialist_id
            if specialist.profession != "specialist" or not specialist.active:
                raise ValidationError(self.env._("%(name)s is no specialist at work.", name=specialist.name))

    # Whatever the context says: a session that does not come about is cancelled, with its reason.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_never(self):
        raise UserError(self.env._("A session is never deleted. Cancel it, with its reason."))

    # === STEPS === #

    def action_agree(self):
        """The people are named: the specialist may open their files on the day.

        :raise UserError: nobody is named, the day is over, or the specialist has no sign-in to open files with
        """
        self._check_step("agree")
        for session in self:
            if not session.line_ids:
                raise UserError(self.env._("%(name)s: name the people first.", name=session.display_name))
            if session.date < self._county_today():
                raise UserError(self.env._("%(name)s: its day is over.", name=session.display_name))
            # sudo: whether the specialist has a sign-in, who works above the team's scope
            if not session.sudo().specialist_id.user_id:
                raise UserError(
                    self.env._("%(name)s: the specialist has no sign-in to open files with.", name=session.display_name)
                )
        self._take_step("agree")

    def action_reopen(self):
        """Name other people, or change the day."""
        self._check_step("reopen")
        self._take_step("reopen")

    def action_close(self):
        """It was held: what was advised stands, and nothing is added.

        :raise UserError: its day is still to come
        """
        self._check_step("close")
        for session in self:
            if session.date > self._county_today():
                raise UserError(self.env._("%(name)s: its day is still to come.", name=session.display_name))
            # sudo: counted are all but the files for named persons, whoever closes
            plain = session.sudo().line_ids.filtered(lambda line: not line.resident_id.restricted)
            session._take_step("close", {"named_count": len(plain), "seen_count": len(plain.filtered("seen"))})

    def action_cancel(self, reason=""):
        """It does not come about.

        :raise UserError: no reason
        """
        self._check_step("cancel", reason)
        self._take_step("cancel", reason=reason)

    def _asked_steps(self):
        return super()._asked_steps() | {
            "cancel": (self.env._("Cancel the Session"), self.env._("Why does it not come about?"), True)
        }

    def _is_step_due(self, name):
        return name != "close" or bool(self.date) and self.date <= self._county_today()

    def _step_words(self):
        return super()._step_words() | {
            "role": self.env._("People are named by the team and its township."),
            "role:close": self.env._("A session is closed by its specialist."),
            "set": self.env._("%(field)s of a session follows from its steps."),
        }

    # === HELPERS === #

    def _is_on_side(self, side):
        if side == "specialist":
            # sudo: whose sign-in it is; the specialist works above the team's scope
            return self.env.su or self.env.user == self.sudo().specialist_id.user_id
        return super()._is_on_side(side)

    def _reason(self):
        """What stands in the access log for each file that is opened."""
        self.ensure_one()
        return self.env._(
            "Specialist's session %(number)s of %(day)s: %(topic)s", number=self.id, day=self.date, topic=self.topic
        )
