from odoo import api, fields, models
from odoo.exceptions import ValidationError


class BphsEvaluationItemCase(models.Model):
    _inherit = "bphs.evaluation.item.case"

    count_code = fields.Char(
        string="Counted As", help="Code of what the number of cases is taken over from, where another module counts it."
    )

    @api.constrains("count_code")
    def _check_count_code(self):
        coded = self.filtered("count_code")
        known = coded._known_count_codes() if coded else set()
        for case in coded:
            if case.count_code not in known:
                raise ValidationError(
                    self.env._("%(code)s: nothing that is counted has this code.", code=case.count_code)
                )

    def _known_count_codes(self):
        """:return set: codes by which cases are counted. Modules that count cases add theirs to ``super()``'s."""
        return set()


class BphsEvaluationLine(models.Model):
    """Cases that are counted elsewhere are taken over, not counted a second time."""

    _inherit = "bphs.evaluation.line"

    @api.model
    def _counts_from(self, codes, institutions, period):
        """How often cases were in a period, as other modules count them. Modules add theirs to ``super()``'s.

        :param codes: what cases name as where they are counted
        :return: dict of (code, institution id) -> :class:`~odoo.addons.bphs_evaluation.tools.taken.TakenCount`
        """
        return {}

    def _take_counts(self):
        """Fill in how often cases were that say where they are counted. A line all of whose cases are counted
        elsewhere is entered; of others the rest stays to be entered.
        """
        wanting = self.count_ids.filtered("case_id.count_code")
        for period in wanting.line_id.sheet_id.period_id:
            counts = wanting.filtered(lambda count, period=period: count.line_id.sheet_id.period_id == period)
            codes = set(counts.case_id.mapped("count_code"))
            found = self._counts_from(codes, counts.line_id.institution_id, period)
            for line, mine in counts.grouped("line_id").items():
                line._take_these(
                    {
                        count: found[key]
                        for count in mine
                        if (key := (count.case_id.count_code, line.institution_id.id)) in found
                    }
                )

    def _take_these(self, taken):
        """:param dict taken: cases of this line -> how often they were"""
        if not taken:
            return
        words = "；".join(f"{count.case_id.name} {told.count}（{told.words}）" for count, told in taken.items())
        # sudo: what was counted elsewhere is nobody's to type; whoever enters may enter another number
        for count, told in taken.items():
            count.sudo().write({"count": told.count})  # sudo: as above
        whole = not (self.count_ids - self.env["bphs.evaluation.count"].union(*taken))
        entered = {"status": "entered", "entered_by_id": False} if whole else {}
        self.sudo().write({**entered, "note": words, "reason": False, "reason_accepted_by_id": False})  # sudo: as above
