from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..contract_case import TODAY, ContractCase

TABLES = ("bphs_contract", "bphs_team", "bphs_team_lead", "bphs_team_member", "bphs_service_record")
ALWAYS_NEW = ("write_date", "write_uid")


@tagged("post_install", "-at_install")
class TestContractHandover(ContractCase):
    """A doctor's contracts go to the successor by one action, and every row is back after undoing it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.successor = cls.worker("郑医生", "gp", cls.township_a)
        cls.env["bphs.team.member"].create(
            {"team_id": cls.team_a1.id, "worker_id": cls.gp_a.id, "role": "gp", "date_from": "2025-01-01"}
        )
        people = cls.zhang | cls.wang | cls.make("赵一", cls.village_a1, "19600101", 11)
        cls.named = cls.sign(people, team=cls.team_a1, worker=cls.gp_a).sudo()
        cls.with_team = cls.sign(cls.li).sudo()
        cls.as_user("team_leader_a", "bphs.service.record").create(
            {"resident_id": cls.zhang.id, "date": TODAY, "kind": "monitoring", "worker_id": cls.gp_a.id}
        )

    def rows(self):
        self.env.flush_all()
        return {
            table: self.env.execute_query(
                SQL("SELECT to_jsonb(one) - %s FROM %s one ORDER BY id", list(ALWAYS_NEW), SQL.identifier(table))
            )
            for table in TABLES
        }

    def test_contracts_are_given_and_every_row_is_back_after_undoing(self):
        self.wang.group_ids = [Command.create({"kind": "smi"})]
        before = self.rows()
        handover = self.as_user("township_director_a", "bphs.handover").create(
            {"worker_id": self.gp_a.id, "successor_id": self.successor.id, "date": TODAY}
        )
        counted = {line.key: line.count for line in handover.line_ids}
        self.assertEqual(counted["contracts"], 2, "the file for named persons is in no number")
        handover.action_hand_over()
        self.assertEqual(self.named.worker_id, self.successor, "and goes along")
        self.assertFalse(self.with_team.worker_id)
        given = self.env["bphs.service.record"].search([("resident_id", "=", self.zhang.id)])
        self.assertEqual(given.worker_id, self.gp_a, "what was done keeps the name of who did it")
        handover.action_undo()
        self.assertEqual(self.rows(), before)

    def test_how_many_statements_it_takes_does_not_hang_on_how_much_there_is(self):
        def statements():
            handover = self.as_user("township_director_a", "bphs.handover").create(
                {"worker_id": self.gp_a.id, "successor_id": self.successor.id, "date": TODAY}
            )
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
            *(self.make(f"人{at}", self.village_a1, "19600101", at) for at in range(20, 60))
        )
        self.sign(more, team=self.team_a1, worker=self.gp_a)
        self.assertLessEqual(statements(), few + 3)
