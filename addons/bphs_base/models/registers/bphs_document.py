from odoo import api, fields, models
from odoo.fields import Domain


class BphsDocument(models.Model):
    """An official document (公文) with its number (文号).

    Arrivals, schemes, approvals and bulletins cite it as their authority.
    """

    _name = "bphs.document"
    _inherit = ["bphs.upload.limit.mixin"]
    _description = "Official Document"
    _order = "date desc, id desc"
    # A new number typed where a document is cited is kept as its number.
    _rec_name = "number"
    _rec_names_search = ["number", "title"]

    number = fields.Char(string="Document Number", required=True, index=True)
    title = fields.Char(required=True)
    issuer = fields.Char(required=True, help="Full name of the issuing body, as printed.")
    co_issuer = fields.Char(string="Second Issuer", help="Full name of the second issuing body of a joint document.")
    date = fields.Date(string="Issued On", required=True)
    file = fields.Binary(attachment=True)
    file_name = fields.Char()

    _number_uniq = models.Constraint("UNIQUE(number, issuer)", "This issuer has a document with this number already.")

    @api.model
    def default_get(self, fields_list):
        vals = super().default_get(fields_list)
        # The client hands on what was typed where a document is cited as the name of what is to be created.
        if "number" in fields_list and not vals.get("number") and self.env.context.get("default_name"):
            vals["number"] = self.env.context["default_name"]
        return vals

    @api.depends("number", "title")
    def _compute_display_name(self):
        for document in self:
            document.display_name = f"{document.number or ''} {document.title or ''}".strip()

    @api.model
    def _search_display_name(self, operator, value):
        """Numbers are typed with whatever brackets the keyboard gives: 〔2026〕, [2026], (2026),
        【2026】."""
        domain = super()._search_display_name(operator, value)
        if operator == "ilike" and isinstance(value, str):
            pattern = "".join("_" if character in "〔〕[]()（）【】［］" else character for character in value)
            if pattern != value:
                domain = Domain(domain) | Domain("number", "=ilike", f"%{pattern}%")
        return domain
