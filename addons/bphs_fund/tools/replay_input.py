"""The rules a replay document must keep, part by part of the document.

Settlement rules, section 5. Where they are silent, this module decides:

* an institution list, a line list, a quarter list or an event list may be empty, a year may not;
* codes, items, periods, sources are any non-empty Unicode text; a payment's period is free
  text (an annual payment need not belong to a quarter);
* ``null`` stands only where it is written: ``pool`` and ``cap``;
* ``annual_score`` is required of a rescoring scheme once all periods of the year are there: before
  that the year has not been evaluated, and its quarters must be replayable all the same;
* a minus before zero is no negative amount: ``-0.00`` is read as 0.00.
"""

from dataclasses import dataclass
from decimal import Decimal

from odoo.addons.bphs_base.tools.replay_reader import (
    MONEY_PLACES,
    RATE_PLACES,
    ReplayError,
    at,
    read_boolean,
    read_choice,
    read_count,
    read_decimal,
    read_list,
    read_money,
    read_object,
    read_score,
    read_text,
    shown,
)

from .sources import PAYMENT_KINDS, Arrival, Payment, Return
from .terms import (
    ANNUAL_MODES,
    RESCORE,
    Clinic,
    LastYearPrepay,
    Line,
    PlanPrepay,
    Quarter,
    Scheme,
    SettlementError,
)


@dataclass(frozen=True, slots=True)
class ReplayDocument:
    """A checked document: the dataclasses of the engine. ``events`` None = it has no events."""

    scheme: Scheme
    pool: Decimal | None
    clinics: tuple[Clinic, ...]
    events: tuple[Arrival | Payment | Return, ...] | None = None


def parse(value) -> ReplayDocument:
    """Check a decoded document against every rule of the replay format.

    :raise ReplayError: for the first rule it breaks, e.g. ``institutions[3].cap: 不能为负…``
    """
    document = read_object(value, "", ("scheme", "institutions"), ("pool", "events"))
    scheme = _scheme(document["scheme"], "scheme")
    pool = document.get("pool")
    if pool is not None:
        pool = read_money(pool, "pool")
    clinics = []
    codes = set()
    for index, item in enumerate(read_list(document["institutions"], "institutions")):
        path = f"institutions[{index}]"
        clinic = _clinic(item, path, scheme)
        if clinic.code in codes:
            raise ReplayError(f"{path}.code", f"机构代码重复：{shown(clinic.code)}")
        if clinics and len(clinic.quarters) != len(clinics[0].quarters):
            raise ReplayError(
                f"{path}.quarters",
                f"各机构的期间应当相同：此处 {len(clinic.quarters)} 个，"
                f"institutions[0] 有 {len(clinics[0].quarters)} 个",
            )
        codes.add(clinic.code)
        clinics.append(clinic)
    events = None
    if "events" in document:
        events = tuple(
            _event(item, f"events[{index}]", codes)
            for index, item in enumerate(read_list(document["events"], "events"))
        )
    return ReplayDocument(scheme, pool, tuple(clinics), events)


def _scheme(value, path):
    scheme = read_object(value, path, ("prepay_ratio", "full_score", "hold_score", "annual_mode", "year_periods"))
    periods = read_list(scheme["year_periods"], f"{path}.year_periods")
    return _build(
        path,
        Scheme,
        read_decimal(scheme["prepay_ratio"], f"{path}.prepay_ratio", RATE_PLACES),
        read_score(scheme["full_score"], f"{path}.full_score"),
        read_score(scheme["hold_score"], f"{path}.hold_score"),
        read_choice(scheme["annual_mode"], f"{path}.annual_mode", ANNUAL_MODES),
        tuple(read_text(item, f"{path}.year_periods[{i}]") for i, item in enumerate(periods)),
    )


def _clinic(value, path, scheme):
    keys = ("code", "prepay", "opening_carry", "cap", "quarters")
    clinic = read_object(value, path, keys, ("annual_score",))
    code = read_text(clinic["code"], f"{path}.code")
    quarters = tuple(
        _quarter(item, f"{path}.quarters[{index}]", code, scheme, index)
        for index, item in enumerate(read_list(clinic["quarters"], f"{path}.quarters"))
    )
    annual_score = None
    if "annual_score" in clinic:
        annual_score = read_score(clinic["annual_score"], f"{path}.annual_score")
    elif scheme.annual_mode == RESCORE and len(quarters) == len(scheme.year_periods):
        raise ReplayError(f"{path}.annual_score", f"机构 {shown(code)} 没有年度得分，不能按年度得分重新结算")
    cap = clinic["cap"]
    return _build(
        path,
        Clinic,
        code,
        _prepay(clinic["prepay"], f"{path}.prepay", scheme),
        read_decimal(clinic["opening_carry"], f"{path}.opening_carry", MONEY_PLACES, negative=True),
        None if cap is None else read_money(cap, f"{path}.cap"),
        annual_score,
        quarters,
    )


def _prepay(value, path, scheme):
    prepay = read_object(value, path, ("basis",), ("annual", "quarters"))
    if read_choice(prepay["basis"], f"{path}.basis", ("plan", "last_year")) == "plan":
        read_object(prepay, path, ("basis", "annual"))
        return PlanPrepay(read_money(prepay["annual"], f"{path}.annual"))
    read_object(prepay, path, ("basis", "quarters"))
    path = f"{path}.quarters"
    amounts = read_object(prepay["quarters"], path, scheme.year_periods)
    return LastYearPrepay({period: read_money(amount, at(path, period)) for period, amount in amounts.items()})


def _quarter(value, path, code, scheme, index):
    quarter = read_object(value, path, ("period", "penalty", "released", "lines"), ("score", "false_times"))
    period = read_text(quarter["period"], f"{path}.period")
    if [period] != list(scheme.year_periods[index : index + 1]):
        raise ReplayError(f"{path}.period", f"期间应从 year_periods 的首个起依次排列，此处为{shown(period)}")
    if quarter.get("score") is None:
        raise ReplayError(f"{path}.score", f"机构 {shown(code)} 的期间 {shown(period)} 没有得分，不能结算")
    score = read_score(quarter["score"], f"{path}.score")
    penalty = read_money(quarter["penalty"], f"{path}.penalty")
    released = read_boolean(quarter["released"], f"{path}.released")
    lines = tuple(
        _line(item, f"{path}.lines[{number}]")
        for number, item in enumerate(read_list(quarter["lines"], f"{path}.lines"))
    )
    times = None
    if "false_times" in quarter:
        times = read_decimal(quarter["false_times"], f"{path}.false_times", RATE_PLACES)
    return _build(path, Quarter, period, score, penalty, released, lines, times)


def _line(value, path):
    line = read_object(value, path, ("item", "price", "reported", "invalid", "false"))
    return _build(
        path,
        Line,
        read_text(line["item"], f"{path}.item"),
        read_decimal(line["price"], f"{path}.price", RATE_PLACES),
        read_count(line["reported"], f"{path}.reported"),
        read_count(line["invalid"], f"{path}.invalid"),
        read_count(line["false"], f"{path}.false"),
    )


_EVENT_KEYS = {
    "arrival": ("type", "source", "amount"),
    "payment": ("type", "code", "period", "kind", "amount"),
    "return": ("type", "code", "amount"),
}
_ANY_EVENT_KEY = {key for keys in _EVENT_KEYS.values() for key in keys}


def _event(value, path, codes):
    event = read_object(value, path, ("type",), _ANY_EVENT_KEY)
    kind = read_choice(event["type"], f"{path}.type", tuple(_EVENT_KEYS))
    read_object(event, path, _EVENT_KEYS[kind])
    amount = read_money(event["amount"], f"{path}.amount")
    if amount == 0:
        raise ReplayError(f"{path}.amount", "金额应大于零")
    if kind == "arrival":
        return Arrival(read_text(event["source"], f"{path}.source"), amount)
    code = read_text(event["code"], f"{path}.code")
    if code not in codes:
        raise ReplayError(f"{path}.code", f"文件中没有机构 {shown(code)}")
    if kind == "return":
        return Return(code, amount)
    period = read_text(event["period"], f"{path}.period")
    return Payment(code, period, read_choice(event["kind"], f"{path}.kind", PAYMENT_KINDS), amount)


def _build(path, kind, *values):
    """Construct a dataclass of the engine; a rule it breaks is reported at its path here."""
    try:
        return kind(*values)
    except SettlementError as error:
        raise ReplayError(f"{path}.{error.field}", str(error)) from error
