"""The replay document of a round: exported, and computed again by anyone (evaluation rules, section 3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from odoo.addons.bphs_base.tools.replay_reader import (
    MONEY_PLACES,
    ReplayError,
    at,
    decode,
    dump,
    read_boolean,
    read_integer,
    read_list,
    read_object,
    read_text,
    read_unsigned,
    shown,
)

from .methods import Deduct, Manual, Rate, YesNo
from .scheme import Scheme, Unit
from .scheme_document import DIGITS, read_scheme, scheme_document
from .scores import Score, cut_off, ranking, score_units

MOST = 10**12


@dataclass(frozen=True, slots=True)
class EvaluationDocument:
    """A checked document."""

    scheme: Scheme
    units: tuple[Unit, ...]


def replay(data: bytes) -> str:
    """Return the result document of the input document ``data``, both JSON in UTF-8.

    :raise ReplayError: for a broken document, naming the field
    """
    return dump(compute(parse(decode(data))), end="")


def compute(document: EvaluationDocument) -> dict:
    """Score all units of a document; ready for `dump`."""
    return result_document(document.scheme, score_units(document.scheme, document.units))


def parse(value) -> EvaluationDocument:
    """Check a decoded document against every rule of the format.

    :raise ReplayError: for the first rule it breaks
    """
    document = read_object(value, "", ("evaluation", "units"))
    scheme = read_scheme(document["evaluation"])
    units, codes = [], set()
    for index, item in enumerate(read_list(document["units"], "units")):
        unit = _unit(item, f"units[{index}]", scheme)
        if unit.code in codes:
            raise ReplayError(f"units[{index}].code", f"单位代码重复：{shown(unit.code)}")
        codes.add(unit.code)
        units.append(unit)
    return EvaluationDocument(scheme, tuple(units))


def _unit(value, path, scheme):
    unit = read_object(value, path, ("code", "results", "red_lines"))
    code = read_text(unit["code"], f"{path}.code")
    results = read_object(unit["results"], f"{path}.results", [item.code for item in scheme.items])
    read = {item.code: _result(item, results[item.code], at(f"{path}.results", item.code)) for item in scheme.items}
    return Unit(code, read, _crossed(unit["red_lines"], f"{path}.red_lines", scheme))


def _crossed(value, path, scheme):
    declared = {line.code for line in scheme.red_lines}
    crossed = []
    for index, item in enumerate(read_list(value, path)):
        code = read_text(item, f"{path}[{index}]")
        if code not in declared:
            raise ReplayError(f"{path}[{index}]", f"方案中没有红线 {shown(code)}")
        if code in crossed:
            raise ReplayError(f"{path}[{index}]", f"红线重复：{shown(code)}")
        crossed.append(code)
    return tuple(crossed)


def _result(item, value, path):
    if value is None:
        return None
    match item.method:
        case YesNo():
            return read_boolean(read_object(value, path, ("value",))["value"], f"{path}.value")
        case Deduct(cases):
            counts = read_object(value, path, ("counts",))["counts"]
            path = f"{path}.counts"
            counts = read_object(counts, path, (), [case.code for case in cases])
            return {code: read_integer(count, at(path, code), 0, MOST) for code, count in counts.items()}
        case Manual():
            score = read_unsigned(read_object(value, path, ("score",))["score"], f"{path}.score", MONEY_PLACES, DIGITS)
            if score > item.points:
                raise ReplayError(f"{path}.score", f"不能超过本项分值，实际为 {score}")
            return score
    rate = read_object(value, path, ("numerator", "denominator"))
    numerator, denominator = (read_integer(rate[key], f"{path}.{key}", 0, MOST) for key in ("numerator", "denominator"))
    if numerator and not denominator:
        raise ReplayError(f"{path}.denominator", "分子不为零时分母不能为零")
    return Rate(numerator, denominator)


# ---------------------------------------------------------------------------
# Writing
# ---------------------------------------------------------------------------


def result_document(scheme: Scheme, scores: Iterable[Score]) -> dict:
    """Return the result document of a scored round."""
    scores = list(scores)
    return {
        "evaluation": scheme.code,
        "units": [_score(score) for score in scores],
        "ranking": [score.unit.code for score in ranking(scores)],
    }


def _score(score):
    return {
        "code": score.unit.code,
        "items": {code: _points(points) for code, points in score.items.items()},
        "assessable": _points(score.assessable),
        "scored": _points(score.scored),
        "red_lines": list(score.unit.red_lines),
        "final": _points(score.final),
        "percent": _points(score.percent),
        "group": score.group,
        "rank": score.rank,
    }


def _points(number):
    """Two decimals; what has more is cut off."""
    return None if number is None else f"{Decimal(int(cut_off(number) * 100)).scaleb(-2):.2f}"


def input_document(document: EvaluationDocument) -> dict:
    """Return the document that :func:`parse` reads back as the same."""
    return {
        "evaluation": scheme_document(document.scheme),
        "units": [
            {
                "code": unit.code,
                "results": {code: _written(result) for code, result in unit.results.items()},
                "red_lines": list(unit.red_lines),
            }
            for unit in document.units
        ],
    }


def _written(result):
    match result:
        case None:
            return None
        case bool():
            return {"value": result}
        case Rate(numerator, denominator):
            return {"numerator": numerator, "denominator": denominator}
        case Decimal():
            return {"score": f"{result:.2f}"}
    return {"counts": dict(result)}
