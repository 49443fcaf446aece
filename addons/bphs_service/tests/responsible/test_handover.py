from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.bphs_team.tests.common import TeamCase

DAY = timedelta(days=1)
TABLES = ("bphs_plan", "bphs_followup", "bphs_visit", "bphs_finding", "bphs_referral")
ALWAYS_NEW = ("write_date", "write_uid")


@tagged("post_install", "-at_install")
class TestServiceHandover(TeamCase):
    """What a doctor has open of services goes to the successor by one action; every row is back after undoing it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.Team._county_today()
        cls.successor = cls.worker("郑医生", "gp", cls.township_a)
        cls.gp_a.user_id = cls.user["team_leader_a"]
        people = cls.zhang | cls.wang
        people.write({"group_ids": [(0, 0, {"kind": "hypertension", "date_from": cls.today - 80 * DAY})]})
        cls.plans = people.plan_ids.filtered(lambda plan: plan.code == "hypertension")
        cls.plans.worker_id = cls.gp_a
        form = cls.env["bphs.form.template"]._in_use("hypertension")
        visits = cls.as_user("team_leader_a", "bphs.visit")
        cls.done, cls.draft = visits.create(
            [{"resident_id": one.id, "template_id": form.id, "systolic": 130} for one in people]
        )
        cls.done.action_complete()
        cls.finding = cls.as_user("team_leader_a", "bphs.finding").create(
            {"resident_id": cls.zhang.id, "name": "血脂异常"}
        )
        cls.referral = cls.as_user("team_leader_a", "bphs.referral").create(
            {"resident_id": cls.zhang.id, "to_words": "市医院", "reason": "血脂异常"}
        )
        cls.env.flush_all()

    def handover(self, **vals):
        return self.as_user("township_director_a", "bphs.handover").create(
            {"worker_id": self.gp_a.id, "successor_id": self.successor.id, "date": self.today, **vals}
        )

    def rows(self):
        self.env.flush_all()
        return {
            table: self.env.execute_query(
                SQL("SELECT to_jsonb(one) - %s FROM %s one ORDER BY id", list(ALWAYS_NEW), SQL.identifier(table))
            )
            for table in TABLES
        }

    def counted(self, handover):
        lines = {line.key: line for line in handover.line_ids}
        return {key: lines[key].count for key in ("plans", "drafts", "findings", "referrals")}, lines

    def test_who_begins_something_sees_to_it(self):
        self.assertEqual(self.finding.sudo().worker_id, self.gp_a)
        self.assertEqual(self.referral.sudo().worker_id, self.gp_a)
        found = self.env["bphs.visit"].create(
            {"resident_id": self.wang.id, "template_id": self.env["bphs.form.template"]._in_use("elder_exam").id,
             "systolic": 190, "worker_id": self.worker_a1.id}
        )  # fmt: skip
        found.action_complete()
        self.assertEqual(found.finding_ids.worker_id, self.worker_a1, "whoever made the exam")

    def test_it_is_counted_and_each_count_is_its_list(self):
        handover = self.handover()
        counts, lines = self.counted(handover)
        self.assertEqual(counts, {"plans": 2, "drafts": 1, "findings": 1, "referrals": 1})
        for key, line in lines.items():
            opened = line.action_open()
            listed = self.env[opened["res_model"]].with_context(**opened["context"]).search_count(opened["domain"])
            self.assertEqual(listed, line.count, key)
        self.wang.write({"group_ids": [(0, 0, {"kind": "smi"})]})
        handover.action_refresh()
        counts, __ = self.counted(handover)
        self.assertEqual((counts["plans"], counts["drafts"]), (1, 0), "files for named persons are in no number")

    def test_records_for_named_persons_are_in_no_number(self):
        """Somebody whom everybody sees may have some: beside the list, a number would tell of them."""
        found = self.as_user("team_leader_a", "bphs.finding").create(
            {"resident_id": self.wang.id, "name": "血压异常", "visit_id": self.draft.id}
        )
        self.env.flush_all()
        self.env.cr.execute("UPDATE bphs_visit SET sensitive = TRUE WHERE id = %s", [self.draft.id])
        self.env.invalidate_all()
        counts, lines = self.counted(self.handover())
        self.assertEqual(counts, {"plans": 2, "drafts": 0, "findings": 1, "referrals": 1}, found.id)
        for key, line in lines.items():
            opened = line.action_open()
            listed = self.as_user("team_leader_a", opened["res_model"]).with_context(**opened["context"])
            self.assertEqual(listed.search_count(opened["domain"]), line.count, key)

    def test_what_is_open_is_given_and_every_row_is_back_after_undoing(self):
        before = self.rows()
        handover = self.handover()
        handover.action_hand_over()
        self.assertEqual(self.plans.worker_id, self.successor)
        self.assertEqual(self.plans.followup_ids.worker_id, self.successor, "with all that is due of them")
        self.assertEqual(self.draft.sudo().worker_id, self.successor)
        self.assertEqual(self.done.sudo().worker_id, self.gp_a, "what was done keeps the name of who did it")
        self.assertEqual((self.finding | self.finding).sudo().worker_id, self.successor)
        self.assertEqual(self.referral.sudo().worker_id, self.successor)
        self.assertNotEqual(self.rows(), before)
        handover.action_undo()
        self.assertEqual(self.rows(), before)

    def test_whoever_is_covered_for_keeps_them(self):
        before = self.rows()
        handover = self.handover(mode="cover", date_to=self.today + 9 * DAY, reason="ill")
        self.assertEqual(self.counted(handover)[0]["plans"], 2, "shown to whoever stands in")
        handover.action_hand_over()
        self.assertEqual(self.rows(), before)

    def test_how_many_statements_it_takes_does_not_hang_on_how_much_there_is(self):
        def statements():
            handover = self.handover()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            handover.action_hand_over()
            self.env.flush_all()
            taken = self.env.cr.sql_log_count - before
            handover.action_undo()
            return taken

        few = statements()
        more = self.env["bphs.resident"].union(
            *(self.make(f"人{at}", self.village_a1, "19600101", at) for at in range(20, 45))
        )
        more.write({"group_ids": [(0, 0, {"kind": "hypertension", "date_from": self.today - 80 * DAY})]})
        more.plan_ids.filtered(lambda plan: plan.code == "hypertension").worker_id = self.gp_a
        self.assertLessEqual(statements(), few + 3)

    def test_a_plan_that_follows_from_a_group_is_given_to_somebody_and_no_more(self):
        plan = self.as_user("village_doctor_a1", self.plans[:1])
        plan.worker_id = self.worker_a1
        self.assertEqual(plan.followup_ids.worker_id, self.worker_a1)
        self.assertEqual(self.as_user("village_doctor_a1", "bphs.followup").search(
            [("worker_id", "=", self.worker_a1.id)]), plan.followup_ids)  # fmt: skip
        with self.refused("follows from a key group"):
            plan.date_from = self.today
        with self.denied("not yours to change"):
            self.as_user("village_doctor_b1", self.plans[:1]).worker_id = self.worker_b1

    def test_work_leaves_a_trace(self):
        def unseen():
            return self.worker_a1.id in self.env["bphs.worker"]._unseen()

        self.team_a1._take_member(self.worker_a1, "village_doctor", 100, self.today - 100 * DAY)
        self.assertFalse(unseen(), "whoever never left a trace works on paper")
        long_ago = self.today - 40 * DAY
        self.env["bphs.visit"].create(
            {"resident_id": self.zhang.id, "template_id": self.done.template_id.id, "worker_id": self.worker_a1.id,
             "done_on": long_ago}
        ).action_complete()  # fmt: skip
        self.assertTrue(unseen())
        self.env["bphs.followup.attempt"].create(
            {"plan_id": self.plans[0].id, "kind": "unreachable", "made_on": self.today - DAY,
             "worker_id": self.worker_a1.id}
        )  # fmt: skip
        self.assertFalse(unseen(), "whoever knocked in vain was at work")
