from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import screening as rules
from ..visits.bphs_visit import MODES

FORM = "pressure"
# Where somebody measures a pressure that is told here; what a device sends comes in by itself.
HERE = ("clinic", "station", "community", "home", "group")


class BphsScreeningReading(models.TransientModel):
    """A blood pressure taken down in a few taps (免费测血压): it becomes a service record that is done."""

    _name = "bphs.screening.reading"
    _description = "Blood Pressure Reading"
    _inherit = ["bphs.readable.links.mixin"]

    resident_id = fields.Many2one("bphs.resident", required=True, ondelete="cascade")
    systolic = fields.Integer(aggregator=None, help="mmHg")
    diastolic = fields.Integer(aggregator=None, help="mmHg")
    heart_rate = fields.Integer(aggregator=None, help="Beats a minute.")
    done_on = fields.Date(string="Measured On", required=True, default=lambda self: self._county_today())
    mode = fields.Selection([one for one in MODES if one[0] in HERE], string="Where", required=True, default="clinic")
    client_token = fields.Char(default=lambda self: uuid4().hex)
    last_words = fields.Char(string="Last Time", compute="_compute_last_words")

    @api.depends("resident_id")
    def _compute_last_words(self):
        for reading in self:
            # What stands there is shown with a new one: the file is opened by that.
            reading.resident_id._origin._log_opening()
            last = self.env["bphs.visit"].search(
                [("resident_id", "=", reading.resident_id.id), ("state", "=", "done"), ("systolic", ">", 0)],
                order="done_on desc, id desc", limit=1,
            )  # fmt: skip
            reading.last_words = last._words() if last else False

    # === ACTIONS === #

    def action_save(self):
        """Make the reading a service record that is done, and say what follows.

        :return dict: a notice, then the dialog is closed
        :raise UserError: numbers that no blood pressure has
        """
        self.ensure_one()
        self.check_access("write")
        self._check_numbers()
        visits = self.env["bphs.visit"]
        visit = visits.create(
            {
                "resident_id": self.resident_id.id,
                "template_id": self.env["bphs.form.template"]._in_use(FORM).id,
                "done_on": self.done_on,
                "mode": self.mode,
                "systolic": self.systolic,
                "diastolic": self.diastolic,
                "heart_rate": self.heart_rate,
                "client_token": self.client_token,
            }
        )
        if visit.state == "draft":  # pressed twice, it is done already
            visit.action_complete()
        words, tone = self._said(visit)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": f"{self.resident_id.display_name} {self.systolic}/{self.diastolic}",
                "message": words,
                "type": tone,
                "sticky": tone == "danger",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    # === HELPERS === #

    def _check_numbers(self):
        questions = {
            question.code: question
            for question in self.env["bphs.form.template"]._in_use(FORM).question_ids
            if question.high
        }
        for name, question in questions.items():
            value = self[name]
            if (value or question.required) and not question.low <= value <= question.high:
                raise UserError(
                    self.env._(
                        "%(name)s: %(value)s is not between %(low)s and %(high)s. Measure again.",
                        name=question.name,
                        value=value,
                        low=f"{question.low:g}",
                        high=f"{question.high:g}",
                    )
                )
        if self.systolic <= self.diastolic:
            raise UserError(self.env._("The systolic pressure is the higher one."))

    def _said(self, visit):
        """:return: (what follows from the reading, the colour it is told in)"""
        findings = self.env["bphs.finding"].search(
            [("resident_id", "=", visit.resident_id.id), ("code", "=", "blood_pressure"), ("state", "=", "open")]
        )
        row = self.env["bphs.screening"].search([("resident_id", "=", visit.resident_id.id)])
        if row.state == rules.CONFIRM:
            return self.env._("Confirmed: diagnose and enroll."), "warning"
        if any(finding.severity == "critical" for finding in findings):
            return self.env._("Dangerous: refer now."), "danger"
        if findings:
            day = row.due_on or min(findings.mapped("due_on"))
            return self.env._("Too high: measure again on another day, by %(day)s.", day=day), "warning"
        return self.env._("As it should be."), "success"
