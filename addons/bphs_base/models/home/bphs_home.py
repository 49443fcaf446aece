from odoo import api, models
from odoo.fields import Domain

from ...tools.home import in_wan, is_lost_in_wan, merged, to_the_fen
from ...tools.money import to_decimal


class BphsHome(models.AbstractModel):
    """The first page of a person (工作台): what waits for them, then cards with the figures of their work.

    Modules add cards by :meth:`_cards`. Which cards a person has follows from their roles, and every figure from what
    their own record rules show.
    """

    _name = "bphs.home"
    _description = "First Page"

    # === HOOK === #

    @api.model
    def _cards(self):
        """The cards of the user of this environment. Modules add theirs to ``super()``'s.

        Ask :meth:`res.users._holds_role` first: a card that nobody looks at costs nothing then.

        :return list: of :class:`odoo.addons.bphs_base.tools.home.Card`
        """
        return []

    @api.model
    def _instead(self):
        """:return str: XML id of an action that takes the place of the first page for this user; empty: none does"""
        return ""

    # === FOR THE CLIENT === #

    @api.model
    @api.readonly
    def load(self):
        """The first page of the user.

        :return dict: ``person``, ``day``, ``waiting`` (rows of `bphs.waiting`), ``cards``: dicts of ``key``, ``title``,
            ``lines``, ``chart``, ``note``, ``wide``; or ``instead`` alone, the action to open in its place
        """
        if instead := self._instead():
            return {"instead": instead}
        return {
            "person": self.env.user.name,
            "day": self._county_today().isoformat(),
            "waiting": self.env["bphs.waiting"]._rows(),
            "cards": [told for card in merged(self._cards()) if (told := self._told(card))],
        }

    def _told(self, card):
        lines = [told for line in card.lines if (told := self._told_line(line))]
        if not lines and not card.chart:
            return None
        return {
            "key": card.key,
            "title": card.title,
            "lines": lines,
            "chart": card.chart or False,
            "note": card.note,
            "wide": card.wide,
        }

    def _told_line(self, line):
        if line.model and not self.env[line.model].has_access("read"):
            return None
        told = {"label": line.label, "unit": line.unit, "tone": line.tone, "exact": ""}
        told |= {"action": line.action, "model": line.model, "domain": list(Domain(line.domain))}
        if line.value is not None:
            return {**told, "figure": line.value}
        figure = self._figure(line)
        if not figure:
            told["tone"] = "muted" if line.tone else ""  # nothing is neither good nor bad
        elif line.if_any:
            told["tone"] = line.if_any
        if line.yuan or (line.money and is_lost_in_wan(figure)):
            return {**told, "figure": to_the_fen(figure), "exact": to_the_fen(figure), "unit": self.env._("yuan")}
        if line.money:
            told["exact"] = to_the_fen(figure)
            return {**told, "figure": in_wan(figure), "unit": line.unit or self.env._("10,000 yuan")}
        return {**told, "figure": f"{figure:,}"}

    def _figure(self, line):
        """:return: int or Decimal, by one query"""
        records = self.env[line.model]
        if not line.measure:
            return records.search_count(line.domain)
        ((amount,),) = records._read_group(line.domain, [], [f"{line.measure}:sum"])
        return to_decimal(amount or 0) * line.sign
