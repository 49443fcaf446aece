from odoo import api, models
from odoo.fields import Domain

from ...tools.home import to_the_fen
from .asked_together import Question, answers


class BphsWaiting(models.AbstractModel):
    """What waits for whom (待办): one list for whatever the suite asks a person to do.

    A module says what may wait by :meth:`_waits`; counting, the badge in the top bar, the first page and the list
    behind each count are here. Counted is what the person's own rights and record rules show.
    """

    _name = "bphs.waiting"
    _description = "What Waits for a Person"

    # === HOOK === #

    @api.model
    def _waits(self):
        """What may wait for the user of this environment. Modules add theirs to ``super()``'s.

        Only for whom the kind is meant at all: ask :meth:`res.users._holds_role` first, so that nothing is counted in
        vain. Which records those are is for the domain to say, and for the record rules.

        :return list: of :class:`odoo.addons.bphs_base.tools.home.Wait`
        """
        return []

    # === FOR THE CLIENT === #

    @api.model
    @api.readonly
    def count(self):
        """:return int: how many things wait for the user, of all kinds; the badge in the top bar"""
        return sum(row["count"] for row in self._rows())

    @api.model
    def _rows(self):
        """What waits for the user, the latest and most urgent first.

        :return list: dicts of ``key``, ``name``, ``count``, ``date`` (the worst; text or False), ``days`` (until it,
            below zero where it has passed), ``since`` (text or False), ``amount`` (text),
            ``tone``, ``action``, ``domain``
        """
        waits = [wait for wait in self._waits() if self.env[wait.model].has_access("read")]
        asked = [Question(wait.model, wait.domain, wait.date or wait.since, wait.amount) for wait in waits]
        rows = [
            (row["tone"] != "danger", wait.sequence, row)
            for wait, answer in zip(waits, answers(self.env, asked), strict=True)
            if (row := self._row(wait, answer))
        ]
        return [row for *_order, row in sorted(rows, key=lambda entry: entry[:2])]

    def _row(self, wait, answer):
        if not answer.count:
            return None
        worst = self._worst_day(wait, answer.day)
        due = worst if wait.date else None
        days = (due - self._county_today()).days if due else None
        return {
            "key": wait.key,
            "name": wait.name,
            "count": answer.count,
            "date": due.isoformat() if due else False,
            "days": days,
            "since": worst.isoformat() if worst and not due else False,
            "amount": to_the_fen(answer.amount or 0) if wait.amount else "",
            "tone": "danger" if days is not None and days < 0 else wait.tone,
            "action": wait.action,
            "domain": list(Domain(wait.domain)),
        }

    def _worst_day(self, wait, moment):
        """:return: the day of what was found; a moment is told by the county's day"""
        field = self.env[wait.model]._fields.get(wait.date or wait.since)
        return self._county_day(moment) if moment and field and field.type == "datetime" else moment and moment.date()
