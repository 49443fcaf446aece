from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.file_state import SENSITIVE_GROUPS, groups_by_age
from ...tools.identity import age_on

RECENT = 12


class BphsResident(models.Model):
    """What the search page shows of whom it found."""

    _inherit = "bphs.resident"

    def _recent(self):
        """The files the user opened last, that they may still see."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT resident_id FROM (
                    SELECT resident_id, id FROM bphs_resident_access
                     WHERE user_id = %s AND resident_id IS NOT NULL ORDER BY id DESC LIMIT 200
                ) AS latest GROUP BY resident_id ORDER BY max(id) DESC LIMIT %s
                """,
                self.env.uid,
                RECENT,
            )
        )
        return self.browse([id_ for (id_,) in rows])._filtered_access("read")

    def _page_rows(self, spans):
        """What the search page shows of each: enough to tell people apart, numbers masked.

        :param dict spans: id -> part of the name that matched
        :return: list of dict
        """
        # sudo: each of these was found within what the user may see; only what stands here is handed out.
        residents = self.sudo()
        residents.fetch(
            [
                "name",
                "sex",
                "birth_date",
                "ehr_number",
                "division_id",
                "institution_id",
                "status",
                "household_id",
                "id_cipher",
                "phone_cipher",
            ]
        )
        # Who must search is told of health and home by the opened file alone.
        told = set((self._filtered_access("read") if self._must_search() else self).ids)
        groups = self.browse(told)._groups_shown()
        today = self._county_today()
        return [
            {
                "id": resident.id,
                "name": resident.name,
                "span": spans.get(resident.id) or False,
                "sex": resident.sex,
                "age": age_on(resident.birth_date, today) if resident.birth_date else False,
                "birth_date": fields.Date.to_string(resident.birth_date) or False,
                "ehr_number": resident.ehr_number,
                "id_masked": resident.id_masked,
                "phone_masked": resident.phone_masked,
                "village": resident.division_id.name,
                "institution": resident.institution_id.name,
                "household": resident.id in told and resident.household_id.number or False,
                "status": resident.status,
                "groups": groups.get(resident.id, []),
            }
            for resident in residents
        ]

    def _groups_shown(self):
        """:return: dict of id -> kinds of the key groups in force, without those only named persons see"""
        kinds = Domain("resident_id", "in", self.ids) & self._in_force()
        if not self.env.user.has_group("bphs_resident.group_sensitive"):
            kinds &= Domain("kind", "not in", sorted(SENSITIVE_GROUPS))
        # sudo: as for the rows themselves
        found = self.env["bphs.resident.group"].sudo().search_fetch(kinds, ["resident_id", "kind"])
        today = self._county_today()
        shown = {resident.id: groups_by_age(resident.birth_date, today) for resident in self}
        for membership in found:
            kinds = shown[membership.resident_id.id]
            if membership.kind not in kinds:
                kinds.append(membership.kind)
        return shown
