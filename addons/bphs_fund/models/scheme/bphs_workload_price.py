from odoo import api, models


class BphsWorkloadPrice(models.AbstractModel):
    """Work is paid by the scheme that rules its quarter."""

    _inherit = "bphs.workload.price"

    @api.model
    def _prices_on(self, institution, day):
        prices = super()._prices_on(institution, day)
        period = self._quarter_on(day)
        # sudo: what one's own work is paid is no secret to whoever does it
        scheme = self.env["bphs.fund.scheme"].sudo()._for_period(institution, period) if period else None
        return {**prices, **scheme._prices()} if scheme else prices

    @api.model
    def _false_times_on(self, day):
        period = self._quarter_on(day)
        rules = self.env["bphs.fund.false.work"]
        return rules._in_force_on(period.date_start)._times() if period else super()._false_times_on(day)

    @api.model
    def _quarter_on(self, day):
        # sudo: periods are the county's
        periods = self.env["bphs.period"].sudo()
        return periods.search([("kind", "=", "quarter"), ("date_start", "<=", day), ("date_end", ">=", day)], limit=1)
