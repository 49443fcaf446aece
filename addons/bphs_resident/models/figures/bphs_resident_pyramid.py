from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.pyramid import bands_of


class BphsResident(models.Model):
    """A village, a township or the county by age and sex: numbers alone, nobody's name."""

    _inherit = "bphs.resident"

    @api.model
    @api.readonly
    def pyramid(self, division_id, whole=True):
        """Residents living in a division, by bands of five years and sex.

        Counted are the files the user may see; whoever must search for a file still gets the numbers of their scope.

        :param int division_id: a village or any division above
        :param bool whole: with the files for named persons, for one of these
        :return: dict: what `Figures.told` gives and ``labels``, ``male``, ``female`` (lists, youngest first),
            ``unstated``, ``total``, ``undated`` (files without a birth date), ``division`` (name)
        """
        residents = self.browse()
        residents.check_access("read")
        division = self.env["bphs.division"].browse(self._asked_id(division_id)).exists()
        if not division:
            raise UserError(self.env._("There is no such division."))
        domain = [("division_id", "child_of", division.id), ("status", "=", "active")]
        figures = residents._figures(whole)
        # sudo: counted is what the user may see, as the rules say it but for the opening of single files
        query = residents.sudo()._search(figures.domain & Domain(domain) & Domain(residents._age_domain()))
        rows = self.env.execute_query(
            SQL(
                """
                SELECT extract(year FROM age(%s, birth_date))::int AS age, sex, count(*)
                  FROM bphs_resident WHERE id IN %s GROUP BY 1, 2
                """,
                self._county_today(),
                query.subselect(),
            )
        )
        dated = [row for row in rows if row[0] is not None]
        return {
            **figures.told(),
            **bands_of(dated),
            "total": sum(count for __, __, count in rows),
            "undated": sum(count for age, __, count in rows if age is None),
            "division": division.name,
        }

    @api.model
    @api.readonly
    def pyramid_divisions(self):
        """The divisions of the user's scope, for choosing one.

        :return: list of dict ``id``, ``name``, ``level``, ``township`` in the order of their codes
        """
        self.browse().check_access("read")
        return [
            {
                "id": division.id,
                "name": division.name,
                "level": division.level,
                "township": division.parent_id.name if division.level == "village" else "",
            }
            for division in self._divisions_in_scope()
        ]

    def _divisions_in_scope(self):
        """The divisions of the user's institutions and the villages these serve, in the order of their codes."""
        served = self.env["bphs.institution"].search([("active", "=", True)])
        return (served.village_ids | served.division_id).sorted("code")
