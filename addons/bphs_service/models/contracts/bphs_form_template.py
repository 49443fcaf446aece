from odoo import fields, models

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_team.tools.promises import SERVICE_KINDS

from ..forms.bphs_form_template import TYPED

ALL_TYPED = (*TYPED, "service_kind")


class BphsFormTemplate(models.Model):
    """Which kind of family-doctor service a record of the form is, so that it keeps what a contract promises."""

    _inherit = "bphs.form.template"
    _writable = {"draft": {ANYBODY: ALL_TYPED}, "published": {ANYBODY: ("sequence",)}}
    _given_at_creation = (*ALL_TYPED, "version")

    service_kind = fields.Selection(
        SERVICE_KINDS, string="Kind of Contract Service", help="Left empty where the form itself asks it."
    )
