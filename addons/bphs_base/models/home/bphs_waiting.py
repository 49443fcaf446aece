from odoo import api, models
from odoo.fields import Domain

from ...tools.home import to_the_fen


class BphsWaiting(models.AbstractModel):
    """What waits for whom (待办): one list for whatever the suite asks a person to do.

    A module says what may wait by :meth:`_waits`; counting, the badge in the top bar, the first page and the list
    behind each count are here. Counted is what the person's own rights and record rules show, one query a kind.
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
        rows = []
        for wait in self._waits():
            if self.env[wait.model].has_access("read") and (row := self._row(wait)):
                rows.append((row["tone"] != "danger", wait.sequence, row))
        return [row for *_order, row in sorted(rows, key=lambda entry: entry[:2])]

    def _row(self, wait):
        domain = list(Domain(wait.domain))
        count, worst, amount = self._counted(wait)
        if not count:
            return None
        due = worst if wait.date else None
        days = (due - self._county_today()).days if due else None
        return {
            "key": wait.key,
            "name": wait.name,
            "count": count,
            "date": due.isoformat() if due else False,
            "days": days,
            "since": worst.isoformat() if worst and not due else False,
            "amount": to_the_fen(amount) if wait.amount else "",
            "tone": "danger" if days is not None and days < 0 else wait.tone,
            "action": wait.action,
            "domain": domain,
        }

    def _counted(self, wait):
        """:return tuple: (how many, the worst day or None, their amount or 0) by one query"""
        records = self.env[wait.model]
        amount = [f"{wait.amount}:sum"] if wait.amount else []
        owner, _dot, name = (wait.date or wait.since).rpartition(".")
        if owner:
            rows = records._read_group(wait.domain, [owner], ["__count", *amount])
            days = [day for record, *_sums in rows if (day := record[name])]
            return sum(row[1] for row in rows), min(days, default=None), sum(row[2] for row in rows) if amount else 0
        date = [f"{name}:min"] if name else []
        ((count, *sums),) = records._read_group(wait.domain, [], ["__count", *date, *amount])
        worst = sums.pop(0) if date else None
        if worst and records._fields[name].type == "datetime":
            worst = self._county_day(worst)
        return count, worst or None, sums[0] if amount else 0
