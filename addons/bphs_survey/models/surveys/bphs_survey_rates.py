from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.interval import Counted
from ...tools.words import FEWEST, NOTHING, RUNNING, TOO_FEW, change_text, interval_text, rate_text


class BphsSurveyCounted(models.AbstractModel):
    """What answers of a survey, or of one unit of it, come to: figures and their list are one query."""

    _name = "bphs.survey.counted.mixin"
    _description = "Counted From Answers"

    # By which column of the answers they are this record's.
    _counted_by = None

    sent = fields.Integer(compute="_compute_sent")
    returned = fields.Integer(compute="_compute_counts")
    valid = fields.Integer(string="Valid Answers", compute="_compute_counts")
    invalid = fields.Integer(string="Invalid Answers", compute="_compute_counts")
    aware = fields.Integer(compute="_compute_counts")
    satisfied = fields.Integer(compute="_compute_counts")
    aware_rate = fields.Char(string="Awareness", compute="_compute_counts")
    aware_interval = fields.Char(string="Awareness, 95 % Interval", compute="_compute_counts")
    satisfied_rate = fields.Char(string="Satisfaction", compute="_compute_counts")
    satisfied_interval = fields.Char(string="Satisfaction, 95 % Interval", compute="_compute_counts")

    def _compute_sent(self):
        counts = self._counts_of("bphs.survey.invitation", [("stands_in_for", "=", False)])
        for record in self:
            record.sent = counts.get(record._origin.id, 0)

    def _compute_counts(self):
        answers = "bphs.survey.answer"
        returned = self._counts_of(answers, [])
        valid = self._counts_of(answers, [("is_valid", "=", True)])
        aware = self._counts_of(answers, [("is_aware", "=", True)])
        satisfied = self._counts_of(answers, [("is_satisfied", "=", True)])
        for record in self:
            key = record._origin.id
            record.returned, record.valid = returned.get(key, 0), valid.get(key, 0)
            record.invalid = record.returned - record.valid
            untold = record._untold()
            record.aware = 0 if untold else aware.get(key, 0)
            record.satisfied = 0 if untold else satisfied.get(key, 0)
            for name, rate in (("aware", record._counted("aware")), ("satisfied", record._counted("satisfied"))):
                record[f"{name}_rate"] = untold or rate_text(rate)
                record[f"{name}_interval"] = NOTHING if untold else interval_text(rate)

    def _counted(self, name):
        """:return Counted: so many of the valid answers"""
        return Counted(self[name], self.valid)

    def _is_told(self):
        """Whether people are no longer asked, and there are enough valid answers to tell a rate."""
        return self.valid >= FEWEST and not self._untold()

    def _untold(self):
        """:return: why no rate is told, in words, or False"""
        if self.state == "running":
            return RUNNING
        # Of a few one could guess who was asked.
        return 0 < self.valid < FEWEST and TOO_FEW

    def _counts_of(self, model, domain):
        """:return dict: id -> how many rows of the model there are for it"""
        # sudo: of these records one reads, how many there are; what a single answer says is nobody's
        rows = self.env[model].sudo()
        domain = [(self._counted_by, "in", self._origin.ids), *domain]
        groups = rows._read_group(domain, [self._counted_by], ["__count"])
        return {record.id: count for record, count in groups}


class BphsSurvey(models.Model):
    """The rates of the whole survey, and whether they differ from those of the survey before."""

    _name = "bphs.survey"
    _inherit = ["bphs.survey", "bphs.survey.counted.mixin"]
    _counted_by = "survey_id"

    previous_id = fields.Many2one("bphs.survey", string="Compared With", compute="_compute_previous_id")
    finding = fields.Text(string="What May Be Said", compute="_compute_finding")

    @api.depends("institution_id", "period_id", "state")
    def _compute_previous_id(self):
        for survey in self:
            survey.previous_id = survey._previous()

    @api.depends("before_valid", "before_aware", "before_satisfied")
    def _compute_finding(self):
        for survey in self:
            survey.finding = "\n".join(survey._findings()) if survey._is_told() else survey._untold() or TOO_FEW

    def _previous(self):
        """:return: the last survey of the same organiser that was closed, of a period before this one's"""
        if not self.institution_id or not self.period_id:
            return self.browse()
        return self.search(
            [
                ("institution_id", "=", self.institution_id.id),
                ("state", "=", "closed"),
                ("period_id.date_end", "<", self.period_id.date_start),
            ],
            order="period_id desc, id desc",
            limit=1,
        )

    def _before(self, name):
        """:return Counted: of the survey before, as counted or as a document says it; None where nothing is known"""
        if self.before_valid:
            return Counted(self[f"before_{name}"], self.before_valid)
        return self.previous_id._counted(name) if self.previous_id and self.previous_id._is_told() else None

    def _findings(self):
        """:return list: a sentence for each rate, in the bureau's own words"""
        return [
            change_text(words, self._counted(name), self._before(name))
            for words, name in (("知晓率", "aware"), ("满意度", "satisfied"))
        ]

    # === FOR PAPER === #

    def _reasons(self):
        """:return list: (reason, how many answers do not count because of it), the most first"""
        groups = self.env["bphs.survey.answer"]._read_group(
            [("survey_id", "in", self.ids), ("is_valid", "=", False)], ["reason"], ["__count"]
        )
        return sorted(groups, key=lambda group: (-group[1], group[0]))

    def _told_by_question(self):
        """:return list: of every choice of every question, how many of the valid answers chose it"""
        self.ensure_one()
        counts = dict(
            self.env.execute_query(
                SQL(
                    """SELECT line.suggested_answer_id, count(*)
                         FROM bphs_survey_answer answer
                         JOIN survey_user_input_line line ON line.user_input_id = answer.input_id
                        WHERE answer.survey_id = %s AND answer.is_valid
                     GROUP BY line.suggested_answer_id""",
                    self.id,
                    to_flush=self.env["bphs.survey.answer"]._fields["is_valid"],
                )
            )
        )
        return [
            {
                "question": question.title,
                "choice": choice.value,
                "count": counts.get(choice.id, 0),
                "share": Decimal(counts.get(choice.id, 0)) / self.valid,
            }
            for question in self.questionnaire_id._asked()
            for choice in question.suggested_answer_ids
        ]
