"""Read the ledger's cash, in order, as the events of a replay document."""

from odoo.addons.bphs_base.tools.money import ZERO, to_decimal

from ..tools.sources import Arrival, Payment, Return

CASH = ("arrival", "payment", "return")


def ledger_events(run, codes):
    """Return (events, their written splits, what is available by source, notes) of the run's budget.

    A transfer the bank refused went back to the sources by the rule of returns, and is told as a return. Events are
    None, with a note saying why, where the ledger holds what the format cannot say: an arrival that was taken back,
    or a payment to a clinic outside the document.

    :param codes: codes of the institutions in the document
    """
    env = run.env
    entries = env["bphs.fund.entry"].search([("budget_id", "=", run.budget_id.id), ("kind", "in", CASH)], order="id")
    origins = _Origins(entries)
    # In the order of the ledger; the sources of one amount belong to one event.
    groups = {}
    for entry in entries:
        groups.setdefault(origins.event_key(entry), []).append(entry)
    story = _Story()
    for parts in groups.values():
        first, split = parts[0], _split(parts)
        code = first.institution_id.code
        if first.kind == "arrival":
            if any(amount < 0 for amount in split.values()):
                return None, None, None, [env._("An arrival was taken back: exported without events.")]
            story.arrive(split)
        elif code not in codes:
            return (
                None,
                None,
                None,
                [env._("Money moved for %(code)s, which is not in the document: exported without events.", code=code)],
            )
        elif first.kind == "payment" and first.amount < 0:
            story.pay(code, first.period_id.code, origins.of(first).payable_id.kind, split)
        else:
            story.give_back(code, split)
    return tuple(story.events), story.written, _texts(story.available), []


class _Origins:
    """The records behind entries, read a model at a time."""

    def __init__(self, entries):
        ids = {}
        for entry in entries:
            ids.setdefault(entry.origin_model, set()).add(entry.origin_id)
        self._records = {model: entries.env[model].browse(sorted(found)) for model, found in ids.items()}

    def of(self, entry):
        records = self._records[entry.origin_model]
        return records.browse(entry.origin_id).with_prefetch(records.ids)

    def event_key(self, entry):
        """What entries of one event have in common: a payment is one amount owed within one batch."""
        if entry.origin_model == "bphs.fund.payment.split":
            origin = self.of(entry)
            return ("payment", origin.payment_id.id, origin.payable_id.id)
        return (entry.kind, entry.origin_model, entry.origin_id)


class _Story:
    """The events so far, each with the split the ledger holds, and what that leaves available."""

    def __init__(self):
        self.events, self.written, self.available = [], [], {}
        self._paid_from = {}

    def arrive(self, split):
        ((source, amount),) = split.items()
        self._move(split)
        self.events.append(Arrival(source, amount))
        self.written.append({"type": "arrival", "source": source, "amount": f"{amount:.2f}"})

    def pay(self, code, period, kind, split):
        # Every source that ever held money takes part in a payment, though nothing may fall to it.
        self._paid_from.setdefault(code, {}).update(dict.fromkeys(self.available, ZERO))
        amount = -sum(split.values(), ZERO)
        self.events.append(Payment(code, period, kind, amount))
        head = {"type": "payment", "code": code, "period": period, "kind": kind}
        self._write(head, amount, {source: -part for source, part in split.items()}, self.available)
        self._move(split)

    def give_back(self, code, split):
        amount = sum(split.values(), ZERO)
        self.events.append(Return(code, amount))
        self._write({"type": "return", "code": code}, amount, split, self._paid_from.get(code, {}))
        self._move(split)

    def _write(self, head, amount, split, sources):
        whole = {**dict.fromkeys(sources, ZERO), **split}
        self.written.append({**head, "amount": f"{amount:.2f}", "sources": _texts(whole)})

    def _move(self, split):
        for source, amount in split.items():
            self.available[source] = self.available.get(source, ZERO) + amount


def _split(entries):
    """{level: signed Decimal yuan} of the entries of one event."""
    split = {}
    for entry in entries:
        level = entry.source_id.level
        split[level] = split.get(level, ZERO) + to_decimal(entry.amount)
    return split


def _texts(amounts):
    return {source: f"{amount:.2f}" for source, amount in sorted(amounts.items())}
