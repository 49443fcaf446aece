import json

from odoo import Command

from odoo.addons.bphs_base.tests.common import CountyCase

SCHEME = {
    "code": "little",
    "name": "小方案",
    "total": "100.00",
    "rescale": True,
    "min_assessable": "0.6",
    "items": [
        {"code": "A1", "points": "40.00", "method": "at_least", "target": "0.8"},
        {
            "code": "A2",
            "points": "30.00",
            "method": "deduct",
            "cases": [
                {"code": "blank", "each": "2.00", "most": "10.00"},
                {"code": "false", "each": "10.00", "most": None},
            ],
        },
        {"code": "A3", "points": "10.00", "method": "yes_no"},
        {"code": "A4", "points": "20.00", "method": "manual"},
    ],
    "red_lines": [{"code": "R1", "effect": "cap", "value": "59.99"}],
    "groups": [{"name": "优秀", "from": "90"}, {"name": "合格", "from": "60"}, {"name": "不合格", "from": "0"}],
}


class EvaluationCase(CountyCase):
    """The small county, a published scheme, and a planned round of the bureau over both townships.

    The evaluator goes to both; the specialist goes to township B as well.
    """

    @classmethod
    def _make_county(cls):
        super()._make_county()
        schemes = cls.as_user("primary_care_officer", cls.env["bphs.evaluation.scheme"])
        cls.scheme = schemes._create_from_file(json.dumps(SCHEME).encode())
        cls.round = cls._plan("primary_care_officer", cls.bureau, cls.q1, cls.township_a | cls.township_b)

    @classmethod
    def _publish(cls, scheme=None):
        scheme = scheme or cls.scheme
        if scheme.state == "draft":
            cls.as_user("primary_care_officer", scheme).action_propose()
            cls.as_user("county_specialist", scheme).action_publish()

    @classmethod
    def _plan(cls, key, organiser, period, units, evaluators=("evaluator",), scheme=None, **vals):
        cls._publish(scheme)
        people = [cls.user[name].id for name in evaluators]
        return cls.as_user(key, cls.env["bphs.evaluation"]).create(
            {
                "name": "绩效评价",
                "institution_id": organiser.id,
                "period_id": period.id,
                "scheme_id": (scheme or cls.scheme).id,
                "sheet_ids": [
                    Command.create({"institution_id": unit.id, "evaluator_ids": [Command.set(people)]})
                    for unit in units
                ],
                **vals,
            }
        )

    def _sheet(self, unit, round_=None):
        return (round_ or self.round).sheet_ids.filtered(lambda sheet: sheet.institution_id == unit)

    def _line(self, sheet, code):
        return sheet.line_ids.filtered(lambda line: line.item_id.code == code)

    def _enter(self, sheet, rate=(80, 100), blank=0, false=0, met="yes", given=20.0, key="evaluator"):
        """Enter every item, as an evaluator."""
        sheet = self.as_user(key, sheet)
        self._line(sheet, "A1").write({"numerator": rate[0], "denominator": rate[1]})
        cases = self._line(sheet, "A2")
        counts = dict(zip(cases.count_ids.case_id.mapped("code"), cases.count_ids, strict=True))
        cases.write(
            {
                "status": "entered",
                "count_ids": [
                    Command.update(counts["blank"].id, {"count": blank}),
                    Command.update(counts["false"].id, {"count": false}),
                ],
            }
        )
        self._line(sheet, "A3").value = met
        self._line(sheet, "A4").given = given

    def _unit_key(self, sheet):
        return "township_director_a" if sheet.institution_id == self.township_a else "township_director_b"

    def _signed(self, sheet, key="evaluator", **results):
        """Entered and signed by both."""
        self._enter(sheet, key=key, **results)
        self.as_user(key, sheet).action_sign()
        self.as_user(self._unit_key(sheet), sheet).action_confirm()

    def _scored(self):
        """The round begun, entered, signed and scored."""
        self.round.action_start()
        self._signed(self._sheet(self.township_a), blank=2)
        self._signed(self._sheet(self.township_b), rate=(40, 100), false=1, given=10.0)
        self.round.action_score()
        return self.round

    def _published(self):
        """The scored round, approved by both leaders."""
        round_ = self._scored()
        round_.action_approval_submit()
        for key in ("deputy_leader", "leader"):
            self.as_user(key, round_).action_approval_approve()
        return round_

    def _score_of(self, unit, round_=None):
        return (round_ or self.round).score_ids.filtered(lambda score: score.institution_id == unit)
