from odoo import Command, api, fields, models

from .bphs_visit_form import CHOSEN, MEASURED

PRESSURE = ("systolic", "diastolic")


class BphsVisit(models.Model):
    """What the last record said, beside the new one, and what is carried over from it."""

    _inherit = "bphs.visit"

    last_words = fields.Char(string="Last Time", compute="_compute_last_words")

    @api.depends("resident_id", "template_id", "state")
    def _compute_last_words(self):
        for visit in self:
            last = visit._last() if visit.state == "draft" else self.browse()
            visit.last_words = last._words() if last else False

    @api.onchange("resident_id", "template_id")
    def _onchange_carried(self):
        last = self._last()
        if not last:
            return
        self.height = self.height or last.height
        if not self.medicine_ids:
            carried = ("name", "kind", "times_a_day", "dose", "dose_unit")
            self.medicine_ids = [
                Command.create({name: medicine[name] for name in carried}) for medicine in last.medicine_ids
            ]

    def _last(self):
        """:return: the latest record of this resident that has the same form or a blood pressure, but for this one"""
        self.ensure_one()
        resident = self.resident_id._origin
        if not resident or not self.template_id:
            return self.browse()
        if not self._origin:
            # What stands there is shown with a new record: its file is opened by that.
            resident._log_opening()
        alike = ["|", ("template_id.code", "=", self.template_id.code), ("systolic", ">", 0)]
        own = [("resident_id", "=", resident.id), ("state", "=", "done"), ("id", "!=", self._origin.id)]
        return self.search([*own, *alike], order="done_on desc, id desc", limit=1)

    def _words(self):
        self.ensure_one()
        told = [fields.Date.to_string(self.done_on)]
        if all(self[name] for name in PRESSURE):
            told.append(f"{self.systolic}/{self.diastolic} mmHg")
        for name in (*MEASURED, *CHOSEN):
            if self[name] and name not in PRESSURE:
                field = self._fields[name]
                words = (
                    dict(field._description_selection(self.env))[self[name]] if name in CHOSEN else f"{self[name]:g}"
                )
                told.append(f"{field._description_string(self.env)} {words}")
        return " · ".join(told)
