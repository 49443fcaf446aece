from odoo import Command
from odoo.tests import tagged

from .common import EvaluationCase

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@tagged("post_install", "-at_install")
class TestSheet(EvaluationCase):
    def setUp(self):
        super().setUp()
        self.round.action_start()
        self.sheet = self._sheet(self.township_a)

    def test_a_sheet_has_a_line_for_every_item_that_is_scored(self):
        self.assertEqual(self.sheet.line_ids.item_id.mapped("code"), ["A1", "A2", "A3", "A4"])
        self.assertEqual(self._line(self.sheet, "A2").count_ids.case_id.mapped("code"), ["blank", "false"])
        self.assertEqual((self.sheet.line_count, self.sheet.open_count), (4, 4))

    def test_points_follow_at_once(self):
        self._enter(self.sheet, rate=(40, 100), blank=2, met="no", given=18.5)
        scores = dict(zip(self.sheet.line_ids.item_id.mapped("code"), self.sheet.line_ids.mapped("score"), strict=True))
        self.assertEqual(scores, {"A1": 20, "A2": 26, "A3": 0, "A4": 18.5})
        self.assertEqual((self.sheet.scored, self.sheet.lost, self.sheet.open_count), (64.5, 35.5, 0))
        self.assertEqual(self._line(self.sheet, "A2").result_text, "blank 2")
        self.assertEqual(self._line(self.sheet, "A1").result_text, "40/100")

    def test_what_no_rule_can_score_is_refused(self):
        sheet = self.as_user("evaluator", self.sheet)
        with self.refused("分子不为零时分母不能为零"):
            self._line(sheet, "A1").write({"numerator": 3})
        with self.refused("不能超过本项分值"):
            self._line(sheet, "A4").given = 20.5

    def test_a_rate_of_nothing_is_not_assessable(self):
        line = self._line(self.as_user("evaluator", self.sheet), "A1")
        line.write({"numerator": 0, "denominator": 0})
        self.assertEqual((line.status, line.is_assessed), ("entered", False))

    def test_only_the_evaluators_enter(self):
        line = self._line(self.sheet, "A3")
        for key in ("county_specialist", "primary_care_officer"):
            with self.denied("The evaluators named enter"):
                self.as_user(key, line).value = "yes"
        with self.refused("is not entered"):
            self.as_user("evaluator", line).score = 10
        with self.no_right("create", "bphs.evaluation.line"):
            self.as_user("evaluator", "bphs.evaluation.line").create(
                {"sheet_id": self.sheet.id, "item_id": line.item_id.id}
            )

    def test_nobody_of_the_unit_evaluates_it(self):
        with self.refused("works at 甲镇卫生院 and does not evaluate it"):
            self.sheet.evaluator_ids = [Command.link(self.user["township_director_a"].id)]
        with self.refused("role or scope do not reach it"):
            self.sheet.evaluator_ids = [Command.link(self.user["township_director_b"].id)]

    def test_every_item_is_answered_before_it_is_signed(self):
        sheet = self.as_user("evaluator", self.sheet)
        with self.refused("A1 A1: enter a result, or say why it cannot be assessed"):
            sheet.action_sign()
        self._enter(self.sheet)
        self._line(sheet, "A3").write({"status": "not_assessable"})
        with self.refused("A3 A3: enter a result, or say why it cannot be assessed"):
            sheet.action_sign()
        self._line(sheet, "A3").reason = "无此业务"
        sheet.action_sign()
        self.assertEqual((sheet.state, sheet.signed_by_id), ("submitted", self.user["evaluator"]))

    def test_a_signed_sheet_is_not_written(self):
        self._enter(self.sheet)
        sheet = self.as_user("evaluator", self.sheet)
        sheet.action_sign()
        with self.refused("this step does not apply to it"):
            self._line(sheet, "A3").value = "no"
        sheet.action_withdraw("录入有误")
        self._line(sheet, "A3").value = "no"
        self.assertEqual(self._line(sheet, "A3").score, 0)

    def test_the_unit_sees_a_sheet_when_it_is_signed(self):
        unit = self.as_user("township_director_a", "bphs.evaluation.sheet")
        lines = self.as_user("township_director_a", "bphs.evaluation.line")
        self.assertFalse(unit.search([]) or lines.search([]))
        self._enter(self.sheet)
        self.as_user("evaluator", self.sheet).action_sign()
        self.assertEqual(unit.search([]), self.sheet)
        self.assertEqual(lines.search([]), self.sheet.line_ids)
        self.assertFalse(self.as_user("township_director_b", "bphs.evaluation.sheet").search([]))

    def test_an_objection_that_is_upheld_opens_the_sheet(self):
        self._enter(self.sheet, met="no")
        self.as_user("evaluator", self.sheet).action_sign()
        unit = self.as_user("township_director_a", self.sheet)
        with self.refused("Say why"):
            unit.action_object("")
        unit.action_object("资料在档案室，当日未调取")
        self.assertEqual(self.sheet.state, "objected")
        with self.denied("evaluators named enter and sign"):
            self.as_user("evaluator", self.sheet).action_uphold("属实")
        self.as_user("primary_care_officer", self.sheet).action_uphold("经核对属实")
        self.assertEqual(self.sheet.state, "in_progress")
        self.assertEqual(self.sheet.objection_ids.outcome, "upheld")
        self._line(self.as_user("evaluator", self.sheet), "A3").value = "yes"
        self.as_user("evaluator", self.sheet).action_sign()
        unit.action_confirm()
        self.assertEqual(self.sheet.state, "confirmed")

    def test_an_objection_that_is_dismissed_leaves_it_as_it_was(self):
        self._enter(self.sheet, met="no")
        self.as_user("evaluator", self.sheet).action_sign()
        self.as_user("township_director_a", self.sheet).action_object("不认可")
        self.as_user("primary_care_officer", self.sheet).action_dismiss("无佐证")
        self.assertEqual(self.sheet.state, "deemed")
        self.assertEqual(self.sheet.objection_ids.answer, "无佐证")

    def test_a_unit_that_lets_the_day_pass_is_deemed_to_have_signed(self):
        self._enter(self.sheet)
        self.as_user("evaluator", self.sheet).action_sign()
        with self.denied("who runs the round"):
            self.as_user("township_director_a", self.sheet).action_deem("自认")
        self.round.sheet_ids.filtered(lambda sheet: sheet == self.sheet).action_deem("3月20日书面通知，逾期未签")
        self.assertEqual(self.sheet.state, "deemed")

    def test_a_reason_is_accepted_by_a_second_person(self):
        self._enter(self.sheet)
        line = self._line(self.sheet, "A3")
        self.as_user("evaluator", line).write({"status": "not_assessable", "reason": "无此业务"})
        with self.denied("Who entered a reason does not accept it"):
            self.as_user("evaluator", line).action_accept_reason()
        with self.denied("Reasons are accepted by"):
            self.as_user("county_specialist", line).action_accept_reason()
        self.as_user("primary_care_officer", line).action_accept_reason()
        self.assertEqual(line.reason_accepted_by_id, self.user["primary_care_officer"])
        self.as_user("evaluator", line).reason = "另一原因"
        self.assertFalse(line.reason_accepted_by_id, "another reason is accepted anew")

    def test_red_lines_are_those_of_the_scheme(self):
        sheet = self.as_user("evaluator", self.sheet)
        sheet.write(
            {
                "crossing_ids": [
                    Command.create({"red_line_id": self.scheme.red_line_ids.id, "finding": "20份中3份不真实"})
                ]
            }
        )
        self.assertEqual(sheet._document()["red_lines"], ["R1"])
        other = self.scheme.copy()
        with self.refused("is not of the scheme of this round"):
            self.env["bphs.evaluation.crossing"].create(
                {"sheet_id": self.sheet.id, "red_line_id": other.red_line_ids.id, "finding": "x"}
            )

    def test_a_photo_arrives_once_and_stays_when_it_is_signed(self):
        line = self._line(self.sheet, "A2")
        photos = self.as_user("evaluator", "bphs.evaluation.evidence")
        sent = {"line_id": line.id, "upload_key": "k1", "name": "现场.png", "kind": "photo", "attachment": PIXEL}
        first = photos.upload(**sent)
        self.assertEqual(photos.upload(**sent), first)
        self.assertEqual(line.evidence_count, 1)
        with self.denied("evaluators named enter"):
            self.as_user("primary_care_officer", "bphs.evaluation.evidence").upload(**{**sent, "upload_key": "k2"})
        self._enter(self.sheet)
        self.as_user("evaluator", self.sheet).action_sign()
        with self.refused("this step does not apply to it"):
            photos.browse(first).unlink()
