from odoo import models
from odoo.tools import SQL

from .bphs_resident_import_match import NEW


class BphsResidentImport(models.Model):
    """Numbers for new files of a roll that brings none."""

    _inherit = "bphs.resident.import"

    def _number_files(self, part):
        """Draw the numbers of new files that came without one."""
        wanting = self.env.execute_query(
            SQL(
                "SELECT s.division_id, array_agg(s.number ORDER BY s.number) FROM %s s"
                " WHERE %s AND s.outcome = %s AND s.ehr_number IS NULL GROUP BY s.division_id",
                self._rows(),
                part,
                NEW,
            )
        )
        for division_id, rows in wanting:
            division = self.env["bphs.division"].browse(division_id)
            counter = self.env["bphs.village.counter"].sudo()  # sudo: nobody draws numbers by hand
            numbers = counter._draw(division, "resident", len(rows), self._numbers_stated(division))
            self.env.cr.execute(
                SQL(
                    "UPDATE %s s SET ehr_number = n.ehr_number"
                    " FROM unnest(%s, %s) AS n(number, ehr_number) WHERE s.number = n.number",
                    self._rows(),
                    rows,
                    numbers,
                )
            )

    def _numbers_stated(self, division):
        """The numbers the roll itself brings for a village, of this part and later ones."""
        stated = SQL(
            "SELECT ehr_number FROM %s WHERE ehr_number >= %s AND ehr_number <= %s",
            self._rows(),
            division.code + "0",
            division.code + "99999",
        )
        return {number for (number,) in self.env.execute_query(stated)}
