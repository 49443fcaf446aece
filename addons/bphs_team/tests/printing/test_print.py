from datetime import date

from odoo.tests import tagged

from odoo.addons.bphs_base.tools.paper.form import Fields, Table

from ...reports.registry import FORMS
from ..common import TeamCase


@tagged("post_install", "-at_install")
class TestPrint(TeamCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team_a1._take_village(cls.village_a1, date(2025, 1, 1), seen=cls.Team.browse())
        cls.team_a1._take_member(cls.gp_a, "gp", 100, date(2025, 1, 1))
        cls.team_a1._take_member(cls.worker_a1, "village_doctor", 100, date(2025, 1, 1))
        cls.team_a1.write({"leader_id": cls.gp_a.id, "phone": "0355-1234567", "schedule": "每周三上午进村"})

    def test_the_wall_card(self):
        team = self.as_user("village_doctor_a1", self.team_a1)
        name, content = team._print_file("T1", "pdf")
        self.assertTrue(content.startswith(b"%PDF") and "公示牌" in name)
        template = self.env["bphs.print.template"]._for("T1")
        head, __, table = FORMS["T1"].form(team.with_context(lang="zh_CN"), template).blocks
        self.assertIsInstance(head, Fields)
        said = "".join(f"{label}{value}" for row in head.rows for label, value in row)
        for words in ("甲镇卫生院", "周医生", "0355-1234567", "甲一村", "每周三上午进村"):
            self.assertIn(words, said)
        self.assertIsInstance(table, Table)
        self.assertEqual([row["name"] for row in table.rows], ["周医生", "赵村医"])

    def test_the_ledger(self):
        ledger = self.as_user("township_director_a", "bphs.team.ledger").create({"institution_id": self.township_a.id})
        self.assertIn("/bphs/print/T2/", ledger.with_context(print_code="T2", print_kind="xlsx").action_print()["url"])
        for kind, head in (("xlsx", b"PK"), ("pdf", b"%PDF")):
            self.assertTrue(ledger._print_file("T2", kind)[1].startswith(head))
        (sheet,) = FORMS["T2"].sheets(ledger, self.env["bphs.print.template"]._for("T2"))
        rows = {row["team"]: row for row in sheet.table.rows}
        self.assertEqual(set(rows), {"甲镇一队", "甲镇二队"})
        self.assertEqual((rows["甲镇一队"]["people"], rows["甲镇一队"]["villages"]), (2, "甲一村"))
        ledger.date = date(2024, 1, 1)
        with self.refused("No team stands there"):
            ledger.action_print()
