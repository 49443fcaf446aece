from datetime import timedelta

from odoo import Command
from odoo.tests import freeze_time, tagged

from ...tools.states import OPEN_STATES, RUNNING_STATES
from ..board_case import BoardCase


@tagged("post_install", "-at_install")
class TestBoardNotices(BoardCase):
    """Above the board stands what is late or waits, of each person's own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.late_a, cls.late_b, cls.of_township = cls.issue(
            "2025-03-03 02:00:00", cls.clinic_a1, cls.clinic_b1, cls.township_a
        )
        cls.proof = cls.issue("2025-03-03 02:00:00", cls.clinic_a2)
        cls.hand_in("2025-03-10 02:00:00", cls.proof, "village_doctor_a2")
        cls.hand_in("2025-03-10 02:00:00", cls.of_township, "township_public_health_a")
        with freeze_time("2025-04-01 02:00:00"):
            cls.env["bphs.quarterly.report"]._cron_open()
        letter = cls.as_user("rectification_clerk", "bphs.supervision.letter").create(
            {
                "number": "试卫督〔2025〕1号",
                "institution_id": cls.clinic_a1.id,
                "rectification_ids": [Command.set(cls.late_a.ids)],
                "reason": "没有进展",
                "demand": "限期整改",
                "date": "2025-04-01",
                "reply_by": "2025-04-08",
            }
        )
        letter.action_issue()
        cls.startClassPatcher(freeze_time("2025-05-12 02:00:00"))
        cls.env.flush_all()
        cls.env.invalidate_all()

    def notices(self, key):
        found = self.as_user(key, "bphs.rectification").board_notices()
        for notice in found:
            self.assertGreater(notice["count"], 0)
            if notice["action"]:
                self.assertTrue(self.env.ref(notice["action"]).res_model)
        return {(notice["action"] and notice["action"].split(".")[1], notice["filter"]): notice for notice in found}

    def counts(self, key):
        return {name: notice["count"] for name, notice in self.notices(key).items()}

    def test_of_the_clerk(self):
        counts = self.counts("rectification_clerk")
        self.assertEqual(
            counts,
            {
                (False, "overdue"): 2,
                (False, "verify_overdue"): 2,
                ("bphs_quarterly_report_action", "overdue"): 2,
                ("bphs_supervision_letter_action", "overdue"): 1,
                (False, "to_verify"): 1,
            },
        )
        late = {name for name, notice in self.notices("rectification_clerk").items() if notice["late"]}
        self.assertEqual(late, set(counts) - {(False, "to_verify")})

    def test_each_counts_their_own(self):
        self.assertEqual(
            self.counts("township_director_a"),
            {
                (False, "overdue"): 1,
                (False, "verify_overdue"): 2,
                ("bphs_quarterly_report_action", "overdue"): 1,
                ("bphs_supervision_letter_action", "overdue"): 1,
                (False, "to_verify"): 1,
            },
        )
        self.assertEqual(self.counts("village_doctor_b1"), {(False, "overdue"): 1})

    def test_what_the_clerk_decides(self):
        self.as_user("township_director_a", self.proof).action_verify()
        self.as_user("village_doctor_a1", self.late_a).action_ask_extension(
            self.late_a._county_today() + timedelta(days=9), "农忙"
        )
        asked = ("bphs_rectification_extension_action", "asked")
        self.assertEqual(self.counts("rectification_clerk")[False, "to_close"], 1)
        self.assertEqual(self.counts("primary_care_officer")[asked], 1)
        self.assertNotIn(asked, self.counts("rectification_clerk"))
        self.assertNotIn((False, "to_close"), self.counts("township_director_a"))

    def test_every_filter_is_one_of_its_list(self):
        self.as_user("township_director_a", self.proof).action_verify()
        for notice in self.as_user("rectification_clerk", "bphs.rectification").board_notices():
            model = self.env.ref(notice["action"] or "bphs_rectification.bphs_rectification_action").res_model
            arch = self.env[model].get_view(view_type="search")["arch"]
            self.assertIn(f'name="{notice["filter"]}"', arch)

    def test_a_filter_leaves_no_empty_columns_it_cannot_fill(self):
        tasks = self.as_user("rectification_clerk", "bphs.rectification")

        def columns(*domain):
            groups = tasks.with_context(read_group_expand=True).web_read_group(list(domain), ["state"], [])["groups"]
            return [group["state"] for group in groups]

        self.assertEqual(columns(("state", "in", OPEN_STATES)), list(OPEN_STATES))
        self.assertEqual(columns(), list(OPEN_STATES))
        self.assertEqual(columns(("can_verify", "=", True)), ["submitted"])
        self.assertEqual(columns(("is_verify_overdue", "=", True)), ["submitted"])
        self.assertEqual(columns(("is_overdue", "=", True)), list(RUNNING_STATES))
        self.assertEqual(columns(("state", "=", "verified")), ["verified"])

    def test_a_few_queries_however_many_tasks(self):
        clerk = self.as_user("rectification_clerk", "bphs.rectification")
        clerk.board_notices()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            clerk.board_notices()
