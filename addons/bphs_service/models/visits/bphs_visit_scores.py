from odoo import api, fields, models

from ...tools import scores

LEVELS = [
    ("able", "Able"),
    ("normal", "Normal"),
    ("mild", "Mild"),
    ("moderate", "Moderate"),
    ("severe", "Severe"),
    ("unable", "Not Able"),
    ("impaired", "Impaired"),
]
CONSTITUTIONS = {
    "balanced": "平和质",
    "qi_deficient": "气虚质",
    "yang_deficient": "阳虚质",
    "yin_deficient": "阴虚质",
    "phlegm_damp": "痰湿质",
    "damp_heat": "湿热质",
    "blood_stasis": "血瘀质",
    "qi_stagnant": "气郁质",
    "special": "特禀质",
}
ANSWERS = {"yes": "是", "nearly": "基本是", "tends": "倾向是"}


class BphsVisit(models.Model):
    """What the answers of a scale add up to, by `tools/scores.py`."""

    _inherit = "bphs.visit"

    score = fields.Integer(compute="_compute_score", store=True, aggregator=None)
    is_scored = fields.Boolean(compute="_compute_score", store=True)
    score_level = fields.Selection(LEVELS, string="Level", compute="_compute_score", store=True)
    constitution = fields.Char(string="TCM Constitution", compute="_compute_score", store=True)
    mmse_level = fields.Selection(
        [level for level in LEVELS if level[0] in ("normal", "impaired")], string="MMSE by Schooling",
        compute="_compute_mmse_level",
    )  # fmt: skip

    @api.depends("template_id", "answers")
    def _compute_score(self):
        for visit in self:
            visit.score, visit.score_level, visit.constitution, visit.is_scored = 0, False, False, False
            items = visit._items()
            if items is None:
                continue
            visit.is_scored = True
            if visit.template_id.scale == "tcm":
                found = scores.constitution({number: int(item) for number, item in enumerate(items, start=1)})
                visit.constitution = "、".join(
                    f"{CONSTITUTIONS[name]}（{ANSWERS[score.level]}）"
                    for name, score in found.items()
                    if score.level in ANSWERS
                )
                continue
            score = self._scored(visit.template_id.scale, items)
            visit.score, visit.score_level = score.total, score.level

    @api.depends("mmse_total", "answers", "template_id")
    def _compute_mmse_level(self):
        for visit in self:
            given = visit._properties()
            # Asked of whoever's first screen was positive; without it nobody was tested.
            tested = given.get("cognition") == "positive" and given.get("schooling") in scores.MMSE_IMPAIRED
            tested = tested and 0 <= visit.mmse_total <= scores.MMSE_MOST
            visit.mmse_level = scores.mmse(visit.mmse_total, given["schooling"]).level if tested else False

    def _items(self):
        """:return: the answers of the scale in order, or None where there is no scale or not all are given"""
        if not self.template_id.scale:
            return None
        codes = [question.code for question in self.template_id.question_ids if question.code.startswith("item_")]
        answers = self._properties()
        items = [answers.get(code) for code in codes]
        return items if items and all(items) else None

    @api.model
    def _scored(self, scale, items):
        match scale:
            case "self_care":
                return scores.self_care([int(item) for item in items])
            case "gds15":
                return scores.gds_15([item == "yes" for item in items])
        return scores.ad8([item == "yes" for item in items])
