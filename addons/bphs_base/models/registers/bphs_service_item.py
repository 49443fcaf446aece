from odoo import api, fields, models
from odoo.exceptions import UserError

# The services of the national specification (国家基本公共卫生服务规范), with the two added since.
CATEGORIES = [
    ("health_record", "Health Records"),
    ("education", "Health Education"),
    ("vaccination", "Vaccination"),
    ("child", "Children 0-6"),
    ("maternal", "Maternal Health"),
    ("elderly", "Elderly"),
    ("hypertension", "Hypertension"),
    ("diabetes", "Type 2 Diabetes"),
    ("mental", "Severe Mental Disorders"),
    ("tuberculosis", "Tuberculosis"),
    ("tcm", "Traditional Chinese Medicine"),
    ("infectious", "Infectious Diseases and Emergencies"),
    ("inspection", "Health Supervision Assistance"),
]


class BphsServiceItem(models.Model):
    """An item of the service catalogue that is counted, and may be paid by the piece."""

    _name = "bphs.service.item"
    _description = "Service Item"
    _order = "sequence, code"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True)
    code = fields.Char(required=True, index=True)
    category = fields.Selection(
        CATEGORIES,
        required=True,
        index=True,
        help="One of the categories of the national specification.",
    )
    unit = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    equivalent_ids = fields.One2many("bphs.service.equivalent", "item_id", string="Equivalents")
    equivalent = fields.Float(
        string="Equivalent Today",
        digits=(8, 4),
        compute="_compute_equivalent",
        help="One is a follow-up face to face.",
    )

    _code_uniq = models.Constraint("UNIQUE(code)", "A service item with this code exists already.")

    @api.depends("equivalent_ids.value", "equivalent_ids.date_from")
    def _compute_equivalent(self):
        values = self._equivalents_on(self._county_today())
        for item in self:
            item.equivalent = values.get(item._origin.id, 0)

    def _equivalents_on(self, day):
        """The standard equivalents in force on a day.

        :param date day: usually the last day of a period
        :return: dict of item id -> float with four decimals; an item without equivalent is left out
        """
        dated = self.env["bphs.service.equivalent"].search(
            [("item_id", "in", self.ids), ("date_from", "<=", day)], order="date_from"
        )
        return {equivalent.item_id.id: equivalent.value for equivalent in dated}


class BphsServiceEquivalent(models.Model):
    """Standard equivalent (标化工作量) of an item from a date on. A new value is a new row: old
    periods keep theirs."""

    _name = "bphs.service.equivalent"
    _description = "Standard Equivalent"
    _inherit = ["bphs.in.force.mixin"]
    _order = "item_id, date_from desc"
    _rec_name = "value"

    item_id = fields.Many2one("bphs.service.item", required=True, index=True, ondelete="cascade")
    value = fields.Float(digits=(8, 4), required=True)
    date_from = fields.Date(string="In Force From", required=True)

    _item_date_uniq = models.Constraint(
        "UNIQUE(item_id, date_from)", "This item has an equivalent from this date already."
    )
    _value_positive = models.Constraint("CHECK(value > 0)", "An equivalent is more than zero.")

    def _check_new(self):
        # The first value of an item may reach back; a later one must not change what was counted already.
        firsts = {
            item.id: first
            for item, first in self._read_group([("item_id", "in", self.item_id.ids)], ["item_id"], ["id:min"])
        }
        self.filtered(lambda equivalent: firsts[equivalent.item_id.id] != equivalent.id)._check_future()

    def _in_force_refusal(self):
        return UserError(
            self.env._(
                "%(item)s: an equivalent in force is not changed. Add a new one from a later date.",
                item=self.item_id.name,
            )
        )
