from odoo import models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.tools.zipped import zipped

from .bphs_resident_export import MINOR_YEARS, ROWS_WITHOUT_APPROVAL


class BphsResident(models.Model):
    """What is reckoned of residents goes out as files that an auditor computes again; they name nobody."""

    _inherit = "bphs.resident"

    def _take_out(self, files, archive_name, reason=None):
        """Download files about these residents, who are entered in the log with it.

        :param dict files: name -> bytes; several come in an archive of ``archive_name``
        :param str reason: what they are for; several people's need one, see `bphs.taken.out.mixin`
        :return: the action that downloads; the file is its maker's alone, and kept for an hour
        :raise UserError: these are several people's, and need a second person
        """
        self._check_taken_out()
        name, data = next(iter(files.items())) if len(files) == 1 else (archive_name, zipped(files.items()))
        self._log_access("export" if len(self) > 1 else "print", reason=reason, what=name)
        return self.env["ir.attachment"]._for_download(name, data)

    def _check_taken_out(self):
        """:raise UserError: documents of these people, several, would need a second person"""
        if len(self) < 2:
            return
        if self._must_search():
            raise UserError(self.env._("Whoever opens files one by one exports those of one resident at a time."))
        if len(self) > ROWS_WITHOUT_APPROVAL:
            raise UserError(
                self.env._(
                    "Documents of %(count)s people at most go out at a time: choose fewer.", count=ROWS_WITHOUT_APPROVAL
                )
            )
        files = self.sudo()  # sudo: asked only to have fewer taken out; whoever is here may read all of them
        if any(file.restricted or not file.birth_date or file.age < MINOR_YEARS for file in files):
            raise UserError(
                self.env._(
                    "Among these are children under 14, or people whose files are for named persons: their documents "
                    "go out one person at a time, each entered in the log."
                )
            )
