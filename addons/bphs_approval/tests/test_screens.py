from lxml import etree

from odoo.tests import tagged

from .documents import ApprovalCase


@tagged("post_install", "-at_install")
class TestScreens(ApprovalCase):
    def _arch(self, arch):
        view = self.env["ir.ui.view"].create({"name": "test", "model": "bphs.test.order", "type": "form", "arch": arch})
        order = self.as_user("finance_officer", "bphs.test.order")
        return etree.fromstring(order.get_view(view.id, "form")["arch"])

    def _names(self, arch, path):
        return [node.get("name") for node in arch.xpath(path)]

    def test_every_form_has_the_steps_and_the_history(self):
        for arch in (
            "<form><field name='name'/></form>",
            "<form><sheet><field name='name'/></sheet></form>",
            "<form><header><button name='action_archive' type='object'/></header>"
            "<sheet><notebook><page><field name='name'/></page></notebook></sheet></form>",
        ):
            arch = self._arch(arch)
            buttons = self._names(arch, "./header/button")
            self.assertEqual(
                buttons[:5],
                [
                    "action_approval_submit",
                    "action_approval_open_approve",
                    "action_approval_open_record",
                    "action_approval_open_return",
                    "action_approval_open_withdraw",
                ],
            )
            self.assertEqual(len(arch.xpath(".//notebook/page//field[@name='approval_decision_ids']")), 1)
            self.assertEqual(len(arch.xpath("./header/field[@name='approval_state']")), 1)

    def test_a_form_may_place_them_itself(self):
        arch = self._arch(
            "<form><header><button name='action_approval_submit' type='object' string='Mine'/>"
            "<field name='approval_state' widget='badge'/></header>"
            "<sheet><field name='approval_decision_ids'/></sheet></form>"
        )
        self.assertEqual(self._names(arch, ".//header//button").count("action_approval_submit"), 1)
        self.assertEqual(len(arch.xpath(".//field[@name='approval_state']")), 1)
        self.assertEqual(len(arch.xpath(".//field[@name='approval_decision_ids']")), 1)

    def test_a_form_shows_one_bar_of_states(self):
        arch = self._arch(
            "<form><header><field name='name' widget='statusbar'/></header>"
            "<sheet><field name='approval_state'/></sheet></form>"
        )
        self.assertEqual(self._names(arch, ".//header/field[@widget='statusbar']"), ["name"])
        self.assertEqual(len(arch.xpath("./header/button[@name='action_approval_submit']")), 1)

    def test_every_document_form_has_each_step_once(self):
        mixin = self.env.registry["bphs.approval.mixin"]
        documents = [
            name for name, model in self.env.registry.items() if issubclass(model, mixin) and not model._abstract
        ]
        self.assertTrue(documents)
        for name in documents:
            arch = etree.fromstring(self.env[name].get_view(view_type="form")["arch"])
            for path in (
                "./header/button[@name='action_approval_submit']",
                "./header/button[@name='action_approval_open_approve']",
                "./header/button[@name='action_approval_open_record']",
                "./header/button[@name='action_approval_open_return']",
                "./header/button[@name='action_approval_open_withdraw']",
                "./header/field[@widget='statusbar']",
                ".//field[@name='approval_decision_ids']",
            ):
                self.assertEqual(len(arch.xpath(path)), 1, (name, path))
            (submit,) = arch.xpath("./header/button[@name='action_approval_submit']")
            self.assertTrue(submit.get("confirm"), f"{name} is handed in unasked")
            # What narrows the button is the document's word, and that of every form.
            self.assertEqual(submit.get("invisible"), "not can_submit", name)
            self.assertEqual(submit.get("string"), self.env[name]._approval_submit_label(), name)

    def test_steps_speak_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"].search([("name", "=", "bphs_approval")])._update_translations(["zh_CN"])
        order = self.as_user("finance_officer", "bphs.test.order").with_context(lang="zh_CN")
        arch = etree.fromstring(order.get_view(view_type="form")["arch"])
        self.assertEqual(
            arch.xpath("./header/button[@name='action_approval_open_return']")[0].get("string"),
            "退回",
        )

    def test_request_opens_its_document_and_the_dialogs(self):
        order = self._submitted()
        request = self.as_user("township_director_a", order.approval_request_id)
        action = request.action_open_document()
        self.assertEqual((action["res_model"], action["res_id"]), (order._name, order.id))
        for open_dialog, verdict in (
            (request.action_open_approve, "approve"),
            (request.action_open_return, "return"),
        ):
            self.assertEqual(open_dialog()["context"]["default_verdict"], verdict)
            self.assertEqual(open_dialog()["name"], verdict.capitalize())

    def test_what_is_decided_outside_is_recorded_and_not_approved(self):
        self.flow.stage_ids = [
            (5, 0, 0),
            (0, 0, self._stage("财政局", "finance_officer", external=True)),
        ]
        order = self.as_user("finance_officer", self._submitted(author="township_accountant_a"))
        self.assertTrue(order.approval_external)
        dialog = order.action_approval_open_record()
        self.assertEqual(dialog["name"], "Record the Decision: 财政局")
        self.assertEqual(dialog["context"]["default_verdict"], "approve")
