"""Made-up schemes and rounds: points that sum, every method, results about the limits."""

from decimal import Decimal

from hypothesis import strategies as st

METHODS = ("yes_no", "at_least", "at_most", "steps", "deduct", "manual")


def fen(least, most):
    return st.integers(least, most).map(lambda number: f"{Decimal(number).scaleb(-2):.2f}")


def fraction(least, most):
    """So many ten-thousandths, as short as they can be written."""
    return st.integers(least, most).map(lambda number: f"{(Decimal(number).scaleb(-4)).normalize():f}")


def falling(low, high, most=4):
    return st.lists(st.integers(low, high), min_size=1, max_size=most, unique=True).map(
        lambda numbers: [f"{Decimal(n).scaleb(-4).normalize():f}" for n in sorted(numbers, reverse=True)]
    )


@st.composite
def items(draw, code):
    item = {"code": code, "points": draw(fen(1, 30000)), "method": draw(st.sampled_from(METHODS))}
    match item["method"]:
        case "at_least":
            item["target"] = draw(fraction(1, 12000))
        case "at_most":
            target = draw(st.integers(0, 9999))
            item["target"] = f"{Decimal(target).scaleb(-4).normalize():f}"
            item["zero_at"] = draw(fraction(target + 1, 12000))
        case "steps":
            item["steps"] = [{"from": start, "share": draw(fraction(0, 10000))} for start in draw(falling(0, 10000))]
        case "deduct":
            item["cases"] = [
                {"code": name, "each": draw(fen(0, 500)), "most": draw(st.none() | fen(0, 1000))}
                for name in draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=3, unique=True))
            ]
    return item


@st.composite
def results(draw, item):
    if draw(st.integers(0, 6)) == 0:
        return None
    match item["method"]:
        case "yes_no":
            return {"value": draw(st.booleans())}
        case "deduct":
            codes = [case["code"] for case in item["cases"]]
            return {"counts": draw(st.dictionaries(st.sampled_from(codes), st.integers(0, 30)))}
        case "manual":
            return {"score": draw(fen(0, int(Decimal(item["points"]) * 100)))}
    denominator = draw(st.integers(0, 60) | st.just(10000))
    return {"numerator": draw(st.integers(0, 70)) if denominator else 0, "denominator": denominator}


@st.composite
def rounds(draw):
    made = [draw(items(f"A{number}")) for number in range(draw(st.integers(1, 4)))]
    total = sum(Decimal(item["points"]) for item in made)
    lines = [
        {"code": "R1", "effect": "cap", "value": draw(fen(0, int(total * 100)))},
        {"code": "R2", "effect": "zero", "value": None},
    ][: draw(st.integers(0, 2))]
    starts = sorted({0, *draw(st.lists(st.integers(1, 1000000), max_size=3))}, reverse=True)
    scheme = {
        "code": "2025", "name": "试", "total": f"{total:.2f}", "rescale": draw(st.booleans()),
        "min_assessable": draw(fraction(0, 10000)), "items": made, "red_lines": lines,
        "groups": [
            {"name": f"第{place}等", "from": f"{Decimal(start).scaleb(-4).normalize():f}"}
            for place, start in enumerate(starts)
        ],
    }  # fmt: skip
    codes = draw(st.lists(st.text("0123456789甲", min_size=1, max_size=4), max_size=4, unique=True))
    crossed = st.lists(st.sampled_from([line["code"] for line in lines]), unique=True) if lines else st.just([])
    units = [
        {
            "code": code,
            "results": {item["code"]: draw(results(item)) for item in made},
            "red_lines": draw(crossed) if draw(st.integers(0, 3)) == 0 else [],
        }
        for code in codes
    ]
    return {"evaluation": scheme, "units": units}
