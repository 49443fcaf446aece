from odoo import api, fields, models


class BphsMedicineMixin(models.AbstractModel):
    """How a medicine is taken, as the service forms ask and people say it: 每日1次，每次5mg."""

    _name = "bphs.medicine.mixin"
    _description = "Taken So Often, So Much"

    times_a_day = fields.Float(digits=(4, 1), aggregator=None)
    dose = fields.Float(digits=(8, 3), aggregator=None, help="Each time.")
    dose_unit = fields.Char()
    usage = fields.Char(string="How It Is Taken", compute="_compute_usage")

    @api.depends("times_a_day", "dose", "dose_unit")
    @api.depends_context("lang")
    def _compute_usage(self):
        for medicine in self:
            times, dose = (f"{value:.3f}".rstrip("0").rstrip(".") for value in (medicine.times_a_day, medicine.dose))
            if medicine.times_a_day and medicine.dose:
                words = self.env._(
                    "%(times)s a day, %(dose)s%(unit)s each", times=times, dose=dose, unit=medicine.dose_unit or ""
                )
            elif medicine.times_a_day:
                words = self.env._("%(times)s a day", times=times)
            elif medicine.dose:
                words = self.env._("%(dose)s%(unit)s each time", dose=dose, unit=medicine.dose_unit or "")
            else:
                words = ""
            medicine.usage = words
