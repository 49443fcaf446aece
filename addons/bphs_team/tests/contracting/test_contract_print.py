import io

from pypdf import PdfReader

from odoo.tests import HttpCase, tagged

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

    def test_the_ledger_of_a_team_masks_its_people(self):
        self.sign(self.zhang, date_from=TODAY.replace(month=1, day=1))
        self.serve(self.zhang, TODAY.replace(month=2, day=1))
        text = self.text(self.team_a1, "E17")
        self.assertIn("年度体检", text)
        self.assertNotIn("张三丰", text)
        name, content = self.as_user("team_leader_a", self.team_a1)._print_file("E17", "xlsx")
        self.assertTrue(name.endswith(".xlsx") and content.startswith(b"PK"))
        self.assertEqual(self.as_user("team_leader_b", self.team_a1)._contract_count(), 0)


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
