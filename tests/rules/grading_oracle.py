"""A second grading, slow and obvious, written from the rules alone: it shares no line with the product's.

It works on the plain JSON of a document, asks each condition of each person by itself, and never indexes anything.
"""

from datetime import date, timedelta
from decimal import Decimal


def grade_document(document):
    day = date.fromisoformat(document["as_of"])
    ruleset = document["ruleset"]
    people = [grade_person(ruleset, person, day) for person in document["people"]]
    people.sort(key=lambda row: row["code"])
    counts = {
        colour: sum(1 for row in people if row["colour"] == colour) for colour in ("red", "yellow", "green", "unrated")
    }
    counts["none"] = sum(1 for row in people if row["colour"] is None)
    return {"ruleset": ruleset["code"], "as_of": document["as_of"], "people": people, "counts": counts}


def grade_person(ruleset, person, day):
    age = birthdays(person["birth_date"], day)
    assessed = all(facts_of(condition, person, day) is not None for condition in ruleset["gate"])
    hits = []
    if age >= 65:
        for rule in ruleset["rules"]:
            for alternative in rule["any"]:
                found = [facts_of(condition, person, day) for condition in alternative]
                if None not in found:
                    because = sorted({fact["id"] for facts in found for fact in facts})
                    hits.append({"rule": rule["code"], "colour": rule["colour"], "because": because})
                    break
    if age < 65:
        colour = None
    elif any(hit["colour"] == "red" for hit in hits):
        colour = "red"
    elif hits:
        colour = "yellow"
    else:
        colour = "green" if assessed else "unrated"
    return {"code": person["code"], "age": age, "assessed": assessed, "colour": colour, "hits": hits}


def birthdays(birth_date, day):
    """How many birthdays have come: each is looked up in its year."""
    year, month, of_month = (int(part) for part in birth_date.split("-"))
    count = 0
    for later in range(year + 1, day.year + 1):
        try:
            birthday = date(later, month, of_month)
        except ValueError:
            birthday = date(later, 3, 1)
        count += birthday <= day
    return count


def first_day(day, months):
    """The first day of the window of so many months: month by month back, then cut, then one day on."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    for of_month in range(day.day, 0, -1):
        try:
            return date(year, month, of_month) + timedelta(1)
        except ValueError:
            continue


def on(fact):
    return date.fromisoformat(fact["date"])


def running(ranges, day):
    return [
        span
        for span in ranges
        if date.fromisoformat(span["from"]) <= day and (span["to"] is None or day <= date.fromisoformat(span["to"]))
    ]


def newest_first(facts):
    """By date; of one date the one that stands later in the document comes first."""
    places = sorted(range(len(facts)), key=lambda place: (on(facts[place]), place))
    return [facts[place] for place in reversed(places)]


def facts_of(condition, person, day):
    """The facts the condition rests on; None where it does not hold."""
    fact = condition["fact"]
    begin = first_day(day, condition["months"]) if "months" in condition else None
    if fact == "age":
        return [] if holds(birthdays(person["birth_date"], day), condition) else None
    if fact == "manual":
        return [d for d in running(person["manual"], day) if d["colour"] == condition["is"]] or None
    if fact in ("condition", "social", "finding"):
        spans = [s for s in running(person["ranges"], day) if s["fact"] == fact and s["code"] in condition["in"]]
        return spans if len({span["code"] for span in spans}) >= condition.get("at_least", 1) else None
    if fact in ("exam", "event"):
        return events_of(condition, [event for event in person["events"] if on(event) <= day], day)
    if fact in ("control", "unsettled"):
        return control_of(condition, person, day, begin)
    values = [value for value in person["values"] if value["fact"] == fact and begin <= on(value) <= day]
    if not values:
        return None
    latest = newest_first(values)[0]
    if "is" in condition:
        fits = latest["value"] == condition["is"]
    elif "op" in condition:
        fits = holds(Decimal(latest["value"]), condition)
    else:
        fits = True
    return [latest] if fits else None


def holds(number, condition):
    bound = Decimal(condition["value"])
    return {
        ">=": number >= bound,
        ">": number > bound,
        "<=": number <= bound,
        "<": number < bound,
    }[condition["op"]]


def events_of(condition, events, day):
    codes = ["exam"] if condition["fact"] == "exam" else condition["in"]
    if "months" in condition:
        begin = first_day(day, condition["months"])
        return [event for event in events if event["code"] in codes and on(event) >= begin] or None
    begin = first_day(day, condition["older_than_months"])
    found = []
    for code in codes:
        of_code = [event for event in events if event["code"] == code]
        if of_code and not [event for event in of_code if on(event) >= begin]:
            found.append(newest_first(of_code)[0])
    return found or None


def control_of(condition, person, day, begin):
    for disease in condition["in"]:
        known = newest_first([a for a in person["control"] if a["disease"] == disease and on(a) <= day])
        if condition["fact"] == "control":
            latest = known[: condition["last"]]
            right = [a for a in latest if on(a) >= begin and a["is"] == condition["is"]]
            if len(right) == condition["last"]:
                return right
            continue
        spans = [s for s in running(person["ranges"], day) if s["fact"] == "condition" and s["code"] == disease]
        latest = [a for a in known if on(a) >= begin][:1]
        if spans and (not latest or latest[0]["is"] != "controlled"):
            return spans + latest
    return None
