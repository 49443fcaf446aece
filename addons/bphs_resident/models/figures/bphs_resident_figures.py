from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain


class Figures(NamedTuple):
    """What a figure counts, and how that is said beside it.

    ``domain``: of `bphs.resident`; ``whole``: with the files for named persons; ``choose``: the user may have either;
    ``mark``: a line to be shown with every figure.
    """

    domain: Domain
    whole: bool
    choose: bool
    mark: str

    def told(self):
        """What a page needs to say it."""
        return {"whole": self.whole, "choose": self.choose, "mark": self.mark}


class BphsResident(models.Model):
    """Every figure stands in two forms: with the files for named persons, and without.

    Set against a list that leaves such files out, the first would tell how many there are, and in a small village who.
    So whoever is no named person gets the second everywhere, whatever is asked for; a named person gets the first, or
    the second for showing to others. Modules that count, rate or group residents count what `_figures` gives.
    """

    _inherit = "bphs.resident"

    @api.model
    def _figures(self, whole=True):
        """What a figure for the current user counts: their scope, children too, of whom a number tells nothing.

        :param bool whole: with the files for named persons, where the user is one
        :return: Figures
        """
        named = self.env.user.has_group("bphs_resident.group_sensitive")
        whole = bool(whole) and named
        domain = Domain(self._scope_domain())
        if not whole:
            domain &= Domain("restricted", "=", False)
        mark = (
            self.env._("With the files for named persons (severe mental illness, tuberculosis). Not for passing on.")
            if whole
            else self.env._("Without the files for named persons (severe mental illness, tuberculosis).")
        )
        return Figures(domain, whole, named, mark)
