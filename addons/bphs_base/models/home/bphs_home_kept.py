from datetime import datetime
from typing import NamedTuple

from odoo import api, fields, models, tools

KEPT_MINUTES = 5


class Kept(NamedTuple):
    page: dict
    seen: str
    moment: datetime


class BphsHome(models.AbstractModel):
    """A page is kept for some minutes for whom it was made: it says as of when, as one that was left open would.

    It is forgotten when something that waits changed in the person's institutions, with the county's day, with what is
    remembered of rights, and where the client knows that its user changed something.
    """

    _inherit = "bphs.home"

    @api.model
    @tools.ormcache("self.env.uid", "self.env.lang")
    def _shelf(self):
        """:return dict: a person's place in the memory of this process, emptied with what it remembers of rights"""
        return {}

    def _kept(self):
        """:return: the page that was made before, while it holds; or None"""
        kept = self._shelf().get("kept")
        if not kept or kept.page["day"] != self._county_today().isoformat():
            return None
        told = self.env["bphs.waiting.told"]._is_told(kept.seen, kept.moment, KEPT_MINUTES)
        return None if told else kept.page

    def _keep(self, make):
        seen, moment = self.env["bphs.waiting.told"]._snapshot()
        shelf = self._shelf()  # this one: what becomes known of rights meanwhile empties another
        at = fields.Datetime.context_timestamp(self.with_context(tz="Asia/Shanghai"), moment)
        page = {**make(), "as_of": f"{at:%H:%M}"}
        shelf["kept"] = Kept(page, seen, moment)
        return page
