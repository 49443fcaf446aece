"""A scheme as JSON, read strictly and written the same (evaluation rules, section 1)."""

from decimal import Decimal
from fractions import Fraction

from odoo.addons.bphs_base.tools.replay_reader import (
    MONEY_PLACES,
    RATE_PLACES,
    ReplayError,
    read_boolean,
    read_choice,
    read_list,
    read_object,
    read_text,
    read_unsigned,
    shown,
)

from .methods import AtLeast, AtMost, Case, Deduct, Manual, Steps, YesNo
from .scheme import CAP, ZERO, Group, Item, RedLine, Scheme

DIGITS = 6
KEYS = {
    "yes_no": (),
    "at_least": ("target",),
    "at_most": ("target", "zero_at"),
    "steps": ("steps",),
    "deduct": ("cases",),
    "manual": (),
}


def read_scheme(value, path: str = "evaluation") -> Scheme:
    """Check a decoded scheme.

    :raise ReplayError: for the first thing that is wrong with it, naming the field
    """
    keys = ("code", "name", "total", "rescale", "min_assessable", "items", "red_lines", "groups")
    scheme = read_object(value, path, keys)
    code, name = (read_text(scheme[key], f"{path}.{key}") for key in ("code", "name"))
    total = _above_zero(read_points(scheme["total"], f"{path}.total"), f"{path}.total")
    rescale = read_boolean(scheme["rescale"], f"{path}.rescale")
    min_assessable = _share(scheme["min_assessable"], f"{path}.min_assessable")
    items = _each_once(scheme["items"], f"{path}.items", _item, "code", "项目代码")
    points = sum((item.points for item in items), Fraction(0))
    if points != total:
        raise ReplayError(f"{path}.items", f"各项分值之和应等于总分 {_text(total, 2)}，实际为 {_text(points, 2)}")
    lines = _each_once(
        scheme["red_lines"], f"{path}.red_lines", lambda item, at: _red_line(item, at, total), "code", "红线代码"
    )
    groups = _each_once(scheme["groups"], f"{path}.groups", _group, "name", "等次名称")
    _check_groups(groups, f"{path}.groups")
    return Scheme(code, name, total, rescale, min_assessable, items, lines, groups)


def _item(value, path):
    known = sorted({key for keys in KEYS.values() for key in keys})
    item = read_object(value, path, ("code", "points", "method"), known)
    method = read_choice(item["method"], f"{path}.method", tuple(KEYS))
    read_object(item, path, ("code", "points", "method", *KEYS[method]))
    code = read_text(item["code"], f"{path}.code")
    points = _above_zero(read_points(item["points"], f"{path}.points"), f"{path}.points")
    return Item(code, points, _METHODS[method](item, path))


def _at_least(item, path):
    return AtLeast(_above_zero(_fraction(item["target"], f"{path}.target"), f"{path}.target"))


def _at_most(item, path):
    target, zero_at = (_fraction(item[key], f"{path}.{key}") for key in ("target", "zero_at"))
    if zero_at <= target:
        raise ReplayError(f"{path}.zero_at", "应大于 target")
    return AtMost(target, zero_at)


def _steps(item, path):
    steps = []
    for index, value in enumerate(_filled(item["steps"], f"{path}.steps")):
        at = f"{path}.steps[{index}]"
        step = read_object(value, at, ("from", "share"))
        start, share = _fraction(step["from"], f"{at}.from"), _share(step["share"], f"{at}.share")
        if steps and start >= steps[-1][0]:
            raise ReplayError(f"{at}.from", "各档应从高到低，且不重复")
        steps.append((start, share))
    return Steps(tuple(steps))


def _deduct(item, path):
    cases = _each_once(_filled(item["cases"], f"{path}.cases"), f"{path}.cases", _case, "code", "情形代码")
    return Deduct(cases)


def _case(value, path):
    case = read_object(value, path, ("code", "each", "most"))
    code, each = read_text(case["code"], f"{path}.code"), read_points(case["each"], f"{path}.each")
    return Case(code, each, None if case["most"] is None else read_points(case["most"], f"{path}.most"))


_METHODS = {
    "yes_no": lambda item, path: YesNo(),
    "at_least": _at_least,
    "at_most": _at_most,
    "steps": _steps,
    "deduct": _deduct,
    "manual": lambda item, path: Manual(),
}


def _red_line(value, path, total):
    line = read_object(value, path, ("code", "effect", "value"))
    code = read_text(line["code"], f"{path}.code")
    effect = read_choice(line["effect"], f"{path}.effect", (CAP, ZERO))
    if effect == ZERO:
        if line["value"] is not None:
            raise ReplayError(f"{path}.value", f"effect 为 zero 时应为 null，实际为{shown(line['value'])}")
        return RedLine(code, effect, Fraction(0))
    most = read_points(line["value"], f"{path}.value")
    if most > total:
        raise ReplayError(f"{path}.value", f"不能超过总分 {_text(total, 2)}")
    return RedLine(code, effect, most)


def _group(value, path):
    group = read_object(value, path, ("name", "from"))
    return Group(read_text(group["name"], f"{path}.name"), _fraction(group["from"], f"{path}.from"))


def _check_groups(groups, path):
    if not groups:
        raise ReplayError(path, "不能为空")
    for index, group in enumerate(groups):
        if group.start > 100:
            raise ReplayError(f"{path}[{index}].from", "不能超过 100")
        if index and group.start >= groups[index - 1].start:
            raise ReplayError(f"{path}[{index}].from", "各等次应从高到低，且不重复")
    if groups[-1].start:
        raise ReplayError(f"{path}[{len(groups) - 1}].from", "最低的等次应从 0 开始")


# ---------------------------------------------------------------------------
# Small readers
# ---------------------------------------------------------------------------


def read_points(value, path) -> Fraction:
    return Fraction(read_unsigned(value, path, MONEY_PLACES, DIGITS))


def _fraction(value, path):
    return Fraction(read_unsigned(value, path, RATE_PLACES, DIGITS))


def _share(value, path):
    share = _fraction(value, path)
    if share > 1:
        raise ReplayError(path, f"应在 0 至 1 之间，实际为{shown(value)}")
    return share


def _above_zero(number, path):
    if not number:
        raise ReplayError(path, "应大于零")
    return number


def _filled(value, path):
    if not read_list(value, path):
        raise ReplayError(path, "不能为空")
    return value


def _each_once(value, path, read, name, what):
    found, seen = [], set()
    for index, item in enumerate(read_list(value, path)):
        made = read(item, f"{path}[{index}]")
        key = getattr(made, name)
        if key in seen:
            raise ReplayError(f"{path}[{index}].{name}", f"{what}重复：{shown(key)}")
        seen.add(key)
        found.append(made)
    return tuple(found)


# ---------------------------------------------------------------------------
# Writing
# ---------------------------------------------------------------------------


def scheme_document(scheme: Scheme) -> dict:
    """Return what :func:`read_scheme` reads back as the same."""
    return {
        "code": scheme.code,
        "name": scheme.name,
        "total": _text(scheme.total, 2),
        "rescale": scheme.rescale,
        "min_assessable": _text(scheme.min_assessable),
        "items": [
            {"code": item.code, "points": _text(item.points, 2), **_method(item.method)} for item in scheme.items
        ],
        "red_lines": [
            {
                "code": line.code,
                "effect": line.effect,
                "value": None if line.effect == ZERO else _text(line.value, 2),
            }
            for line in scheme.red_lines
        ],
        "groups": [{"name": group.name, "from": _text(group.start)} for group in scheme.groups],
    }


def _method(method):
    match method:
        case YesNo():
            return {"method": "yes_no"}
        case AtLeast(target):
            return {"method": "at_least", "target": _text(target)}
        case AtMost(target, zero_at):
            return {"method": "at_most", "target": _text(target), "zero_at": _text(zero_at)}
        case Steps(steps):
            written = [{"from": _text(start), "share": _text(share)} for start, share in steps]
            return {"method": "steps", "steps": written}
        case Deduct(cases):
            written = [
                {
                    "code": case.code,
                    "each": _text(case.each, 2),
                    "most": None if case.most is None else _text(case.most, 2),
                }
                for case in cases
            ]
            return {"method": "deduct", "cases": written}
    return {"method": "manual"}


def _text(number: Fraction, places: int = 0) -> str:
    """A finite decimal, with at least so many places."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    text = f"{exact:f}"
    return f"{exact:.{places}f}" if len(text.partition(".")[2]) < places else text
