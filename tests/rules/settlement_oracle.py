"""An independent reading of the settlement rules: whole documents, in exact fractions of a fen.

Written from the rules' text, not from the engine: plain dictionaries in and out, Fraction instead
of Decimal, one fen at a time instead of sorting. Slow, and meant to be.
"""

from fractions import Fraction
from math import ceil, floor


def fen(text):
    return Fraction(text) * 100


def half_up(value):
    return floor(value + Fraction(1, 2)) if value >= 0 else -floor(-value + Fraction(1, 2))


def written(number_of_fen):
    sign = "-" if number_of_fen < 0 else ""
    yuan, rest = divmod(abs(int(number_of_fen)), 100)
    return f"{sign}{yuan}.{rest:02d}"


def share_out(total, weights):
    """Largest remainder of ``total`` fen by repeated search for the next part to round up."""
    everything = sum(weights.values())
    if total == 0:
        return dict.fromkeys(weights, 0)
    exact = {key: Fraction(total) * weight / everything for key, weight in weights.items()}
    parts = {key: floor(part) for key, part in exact.items()}
    waiting = set(weights)
    while sum(parts.values()) < total:
        best = None
        for key in waiting:
            if best is None:
                best = key
                continue
            mine, other = exact[key] - floor(exact[key]), exact[best] - floor(exact[best])
            if mine > other or (mine == other and weights[key] > weights[best]):
                best = key
            elif mine == other and weights[key] == weights[best] and key < best:
                best = key
        parts[best] += 1
        waiting.remove(best)
    return parts


def k_of(score, scheme):
    if Fraction(score) >= Fraction(scheme["full_score"]):
        return Fraction(1)
    return Fraction(half_up(Fraction(score) / 100 * 10000), 10000)


def k_written(k):
    ten_thousandths = int(k * 10000)
    return f"{ten_thousandths // 10000}.{ten_thousandths % 10000:04d}"


def prepaid_of(scheme, prepay):
    ratio = Fraction(scheme["prepay_ratio"])
    periods = scheme["year_periods"]
    if prepay["basis"] == "last_year":
        return {period: ceil(ratio * fen(prepay["quarters"][period])) for period in periods}
    total = ceil(ratio * fen(prepay["annual"]))
    return share_out(total, dict.fromkeys(periods, Fraction(1)))


def settle(document):
    scheme = document["scheme"]
    clinics = {clinic["code"]: clinic for clinic in document["institutions"]}
    settled = {code: _quarters(scheme, clinics[code]) for code in sorted(clinics)}
    count = len(scheme["year_periods"])
    whole_year = bool(clinics) and all(len(rows) == count for rows in settled.values())
    annual = _annual(scheme, document.get("pool"), clinics, settled) if whole_year else {}
    result = {
        "institutions": [
            {
                "code": code,
                "quarters": [
                    {
                        "period": row["period"],
                        "base": written(row["base"]),
                        "coefficient": k_written(row["k"]),
                        **{name: written(row[name]) for name in ("settled", "prepaid", "pay", "frozen", "carry")},
                    }
                    for row in rows
                ],
                "annual": {name: written(v) for name, v in annual[code].items()} if whole_year else None,
            }
            for code, rows in settled.items()
        ],
        "totals": {
            "final": written(sum(a["final"] for a in annual.values())) if whole_year else None,
            "paid": written(sum(row["prepaid"] + row["pay"] for rows in settled.values() for row in rows)),
        },
    }
    if "events" in document:
        _events(document["events"], result)
    return result


def _quarters(scheme, clinic):
    prepaid = prepaid_of(scheme, clinic["prepay"])
    carry = int(fen(clinic["opening_carry"]))
    rows = []
    for quarter in clinic["quarters"]:
        base = 0
        for line in quarter["lines"]:
            verified = line["reported"] - line["invalid"] - line["false"]
            base += half_up(fen(line["price"]) * verified)
        k = k_of(quarter["score"], scheme)
        penalty = int(fen(quarter["penalty"]))
        for line in quarter["lines"]:
            penalty += half_up(fen(line["price"]) * Fraction(quarter.get("false_times", "0")) * line["false"])
        value = half_up(base * k) - penalty
        if value < 0:
            value = 0
        open_amount = value - prepaid[quarter["period"]] + carry
        pay = frozen = carry = 0
        if open_amount < 0:
            carry = open_amount
        elif Fraction(quarter["score"]) < Fraction(scheme["hold_score"]) and not quarter["released"]:
            frozen = open_amount
        else:
            pay = open_amount
        rows.append(
            {
                "period": quarter["period"],
                "base": base,
                "k": k,
                "penalty": penalty,
                "settled": value,
                "prepaid": prepaid[quarter["period"]],
                "pay": pay,
                "frozen": frozen,
                "carry": carry,
            }
        )
    return rows


def _annual(scheme, pool, clinics, settled):
    finals = {}
    for code, rows in settled.items():
        if scheme["annual_mode"] == "rescore":
            k = k_of(clinics[code]["annual_score"], scheme)
            final = half_up(sum(r["base"] for r in rows) * k) - sum(r["penalty"] for r in rows)
            final = final if final > 0 else 0
        else:
            final = sum(r["settled"] for r in rows)
        cap = clinics[code]["cap"]
        if cap is not None and final > fen(cap):
            final = int(fen(cap))
        finals[code] = final
    if pool is not None and sum(finals.values()) > fen(pool):
        finals = share_out(int(fen(pool)), {code: Fraction(f) for code, f in finals.items()})
    annual = {}
    for code, rows in settled.items():
        paid = sum(r["prepaid"] + r["pay"] for r in rows)
        held = sum(r["frozen"] for r in rows)
        balance = finals[code] + int(fen(clinics[code]["opening_carry"])) - paid
        owed = balance if balance > 0 else 0
        frozen = held if held < owed else owed
        annual[code] = {
            "base": sum(r["base"] for r in rows),
            "final": finals[code],
            "paid": paid,
            "balance": balance,
            "payable": owed - frozen,
            "frozen": frozen,
            "capped": held - frozen,
            "carry": balance if balance < 0 else 0,
        }
    return annual


def _events(events, result):
    available, received = {}, {}
    result["events"] = []
    for event in events:
        amount = int(fen(event["amount"]))
        entry = {**event, "amount": written(amount)}
        if event["type"] == "arrival":
            available[event["source"]] = available.get(event["source"], 0) + amount
            result["events"].append(entry)
            continue
        theirs = received.setdefault(event["code"], {})
        paying = event["type"] == "payment"
        weights = available if paying else theirs
        split = share_out(amount, {source: Fraction(held) for source, held in weights.items()})
        for source, part in split.items():
            available[source] += -part if paying else part
            theirs[source] = theirs.get(source, 0) + (part if paying else -part)
        entry["sources"] = {source: written(split[source]) for source in sorted(split)}
        result["events"].append(entry)
    result["available"] = {source: written(available[source]) for source in sorted(available)}
