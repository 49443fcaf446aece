from copy import deepcopy

from lxml import etree

from odoo import api, models


class BphsApprovalMixin(models.AbstractModel):
    """Every form of a document under approval shows the same buttons, the same states and the
    same history."""

    _inherit = "bphs.approval.mixin"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            # The fragment is a view of this module; which views a user may read is of no matter here.
            fragment = self.env.ref("bphs_approval.bphs_approval_mixin_view_form").sudo()
            parts = fragment._get_combined_arch()
            parts.find("header/button[@name='action_approval_submit']").set("string", self._approval_submit_label())
            self._approval_graft(arch, parts)
        return arch, view

    @api.model
    def _approval_graft(self, arch, fragment):
        """Put the parts of `fragment` into a form where it does not place them itself.

        Buttons and states go to the front and the end of the header, the history to the end of
        the last notebook.
        """
        header = arch.find(".//header")
        if header is None:
            header = etree.Element("header")
            arch.insert(0, header)
        first = 0
        for node in fragment.find("header"):
            name, widget = node.get("name"), node.get("widget")
            if arch.xpath(".//header//*[@name=$name]", name=name):
                continue
            # A form whose document has more states than the approval shows one bar: its own.
            if widget and header.xpath("./field[@widget=$widget]", widget=widget):
                continue
            if node.tag == "button":
                header.insert(first, deepcopy(node))
                first += 1
            else:
                header.append(deepcopy(node))
        if arch.xpath(".//field[@name='approval_decision_ids']"):
            return
        body = arch.find("sheet") if arch.find("sheet") is not None else arch
        notebooks = body.findall(".//notebook")
        notebook = notebooks[-1] if notebooks else etree.SubElement(body, "notebook")
        notebook.append(deepcopy(fragment.find(".//page")))
