"""The replay document: any settlement exported, and computed again by anyone, offline.

Settlement rules, section 5. :func:`replay` is the whole command; the models use its parts, so that
an exported run and its replay come from the very same code. :mod:`.replay_input` reads documents
and says what is decided where the rules are silent.

Decided here: a split lists every source that took part, 0.00 included; for a return those are the
sources the clinic was paid from. ``events`` present but empty gives empty ``events`` and
``available``. Without any institution no period is there, so ``totals.final`` is null.
"""

from collections.abc import Iterable
from decimal import Decimal

from odoo.addons.bphs_base.tools.money import ZERO, exact
from odoo.addons.bphs_base.tools.replay_reader import (
    MONEY_PLACES,
    RATE_PLACES,
    SCORE_PLACES,
    ReplayError,
    decode,
    dump,
)

from .replay_input import ReplayDocument, parse
from .settlement import ClinicResult, settle
from .sources import Arrival, Payment, Return, ShortfallError, SourceLedger
from .terms import PlanPrepay, SettlementError

_QUARTER_FIELDS = ("base", "settled", "prepaid", "pay", "frozen", "carry")
_ANNUAL_FIELDS = ("base", "final", "paid", "balance", "payable", "frozen", "capped", "carry")


def replay(data: bytes) -> str:
    """Return the result document of the input document ``data``, both JSON in UTF-8.

    :raise ReplayError: for a broken document, naming the field
    """
    return dump(compute(parse(decode(data))))


def compute(document: ReplayDocument) -> dict:
    """Compute the result document, ready for `dump`.

    :raise ReplayError: for an event that moves more money than there is
    """
    results = settle(document.scheme, document.pool, document.clinics)
    return result_document(results, document.events)


# ---------------------------------------------------------------------------
# Writing a result
# ---------------------------------------------------------------------------


@exact
def result_document(
    results: Iterable[ClinicResult],
    events: Iterable[Arrival | Payment | Return] | None = None,
) -> dict:
    """Return settled clinics and, unless ``events`` is None, the events with their splits."""
    results = list(results)
    annual = [result.annual for result in results]
    complete = bool(annual) and None not in annual
    quarters = [quarter for result in results for quarter in result.quarters]
    document = {
        "institutions": [_result_of_clinic(result) for result in results],
        "totals": {
            "final": _money(sum((year.final for year in annual), ZERO)) if complete else None,
            "paid": _money(sum((q.prepaid + q.pay for q in quarters), ZERO)),
        },
    }
    if events is not None:
        ledger = SourceLedger()
        document["events"] = [_split_event(event, index, ledger) for index, event in enumerate(events)]
        document["available"] = _by_source(ledger.available)
    return document


def _result_of_clinic(result):
    annual = result.annual
    return {
        "code": result.code,
        "quarters": [_result_of_quarter(quarter) for quarter in result.quarters],
        "annual": annual and {name: _money(getattr(annual, name)) for name in _ANNUAL_FIELDS},
    }


def _result_of_quarter(quarter):
    amounts = {name: _money(getattr(quarter, name)) for name in _QUARTER_FIELDS}
    return {
        "period": quarter.period,
        "base": amounts.pop("base"),
        "coefficient": f"{quarter.coefficient:.4f}",
        **amounts,
    }


def _split_event(event, index, ledger):
    try:
        split = ledger.post(event)
    except ShortfallError as error:
        raise ReplayError(f"events[{index}].amount", str(error)) from error
    written = _event(event)
    return written if isinstance(event, Arrival) else {**written, "sources": _by_source(split)}


def _by_source(amounts):
    return {source: _money(amount) for source, amount in sorted(amounts.items())}


def _money(amount):
    return f"{amount:.2f}"


# ---------------------------------------------------------------------------
# Writing an input
# ---------------------------------------------------------------------------


def input_document(document: ReplayDocument) -> dict:
    """Return the input document that :func:`.replay_input.parse` reads back as ``document``.

    :raise SettlementError: for a number with more decimals than the format has: the replay
        would start from another number than the settlement did
    """
    scheme = document.scheme
    written = {
        "scheme": {
            "prepay_ratio": _exact_text("prepay_ratio", scheme.prepay_ratio, RATE_PLACES),
            "full_score": _exact_text("full_score", scheme.full_score, SCORE_PLACES),
            "hold_score": _exact_text("hold_score", scheme.hold_score, SCORE_PLACES),
            "annual_mode": scheme.annual_mode,
            "year_periods": list(scheme.year_periods),
        },
        "pool": document.pool if document.pool is None else _exact_text("pool", document.pool, MONEY_PLACES),
        "institutions": [_clinic(clinic) for clinic in document.clinics],
    }
    if document.events is not None:
        written["events"] = [_event(event) for event in document.events]
    return written


def _clinic(clinic):
    if isinstance(clinic.prepay, PlanPrepay):
        prepay = {
            "basis": "plan",
            "annual": _exact_text("annual", clinic.prepay.annual, MONEY_PLACES),
        }
    else:
        amounts = clinic.prepay.quarters.items()
        prepay = {
            "basis": "last_year",
            "quarters": {period: _exact_text("quarters", amount, MONEY_PLACES) for period, amount in amounts},
        }
    written = {
        "code": clinic.code,
        "prepay": prepay,
        "opening_carry": _exact_text("opening_carry", clinic.opening_carry, MONEY_PLACES),
        "cap": clinic.cap if clinic.cap is None else _exact_text("cap", clinic.cap, MONEY_PLACES),
    }
    if clinic.annual_score is not None:
        written["annual_score"] = _exact_text("annual_score", clinic.annual_score, SCORE_PLACES)
    written["quarters"] = [_quarter(quarter) for quarter in clinic.quarters]
    return written


def _quarter(quarter):
    written = {
        "period": quarter.period,
        "score": _exact_text("score", quarter.score, SCORE_PLACES),
        "penalty": _exact_text("penalty", quarter.penalty, MONEY_PLACES),
        "released": quarter.released,
        "lines": [
            {
                "item": line.item,
                "price": _exact_text("price", line.price, RATE_PLACES),
                "reported": line.reported,
                "invalid": line.invalid,
                "false": line.false,
            }
            for line in quarter.lines
        ],
    }
    if quarter.false_times is not None:
        written["false_times"] = _exact_text("false_times", quarter.false_times, RATE_PLACES)
    return written


def _event(event):
    amount = _exact_text("amount", event.amount, MONEY_PLACES)
    match event:
        case Arrival():
            return {"type": "arrival", "source": event.source, "amount": amount}
        case Payment():
            return {
                "type": "payment",
                "code": event.code,
                "period": event.period,
                "kind": event.kind,
                "amount": amount,
            }
    return {"type": "return", "code": event.code, "amount": amount}


def _exact_text(field: str, value: Decimal, places: int) -> str:
    """Write ``value`` with two decimals, or with the more it has up to ``places``."""
    text = f"{value:.{places}f}"
    if Decimal(text) != value:
        raise SettlementError(field, f"小数超过 {places} 位，无法写入复算文件：{value}")
    while places > 2 and text.endswith("0"):
        text, places = text[:-1], places - 1
    return text
