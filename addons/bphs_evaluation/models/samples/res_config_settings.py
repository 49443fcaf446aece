from odoo import fields, models

from ...tools.penalties import Ladder
from .bphs_evaluation_sample_fill import SOFT_DOUBTS

USUAL = Ladder()


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    bphs_untrue_zero = fields.Integer(
        string="Untrue Records: Item Nothing (%)", config_parameter="bphs_evaluation.zero", default=USUAL.zero
    )
    bphs_untrue_cap = fields.Integer(
        string="Untrue Records: Cap (%)", config_parameter="bphs_evaluation.cap", default=USUAL.cap
    )
    bphs_untrue_veto = fields.Integer(
        string="Untrue Records: Veto (%)", config_parameter="bphs_evaluation.veto", default=USUAL.veto
    )
    bphs_untrue_partly = fields.Integer(
        string="A Partly Untrue Record Counts (%)", config_parameter="bphs_evaluation.partly", default=USUAL.partly
    )
    bphs_untrue_unverifiable = fields.Integer(
        string="Unverifiable Records Count by Half over (%)",
        config_parameter="bphs_evaluation.unverifiable",
        default=USUAL.unverifiable,
    )
    bphs_soft_doubts = fields.Integer(
        string="A Unit Looks Abnormal from So Many Doubts",
        config_parameter="bphs_evaluation.soft_doubts",
        default=SOFT_DOUBTS,
    )
