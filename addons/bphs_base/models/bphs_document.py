from odoo import api, fields, models


class BphsDocument(models.Model):
    """An official document (公文) with its number (文号): the authority that arrivals, schemes and approvals cite."""

    _name = "bphs.document"
    _description = "Official Document"
    _order = "date desc, id desc"
    _rec_names_search = ["number", "title"]

    number = fields.Char(string="Document Number", required=True, index=True)
    title = fields.Char(required=True)
    issuer = fields.Char(required=True, help="Full name of the issuing body, as printed.")
    co_issuer = fields.Char(help="Full name of the second issuing body of a joint document.")
    date = fields.Date(required=True)
    file = fields.Binary(attachment=True)
    file_name = fields.Char()

    _number_uniq = models.Constraint(
        "UNIQUE(number, issuer)", "This issuer has a document with this number already."
    )

    @api.depends("number", "title")
    def _compute_display_name(self):
        for document in self:
            document.display_name = f"{document.number} {document.title}"
