from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.rate import Population, Rate

from ...tools import file_state

FILE = "file"
# What the files of a county are reckoned over: the register itself, or a population somebody answers for.
FILE_BASES = (FILE, "permanent", "funding", "signing")
_NOTHING = (0, 0, 0, 0)


class BphsResident(models.Model):
    """The register in figures: how many files, how good they are, how much they are used.

    Numbers alone, nobody's name. Each rate comes with its numerator and what it is reckoned over; one above 100 % says
    that the two do not fit, and is shown as it is. Sources: national specification of basic public health services,
    residents' health records (建档率, 使用率); the national target table divides the files up to standard by the
    permanent residents, some counties by the files: so the base is chosen, and named.
    """

    _inherit = "bphs.resident"

    @api.model
    @api.readonly
    def indicators(self, division_id, basis=FILE, whole=True):
        """The figures of a division within the user's scope, and of those right below it.

        :param int division_id: a village or any division above
        :param str basis: of FILE_BASES: what files and files up to standard are reckoned over
        :param bool whole: with the files for named persons, for one of these
        :return: dict: what `Figures.told` gives, ``division`` (name), ``bases`` (list of [value, label]), ``rows``, the
            division first: ``id``, ``name``, ``files``, ``over`` (the population, as a report prints it, or empty) and
            the rates ``filed``, ``standardised``, ``in_use``, ``opened``, each a dict ``shown``, ``counts`` and
            ``alert`` (empty where nothing is wrong); ``alerts`` (list of [name, text])
        :raise AccessError: no right to files, or the division is not within the user's scope
        """
        self.browse().check_access("read")
        asked = self._asked_id(division_id)
        division = self._divisions_in_scope().filtered(lambda one: one.id == asked)
        if not division:
            raise AccessError(self.env._("This division is not within your scope."))
        basis = basis if basis in FILE_BASES else FILE
        parts = division | self.env["bphs.division"].search([("parent_id", "=", division.id)], order="code")
        figures = self._figures(whole)
        counts = self._count_files(division, figures)
        over = self._reckoned_over(basis, parts, counts)
        rows = [self._figures_of(part, counts.get(part.id, _NOTHING), over.get(part.id)) for part in parts]
        bases = self.env["bphs.population"]._fields["basis"]._description_selection(self.env)
        return {
            "division": division.name,
            "bases": [[value, label] for value, label in bases if value in FILE_BASES],
            "rows": rows,
            "alerts": [
                [row["name"], row[rate]["alert"]]
                for row in rows
                for rate in ("filed", "standardised")
                if row[rate]["alert"]
            ],
            **figures.told(),
        }

    def _figures_of(self, part, counted, over):
        files, standardised, in_use, opened = counted
        register = self._register_population(files)
        return {
            "id": part.id,
            "name": part.name,
            "files": files,
            "over": over.label if over else "",
            "filed": _told(Rate(files, over)),
            "standardised": _told(Rate(standardised, over)),
            "in_use": _told(Rate(in_use, register)),
            "opened": _told(Rate(opened, register)),
        }

    def _register_population(self, files):
        return Population(files, self.env._("files"), self.env._("this register"), self._county_today())

    def _reckoned_over(self, basis, parts, counts):
        """:return: dict of division id -> Population, of those that have one"""
        if basis == FILE:
            return {part.id: self._register_population(counts.get(part.id, _NOTHING)[0]) for part in parts}
        # sudo: whoever may see a rate may see what it is reckoned over
        figures = self.env["bphs.population"].sudo()._for_each(basis, parts, self._county_today())
        return {division_id: figure._as_population() for division_id, figure in figures.items()}

    def _count_files(self, division, figures):
        """:return: dict of division id -> (files, up to standard, in use, opened), of a division and its children"""
        self.flush_model(["division_id", "standardised", "last_service_on", "file_created_on", "opened_on"])
        domain = Domain("division_id", "child_of", division.id) & Domain("status", "=", "active")
        # sudo: counted is the user's scope; a number tells of nobody
        query = self.sudo()._search(domain & figures.domain)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT d.parent_path, count(*), count(*) FILTER (WHERE r.standardised),
                       count(*) FILTER (WHERE greatest(r.last_service_on, r.file_created_on) > %s),
                       count(*) FILTER (WHERE r.opened_on IS NOT NULL)
                  FROM bphs_resident r JOIN bphs_division d ON d.id = r.division_id
                 WHERE r.id IN %s
                 GROUP BY d.id
                """,
                file_state.months_before(self._county_today(), file_state.DYNAMIC_MONTHS),
                query.subselect(),
            )
        )
        counts = {}
        for path, *counted in rows:
            above = [int(id_) for id_ in path.strip("/").split("/")]
            place = above.index(division.id)
            for id_ in above[place : place + 2]:
                counts[id_] = tuple(map(sum, zip(counts.get(id_, _NOTHING), counted, strict=True)))
        return counts


def _told(rate):
    """A rate as the page shows it; that there is nothing to reckon it over is no alert."""
    known = rate.exact is not None
    return {
        "shown": rate.shown(),
        "counts": f"{rate.numerator:,} / {rate.over.number:,}" if known else "",
        "alert": rate.alert if known else "",
    }
