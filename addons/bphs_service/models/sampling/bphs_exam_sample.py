from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_base.tools.steps import Step
from odoo.addons.bphs_team.models.sampling.bphs_draw_mixin import METHODS, STATES

from ..findings.bphs_visit import EXAMS

SAMPLERS = ("primary_care_officer", "county_specialist", "township_public_health")
STEPS = {
    "draw": Step(("draft",), "drawn", SAMPLERS),
    "finish": Step(("drawn",), "done", SAMPLERS),
}
PLAN = ("institution_id", "date_from", "date_to", "method", "size")


class BphsExamSample(models.Model):
    """Exams drawn to see how well they were done (体检质量抽查): what each lacks, what looks wrong, who was told.

    The seed comes from the system and the draw is made once; seed and frame are kept, so that anybody can draw the same
    exams again. What the form demands is held against each exam as it stood when it was drawn; the verdict is a
    person's.
    """

    _name = "bphs.exam.sample"
    _description = "Quality Sample of Exams"
    _inherit = ["bphs.draw.mixin"]
    _steps = STEPS
    _writable = {"draft": {ANYBODY: PLAN}, "drawn": {ANYBODY: ("line_ids",)}, "done": {}}
    _given_at_creation = PLAN

    date_from = fields.Date(string="Exams From")
    # Said here again, so that their words are this module's to translate.
    method = fields.Selection(METHODS)
    state = fields.Selection(STATES)
    size = fields.Integer(string="Exams to Draw")
    frame = fields.Text(help="The records that could be drawn, by their numbers, in order.")
    frame_size = fields.Integer(string="Exams in the Period")
    line_ids = fields.One2many("bphs.exam.sample.line", "sample_id", string="Exams")
    complete_words = fields.Char(string="Complete", compute="_compute_rates")
    plausible_words = fields.Char(string="Values Plausible", compute="_compute_rates")
    told_words = fields.Char(string="Results Told", compute="_compute_rates")
    good_words = fields.Char(string="Found Good", compute="_compute_rates", help="Of those that have a verdict.")

    _size_positive = models.Constraint("CHECK(size > 0)", "At least one exam is drawn.")

    # === COMPUTE METHODS === #

    @api.depends("institution_id", "date_from", "date_to")
    def _compute_display_name(self):
        for sample in self:
            # sudo: the unit a readable sample names
            name = sample.sudo().institution_id.name or ""
            sample.display_name = f"{name} {sample.date_from or ''} – {sample.date_to or ''}".strip()

    @api.depends("line_ids.missing_words", "line_ids.odd_words", "line_ids.told_on", "line_ids.verdict")
    @api.depends_context("uid")
    def _compute_rates(self):
        for sample in self:
            lines = sample._lines_counted()
            judged = lines.filtered("verdict")
            sample.complete_words = sample._rate_words(lines.filtered(lambda line: not line.missing_words), lines)
            sample.plausible_words = sample._rate_words(lines.filtered(lambda line: not line.odd_words), lines)
            sample.told_words = sample._rate_words(lines.filtered("told_on"), lines)
            sample.good_words = sample._rate_words(judged.filtered(lambda line: line.verdict == "good"), judged)

    def _rate_words(self, counted, lines):
        return self._part_words(len(counted), len(lines), self.env._("Exams drawn"))

    # === CONSTRAINTS === #

    @api.constrains("date_to")
    def _check_date_to(self):
        if any(sample.date_to > self._county_today() for sample in self):
            raise ValidationError(self.env._("Exams of days to come cannot be drawn."))

    # === ACTIONS === #

    def action_finish(self):
        """End the checking: what was found stands.

        :raise UserError: an exam has no verdict
        """
        self._check_step("finish")
        for sample in self:
            if missing := sample._lines_counted().filtered(lambda line: not line.verdict):
                raise UserError(self.env._("%(count)s exams have no verdict yet.", count=len(missing)))
        self._take_step("finish")

    def action_open_next(self):
        """Open the first exam that has no verdict yet, as a file is opened: with the sample as the reason in the log.

        :return: the action that shows it
        :raise AccessError: the file is not for this user to see
        :raise UserError: all have a verdict
        """
        self.ensure_one()
        self.check_access("write")
        open_lines = self._all_lines().filtered(lambda line: not line.verdict)
        # sudo: who of them this user may open; the opening asks for it again
        visible = open_lines.resident_id.filtered_domain(open_lines.resident_id._visible_domain())
        line = open_lines.filtered(lambda line: line.resident_id in visible)[:1]
        if not line:
            raise UserError(self.env._("All exams that are yours to see have a verdict."))
        line.sudo(False)._open_file()  # sudo: back to the user
        return line._shown(line._name, line.id)

    # === HELPERS === #

    def _step_words(self):
        drawn = self.env._("%(name)s was drawn and stays as it was.")
        return super()._step_words() | {
            "role": self.env._("Exams are drawn by who manages them: the township's public health and the county."),
            "state": drawn,
            "closed": drawn,
        }

    def _frame_keys(self):
        """:return list: the records of exams of the period, as keys, in a lasting order

        Files for named persons are not drawn: the list would tell of them.
        """
        # sudo: all exams of the unit, also of people whom one opens one by one; the unit itself was asked for
        visits = self.env["bphs.visit"].sudo()
        found = visits.search(
            Domain("template_id.code", "in", EXAMS)
            & Domain("state", "=", "done")
            & Domain("sensitive", "=", False)
            & Domain("resident_id.restricted", "=", False)
            & Domain("institution_id", "child_of", self.institution_id.id)
            & Domain("done_on", ">=", self.date_from)
            & Domain("done_on", "<=", self.date_to),
            order="id",
        )
        return [str(id_) for id_ in found.ids]

    def _put_down(self, keys):
        lines = self.env["bphs.exam.sample.line"].sudo()  # sudo: what was drawn is written by the draw alone
        lines._put_down(self, keys)

    def _drawn_keys(self):
        return self._all_lines().mapped("key")

    def _nothing_words(self):
        return self.env._("%(sample)s: there are no exams to draw from.", sample=self.display_name)

    def _repeat_words(self):
        return (
            self.env._("Drawn again: the same exams come out."),
            self.env._("Drawn again: other exams come out. The sample or its frame was changed."),
        )

    def _lines_counted(self):
        """:return: what was drawn, whoever may open which of it, as `_counted_lines` says"""
        return self._all_lines().filtered_domain(self._counted_lines())

    def _all_lines(self):
        # sudo: of all that was drawn, whoever sees which of them; searched, for what a user sees of them is kept
        lines = self.env["bphs.exam.sample.line"].sudo()
        return lines.search([("sample_id", "=", self._origin.id)], order="place")
