import hashlib

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.tools.sheet_guard import SheetError

from ...tools import sealing


class BphsResidentImport(models.Model):
    """The files of a run, the roll as it came and its rejected rows: sealed in the file store, as both hold numbers."""

    _inherit = "bphs.resident.import"

    # === KEEPING === #

    def _keep_file(self, field, name, content):
        """Seal a file and put it in a field."""
        sealed = self.env["bphs.resident.keyring"]._keys().seal_file(self._file_place(field), content)
        self._files(field).unlink()
        files = self.env["ir.attachment"].sudo()  # sudo: an attachment of a field, as the field itself would make it
        files.create(
            {
                "name": name,
                "raw": sealed,
                "mimetype": "application/octet-stream",
                "res_model": self._name,
                "res_id": self.id,
                "res_field": field,
            }
        )
        self.invalidate_recordset([field])

    def _open_file(self, field):
        """:return: the clear content of a file, for server code that checked the right to it
        :raise SheetError: it does not open with the key file in use
        """
        keys = self.env["bphs.resident.keyring"]._keys()
        try:
            return keys.open_file(self._file_place(field), self._files(field).raw or b"")
        except sealing.SealError as error:
            raise SheetError(
                self.env._(
                    "The file cannot be opened with the key file in use (%(reason)s). Choose it again.", reason=error
                )
            ) from error

    def _file_place(self, field):
        return f"{self._name},{self.id},{field}"

    def _files(self, field=None):
        files = self.env["ir.attachment"].sudo()  # sudo: reached through their record alone, which was checked
        return files.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("res_field", "in", [field] if field else ["upload", "reject_file"]),
            ]
        )

    # === TAKING OUT === #

    def _check_rejects(self):
        """:raise AccessError: the run is not this user's, or they import no longer
        :raise UserError: there are no rejected rows, or they were kept their time
        """
        self.ensure_one()
        self._check_importer()
        self.check_access("read")
        if not self.reject_file_name:
            raise UserError(self.env._("There are no rejected rows, or they are no longer kept."))

    def _download_rejects(self):
        """The workbook of rejected rows, entered in the log with its rows and its hash.

        :return: (file name, bytes)
        """
        self._check_rejects()
        try:
            content = self._open_file("reject_file")
        except SheetError as error:
            raise UserError(str(error)) from error
        what = f"{self.reject_file_name} {hashlib.sha256(content).hexdigest()}"
        self.env["bphs.resident.access"]._record_file("export", what, self.rejected_count)
        return self.reject_file_name, content

    # === A CHANGE OF KEYS === #

    def _files_of_old_keys(self):
        """Files sealed with another key than the newest, and those that are not sealed.

        :return: list of (run, ir.attachment)
        """
        newest = self.env["bphs.resident.keyring"]._keys().newest
        return [
            (run, file)
            for run in self.sudo().search([])  # sudo: whoever changes the keys changes them for every run
            for file in run._files()
            if sealing.key_of_file(file.raw) != newest
        ]

    def _seal_file_anew(self, file):
        """Seal a file with the newest key."""
        content = self._open_file(file.res_field)
        self._keep_file(file.res_field, file.name, content)
