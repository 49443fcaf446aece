from odoo import models
from odoo.tools import SQL

from .bphs_resident_import_match import CHANGED, ELSEWHERE, NEW


class BphsResidentImport(models.Model):
    """What the access log tells of a roll, without telling of files for named persons."""

    _inherit = "bphs.resident.import"

    def _count_restricted(self, part):
        """How many files of a part are for named persons: the log tells the others' number to everybody."""
        ((count,),) = self.env.execute_query(
            SQL(
                "SELECT count(*) FROM %s s JOIN bphs_resident r"
                " ON r.id = s.resident_id OR s.resident_id IS NULL AND r.ehr_number = s.ehr_number"
                " WHERE %s AND s.outcome IN (%s, %s) AND r.restricted",
                self._rows(),
                part,
                NEW,
                CHANGED,
            )
        )
        return count

    def _log_checked(self):
        """A check alone tells which numbers lead to somebody, and may be thrown away: it stands in the log itself."""
        ((misses, compared),) = self.env.execute_query(
            SQL(
                "SELECT count(*) FILTER (WHERE resident_id IS NULL), count(*) FROM %s"
                " WHERE id_index IS NOT NULL OR ehr_number IS NOT NULL",
                self._rows(),
            )
        )
        if compared:
            # What led to nobody tells of nobody; beside how many rows there were it would.
            what = self.env._("%(file)s: numbers compared with the register, led to nobody", file=self.file_name)
            counts = {"count": misses, "count_whole": compared}
            self.env["bphs.resident.access"]._enter({"kind": "number", "what": what, **counts})

    def _log_elsewhere(self):
        """Numbers of files the importer may not see: how many a roll asked about is counted in the log."""
        count = sum(self.finding_ids.filtered(lambda finding: finding.kind == ELSEWHERE).mapped("count"))
        if count:
            what = self.env._("%(file)s: numbers kept by other institutions", file=self.file_name)
            self.env["bphs.resident.access"]._enter({"kind": "number", "what": what, "count": count})

    def _log_part(self, count, restricted):
        """One entry for the whole part: who loaded how many files from which roll."""
        self.env["bphs.resident.access"]._record_file("import", self.file_name, count, restricted)
