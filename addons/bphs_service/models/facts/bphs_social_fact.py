from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY

from ...tools.facts import SOCIAL_MARKS, SOCIALS
from .bphs_dated_fact_mixin import GIVEN

WRITTEN = ("date_from", "date_to", "note")


class BphsSocialFact(models.Model):
    """A circumstance a resident lives in (社会情况): alone, without a carer, poor, disabled, bedridden."""

    _name = "bphs.social.fact"
    _description = "Social Fact"
    _inherit = ["bphs.running.fact.mixin"]
    _rec_name = "kind"
    _order = "resident_id, date_to desc, date_from, id"
    _writable = {"recorded": {ANYBODY: WRITTEN}, "voided": {}}
    _given_at_creation = (*GIVEN, *WRITTEN)

    kind = fields.Selection(SOCIALS, required=True)

    _dates_check = models.Constraint("CHECK(date_to >= date_from)", "A social fact cannot end before it began.")
    _open_uniq = models.UniqueIndex(
        "(resident_id, kind) WHERE date_to IS NULL AND state = 'recorded'", "This fact stands in the file already."
    )
    _set_index = models.Index("(resident_id, kind, date_from, date_to) WHERE state = 'recorded'")

    # === CONSTRAINTS === #

    @api.constrains("date_to")
    def _check_date_to(self):
        # The register's marks know no day: they go when the end is entered.
        today = self._county_today()
        for fact in self:
            if fact.kind in SOCIAL_MARKS and fact.date_to and fact.date_to > today:
                raise ValidationError(self.env._("%(fact)s: enter its end when it has come.", fact=fact.display_name))
