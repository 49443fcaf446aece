from odoo import api, fields, models

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY

from ...tools.facts import COMPLICATIONS, CONDITIONS, SENSITIVE
from .bphs_dated_fact_mixin import GIVEN

WRITTEN = ("date_from", "date_to", "place", "stage", "note")


class BphsCondition(models.Model):
    """A disease or complication of a resident (疾病与并发症): since when, found where, at which stage, until when."""

    _name = "bphs.condition"
    _description = "Condition"
    _inherit = ["bphs.running.fact.mixin"]
    _rec_name = "kind"
    _order = "resident_id, date_to desc, date_from, id"
    _writable = {"recorded": {ANYBODY: WRITTEN}, "voided": {}}
    _given_at_creation = (*GIVEN, *WRITTEN)

    kind = fields.Selection(CONDITIONS, required=True)
    date_from = fields.Date(string="Diagnosed On")
    place = fields.Char(string="Diagnosed At", size=100)
    stage = fields.Char(size=50, help="Stage, grade or class, as the diagnosis says.")
    sensitive = fields.Boolean(compute="_compute_of_kind", store=True, precompute=True)
    is_complication = fields.Boolean(string="Complication", compute="_compute_of_kind", store=True, precompute=True)

    _dates_check = models.Constraint("CHECK(date_to >= date_from)", "A condition cannot end before it began.")
    # What ends is ended before it begins anew.
    _open_uniq = models.UniqueIndex(
        "(resident_id, kind) WHERE date_to IS NULL AND state = 'recorded'", "This condition stands in the file already."
    )
    _set_index = models.Index("(resident_id, kind, date_from, date_to) WHERE state = 'recorded'")

    # === COMPUTE METHODS === #

    @api.depends("kind")
    def _compute_of_kind(self):
        for condition in self:
            condition.sensitive = condition.kind in SENSITIVE
            condition.is_complication = condition.kind in COMPLICATIONS
