from odoo import api, models


class BphsWorkloadPrice(models.AbstractModel):
    """What a piece of work is paid: asked here, answered by whatever settles; else work is told in equivalents."""

    _name = "bphs.workload.price"
    _description = "Prices of Work"

    @api.model
    def _prices_on(self, institution, day):
        """What one piece of each service item is paid to an institution for work done on a day.

        :return: dict of item id -> Decimal, yuan; an item without a price is left out
        """
        return {}

    @api.model
    def _false_times_on(self, day):
        """How many times its price work is deducted that was said to be done on a day and was not.

        :return: Decimal; None where it is not paid, and nothing more
        """
        return None
