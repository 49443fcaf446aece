from odoo import api, models
from odoo.exceptions import UserError


class BphsInForceMixin(models.AbstractModel):
    """A setting that holds from its `date_from` on: once that day has come it is neither changed nor deleted.

    A new value is a new row from a later day, so that what was counted before stays as it was. A model names in
    `_in_force_writable` what may still be written, its end say, lets with `_begins_earlier` new rows begin on a day
    gone by, and says in `_in_force_refusal` what to do instead.
    """

    _name = "bphs.in.force.mixin"
    _description = "Not Changed Once in Force"

    _in_force_writable = ()
    _begins_earlier = False

    @api.model_create_multi
    def create(self, vals_list):
        made = super().create(vals_list)
        made._check_new()
        return made

    def write(self, vals):
        # Whoever has no right to it is told that first, and nothing about what is in force.
        self.check_access("write")
        if set(vals) - set(self._in_force_writable):
            self._check_future()
        result = super().write(vals)
        if not self._begins_earlier:
            self._check_future()
        return result

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_in_force(self):
        self._check_future()

    def _check_new(self):
        """:raise UserError: one of these new rows would change what was counted already"""
        if not self._begins_earlier:
            self._check_future()

    def _check_future(self):
        """:raise UserError: one of these is in force"""
        for setting in self:
            if setting.date_from <= self._county_today():
                raise setting._in_force_refusal()

    @api.model
    def _in_force_on(self, day):
        """:return: the row that rules a day of the county, or none"""
        # sudo: it holds for the whole county, whoever asks
        return self.sudo().search([("date_from", "<=", day)], order="date_from desc", limit=1)

    def _in_force_refusal(self):
        """:return UserError: says of one row that it stays as it is, and what to do instead"""
        return UserError(self.env._("What is in force is not changed. Add a row from a later day."))
