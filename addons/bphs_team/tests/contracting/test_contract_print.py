import io
from unittest.mock import patch

from pypdf import PdfReader

from odoo import Command
from odoo.tests import HttpCase, tagged

from ...reports import village_list
from ...reports.registry import FORMS
from ..contract_case import TODAY, ContractCase


@tagged("post_install", "-at_install")
class TestContractPrint(ContractCase):
    def text(self, record, code):
        __, content = self.as_user("team_leader_a", record)._print_file(code, "pdf")
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)

    def test_an_agreement_names_both_parties_and_what_is_promised(self):
        contract = self.sign(self.zhang)
        text = self.text(contract, "C1")
        for words in ("甲镇一队", "张三丰", "2026年3月10日至2027年3月9日", "年度体检", "免费", contract.code):
            self.assertIn(words, text)
        self.assertNotIn("13812341234", text)

    def test_whose_agreement_was_printed_is_told_to_whoever_may_know_of_the_person(self):
        """The auditor reads the log of printed forms, and is no named person: an entry would tell of the contract."""
        contract = self.sign(self.zhang)
        self.text(contract, "C1")
        log = self.as_user("auditor", "bphs.print.log").sudo(False)
        of_it = [("res_model", "=", "bphs.contract"), ("res_id", "=", contract.id)]
        self.assertTrue(log.search(of_it))
        self.env.flush_all()
        # As an illness that is entered makes it.
        self.env.cr.execute("UPDATE bphs_resident SET restricted = TRUE WHERE id = %s", [self.zhang.id])
        self.env.invalidate_all()
        self.assertFalse(log.search(of_it))
        self.assertTrue(log.sudo().search(of_it))

    def test_the_ledger_of_a_team_masks_its_people(self):
        self.sign(self.zhang, date_from=TODAY.replace(month=1, day=1))
        self.serve(self.zhang, TODAY.replace(month=2, day=1))
        text = self.text(self.team_a1, "E17")
        self.assertIn("年度体检", text)
        self.assertNotIn("张三丰", text)
        name, content = self.as_user("team_leader_a", self.team_a1)._print_file("E17", "xlsx")
        self.assertTrue(name.endswith(".xlsx") and content.startswith(b"PK"))
        self.assertEqual(self.as_user("team_leader_b", self.team_a1)._contract_count(), 0)

    def test_a_list_for_a_village_is_a_masked_picture_or_a_workbook_in_large_type(self):
        self.sign(self.zhang, date_from=TODAY.replace(month=1, day=1))
        self.sign(self.wang, date_from=TODAY.replace(year=2025, month=4, day=1))
        dialogs = self.as_user("village_doctor_a1", "bphs.contract.village.list")
        dialog = dialogs.create({})
        self.assertEqual(dialog.division_id, self.village_a1)
        url = dialog.with_context(print_code="C2", print_kind="png").action_print()["url"]
        self.assertTrue(url.endswith(f"/C2/bphs.contract.village.list/{dialog.id}.png"))
        template = self.env["bphs.print.template"]._for("C2")
        table = FORMS["C2"].picture(dialog, template).table
        told = [(row["resident"], row["late"], row["date_to"]) for row in table.rows]
        self.assertEqual(told, [("王*明", "", TODAY.replace(month=3, day=31)), ("张*丰", "年度体检", None)])
        with patch.object(village_list, "MOST_ROWS", 1):
            short = FORMS["C2"].picture(dialog, template)
            self.assertEqual(([row["resident"] for row in short.table.rows], short.notes[-1]),
                             (["王*明"], "共 2 人，图片列最急的 1 人，其余见表格。"))  # fmt: skip
        name, content = dialog._print_file("C2", "png")
        self.assertTrue(content.startswith(b"\x89PNG") and name.endswith(".png"))
        (sheet,) = FORMS["C2"].sheets(dialog, template)
        self.assertGreaterEqual(sheet.type_size, 18)
        self.assertTrue(dialog._print_file("C2", "xlsx")[1].startswith(b"PK"))
        with self.refused("There is no such form"):
            dialog._print_file("C2", "pdf")
        # What is done leaves the list; what is hidden is in neither the list nor the number of the log.
        self.serve(self.zhang, TODAY, kind="management")
        self.assertEqual(len(village_list.rows(dialog)), 1)
        self.wang.group_ids = [Command.create({"kind": "tb"})]
        with self.refused("Nothing is overdue there"):
            dialog.with_context(print_code="C2", print_kind="png").action_print()
        self.name_person("team_leader_a")
        dialog = self.as_user("team_leader_a", "bphs.contract.village.list").create({"division_id": self.village_a1.id})
        dialog._print_file("C2", "xlsx")
        self.assertEqual(self.env["bphs.print.log"].search([("code", "=", "C2")], limit=1).row_count, 0)


@tagged("post_install", "-at_install")
class TestAgreementPage(HttpCase, ContractCase):
    def test_the_code_opens_the_check_and_confirms_once(self):
        contract = self.sign(self.zhang)
        page = self.url_open(f"/bphs_team/agreement/{contract.code}").text
        self.assertIn("甲镇一队", page)
        self.assertNotIn("张三丰", page)
        self.assertNotIn("甲镇一队", self.url_open(f"/bphs_team/agreement/{contract.id}-0").text)
        token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
        self.url_open(f"/bphs_team/agreement/{contract.code}/confirm", data={"csrf_token": token})
        self.env.invalidate_all()
        self.assertEqual((contract.confirmed, contract.confirmed_way), ("yes", "qr"))
