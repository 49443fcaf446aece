from odoo.tests import tagged

from odoo.addons.bphs_base.models.mixins.bphs_phone_card import OURS

from ..common import FundCase

RATIOS = {"share", "prepay_ratio"}


@tagged("post_install", "-at_install")
class TestToldApart(FundCase):
    """Lists of money: what people type is looked for first, rows can be told apart, what is summed can be summed."""

    def _views(self, *kinds):
        domain = [("model", "=like", "bphs.fund.%"), ("type", "in", kinds), ("mode", "=", "primary")]
        for view in self.env["ir.ui.view"].search(domain):
            model = self.env[view.model]
            yield view, model, model._get_view(view.id, view.type)[0]

    def test_h10_a_doctors_name_is_looked_for_first(self):
        for model, name in (("bphs.fund.payee", "name"), ("bphs.bank.account", "holder")):
            arch, _view = self.env[model]._get_view(view_type="search")
            self.assertEqual(next(arch.iter("field")).get("name"), name, model)

    def test_h12_only_what_can_be_summed_is_summed(self):
        seen = 0
        for view, model, arch in self._views("list", "pivot", "graph"):
            summed = [node for node in arch.iter("field") if node.get("sum") or node.get("type") == "measure"]
            for node in summed:
                seen += 1
                field = model._model_of_node(node)._fields[node.get("name")]
                counted = field.type in ("monetary", "integer") or field.name == "points"
                self.assertTrue(counted, f"{view.name}: {field}")
                self.assertNotIn(field.name, ("sequence", "score", "coefficient", "price"), view.name)
        self.assertGreater(seen, 40)

    def test_h12_lines_of_a_settlement_say_which(self):
        arch, _view = self.env["bphs.fund.settlement.line"]._get_view(view_type="list")
        shown = {node.get("name") for node in arch.iter("field") if node.get("optional") != "hide"}
        self.assertLessEqual({"period_id", "township_id", "institution_id"}, shown)

    def test_h12_finance_and_auditor_take_lists_out(self):
        for key, may in (("finance_officer", True), ("auditor", True), ("village_doctor_a1", False)):
            self.assertEqual(self.user[key].has_group("base.group_allow_export"), may, key)

    def test_h13_shares_are_percentages_and_periods_words(self):
        for view, model, arch in self._views("list", "form", "kanban"):
            for node in arch.iter("field"):
                owner = model._model_of_node(node)
                if node.get("name") in RATIOS and owner._name.startswith(OURS) and not node.get("column_invisible"):
                    self.assertEqual(node.get("widget"), "percentage", f"{view.name}: {node.get('name')}")
        quarter = self.q1.with_context(lang="zh_CN")
        self.assertEqual(quarter.display_name, f"{quarter.code[:4]}年第一季度")
        account = self.env["bphs.bank.account"].new({"account_number": "6217000012345678"})
        self.assertTrue(account.account_masked.endswith("5678"))

    def test_cards_on_a_phone_are_known_by_no_number_and_by_nothing_that_all_share(self):
        for model, title in (
            ("bphs.fund.run", "period_id"),
            ("bphs.fund.prepayment", "period_id"),
            ("bphs.fund.allotment", "period_id"),
            ("bphs.fund.entry", "institution_id"),
        ):
            card = self.env[model]._get_default_kanban_view().find(".//t[@t-name='card']")
            self.assertEqual(card.find("div/field").get("name"), title, model)
