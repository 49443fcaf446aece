from odoo import api, fields, models
from odoo.exceptions import AccessError

VERDICTS = [
    ("good", "Good"),
    ("lacking", "Lacking"),
    ("wrong", "Values Wrong"),
    ("untrue", "Untrue"),
]
ENTERED = {"verdict", "note"}


class BphsExamSampleLine(models.Model):
    """An exam that was drawn: what it lacked then, what looked unlikely, when it was told, and the verdict."""

    _name = "bphs.exam.sample.line"
    _description = "Exam Drawn"
    _inherit = ["bphs.logged.reading.mixin"]
    _order = "sample_id desc, place"
    _rec_name = "key"
    _tells_of = "resident_id"

    sample_id = fields.Many2one("bphs.exam.sample", required=True, readonly=True, index=True, ondelete="cascade")
    institution_id = fields.Many2one(related="sample_id.institution_id", store=True, precompute=True)
    state = fields.Selection(related="sample_id.state")
    place = fields.Integer(string="No.", required=True, readonly=True, aggregator=None)
    key = fields.Char(string="Record", required=True, readonly=True)
    visit_id = fields.Many2one("bphs.visit", string="Exam", required=True, readonly=True, ondelete="restrict")
    resident_id = fields.Many2one(related="visit_id.resident_id", store=True, precompute=True)
    done_on = fields.Date(required=True, readonly=True)
    missing_words = fields.Char(string="Missing", readonly=True)
    odd_words = fields.Char(string="Look Again", readonly=True, help="Numbers outside what is plausible.")
    told_on = fields.Date(string="Results Told On", readonly=True)
    verdict = fields.Selection(VERDICTS)
    note = fields.Char(size=300)

    _once = models.Constraint("UNIQUE(sample_id, visit_id)", "Each exam is drawn once.")

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self.check_access("create")
            raise AccessError(self.env._("Exams come into a sample by the draw alone."))
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and vals:
            self.check_access("write")
            self.sample_id._check_in_state(("drawn",))
            if set(vals) - ENTERED:
                raise AccessError(self.env._("Of an exam drawn the verdict alone is entered."))
        return super().write(vals)

    # === ACTIONS === #

    def action_open_exam(self):
        """Open the exam; the sample stands in the log as the reason.

        :return: the action that shows it
        :raise AccessError: the file is not for this user to see
        """
        self.ensure_one()
        self.check_access("read")
        self._open_file()
        return self._shown("bphs.visit", self.visit_id.id)

    # === HELPERS === #

    def _open_file(self):
        line = self.sudo()  # sudo: which exam of which sample; the opening asks whether it is this user's to see
        reason = self.env._("Quality sample of exams: %(sample)s", sample=line.sample_id.display_name)
        line.resident_id.sudo(False).action_open(reason)  # sudo: back to the user

    def _shown(self, model, id_):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Exam Drawn"),
            "res_model": model,
            "res_id": id_,
            "views": [(False, "form")],
        }

    def _put_down(self, sample, keys):
        """Put down the exams drawn with what the form finds of each now.

        :param keys: ids of records as text, in the order of the frame
        """
        visits = self.env["bphs.visit"].browse([int(key) for key in keys])
        self.create(
            [
                {
                    "sample_id": sample.id,
                    "place": place,
                    "key": str(visit.id),
                    "visit_id": visit.id,
                    "done_on": visit.done_on,
                    "missing_words": visit.missing_words,
                    "odd_words": visit.odd_words,
                    "told_on": visit.feedback_id.done_on,
                }
                for place, visit in enumerate(visits, 1)
            ]
        )
