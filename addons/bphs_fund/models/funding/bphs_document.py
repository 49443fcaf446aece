from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

# What money was moved by: fixed once it was. A scan that was missing may still be added.
KEPT_FIELDS = ("number", "title", "issuer", "co_issuer", "date", "file", "file_name")


class BphsDocument(models.Model):
    _inherit = "bphs.document"

    def write(self, vals):
        kept = [name for name in KEPT_FIELDS if name in vals]
        self.filtered(
            lambda document: any(document._would_change(name, vals[name]) for name in kept)
        )._check_not_cited()
        return super().write(vals)

    def _would_change(self, name, value):
        if name in ("file", "file_name"):
            return bool(self.file)
        field = self._fields[name]
        return field.convert_to_cache(value, self) != field.convert_to_cache(self[name], self)

    def _scan_checksum(self):
        """:return str: what tells one scan from another, empty where there is none"""
        # sudo: tells nothing of the scan but whether it is the same
        files = self.env["ir.attachment"].sudo()
        file = files.search(
            [("res_model", "=", self._name), ("res_field", "=", "file"), ("res_id", "=", self.id)], limit=1
        )
        return file.checksum or ""

    def _check_not_cited(self):
        """:raise UserError: money was moved, or rules were published, by one of these: names it"""
        if not self:
            return
        cites = Domain("document_id", "in", self.ids)
        for model, domain in (
            ("bphs.fund.entry", cites),
            ("bphs.fund.scheme", cites & Domain("state", "!=", "draft")),
            ("bphs.fund.receipt", cites & Domain("state", "!=", "draft")),
            ("bphs.fund.budget.change", cites & Domain("state", "!=", "draft")),
            (
                "bphs.fund.hold",
                Domain("release_document_id", "in", self.ids) & Domain("approval_state", "!=", "draft"),
            ),
        ):
            # sudo: what cites a document counts, whoever may see it
            citing = self.env[model].sudo().search(domain, limit=1)
            if citing:
                document = citing["release_document_id" if model == "bphs.fund.hold" else "document_id"]
                raise UserError(
                    self.env._(
                        "%(document)s is what money was moved or rules were published by: it stays as it is.",
                        document=document.display_name,
                    )
                )
