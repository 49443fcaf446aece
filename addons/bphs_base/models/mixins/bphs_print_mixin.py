from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.pdf import merge_pdf

from ...tools.paper.form import FormError
from ...tools.paper.pdf_form import form_pdf
from ...tools.paper.pdf_official import official_pdf
from ...tools.paper.pdf_text import MissingGlyphError
from ...tools.paper.picture import picture_bytes
from ...tools.paper.word_official import official_word
from ...tools.workbook import workbook_bytes

KINDS = ("pdf", "docx", "xlsx", "png")


class BphsPrintMixin(models.AbstractModel):
    """A document that can be taken out as a printed form or a workbook, by whoever may read it."""

    _name = "bphs.print.mixin"
    _description = "Can Be Printed"

    def action_print(self):
        """Download the form the button names in its context (`print_code`, `print_kind` pdf, docx, xlsx or
        png).
        """
        self.ensure_one()
        self.check_access("read")
        code = self.env.context.get("print_code")
        kind = self.env.context.get("print_kind", "pdf")
        if not isinstance(code, str) or not code.isalnum() or kind not in KINDS:
            raise UserError(self.env._("There is no such form."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/bphs/print/{code}/{self._name}/{self.id}.{kind}",
            "target": "download",
        }

    @api.model
    def _printed_forms(self):
        """The forms of all installed modules; each module adds its own.

        :return: {code: :class:`~odoo.addons.bphs_base.reports.printing.PrintedForm`}
        """
        return {}

    def _print_file(self, code, kind):
        """The file of one form, logged.

        :param str code: one of :meth:`_printed_forms`
        :param str kind: pdf, docx, xlsx or png
        :return: (file name, bytes)
        :raise AccessError: without the right to read the record, or to a form that holds account numbers
        :raise UserError: no such form, or a name holds a character no font has
        """
        self.ensure_one()
        self.check_access("read")
        printed = self._printed_forms().get(code)
        if not printed or self._name not in printed.models or not printed.makes(kind):
            raise UserError(self.env._("There is no such form."))
        if printed.group and not self.env.user.has_group(printed.group):
            raise AccessError(self.env._("This form holds account numbers: only finance takes it out."))
        template = self.env["bphs.print.template"]._for(printed.template or code)
        if not template:
            raise UserError(self.env._("The template of form %(code)s is missing.", code=code))
        document = self.with_context(lang="zh_CN")  # the paper is Chinese, whatever the screen is
        try:
            content = printed.kept(document, kind) or self._drawn(printed, kind, document, template)
        except (MissingGlyphError, FormError) as error:
            raise UserError(str(error)) from error
        file_name = f"{template.name} {self.display_name}.{kind}".replace("/", "-")
        self.env["bphs.print.log"]._record(
            self,
            code,
            self._logged_name(file_name),
            content,
            rows=printed.rows(self),
            holds_accounts=bool(printed.group),
        )
        return file_name, content

    @api.model
    def _drawn(self, printed, kind, document, template):
        """The bytes of a form, from what its record says now.

        :param printed: :class:`~odoo.addons.bphs_base.reports.printing.PrintedForm`
        """
        if kind == "png":
            return picture_bytes(printed.picture(document, template))
        if kind == "xlsx":
            return workbook_bytes(printed.sheets(document, template), title=template.name)
        if kind == "docx":
            return official_word(printed.official(document, template))
        if printed.official:
            return official_pdf(printed.official(document, template))
        papers = [form_pdf(form) for form in printed.papers(document, template)]
        return merge_pdf(papers) if len(papers) > 1 else papers[0]

    def _logged_name(self, file_name):
        """:return str: the file as the print log names it, which people read who may not see the document"""
        return file_name
