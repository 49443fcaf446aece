from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

ADVICE = ("treatment", "medicine", "way_of_life")


class BphsTeamSessionLine(models.Model):
    """Somebody whom the team has named for a session, why, and what the specialist advised."""

    _name = "bphs.team.session.line"
    _description = "Person of a Specialist's Session"
    _inherit = ["bphs.readable.links.mixin", "bphs.logged.reading.mixin"]
    _order = "session_id, id"
    _rec_name = "resident_id"
    _tells_of = "resident_id"

    session_id = fields.Many2one("bphs.team.session", required=True, readonly=True, index=True, ondelete="cascade")
    resident_id = fields.Many2one("bphs.resident", required=True, index=True, ondelete="restrict")
    concern = fields.Char(string="Why at Risk", required=True, size=200)
    treatment = fields.Text()
    medicine = fields.Text(string="Medicines Advised")
    way_of_life = fields.Text()
    seen = fields.Boolean(compute="_compute_seen", store=True, help="Something was advised.")
    # For the buttons of a person's row.
    is_today = fields.Boolean(related="session_id.is_today")
    may_advise = fields.Boolean(compute="_compute_may_advise")

    _once = models.Constraint("UNIQUE(session_id, resident_id)", "This person is named for the session already.")

    # === COMPUTE METHODS === #

    @api.depends(*ADVICE)
    def _compute_seen(self):
        for line in self:
            line.seen = any((line[name] or "").strip() for name in ADVICE)

    @api.depends("session_id.state", "session_id.date")
    @api.depends_context("uid")
    def _compute_may_advise(self):
        for line in self:
            line.may_advise = line.session_id.is_today and line.session_id._is_on_side("specialist")

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.session_id._check_in_state(("draft",))
        if any(line.seen for line in lines) and not self.env.su:
            raise AccessError(self.env._("Advice is the specialist's."))
        return lines

    def write(self, vals):
        if not self.env.su:
            self.check_access("write")
            if set(vals) - set(ADVICE):
                self._check_naming()
            if set(vals) & set(ADVICE):
                self._check_advising()
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_agreed(self):
        self.session_id._check_in_state(("draft",))
        self._check_naming()

    @api.constrains("resident_id", "session_id")
    def _check_resident(self):
        for session, lines in self.grouped("session_id").items():
            # sudo: whether they are the team's people; who is named, the links of the row have asked
            residents = lines.sudo().resident_id
            own = residents._team_on(self._county_today())
            signed = residents.contract_ids.filtered(
                lambda one, team=session.team_id: one.in_force and one.team_id == team
            )
            for resident in residents - signed.resident_id:
                if own.get(resident.id) != session.team_id.id:
                    raise ValidationError(
                        self.env._(
                            "%(name)s neither lives in a village of the team nor is signed with it.",
                            name=resident.with_env(self.env).display_name,
                        )
                    )

    # === ACTIONS === #

    def action_open_file(self):
        """Open the file of somebody named, on the day of the session, which stands in the log as the reason.

        :return: the action that shows the file
        :raise AccessError: not the specialist of the session, or a file that is not for them to see
        :raise UserError: it is another day, or the session is not agreed
        """
        self.ensure_one()
        self.check_access("read")
        self._check_ticket()
        return self.resident_id.action_open(self.session_id._reason())

    def action_open_advice(self):
        """:return: the window in which the specialist writes down what was advised"""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Advice"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    # === CHECKS === #

    def _check_naming(self):
        """:raise UserError: the people are agreed on :raise AccessError: not one of the team's side"""
        self.session_id._check_in_state(("draft",))
        if not self.env.su and self.session_id.filtered(lambda one: one._is_on_side("specialist")):
            raise AccessError(self.env._("People are named by the team and its township."))

    def _check_ticket(self):
        for session in self.session_id:
            if not session._is_on_side("specialist"):
                raise AccessError(self.env._("The files of a session are opened by its specialist."))
            if not session.is_today:
                raise UserError(
                    self.env._("%(name)s: its files are opened on its day alone.", name=session.display_name)
                )

    def _check_advising(self):
        """:raise AccessError: not the specialist, or the file was not opened :raise UserError: it is another day"""
        self._check_ticket()
        self.resident_id.check_access("read")
