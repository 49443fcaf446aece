from odoo import api, fields, models

from ...tools.outside.columns import COMPARED


class BphsOutsideRecord(models.Model):
    """What another system says of a person on a day (外部诊疗数据): pressure, glucose, HbA1c, medicines.

    It is compared with the records of the services and merged into none: it closes nothing, counts for nothing and
    judges nobody. Its medicines are offered to the next record, where a doctor takes them over.
    """

    _name = "bphs.outside.record"
    _description = "Outside Record"
    _inherit = ["bphs.readable.links.mixin", "bphs.logged.reading.mixin"]
    _order = "seen_on desc, id desc"
    _tells_of = "resident_id"

    resident_id = fields.Many2one("bphs.resident", required=True, readonly=True, ondelete="restrict")
    system_id = fields.Many2one("bphs.outside.system", required=True, readonly=True, ondelete="restrict")
    seen_on = fields.Date(string="Day", required=True, readonly=True)
    place = fields.Char(string="Seen At", readonly=True)
    systolic = fields.Integer(readonly=True, aggregator=None, help="mmHg")
    diastolic = fields.Integer(readonly=True, aggregator=None, help="mmHg")
    fasting_glucose = fields.Float(digits=(5, 2), readonly=True, aggregator=None, help="mmol/L")
    postprandial_glucose = fields.Float(
        string="Glucose After Meals", digits=(5, 2), readonly=True, aggregator=None, help="mmol/L"
    )
    random_glucose = fields.Float(digits=(5, 2), readonly=True, aggregator=None, help="mmol/L")
    hba1c = fields.Float(string="HbA1c", digits=(4, 1), readonly=True, aggregator=None, help="Per cent.")
    medicine_ids = fields.One2many("bphs.outside.medicine", "record_id", string="Medicines", readonly=True)
    words = fields.Char(string="What It Says", compute="_compute_words")

    _resident_index = models.Index("(resident_id, seen_on)")
    # What authenticity compares: of a quarter, those with a pressure, glucose or HbA1c.
    _seen_index = models.Index("(seen_on)")

    # === COMPUTE METHODS === #

    def _compute_display_name(self):
        for record in self:
            # sudo: what the system is called, whoever may look after it
            where = record.place or record.system_id.sudo().name
            record.display_name = " ".join(filter(None, (str(record.seen_on or ""), where)))

    def _compute_words(self):
        for record in self:
            told = []
            if record.systolic and record.diastolic:
                told.append(f"{record.systolic}/{record.diastolic} mmHg")
            told += [
                f"{self._fields[name]._description_string(self.env)} {record[name]:g}"
                for name in COMPARED
                if name not in ("systolic", "diastolic") and record[name]
            ]
            told += [medicine.words for medicine in record.medicine_ids]
            record.words = " · ".join(told)

    # === HELPERS === #

    def _move_to_resident(self, name, survivor):
        # What was said stays as it was; whose file it is in is not part of it.
        self.write({name: survivor.id})
        return self.browse()


class BphsOutsideMedicine(models.Model):
    """A medicine of an outside record, and the service record it was taken over into."""

    _name = "bphs.outside.medicine"
    _description = "Medicine of an Outside Record"
    _inherit = ["bphs.medicine.mixin", "bphs.readable.links.mixin", "bphs.logged.reading.mixin"]
    _order = "record_id, id"
    _rec_name = "name"
    _tells_of = "record_id.resident_id"

    record_id = fields.Many2one("bphs.outside.record", required=True, readonly=True, index=True, ondelete="cascade")
    name = fields.Char(string="Medicine", required=True, readonly=True)
    times_a_day = fields.Float(readonly=True)
    dose = fields.Float(readonly=True)
    dose_unit = fields.Char(readonly=True)
    words = fields.Char(compute="_compute_words")

    @api.depends("name", "usage")
    def _compute_words(self):
        for medicine in self:
            medicine.words = " ".join(filter(None, (medicine.name, medicine.usage)))
