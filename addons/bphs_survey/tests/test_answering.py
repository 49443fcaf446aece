import json

from odoo.exceptions import AccessDenied
from odoo.tests import HttpCase, tagged

from ..controllers import answering
from ..tools.pace import Pace
from .common import SurveyCase

BROKEN = {"state": "broken"}
KEPT = {"state": "kept"}


@tagged("post_install", "-at_install")
class TestAnswering(SurveyCase):
    """An answer comes in by a code, is judged, and counts once."""

    def setUp(self):
        super().setUp()
        self.survey.action_issue()
        self.code = self._codes(self.survey, self.township_a)[0]

    def _reasons(self):
        return self._answers(self.survey).mapped("reason")

    def test_a_good_answer_counts_and_leads_back_to_nobody(self):
        self.assertEqual(self._answer(self.code.token), KEPT)
        answer = self._answers(self.survey)
        self.assertEqual(
            (answer.is_valid, answer.is_aware, answer.is_satisfied, answer.channel),
            (True, True, True, "code"),
        )
        self.assertEqual(answer.survey_unit_id.unit_id, self.township_a)
        self.assertTrue(self.code.is_answered)
        kept = answer.sudo().input_id
        self.assertEqual(len(kept.user_input_line_ids), 10)
        self.assertFalse(kept.partner_id or kept.email or kept.nickname)
        told = json.dumps([answer.sudo().read(), kept.read()], default=str)
        self.assertNotIn(self.code.reference, told)
        self.assertNotIn(self.code.token, told)

    def test_sent_twice_it_is_one(self):
        for __ in range(3):
            self.assertEqual(self._answer(self.code.token, "7"), KEPT)
        self.assertEqual(self._reasons(), [False])

    def test_a_person_is_counted_once(self):
        self._answer(self.code.token, "1")
        self._answer(self.code.token, "2", satisfied="no")
        self.assertEqual(self._reasons(), [False, "duplicate"])
        self.assertEqual((self.survey.valid, self.survey.invalid), (1, 1))
        # Nothing of what a second answer says is kept.
        self.assertFalse(self._answers(self.survey)[1].sudo().input_id)

    def test_the_database_itself_says_which_of_two_is_the_second(self):
        """As for two at the same instant, of whom neither sees the other when it looks."""
        self._answer(self.code.token, "1")
        self.patch(self.registry["bphs.survey.door"], "_is_again", lambda door, values: False)
        self.assertEqual(self._answer(self.code.token, "2"), KEPT)
        self.assertEqual(self._reasons(), [False, "duplicate"])

    def test_reasons_stay_with_the_answer(self):
        self.survey = self._issued(least_seconds=30)
        codes = self._codes(self.survey)
        early = self.Door._sight(self.Door._of_token(codes[0].token))
        self.assertTrue(early)
        for place, said in enumerate(({}, {"last": "never"}, {"resident": "no"}, {"refused": True})):
            self._answer(codes[place].token, str(place), **said)
        self.assertEqual(self._reasons(), ["too_quick", "contradicting", "not_resident", "refused"])
        self.assertEqual((self.survey.returned, self.survey.valid), (4, 0))
        for answer in self._answers(self.survey):
            self.assertFalse(answer.is_valid or answer.is_aware or answer.is_satisfied)

    def test_nobody_claims_more_seconds_than_have_passed(self):
        self._answer(self.code.token, "1", spent=9999)
        self._answer(self._codes(self.survey)[1].token, "2", spent=9999, sight="forged")
        claimed, forged = self._answers(self.survey).mapped("seconds")
        self.assertLess(claimed, 9999)
        self.assertEqual(forged, 0)

    def test_what_is_missing_is_asked_for_and_nothing_kept(self):
        door = self.Door._of_token(self.code.token)
        chosen = self._chosen()
        question = self.env.ref("bphs_survey.question_manner").id
        del chosen[str(question)]
        told = self.Door._take(door, {"key": "k" * 20, "chosen": chosen})
        self.assertEqual(told, {"state": "incomplete", "question": question})
        self.assertFalse(self._answers(self.survey))

    def test_whatever_else_is_said_is_refused(self):
        door = self.Door._of_token(self.code.token)
        manner = str(self.env.ref("bphs_survey.question_manner").id)
        other = str(self.env.ref("bphs_survey.choice_satisfied_yes").id)
        for said in (
            {},
            {"key": 5, "chosen": self._chosen()},
            {"key": "short", "chosen": self._chosen()},
            {"key": "k" * 20, "chosen": [1]},
            {"key": "k" * 20, "chosen": {"1000000": "1"}},
            {"key": "k" * 20, "chosen": {manner: other}},
            {"key": "k" * 20, "chosen": self._chosen(), "person": 5},
        ):
            self.assertEqual(self.Door._take(door, said), BROKEN, said)
        self.assertFalse(self._answers(self.survey))

    def test_closed_or_over_it_takes_none(self):
        door = self.Door._of_token(self.code.token)
        self.survey.action_close()
        self.assertEqual(self._answer(self.code.token), {"state": "over"})
        self.assertEqual(self.Door._page(door)["state"], "over")
        over = self._issued(date_end=self.survey._county_today())
        self.patch(self.registry["base"], "_county_today", lambda model: over.date_end.replace(year=2090))
        self.assertEqual(self._answer(self._codes(over)[0].token), {"state": "over"})

    def test_the_open_code_counts_a_phone_once(self):
        survey = self._issued(is_open=True)
        token = survey.sudo().unit_ids[0].open_token
        for key, person in (("1", "phone one"), ("2", "phone two"), ("3", "phone one")):
            self.assertEqual(self._answer(token, key, person=person), KEPT)
        self.assertEqual(self._answers(survey).mapped("reason"), [False, False, "duplicate"])
        self.assertEqual(self._answers(survey).mapped("channel"), ["open"] * 3)
        # Where it is not open, its code opens nothing.
        self.assertEqual(self.Door._of_token(self.survey.sudo().unit_ids[0].open_token), {})

    def test_the_tablet_asks_whom_the_sample_names(self):
        row = self.code.survey_unit_id
        self.as_user("evaluator", row.with_user(self.user["evaluator"])).action_open_tablet()
        token = row.sudo().tablet_token
        self.assertEqual(self._answer(token, "1", reference=f" {self.code.reference} "), KEPT)
        self.assertEqual(self._answer(token, "2", reference="nobody"), KEPT)
        other = self._codes(self.survey, self.township_b)[0]
        self.assertEqual(self._answer(token, "3", reference=other.reference), KEPT)
        self.assertEqual(self._reasons(), [False, "not_drawn", "not_drawn"])
        # By phone and on the tablet it is the same person.
        self._answer(self.code.token, "4")
        self.assertEqual(self._reasons()[-1], "duplicate")
        self.patch(self.registry["base"], "_county_today", lambda model: self.survey.issued_on.replace(year=2090))
        self.assertEqual(self.Door._of_token(token), {})

    def test_who_opens_a_tablet(self):
        row = self.code.survey_unit_id
        with self.denied("asked by evaluators"):
            self.as_user("auditor", row).action_open_tablet()
        self.survey.action_close()
        with self.refused("takes no answers"):
            self.as_user("evaluator", row).action_open_tablet()


@tagged("post_install", "-at_install")
class TestAnsweringPage(SurveyCase, HttpCase):
    """The page of a code, as a phone opens it."""

    def setUp(self):
        super().setUp()
        self.survey.action_issue()
        self.code = self._codes(self.survey)[0]

    def _hand_in(self, token, **said):
        door = self.Door._of_token(self.code.token)
        body = {"key": "k" * 20, "sight": self.Door._sight(door), "spent": 60, "chosen": self._chosen(), **said}
        return self.url_open(
            f"/wj/{token}/answer", data=json.dumps(body), headers={"Content-Type": "text/plain"}, method="POST"
        )

    def test_a_phone_reads_and_answers(self):
        page = self.url_open(f"/wj/{self.code.token}")
        self.assertEqual(page.status_code, 200)
        self.assertIn("您在本地住了半年以上吗", page.text)
        self.assertNotIn(self.code.reference, page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.assertEqual(self._hand_in(self.code.token).json(), KEPT)
        self.env.invalidate_all()
        self.assertEqual(self.survey.valid, 1)
        self.assertIn("已经答过", self.url_open(f"/wj/{self.code.token}").text)

    def test_what_is_no_code_is_not_there_and_counted(self):
        counted, tries = [], self.registry["bphs.wrong.password"]
        self.patch(tries, "_count", lambda tries, login, kind="password", known=False: counted.append(kind))
        for token in ("x", "a" * 22, "a" * 500):
            self.assertEqual(self.url_open(f"/wj/{token}").status_code, 404)
            self.assertEqual(self._hand_in(token).status_code, 404)
        self.assertEqual(counted, ["key"] * 6)

        def refuse(tries):
            raise AccessDenied()

        self.patch(tries, "_check_may_try_key", refuse)
        self.assertEqual(self.url_open(f"/wj/{'a' * 22}").status_code, 429)
        # Whoever holds a code is not kept waiting by others.
        self.assertEqual(self.url_open(f"/wj/{self.code.token}").status_code, 200)

    def test_too_much_and_too_often(self):
        self.assertEqual(self._hand_in(self.code.token, chosen="x" * 20_000).status_code, 404)
        self.assertEqual(self.url_open(f"/wj/{self.code.token}/answer", data="[1]", method="POST").status_code, 404)
        self.patch(answering, "OWN_PACE", Pace(1, 600))
        self.assertEqual(self._hand_in(self.code.token).status_code, 200)
        self.assertEqual(self._hand_in(self.code.token).status_code, 429)

    def test_other_ways_of_asking_are_not_there(self):
        self.assertEqual(self.url_open(f"/wj/{self.code.token}/answer").status_code, 405)
