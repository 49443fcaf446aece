from odoo import api, fields, models
from odoo.tools import SQL

EXAMS, FEEDBACK = ("elder_exam",), "feedback"
TELL = """
    UPDATE bphs_visit told SET feedback_id = n.feedback_id, write_uid = %(uid)s, write_date = %(now)s
      FROM (SELECT DISTINCT ON (e.id) e.id, f.id AS feedback_id
              FROM bphs_visit f
              JOIN bphs_form_template ft ON ft.id = f.template_id AND ft.code = %(feedback)s
              JOIN bphs_visit e ON e.resident_id = f.resident_id AND e.state = 'done' AND e.feedback_id IS NULL
               AND e.done_on <= f.done_on
              JOIN bphs_form_template et ON et.id = e.template_id AND et.code = ANY(%(exams)s)
             WHERE f.id = ANY(%(visits)s)
             ORDER BY e.id, f.done_on, f.id) n
     WHERE told.id = n.id
"""


class BphsVisit(models.Model):
    """What an exam finds, and whether its results were told to the person."""

    _inherit = "bphs.visit"

    finding_ids = fields.One2many("bphs.finding", "visit_id", string="Findings", readonly=True)
    feedback_id = fields.Many2one(
        "bphs.visit", string="Told to the Person In", readonly=True, copy=False, index="btree_not_null"
    )

    is_exam = fields.Boolean(compute="_compute_is_exam", search="_search_is_exam")

    @api.depends("template_id.code")
    def _compute_is_exam(self):
        for visit in self:
            visit.is_exam = visit.template_id.code in EXAMS

    def _search_is_exam(self, operator, value):
        return [("template_id.code", "in", EXAMS)] if operator == "in" else NotImplemented

    def _step_fields(self):
        return super()._step_fields() | {"feedback_id"}

    def _take_step(self, name, values=None, reason=""):
        super()._take_step(name, values, reason)
        # sudo: findings follow from the record, whoever entered it
        visits, findings = self.sudo(), self.env["bphs.finding"].sudo()
        if name == "complete":
            findings._follow(visits)
            visits._note_feedback()
            return
        findings._forget(visits)
        visits.search([("feedback_id", "in", visits.ids)])._write_state({"feedback_id": False})
        if name == "void":
            visits.finding_ids.filtered(lambda finding: finding.state != "voided")._take_step("void")

    def _note_feedback(self):
        """Results told: of every exam before that nobody had told of, by the first of these that tells."""
        self.env.flush_all()
        stamp = {"uid": self.env.uid, "now": fields.Datetime.now()}
        self.env.cr.execute(SQL(TELL, visits=list(self.ids), feedback=FEEDBACK, exams=list(EXAMS), **stamp))
        self.invalidate_model(["feedback_id", "write_uid", "write_date"], flush=False)

    def action_feedback(self):
        """:return: the action that enters how the results of an exam were told to the person"""
        self.ensure_one()
        self.check_access("read")
        form = self.env["bphs.form.template"]._in_use(FEEDBACK)
        findings = self.finding_ids.filtered(lambda finding: finding.state != "voided")
        words = "\n".join(
            " ".join(filter(None, (finding.name, finding.value_words, finding.advice))) for finding in findings
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "views": [(False, "form")],
            "name": self.env._("Tell the Results"),
            "context": {
                "default_resident_id": self.resident_id.id,
                "default_template_id": form.id,
                "default_note": words or self.env._("Nothing abnormal was found."),
            },
        }
