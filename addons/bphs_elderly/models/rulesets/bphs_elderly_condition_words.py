from odoo import api, fields, models

from .bphs_elderly_condition import CODE_KINDS


class BphsElderlyCondition(models.Model):
    """A condition in words, as a doctor reads it in the table."""

    _inherit = "bphs.elderly.condition"

    says = fields.Char(string="In Words", compute="_compute_says")

    @api.depends("fact", "operator", "value", "word", "older", "codes", "at_least", "last", "months")
    @api.depends_context("lang")
    def _compute_says(self):
        names = {(row.kind, row.code): row.name for row in self.env["bphs.elderly.code"].search([])}
        labels = {
            name: dict(self._fields[name]._description_selection(self.env)) for name in ("fact", "operator", "word")
        }
        for condition in self:
            kind = CODE_KINDS.get(condition.fact)
            codes = "、".join(names.get((kind, code), code) for code in condition.codes or ())
            condition.says = condition.fact and condition._in_words(codes, labels)

    def _in_words(self, codes, labels):
        _ = self.env._
        fact = labels["fact"][self.fact]
        word = labels["word"].get(self.word, "")
        match self.fact:
            case "control":
                said = _("%(codes)s: the latest %(last)s assessments %(word)s", codes=codes, last=self.last, word=word)
            case "unsettled":
                said = _("%(codes)s without a satisfactory assessment", codes=codes)
            case "event" if self.older:
                return _("%(codes)s longer than %(months)s months ago", codes=codes, months=self.months)
            case "condition" | "social" | "finding" if self.at_least > 1:
                said = _("at least %(number)s of: %(codes)s", number=self.at_least, codes=codes)
            case _ if codes:
                said = _("any of: %(codes)s", codes=codes) if len(self.codes) > 1 else codes
            case _:
                said = f"{fact} {labels['operator'].get(self.operator, '')} {self.value or word}"
        said = " ".join(said.split())
        return _("%(said)s (within %(months)s months)", said=said, months=self.months) if self.months else said
