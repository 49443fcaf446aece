"""Read the ledger's cash, in order, as the events of a replay document."""

from decimal import Decimal

from odoo.addons.bphs_base.tools.money import ZERO, to_decimal

from ..tools.sources import Arrival, Payment, Return


def ledger_events(run, codes):
    """Return (events, their written splits, what is available by source, notes) of the run's budget.

    Events are None, with a note saying why, where the ledger holds what the format cannot say: an arrival or a
    payment that was taken back, or a payment to a clinic outside the document.

    :param codes: codes of the institutions in the document
    """
    env = run.env
    entries = env["bphs.fund.entry"].search(
        [("budget_id", "=", run.budget_id.id), ("kind", "in", ("arrival", "payment", "return"))], order="id"
    )
    events, written = [], []
    available, paid_from = {}, {}
    groups = {}
    for entry in entries:
        # In the order of the ledger; the sources of one amount belong to one event.
        groups.setdefault(_event_key(entry), []).append(entry)
    for key, parts in groups.items():
        amounts = [to_decimal(part.amount) for part in parts]
        sign = -1 if key[0] == "payment" else 1
        if any(sign * amount <= 0 for amount in amounts):
            return None, None, None, [env._("The ledger holds money that was taken back: exported without events.")]
        for part, amount in zip(parts, amounts, strict=True):
            level = part.source_id.level
            available[level] = available.get(level, ZERO) + amount
        total = sum((abs(amount) for amount in amounts), Decimal())
        if key[0] == "arrival":
            event = Arrival(parts[0].source_id.level, total)
            events.append(event)
            written.append({"type": "arrival", "source": event.source, "amount": f"{total:.2f}"})
            continue
        code = parts[0].institution_id.code
        if code not in codes:
            return None, None, None, [
                env._("Money moved for %(code)s, which is not in the document: exported without events.", code=code)
            ]
        if key[0] == "payment":
            kind = _payable_kind(parts[0])
            event = Payment(code, parts[0].period_id.code, kind, total)
            head = {"type": "payment", "code": code, "period": event.period, "kind": kind}
        else:
            event = Return(code, total)
            head = {"type": "return", "code": code}
        events.append(event)
        if key[0] == "payment":
            # Every source that ever held money takes part in a payment, though nothing may fall to it.
            paid_from.setdefault(code, {}).update(dict.fromkeys(available, ZERO))
        split = dict.fromkeys(available, ZERO) if key[0] == "payment" else dict(paid_from.get(code, {}))
        split.update({part.source_id.level: abs(amount) for part, amount in zip(parts, amounts, strict=True)})
        written.append(
            {**head, "amount": f"{total:.2f}", "sources": {level: f"{split[level]:.2f}" for level in sorted(split)}}
        )
    return (
        tuple(events),
        written,
        {level: f"{amount:.2f}" for level, amount in sorted(available.items())},
        [],
    )


def _event_key(entry):
    """What entries of one event have in common: a payment is one amount owed within one batch."""
    if entry.kind == "payment":
        origin = entry.env[entry.origin_model].browse(entry.origin_id)
        if "payment_id" in origin._fields and "payable_id" in origin._fields:
            return (entry.kind, origin.payment_id.id, origin.payable_id.id)
    return (entry.kind, entry.origin_model, entry.origin_id)


def _payable_kind(entry):
    """What was paid, from the amount owed behind the payment's origin."""
    return entry.env[entry.origin_model].browse(entry.origin_id).payable_id.kind
