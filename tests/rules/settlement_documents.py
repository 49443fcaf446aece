"""Hypothesis strategies for replay documents that keep every rule, edges included."""

from hypothesis import strategies as st

CODES = ("140404102201", "140404102202", "140404102203", "2", "10", "村卫生室", "\U00020000")
SOURCES = ("central", "province", "city", "county")
# Scores sit on and beside the thresholds more often than chance would put them there.
EDGE_SCORES = ("0", "59.99", "60", "60.00", "84.99", "85", "85.00", "90.00", "100", "100.00")


def written(number_of_fen):
    return f"{number_of_fen // 100}.{number_of_fen % 100:02d}"


def money(largest=2_000_000):
    return st.integers(0, largest).map(written) | st.sampled_from(("0", "0.00", "0.01", "1.5"))


def scores():
    return st.sampled_from(EDGE_SCORES) | st.integers(0, 10_000).map(written)


def ratios():
    return st.integers(7000, 10_000).map(lambda n: f"{n // 10_000}.{n % 10_000:04d}") | (
        st.sampled_from(("0.70", "0.7", "1", "1.0"))
    )


def prices():
    return st.integers(0, 200_000).map(lambda n: f"{n // 10_000}.{n % 10_000:04d}") | (
        st.sampled_from(("2.00", "0.5", "8", "0.0050", "999999999999.9999"))
    )


@st.composite
def lines(draw, item):
    reported = draw(st.integers(0, 900) | st.sampled_from((0, 1, 1_000_000_000)))
    invalid = draw(st.integers(0, min(reported, 20)))
    false = draw(st.integers(0, min(reported - invalid, 20)))
    return {
        "item": item,
        "price": draw(prices()),
        "reported": reported,
        "invalid": invalid,
        "false": false,
    }


@st.composite
def quarters(draw, period):
    items = draw(st.lists(st.sampled_from(("EHR", "HTN", "DM", "讲座")), unique=True))
    quarter = {
        "period": period,
        "score": draw(scores()),
        "penalty": draw(money(30_000)),
        "released": draw(st.booleans()),
        "lines": [draw(lines(item)) for item in items],
    }
    if draw(st.booleans()):
        quarter["false_times"] = draw(st.sampled_from(("3.00", "0.00", "1.50", "0.3333", "10.00")))
    return quarter


@st.composite
def clinics(draw, code, scheme, count):
    periods = scheme["year_periods"]
    if draw(st.booleans()):
        prepay = {"basis": "plan", "annual": draw(money())}
    else:
        amounts = {period: draw(money(500_000)) for period in periods}
        prepay = {"basis": "last_year", "quarters": amounts}
    clinic = {
        "code": code,
        "prepay": prepay,
        "opening_carry": draw(st.just("0.00") | st.just("-0.00") | money().map("-".__add__)),
        "cap": draw(st.none() | money(3_000_000)),
        "quarters": [draw(quarters(period)) for period in periods[:count]],
    }
    if scheme["annual_mode"] == "rescore" or draw(st.booleans()):
        clinic["annual_score"] = draw(scores())
    return clinic


@st.composite
def events(draw, codes):
    """Draw events that never ask for more than is there, without computing any split."""
    held, received = 0, dict.fromkeys(codes, 0)
    result = []
    for _ in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from(("arrival", "payment", "return")))
        code = draw(st.sampled_from(codes)) if codes else None
        if kind == "arrival":
            amount = draw(st.integers(1, 500_000))
            held += amount
            source = draw(st.sampled_from(SOURCES))
            result.append({"type": kind, "source": source, "amount": written(amount)})
        elif kind == "payment" and code and held:
            amount = draw(st.integers(1, held))
            held -= amount
            received[code] += amount
            payment = draw(st.sampled_from(("prepaid", "pay", "release", "annual")))
            result.append(
                {
                    "type": kind,
                    "code": code,
                    "period": "2025Q1",
                    "kind": payment,
                    "amount": written(amount),
                }
            )
        elif kind == "return" and code and received[code]:
            amount = draw(st.integers(1, received[code]))
            held += amount
            received[code] -= amount
            result.append({"type": kind, "code": code, "amount": written(amount)})
    return result


@st.composite
def documents(draw):
    periods = draw(st.sampled_from((["2025Q1", "2025Q2", "2025Q3", "2025Q4"], ["Q9", "Q10"], ["年"])))
    scheme = {
        "prepay_ratio": draw(ratios()),
        "full_score": draw(st.just("85") | scores()),
        "hold_score": draw(st.just("60") | scores()),
        "annual_mode": draw(st.sampled_from(("sum_of_quarters", "rescore"))),
        "year_periods": periods,
    }
    codes = draw(st.lists(st.sampled_from(CODES), unique=True, max_size=4))
    count = draw(st.just(len(periods)) | st.integers(0, len(periods)))
    document = {
        "scheme": scheme,
        "institutions": [draw(clinics(code, scheme, count)) for code in codes],
    }
    if draw(st.booleans()):
        document["pool"] = draw(st.none() | money(3_000_000))
    if draw(st.booleans()):
        document["events"] = draw(events(codes))
    return document
