from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import screening as rules

STATES = [
    (rules.LACKING, "To Be Measured"),
    (rules.RECHECK, "To Be Measured Again"),
    (rules.CONFIRM, "To Be Diagnosed and Enrolled"),
    (rules.ENROLLED, "Enrolled"),
    (rules.NORMAL, "As It Should Be"),
    (rules.CLEARED, "Ruled Out"),
]
EXCUSES = [("refused", "Refuses"), ("away", "Away All Year"), ("other", "Other")]
WAYS = [
    ("phone", "By Telephone"),
    ("wechat", "By WeChat"),
    ("door", "At the Door"),
    ("notice", "By a Written Notice"),
    ("loudspeaker", "By the Village Loudspeaker"),
]


class BphsScreening(models.Model):
    """Somebody who had no blood pressure on file when the county looked, and what became of it (血压筛查).

    A row a person, from the day they are found. What is measured closes it, or leads on: measured again, confirmed,
    enrolled. Nobody makes rows and nobody says how far one is: it follows from records, conditions and plans.
    """

    _name = "bphs.screening"
    _description = "Resident Without Blood Pressure"
    _inherit = ["bphs.readable.links.mixin", "bphs.logged.reading.mixin"]
    _order = "due_on, division_id, id"
    _tells_of = "resident_id"

    resident_id = fields.Many2one("bphs.resident", required=True, readonly=True, ondelete="restrict")
    institution_id = fields.Many2one(related="resident_id.institution_id", store=True, precompute=True)
    division_id = fields.Many2one(related="resident_id.division_id", store=True, precompute=True, string="Village")
    found_on = fields.Date(required=True, readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, default=rules.LACKING, copy=False)
    is_to_do = fields.Boolean(
        compute="_compute_is_to_do",
        search="_search_is_to_do",
        help="Lives here, is not excused, and something is to be done.",
    )
    reminded_on = fields.Date(string="Last Reminded", readonly=True)
    reminded_how = fields.Selection(WAYS, string="How Reminded", readonly=True)
    reminders = fields.Integer(string="Times Reminded", readonly=True, aggregator=None)
    read_on = fields.Date(string="Measured On", readonly=True)
    last_on = fields.Date(string="Last Measured", readonly=True)
    last_visit_id = fields.Many2one("bphs.visit", string="Last Reading", readonly=True, ondelete="restrict")
    last_systolic = fields.Integer(related="last_visit_id.systolic", related_sudo=True)
    last_diastolic = fields.Integer(related="last_visit_id.diastolic", related_sudo=True)
    pressure = fields.Char(string="Blood Pressure", compute="_compute_pressure")
    abnormal_on = fields.Date(string="Abnormal Since", readonly=True)
    abnormal_days = fields.Integer(readonly=True, aggregator=None)
    rechecked_on = fields.Date(string="Measured Again On", readonly=True)
    confirmed_on = fields.Date(readonly=True)
    enrolled_on = fields.Date(readonly=True)
    due_on = fields.Date(string="To Be Measured Again By", readonly=True)
    excuse = fields.Selection(EXCUSES, string="Why Not")
    note = fields.Char(size=200)
    may_call = fields.Boolean(compute="_compute_may_call")

    _person_uniq = models.Constraint("UNIQUE(resident_id)", "A person stands here once.")
    # What lists and first pages count, found without the rows that are over.
    _work_index = models.Index(
        "(institution_id, state, due_on) INCLUDE (id, resident_id, division_id)"
        " WHERE state IN ('lacking', 'recheck', 'confirm') AND excuse IS NULL"
    )
    _found_index = models.Index("(institution_id, found_on)")
    _last_visit_index = models.Index("(last_visit_id) WHERE last_visit_id IS NOT NULL")

    # === COMPUTE METHODS === #

    @api.depends("resident_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.resident_id.display_name or ""

    @api.depends("last_systolic", "last_diastolic")
    def _compute_pressure(self):
        for row in self:
            row.pressure = f"{row.last_systolic}/{row.last_diastolic}" if row.last_systolic else False

    @api.depends("state", "excuse", "resident_id.status")
    def _compute_is_to_do(self):
        to_do = self.filtered_domain(self._to_do())
        for row in self:
            row.is_to_do = row in to_do

    def _search_is_to_do(self, operator, value):
        return self._to_do() if operator == "in" and set(value) == {True} else NotImplemented

    @api.model
    def _to_do(self):
        return [("state", "in", list(rules.TO_DO)), ("excuse", "=", False), ("resident_id.status", "=", "active")]

    @api.depends_context("uid")
    @api.depends("resident_id")
    def _compute_may_call(self):
        for row in self:
            row.may_call = row.resident_id._may_call()

    # === CRUD METHODS === #

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su:
            self.resident_id._log_access("change", what=self.env._("Blood pressure screening"))
        return result

    def _stay_behind(self, name, survivor):
        return self  # of the closed file; the other has its own row, or a blood pressure

    # === ACTIONS === #

    def action_measure(self):
        """:return dict: the dialog that takes a reading down"""
        self.ensure_one()
        self.check_access("read")
        return self.resident_id.action_measure_pressure()

    def action_remind(self):
        """:return dict: the dialog that says how these people are reminded"""
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Remind"),
            "res_model": "bphs.screening.remind",
            "views": [(False, "form")],
            "target": "new",
            "context": {"active_model": self._name, "active_ids": self.ids},
        }

    def action_enroll(self):
        """:return dict: the form that enters the diagnosis, from which group and plan follow

        :raise UserError: nothing confirms it yet
        """
        self.ensure_one()
        self.check_access("read")
        conditions = self.env["bphs.condition"]
        conditions.check_access("create")
        if self.state != rules.CONFIRM:
            raise UserError(self.env._("%(name)s: nothing confirms hypertension yet.", name=self.display_name))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Diagnose and Enroll"),
            "res_model": conditions._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_resident_id": self.resident_id.id,
                "default_kind": "hypertension",
                "default_date_from": self._county_today(),
                "default_place": self.env.user.sudo().bphs_institution_ids[:1].name,  # sudo: one's own scope
            },
        }

    def action_open_file(self):
        """:return dict: the person's file"""
        self.ensure_one()
        self.check_access("read")
        return self.resident_id.action_open()

    def action_call(self):
        """Call the person: the row is the reason, and the log says so.

        :return dict: the action that dials
        :raise AccessError: the role does not see whole numbers
        """
        self.ensure_one()
        self.check_access("read")
        number = self.resident_id.action_unmask("phone", self.env._("To call about measuring the blood pressure"))
        if not number:
            raise UserError(self.env._("There is no telephone in the file."))
        return {"type": "ir.actions.act_url", "url": f"tel:{number}", "target": "self"}
