from odoo import fields, models

from ...tools import quarterly_report, verification
from ...tools.deadlines import DEFAULT_DAYS, DEFAULT_REPEAT_DAYS


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    bphs_days_immediate = fields.Integer(
        string="Days to Rectify at Once",
        config_parameter="bphs_rectification.days_immediate",
        default=DEFAULT_DAYS["immediate"],
    )
    bphs_days_limited = fields.Integer(
        string="Days to Rectify within a Term",
        config_parameter="bphs_rectification.days_limited",
        default=DEFAULT_DAYS["limited"],
    )
    bphs_days_ongoing = fields.Integer(
        string="Days of Continuous Rectification",
        config_parameter="bphs_rectification.days_ongoing",
        default=DEFAULT_DAYS["ongoing"],
    )
    bphs_days_verification = fields.Integer(
        string="Working Days to Verify Proof",
        config_parameter="bphs_rectification.days_verification",
        default=verification.DEFAULT_DAYS,
    )
    bphs_days_quarterly_report = fields.Integer(
        string="Working Days to Hand In a Quarterly Report",
        config_parameter="bphs_rectification.days_quarterly_report",
        default=quarterly_report.DEFAULT_DAYS,
    )
    bphs_mail_reminders = fields.Boolean(
        string="Reminders by E-Mail",
        config_parameter="bphs_rectification.mail_reminders",
        help="Beside the activities; sent where an outgoing mail server is set up.",
    )
    bphs_repeat_days = fields.Integer(
        string="Days within Which a Problem Is a Repeat",
        config_parameter="bphs_rectification.repeat_days",
        default=DEFAULT_REPEAT_DAYS,
    )
