from odoo import Command
from odoo.tests import tagged

from odoo.addons.bphs_resident.tests.common import id_number
from odoo.addons.bphs_resident.tests.import_runs import ImportRuns

from ..contract_case import ContractCase

HEAD = "健康档案编号,证件号码,姓名,团队编码,服务包编码,签约日期,生效日期,期限（月）"


@tagged("post_install", "-at_install")
class TestContractImport(ImportRuns, ContractCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        roles = ("bphs_base.role_township_public_health", "bphs_resident.role_sensitive")
        cls.user["importer"] = cls.env["res.users"].create(
            {
                "name": "importer",
                "login": "test_contract_importer",
                "lang": "en_US",
                "role_line_ids": [Command.create({"role_id": cls.env.ref(role).id}) for role in roles],
                "bphs_institution_ids": [Command.set(cls.township_a.ids)],
            }
        )

    def receive(self, *lines, key="importer"):
        return self.received("bphs.contract.import", "签约.csv", "\n".join((HEAD, *lines)).encode("utf-8-sig"), key)

    def line(self, resident, **cells):
        cells = {"ehr": resident.ehr_number, "name": resident.name, "package": "BASIC", "on": "2026-02-01", **cells}
        return "{ehr},{id},{name},{team},{package},{on},{start},{months}".format(
            **{"id": "", "team": "", "start": "", "months": "", **cells}
        )

    def test_contracts_come_in_and_twice_is_nothing(self):
        lines = (
            self.line(self.zhang),
            self.line(self.wang, ehr="", id=id_number("19800203", 3), team="A2", months="24"),
        )
        run = self.receive(*lines)
        self.assertEqual((run.state, run.new_count, run.rejected_count), ("checked", 2, 0), run.message)
        self.load(run)
        self.assertEqual(run.state, "done")
        zhang, wang = (self.Contract.search([("resident_id", "=", one.id)]) for one in (self.zhang, self.wang))
        self.assertEqual(
            (zhang.team_id, zhang.months, zhang.state, zhang.source), (self.team_a1, 12, "running", "import")
        )
        self.assertEqual((wang.team_id, wang.months), (self.team_a2, 24))
        again = self.receive(*lines)
        self.assertEqual((again.new_count, again.unchanged_count), (0, 2))
        with self.refused("nothing to load"):
            again.action_confirm()

    def test_rows_that_cannot_be_signed_come_back_with_reasons(self):
        self.sign(self.li)
        run = self.receive(
            self.line(self.zhang),
            self.line(self.zhang),  # twice
            self.line(self.wang, name="王大明"),
            self.line(self.li),
            self.line(self.zhang_b),
            self.line(self.wang, package="NONE"),
            self.line(self.wang, months="6"),
            self.line(self.wang, on="2027-01-01"),
            self.line(self.wang, team="B1"),
        )
        self.assertEqual((run.new_count, run.rejected_count), (1, 8))
        kinds = {finding.kind: finding.count for finding in run.finding_ids}
        self.assertEqual(
            kinds,
            {"twice": 1, "known": 1, "signed": 1, "unknown": 1, "package": 1, "months": 1, "date": 1, "team": 1},
        )
        self.assertTrue(run.reject_file_name)
        self.assertTrue(run._download_rejects()[1].startswith(b"PK"))

    def test_numbers_that_lead_to_nobody_stand_in_the_log(self):
        """Somebody elsewhere is answered, and counted, like nobody."""
        answers = []
        for number in (id_number("19700101", 5), id_number("19700101", 7)):
            run = self.receive(self.line(self.zhang_b, ehr="", id=number))
            answers.append([(finding.kind, finding.count) for finding in run.finding_ids])
        self.assertEqual(answers, [[("unknown", 1)]] * 2)
        mine = [("user_id", "=", self.user["importer"].id), ("kind", "=", "number")]
        self.assertEqual(self.env["bphs.resident.access"].search(mine).mapped("count"), [1, 1])

    def test_who_imports_contracts(self):
        with self.denied("named person"):
            self.as_user("township_public_health_a", "bphs.contract.import")._check_importer()
        run = self.receive(self.line(self.zhang, name="别人"))
        with self.no_right("create", "bphs.resident"):
            self.as_user("auditor", run)._download_rejects()
