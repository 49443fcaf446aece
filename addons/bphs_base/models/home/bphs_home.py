from odoo import api, models
from odoo.fields import Domain

from ...tools.home import in_wan, is_lost_in_wan, merged, to_the_fen
from ...tools.money import to_decimal
from .asked_together import Question, answers


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
    def load(self, kept=False):
        """The first page of the user.

        :param bool kept: the page of some minutes ago will do, where nothing was told since (:meth:`_kept`)
        :return dict: ``person``, ``day``, ``as_of`` (the county's time), ``waiting`` (rows of `bphs.waiting`),
            ``cards``: dicts of ``key``, ``title``, ``lines``, ``chart``, ``note``, ``wide``; or ``instead`` alone, the
            action to open in its place
        """
        if instead := self._instead():
            return {"instead": instead}
        return (kept and self._kept()) or self._keep(self._page)

    def _page(self):
        return {
            "person": self.env.user.name,
            "day": self._county_today().isoformat(),
            "waiting": self.env["bphs.waiting"]._rows(),
            "cards": self._told(merged(self._cards())),
        }

    def _told(self, cards):
        """:return: list of dict, the cards as they are told, without what one may not read or what is empty"""
        shown = [(card, [line for line in card.lines if self._may_read(line)]) for card in cards]
        figures = iter(self._figures([line for _card, lines in shown for line in lines]))
        return [
            {
                "key": card.key,
                "title": card.title,
                "lines": [self._told_line(line, next(figures)) for line in lines],
                "chart": card.chart or False,
                "note": card.note,
                "wide": card.wide,
            }
            for card, lines in shown
            if lines or card.chart
        ]

    def _may_read(self, line):
        return not line.model or self.env[line.model].has_access("read")

    def _told_line(self, line, figure):
        told = {"label": line.label, "unit": line.unit, "tone": line.tone, "exact": ""}
        told |= {"action": line.action, "model": line.model, "domain": list(Domain(line.domain))}
        if line.value is not None:
            return {**told, "figure": line.value}
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

    def _figures(self, lines):
        """:return: list of what each line comes to: int, Decimal, or None of those that say their value"""
        counted = [line for line in lines if line.value is None]
        asked = [Question(line.model, line.domain, amount=line.measure) for line in counted]
        found = {
            id(line): to_decimal(answer.amount or 0) * line.sign if line.measure else answer.count
            for line, answer in zip(counted, answers(self.env, asked), strict=True)
        }
        return [found.get(id(line)) for line in lines]
