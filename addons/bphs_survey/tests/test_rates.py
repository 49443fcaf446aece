import io

from pypdf import PdfReader

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SurveyCase


@tagged("post_install", "-at_install")
class TestRates(SurveyCase):
    """What a survey's answers come to, what may be said of it, and what a round takes over."""

    @classmethod
    def _publish(cls, scheme=None):
        item = (scheme or cls.scheme).item_ids.filtered(lambda one: one.code == "A1")
        if not item.rate_code and (scheme or cls.scheme).state == "draft":
            item.rate_code = "SURVEY_SATISFIED"
        super()._publish(scheme)

    def _closed(self, survey=None, **vals):
        survey = self._asked(survey, **vals)
        survey.action_close()
        return survey

    def _asked(self, survey=None, **vals):
        """Six people of each township: in the first five of six are satisfied, in the second all."""
        survey = survey or self._issued(**vals)
        for place, code in enumerate(self._codes(survey, self.township_a)):
            self._answer(code.token, f"a{place}", satisfied="no" if place == 0 else "yes")
        for place, code in enumerate(self._codes(survey, self.township_b)):
            self._answer(
                code.token, f"b{place}", know_free="no" if place < 3 else "yes", know_exam="no", know_file="no"
            )
        return survey

    def _text(self, record, code):
        __, content = record._print_file(code, "pdf")
        with mute_logger("pypdf._cmap"):
            return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).replace("\n", "")

    def test_rates_are_of_all_answers_together(self):
        survey = self._closed(least_seconds=0)
        a, b = survey.unit_ids.sorted(lambda row: row.unit_id.code)
        self.assertEqual((survey.valid, survey.satisfied, survey.aware), (12, 11, 9))
        self.assertEqual((survey.satisfied_rate, survey.aware_rate), ("91.67%", "75.00%"))
        self.assertEqual((a.satisfied_rate, b.satisfied_rate, b.aware_rate), ("83.33%", "100.00%", "50.00%"))
        self.assertEqual(survey.satisfied_interval, "64.61%～98.52%")
        self.assertEqual(b.satisfied_interval, "60.96%～100.00%")

    def test_figure_and_list_are_one(self):
        survey = self._asked(least_seconds=0)
        answers = self.as_user("primary_care_officer", "bphs.survey.answer")
        listed = answers.search(survey.action_answers()["domain"])
        self.assertEqual(len(listed), survey.returned)
        self.assertEqual(len(listed.filtered("is_valid")), survey.valid)

    def test_nobody_is_told_what_one_person_said(self):
        """Who has answered is told meanwhile: rates, or answers, of before and after would tell what they said."""
        survey = self._asked(least_seconds=0)
        for key in ("primary_care_officer", "township_public_health_a", "evaluator", "auditor"):
            here = self.as_user(key, survey)
            answers = self.as_user(key, "bphs.survey.answer")
            for name in ("is_aware", "is_satisfied"):
                self.assertNotIn(name, answers.fields_get())
                with self.denied("rights to access the field"):
                    answers.search([(name, "=", True)])
                with self.denied("rights to access the field"):
                    answers.search([]).read([name])
            if not here.has_access("read"):
                continue
            for record in (here, here.unit_ids[:1]):
                self.assertEqual((record.aware, record.satisfied), (0, 0), key)
                self.assertEqual((record.satisfied_rate, record.aware_rate), ("调查结束后列出",) * 2)
                self.assertEqual((record.satisfied_interval, record.returned > 0), ("—", True))
            self.assertEqual(here.finding, "调查结束后列出")
        self.assertNotIn("91.67%", self._text(survey, "E6"))
        survey.action_close()
        self.env.invalidate_all()
        self.assertEqual((survey.satisfied, survey.satisfied_rate), (11, "91.67%"))

    def test_of_a_few_no_rate_is_told(self):
        survey = self._issued()
        for place, code in enumerate(self._codes(survey, self.township_a)[:4]):
            self._answer(code.token, str(place))
        survey.action_close()
        self.assertEqual((survey.valid, survey.satisfied), (4, 0))
        self.assertIn("不足5份", survey.satisfied_rate)
        self.assertIn("不足5份", survey.finding)
        rates = self.env["bphs.evaluation.line"]._rates_from({"SURVEY_SATISFIED"}, self.township_a, self.q1)
        self.assertFalse(rates)

    def test_risen_is_said_only_where_the_interval_says_so(self):
        survey = self._closed(least_seconds=0)
        self.assertIn("不作提升或下降的表述", survey.finding)
        for before, words in (((500, 433), "没有明显变化"), ((500, 250), "较上一次明显提升")):
            draft = self._issued(
                least_seconds=0,
                before_valid=before[0],
                before_satisfied=before[1],
                before_aware=0,
                before_source="纸质",
            )
            self.assertIn(words, self._closed(draft).finding.splitlines()[1])

    def test_it_compares_with_the_closed_survey_before(self):
        survey = self._asked(least_seconds=0)
        survey.action_close()
        later = self._plan("primary_care_officer", self.bureau, self.q2, self.township_a)
        self.assertEqual(self._survey(evaluation_id=later.id, sample_id=False).previous_id, survey)

    def test_the_sheet_takes_the_rate_over(self):
        survey = self._asked(least_seconds=0)
        sheet = self.as_user("evaluator", self._sheet(self.township_a))
        sheet.action_take_rates()
        self.assertFalse(self._line(sheet, "A1").status)  # it is not closed yet
        survey.action_close()
        sheet.action_take_rates()
        line = self._line(sheet, "A1")
        self.assertEqual((line.numerator, line.denominator, line.status), (5, 6, "entered"))
        self.assertIn("居民问卷", line.note)

    def test_the_bulletin_says_what_may_be_said(self):
        self._asked(least_seconds=0).action_close()
        self._signed(self._sheet(self.township_a))
        self._signed(self._sheet(self.township_b))
        self.round.action_score()
        self.assertIn("满意度91.67%（11/12）", self.round.bulletin_results)
        self.assertIn("不作提升或下降的表述", self.round.bulletin_results)

    def test_summary_on_paper_and_as_a_workbook(self):
        survey = self._asked(least_seconds=0)
        self._answer(self._codes(survey)[0].token, "again")
        survey.action_close()
        text = self._text(survey, "E6")
        for words in ("甲镇卫生院", "91.67%", "64.61%～98.52%", "合计", "不作提升", "无效原因"):
            self.assertIn(words, text)
        __, content = survey._print_file("E6", "xlsx")
        self.assertTrue(content.startswith(b"PK"))
        in_chinese = survey.with_context(lang="zh_CN")
        rows = {(row["question"], row["choice"]): row["count"] for row in in_chinese._told_by_question()}
        question = in_chinese.env.ref("bphs_survey.question_satisfied").title
        self.assertEqual([rows[question, choice] for choice in ("很满意", "满意", "不满意")], [6, 5, 1])

    def test_the_list_of_surveys_asks_the_same_however_many(self):
        surveys = self.env["bphs.survey"]
        for __ in range(4):
            surveys |= self._issued(least_seconds=0)
        self.env.invalidate_all()
        fields = {"valid": {}, "satisfied_rate": {}, "aware_rate": {}, "sent": {}}
        officer = self.as_user("primary_care_officer", surveys)
        officer[:1].web_read(fields)
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            officer.web_read(fields)
