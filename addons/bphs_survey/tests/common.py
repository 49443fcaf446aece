from odoo import Command

from odoo.addons.bphs_evaluation.tests.common import EvaluationCase

QUESTIONS = (
    "resident",
    "know_free",
    "know_exam",
    "know_follow",
    "know_doctor",
    "know_file",
    "served",
    "last",
    "manner",
)
GOOD = {
    **{f"know_{what}": "yes" for what in ("free", "exam", "follow", "doctor", "file")},
    "resident": "yes",
    "served": "yes",
    "last": "half",
    "manner": "good",
    "satisfied": "very",
}


class SurveyCase(EvaluationCase):
    """The small county with a round that has begun, and a sample of six people of each township."""

    @classmethod
    def _make_county(cls):
        super()._make_county()
        cls.round.action_start()
        cls.sample = cls.as_user("primary_care_officer", cls.env["bphs.evaluation.sample"]).create(
            {
                "name": "问卷对象",
                "evaluation_id": cls.round.id,
                "size": 12,
                "reserves": 1,
                "frame_ids": [
                    Command.create(
                        {
                            "unit_id": unit.id,
                            "references": "\n".join(f"{unit.code}-{number:03}" for number in range(1, 21)),
                        }
                    )
                    for unit in (cls.township_a, cls.township_b)
                ],
            }
        )
        cls.sample.action_draw()
        cls.Door = cls.env["bphs.survey.door"].with_user(cls.env.ref("base.public_user"))
        cls.survey = cls._survey()

    @classmethod
    def _survey(cls, key="primary_care_officer", **vals):
        values = {"name": "居民问卷", "evaluation_id": cls.round.id, "sample_id": cls.sample.id, "least_seconds": 0}
        return cls.as_user(key, cls.env["bphs.survey"]).create({**values, **vals})

    def _issued(self, **vals):
        survey = self._survey(**vals) if vals else self.survey
        survey.action_issue()
        return survey

    def _codes(self, survey, unit=None):
        """The codes of those who were drawn, of one unit or of all."""
        own = survey.sudo().invitation_ids.filtered(lambda one: not one.stands_in_for)
        return own.filtered(lambda one: not unit or one.survey_unit_id.unit_id == unit).sorted("reference")

    def _chosen(self, **others):
        names = {**GOOD, **others}
        choices = [self.env.ref(f"bphs_survey.choice_{question}_{choice}") for question, choice in names.items()]
        return {str(choice.question_id.id): str(choice.id) for choice in choices}

    def _answer(self, token, key="0", **said):
        """Hand one answer in, as a phone does."""
        door = self.Door._of_token(token)
        return self.Door._take(
            door,
            {
                "key": f"{key:0>20}",
                "sight": said.pop("sight", None) or self.Door._sight(door),
                "spent": said.pop("spent", 60),
                "refused": said.pop("refused", False),
                "reference": said.pop("reference", ""),
                "person": said.pop("person", None),
                "chosen": self._chosen(**said),
            },
        )

    def _answers(self, survey):
        return self.env["bphs.survey.answer"].search([("survey_id", "=", survey.id)], order="id")
