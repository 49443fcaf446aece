"""A second scoring, written from the rules alone: plain JSON in, plain JSON out, whole hundredths throughout.

It shares no line with the product's: no class a method, no fraction, everything over a common denominator.
"""

from decimal import Decimal


def parts(text, places=4):
    """A decimal as so many of its smallest parts."""
    return int(Decimal(text).scaleb(places))


def score_document(document):
    scheme = document["evaluation"]
    rows = [score_unit(scheme, unit) for unit in document["units"]]
    ranked = [row for row in rows if row["exact"] is not None]
    for row in rows:
        row["rank"] = None
        if row["exact"] is not None:
            row["rank"] = 1 + sum(1 for other in ranked if stands_above(other, row))
    order = [row["code"] for row in sorted(ranked, key=lambda row: (row["rank"], row["code"]))]
    for row in rows:
        del row["exact"]
    return {"evaluation": scheme["code"], "units": sorted(rows, key=lambda row: row["code"]), "ranking": order}


def stands_above(one, other):
    if bool(one["red_lines"]) != bool(other["red_lines"]):
        return not one["red_lines"]
    (a, b), (c, d) = one["exact"], other["exact"]
    return a * d > c * b


def score_unit(scheme, unit):
    total = parts(scheme["total"], 2)
    items, scored, assessable = {}, 0, 0
    for item in scheme["items"]:
        points = parts(item["points"], 2)
        fen = score_item(item, points, unit["results"][item["code"]])
        items[item["code"]] = None if fen is None else money(fen)
        if fen is not None:
            scored += fen
            assessable += points
    # The final in hundredths, as numerator over denominator.
    exact = None
    if assessable and assessable * 10000 >= total * parts(scheme["min_assessable"]):
        exact = (scored * total, assessable) if scheme["rescale"] else (scored, 1)
        for line in scheme["red_lines"]:
            if line["code"] in unit["red_lines"]:
                most = 0 if line["effect"] == "zero" else parts(line["value"], 2)
                if exact[0] > most * exact[1]:
                    exact = (most, 1)
    group = None
    if exact is not None:
        for candidate in scheme["groups"]:
            # per cent = final / total * 100, against parts of 0.0001
            if exact[0] * 100 * 10000 >= parts(candidate["from"]) * exact[1] * total:
                group = candidate["name"]
                break
    return {
        "code": unit["code"],
        "items": items,
        "assessable": money(assessable),
        "scored": money(scored),
        "red_lines": unit["red_lines"],
        "final": None if exact is None else money(exact[0] // exact[1]),
        "percent": None if exact is None else money(exact[0] * 10000 // (exact[1] * total)),
        "group": group,
        "exact": exact,
    }


def score_item(item, points, result):
    """The item's hundredths; None where it is not assessable."""
    if result is None or result.get("denominator") == 0:
        return None
    method = item["method"]
    if method == "yes_no":
        return points if result["value"] else 0
    if method == "manual":
        return parts(result["score"], 2)
    if method == "deduct":
        return max(0, points - sum(taken_off(case, result["counts"].get(case["code"], 0)) for case in item["cases"]))
    n, d = result["numerator"], result["denominator"]
    if method == "at_least":
        target = parts(item["target"])
        if n * 10000 >= target * d:
            return points
        return half_up(points * n * 10000, target * d)
    if method == "at_most":
        target, zero_at = parts(item["target"]), parts(item["zero_at"])
        if n * 10000 <= target * d:
            return points
        if n * 10000 >= zero_at * d:
            return 0
        return half_up(points * (zero_at * d - n * 10000), (zero_at - target) * d)
    for step in item["steps"]:
        if n * 10000 >= parts(step["from"]) * d:
            return half_up(points * parts(step["share"]), 10000)
    return 0


def taken_off(case, count):
    off = parts(case["each"], 2) * count
    return off if case["most"] is None else min(off, parts(case["most"], 2))


def half_up(numerator, denominator):
    whole, rest = divmod(numerator, denominator)
    return whole + (2 * rest >= denominator)


def money(fen):
    return f"{fen // 100}.{fen % 100:02}"
