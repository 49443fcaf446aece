from odoo import fields, models

FOUND_BY = ("nickname", "landmark")


class BphsHousehold(models.Model):
    """How a house is found: what the village calls it, what stands beside it, where it comes on the way."""

    _inherit = "bphs.household"

    nickname = fields.Char(size=50, help="What the village calls the house or its people.")
    landmark = fields.Char(size=100, help="What one sees beside it.")
    door_order = fields.Integer(aggregator=None, help="Where it comes on the way through the village.")

    def _read_format(self, fnames, load="_classic_read"):
        # As an address does, it tells of the people.
        if not self.env.su and set(FOUND_BY) & set(fnames):
            self.env["bphs.resident"].search([("household_id", "in", self._origin.ids)])._log_reading()
        return super()._read_format(fnames, load=load)

    def _house_words(self):
        """:return str: how to find it, in words"""
        return " · ".join(filter(None, (self.nickname, self.landmark, self.address)))
