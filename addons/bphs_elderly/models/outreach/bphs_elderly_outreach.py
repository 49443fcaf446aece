from odoo import api, fields, models
from odoo.exceptions import ValidationError

STATES = [
    ("open", "To Be Reached"),
    ("appointed", "Exam Appointed"),
    ("excused", "Not to Be Examined"),
    ("examined", "Examined"),
    ("outside", "Outside Report Accepted"),
]
TO_DO = ("open", "appointed")
EXCUSES = [
    ("refused", "Refuses"),
    ("away", "Away All Year"),
    ("hospital", "In Hospital"),
    ("bedridden", "Too Ill to Be Examined"),
    ("other", "Other"),
]
PLACES = [("clinic", "At the Clinic"), ("station", "At a Service Point"), ("home", "At Home")]
# What people write; a state follows from it and from the exams of the year.
WRITTEN = ("worker_id", "due_on", "appointed_on", "appointed_at", "excuse", "note")


class BphsElderlyOutreach(models.Model):
    """An elder who was not examined this year when the year was looked at, and what was done about it (主动对接).

    A row a person and year, from the day somebody is an elder without the year's exam; the exam, or an outside report
    that is accepted, closes it, and voiding that opens it again. Nobody makes rows, and nobody says "examined".
    """

    _name = "bphs.elderly.outreach"
    _description = "Elder Not Examined This Year"
    _inherit = ["bphs.readable.links.mixin", "bphs.logged.reading.mixin"]
    _order = "due_on, division_id, id"
    _tells_of = "resident_id"

    resident_id = fields.Many2one("bphs.resident", required=True, readonly=True, ondelete="restrict")
    year = fields.Integer(required=True, readonly=True, aggregator=None)
    institution_id = fields.Many2one(related="resident_id.institution_id", store=True, precompute=True, index=True)
    division_id = fields.Many2one(
        related="resident_id.division_id", store=True, precompute=True, string="Village", index=True
    )
    team_id = fields.Many2one(related="resident_id.team_id")
    state = fields.Selection(STATES, required=True, readonly=True, default="open", copy=False)
    is_to_do = fields.Boolean(
        compute="_compute_is_to_do",
        search="_search_is_to_do",
        help="Of this year, living here, neither seen nor excused.",
    )
    worker_id = fields.Many2one("bphs.worker", string="Assigned To", index="btree_not_null", ondelete="restrict")
    assigned_on = fields.Date(readonly=True)
    due_on = fields.Date(string="To Be Examined by")
    appointed_on = fields.Date(string="Exam Appointed For")
    appointed_at = fields.Selection(PLACES, string="Where the Exam Is")
    excuse = fields.Selection(EXCUSES, string="Why Not")
    note = fields.Char(string="Result of Outreach", size=200)
    examined_on = fields.Date(readonly=True)
    outside = fields.Boolean(string="By an Outside Report", readonly=True)

    _person_uniq = models.Constraint("UNIQUE(resident_id, year)", "A person stands here once a year.")
    _work_index = models.Index("(year, institution_id, division_id) WHERE state IN ('open', 'appointed')")

    # === COMPUTE METHODS === #

    @api.depends("resident_id", "year")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.resident_id.display_name or ''} {row.year or ''}".strip()

    @api.depends("year", "state", "resident_id.status")
    def _compute_is_to_do(self):
        to_do = self.filtered_domain(self._to_do())
        for row in self:
            row.is_to_do = row in to_do

    def _search_is_to_do(self, operator, value):
        return self._to_do() if operator == "in" and set(value) == {True} else NotImplemented

    @api.model
    def _to_do(self):
        year = self._county_today().year
        return [("year", "=", year), ("state", "in", TO_DO), ("resident_id.status", "=", "active")]

    # === CONSTRAINTS === #

    @api.constrains("appointed_on", "appointed_at", "due_on")
    def _check_days(self):
        for row in self:
            if bool(row.appointed_on) != bool(row.appointed_at):
                raise ValidationError(self.env._("Say for which day the exam is appointed, and where."))
            for day in (row.appointed_on, row.due_on):
                if day and day.year != row.year:
                    raise ValidationError(self.env._("The day lies in %(year)s.", year=row.year))

    # === CRUD METHODS === #

    def write(self, vals):
        if "worker_id" in vals:
            vals = {**vals, "assigned_on": vals["worker_id"] and self._county_today()}
        result = super().write(vals)
        if not self.env.su:
            self.resident_id._log_access("change", what=self.env._("Outreach to an elder not examined"))
        self._settle(self.ids)
        return result

    def _stay_behind(self, name, survivor):
        return self  # of the closed file; the other has its own row of the year

    # === ACTIONS === #

    def action_open_file(self):
        """:return dict: the elder's file"""
        self.ensure_one()
        self.check_access("read")
        return self.resident_id.action_open()

    def action_outside(self):
        """:return dict: the form of an outside report that is accepted in place of the exam"""
        self.ensure_one()
        self.check_access("read")
        self.env["bphs.elderly.outside"].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Accept an Outside Report"),
            "res_model": "bphs.elderly.outside",
            "views": [(False, "form")],
            "context": {"default_resident_id": self.resident_id.id, "default_kind": "exam"},
        }
