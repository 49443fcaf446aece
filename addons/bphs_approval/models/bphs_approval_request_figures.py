from markupsafe import Markup

from odoo import api, fields, models


class BphsApprovalRequest(models.Model):
    """The figures one decides on stand on the page: with the request, in the list, in the dialog."""

    _inherit = "bphs.approval.request"

    # What it comes to, of either sign. `amount` is what the thresholds of stages look at, and never below zero.
    result = fields.Monetary(string="Comes To")
    figures_text = fields.Char(string="Figures", compute="_compute_figures")
    figures_table = fields.Html(string="What Is Decided On", compute="_compute_figures", sanitize=False)

    @api.depends_context("uid", "lang")
    def _compute_figures(self):
        for model, requests in self.grouped("res_model").items():
            known = model in self.env and self.env[model].has_access("read")
            # As the user: whoever may not read the document sees the request's own amount alone.
            documents = self.env[model].browse(requests.mapped("res_id")).exists() if known else ()
            readable = {document.id: document for document in (documents and documents._filtered_access("read"))}
            for request in requests:
                document = readable.get(request.res_id)
                figures = document._approval_figures() if document else []
                request.figures_text = " · ".join(f"{label} {value}" for label, value in figures) or False
                request.figures_table = _table(figures) if figures else False

    def action_open_approve_many(self):
        """Open the dialog that decides on several at once."""
        return self.env["bphs.approval.decide.many"]._open(self.filtered("waiting_for_me"))


class BphsApprovalMixin(models.AbstractModel):
    _inherit = "bphs.approval.mixin"

    # === HOOKS === #

    def _approval_result(self):
        """:rtype: Decimal :return: what the document comes to, of either sign, as people are shown it"""
        return self._approval_amount()

    def _approval_figures(self):
        """What one looks at before deciding, in the order one looks at it.

        :return: list of (label, value), both as people read them
        """
        return []


def _table(figures):
    rows = Markup().join(
        Markup('<tr><th class="fw-normal text-muted text-nowrap pe-4">%s</th><td class="text-end%s">%s</td></tr>')
        % (label, " text-danger" if str(value).startswith("-") else "", value)
        for label, value in figures
    )
    return Markup('<table class="table table-sm w-auto mb-0">%s</table>') % rows
