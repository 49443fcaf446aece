from odoo import models
from odoo.tools import SQL

from odoo.addons.bphs_base.models.registers.bphs_institution import CLINIC_KINDS, TOWNSHIP_KINDS


class BphsInstitution(models.Model):
    _inherit = "bphs.institution"

    def write(self, vals):
        result = super().write(vals)
        if {"village_ids", "kind", "parent_id", "active"} & set(vals):
            self._move_residents()
        return result

    def _set_responsible(self, records):
        """Set `institution_id` and `township_id` of residents or households from their villages."""
        responsible = self._responsible(records.division_id.ids)
        for record in records:
            record.institution_id, record.township_id = responsible.get(record.division_id.id, (False, False))

    def _responsible(self, division_ids=None):
        """Who serves which village.

        A clinic before a hospital, then the lower code; where nobody names the village, the hospital of its township.

        :param division_ids: only these villages; None is all
        :return: dict of village id -> (institution id, id of the institution that leads it or itself)
        """
        self.flush_model(["village_ids", "kind", "parent_id", "township_id", "division_id", "active", "code"])
        only = SQL() if division_ids is None else SQL("AND d.id = ANY(%s)", list(division_ids))
        field = self._fields["village_ids"]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (d.id) d.id, i.id, coalesce(i.township_id, i.id)
                  FROM (SELECT %(village)s AS village, %(institution)s AS institution, TRUE AS named FROM %(served)s
                         UNION ALL
                        SELECT lying.id, seat.id, FALSE
                          FROM bphs_division lying
                          JOIN bphs_institution seat
                            ON seat.division_id = lying.parent_id AND seat.kind = ANY(%(townships)s)) one
                  JOIN bphs_division d ON d.id = one.village
                  JOIN bphs_institution i ON i.id = one.institution
                 WHERE i.active AND d.level = 'village' %(only)s
                 ORDER BY d.id, one.named DESC, (i.kind = ANY(%(clinics)s)) DESC, i.code
                """,
                institution=SQL.identifier(field.column1),
                village=SQL.identifier(field.column2),
                served=SQL.identifier(field.relation),
                townships=list(TOWNSHIP_KINDS),
                clinics=list(CLINIC_KINDS),
                only=only,
            )
        )
        return {division: (institution, township) for division, institution, township in rows}

    def _move_residents(self):
        """Let files and households follow when villages are served by another, or a clinic is led by another."""
        for name in ("bphs.household", "bphs.resident"):
            # All files of the villages move, also those the user may not see; the right to it is that to write here.
            model = self.env[name].sudo()
            held = model._read_group([], ["division_id", "institution_id", "township_id"], ["__count"])
            responsible = self._responsible([division.id for division, *__ in held])
            wrong = [
                division.id
                for division, institution, township, __ in held
                if responsible.get(division.id, (institution.id, township.id)) != (institution.id, township.id)
            ]
            if wrong:
                moved = model.with_context(active_test=False).search([("division_id", "in", wrong)])
                moved.modified(["division_id"])
