"""Whatever here waits for a person tells those it concerns when it changes hands."""

from odoo import models


class BphsRectification(models.Model):
    _name = "bphs.rectification"
    _inherit = ["bphs.rectification", "bphs.waiting.mixin"]
    _waiting_fields = ("state", "responsible_id")


class BphsRectificationExtension(models.Model):
    _name = "bphs.rectification.extension"
    _inherit = ["bphs.rectification.extension", "bphs.waiting.mixin"]


class BphsSupervisionLetter(models.Model):
    _name = "bphs.supervision.letter"
    _inherit = ["bphs.supervision.letter", "bphs.waiting.mixin"]


class BphsLookbackLine(models.Model):
    _name = "bphs.lookback.line"
    _inherit = ["bphs.lookback.line", "bphs.waiting.mixin"]
    _waiting_fields = ("verdict",)


class BphsQuarterlyReport(models.Model):
    _name = "bphs.quarterly.report"
    _inherit = ["bphs.quarterly.report", "bphs.waiting.mixin"]
