import hashlib

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.bphs_base.tools.form import FormError
from odoo.addons.bphs_base.tools.pdf_form import form_pdf
from odoo.addons.bphs_base.tools.pdf_text import MissingGlyphError
from odoo.addons.bphs_base.tools.workbook import workbook_bytes

from ..reports.registry import FORMS


class BphsPrintMixin(models.AbstractModel):
    """Making the file of a printed form, for whoever may read its record."""

    _inherit = "bphs.print.mixin"

    def _print_file(self, code, kind):
        """The file of one form, logged.

        :param str code: one of the registry
        :param str kind: pdf or xlsx
        :return: (file name, bytes)
        :raise AccessError: without the right to read the record, or to a form that holds account numbers
        :raise UserError: no such form, or a name holds a character no font has
        """
        self.ensure_one()
        self.check_access("read")
        printed = FORMS.get(code)
        if not printed or self._name not in printed.models or (kind == "xlsx" and not printed.sheets):
            raise UserError(self.env._("There is no such form."))
        if printed.group and not self.env.user.has_group(printed.group):
            raise AccessError(self.env._("This form holds account numbers: only finance takes it out."))
        template = self.env["bphs.print.template"]._for(code)
        if not template:
            raise UserError(self.env._("The template of form %(code)s is missing.", code=code))
        document = self.with_context(lang="zh_CN")  # the paper is Chinese, whatever the screen is
        try:
            if kind == "pdf":
                content = form_pdf(printed.form(document, template))
            else:
                content = workbook_bytes(printed.sheets(document, template), title=template.name)
        except (MissingGlyphError, FormError) as error:
            raise UserError(str(error)) from error
        file_name = f"{template.name} {self.display_name}.{kind}".replace("/", "-")
        self._print_log(code, file_name, printed, content)
        return file_name, content

    def _print_log(self, code, file_name, printed, content):
        # sudo: nobody has the right to write the log; everyone who prints is in it
        self.env["bphs.print.log"].sudo().create(
            {
                "user_id": self.env.uid,
                "date": fields.Datetime.now(),
                "code": code,
                "file_name": file_name,
                "res_model": self._name,
                "res_id": self.id,
                "row_count": printed.rows(self),
                "holds_accounts": bool(printed.group),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
        )
