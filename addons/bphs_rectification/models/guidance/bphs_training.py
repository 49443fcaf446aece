from odoo import api, fields, models

from ...tools.rates import Rate

FORMS = [
    ("onsite", "In Class"),
    ("online", "Online"),
    ("practice", "Hands-on"),
    ("other", "Other"),
]


class BphsTraining(models.Model):
    """A training (业务培训) that an institution held: course, day, who came and who passed the test.

    The totals count the lines the reader may see: a township sees a county course with its own people in it.
    """

    _name = "bphs.training"
    _description = "Training"
    _inherit = ["bphs.quarter.work.mixin"]
    _order = "date desc, id desc"

    name = fields.Char(string="Course", required=True)
    institution_id = fields.Many2one(string="Host")
    hours = fields.Float(string="Class Hours", digits=(6, 1))
    place = fields.Char()
    form = fields.Selection(FORMS, string="Form of Training", required=True, default="onsite")
    lecturer = fields.Char()
    lecturer_id = fields.Many2one(
        "bphs.worker",
        string="Lecturer in the Register",
        index="btree_not_null",
        ondelete="restrict",
        help="Where the lecturer works in the county.",
    )
    audience = fields.Char(help="Whom it was for: public-health doctors, village doctors ...")
    content = fields.Text()
    problem = fields.Text(string="Problems Found")
    next_step = fields.Text()
    attendance_ids = fields.One2many("bphs.training.attendance", "training_id")
    # Read by the record rule alone. A rule is evaluated past the rules of what it reads, and what it read is kept: with
    # the field above, a reader of one line would be handed all of them.
    rule_attendance_ids = fields.One2many("bphs.training.attendance", "training_id", groups=fields.NO_ACCESS)
    sign_in_file = fields.Binary(string="Sign-in Sheet", attachment=True)
    sign_in_file_name = fields.Char()
    material_file = fields.Binary(string="Course Papers", attachment=True)
    material_file_name = fields.Char()
    attended_total = fields.Integer(string="People", compute="_compute_totals")
    tested_total = fields.Integer(string="Tested", compute="_compute_totals")
    passed_total = fields.Integer(string="Passed", compute="_compute_totals")
    pass_rate = fields.Char(compute="_compute_totals")

    _hours_not_negative = models.Constraint("CHECK(hours >= 0)", "Class hours cannot be negative.")

    @api.onchange("lecturer_id")
    def _onchange_lecturer_id(self):
        # The text is what the papers print.
        self.lecturer = self.lecturer_id.name or self.lecturer

    @api.depends("attendance_ids.attended", "attendance_ids.tested", "attendance_ids.passed")
    def _compute_totals(self):
        stored = {
            training.id: sums
            for training, *sums in self.env["bphs.training.attendance"]._read_group(
                [("training_id", "in", self._origin.ids)],
                ["training_id"],
                ["attended:sum", "tested:sum", "passed:sum"],
            )
        }
        for training in self:
            # While it is being typed the lines are not in the database yet.
            typed = training.attendance_ids if training != training._origin else None
            attended, tested, passed = (
                stored.get(training.id, (0, 0, 0))
                if typed is None
                else (sum(typed.mapped(name)) for name in ("attended", "tested", "passed"))
            )
            training.attended_total = attended
            training.tested_total = tested
            training.passed_total = passed
            training.pass_rate = Rate(passed, tested).shown() if passed <= tested else ""


class BphsTrainingAttendance(models.Model):
    """How many of an institution's people came to a training, took its test and passed it."""

    _name = "bphs.training.attendance"
    _description = "Attendance at a Training"
    _inherit = ["bphs.quarter.work.line.mixin"]
    _order = "training_id, institution_id"
    _rec_name = "institution_id"
    _work_field = "training_id"

    training_id = fields.Many2one("bphs.training", required=True, index=True, ondelete="cascade")
    attended = fields.Integer(string="People", required=True, default=1)
    tested = fields.Integer()
    passed = fields.Integer()
    names = fields.Char(help="Who came, where the sign-in sheet does not say.")
    worker_id = fields.Many2one(
        "bphs.worker",
        string="Who Came",
        index="btree_not_null",
        ondelete="restrict",
        help="Where one person came for the institution.",
    )

    _institution_uniq = models.Constraint(
        "UNIQUE(training_id, institution_id)", "Each institution stands once in the attendance of a training."
    )
    _counts_order = models.Constraint(
        "CHECK(0 <= passed AND passed <= tested AND tested <= attended AND attended > 0)",
        "Of those who came some were tested, and of those some passed: no number may exceed the one before it.",
    )
