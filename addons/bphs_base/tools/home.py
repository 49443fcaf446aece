"""What a first page (工作台) is made of: what waits for a person, and cards of figures.

Pure: no database. A count and its list are one query: each says its model and domain once, the framework counts by it
and opens the list by it.
"""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from .money import exact, to_decimal

_WAN = Decimal(10000)
_CENT = Decimal("0.01")
_TENTH = Decimal("0.1")

# From badly to well; the words of Odoo's own decorations, so that a page and a list are one colour.
TONES = ("danger", "warning", "info", "success", "muted")


@dataclass(frozen=True, slots=True)
class Wait:
    """One kind of thing that waits for a person.

    :param key: name of the kind, once in the suite
    :param name: what people call it, in their language
    :param action: XML id of the window action whose list it opens
    :param date: the field that says until when; ``many2one.field`` for a date of what it belongs to
    :param since: the field that says since when, of kinds that nothing sets a day for
    :param amount: the field whose sum is told along, of kinds that are decided by an amount
    :param tone: where nothing is late
    """

    key: str
    name: str
    model: str
    domain: list
    action: str
    date: str = ""
    since: str = ""
    amount: str = ""
    tone: str = "info"
    sequence: int = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a card, and the list behind it.

    :param measure: empty for a count of records; a field whose sum it is
    :param sign: -1 where the ledger holds it below zero and people read it above
    :param money: told in 万元, exact to the fen in its title
    :param yuan: told in yuan, to the fen, where amounts are those of one clinic
    :param value: the figure itself, where it is no count and no sum (a ratio, a day); then nothing is counted
    :param tone: of :data:`TONES`; ``if_any`` tones stand only where the figure is not zero
    :param action: empty where no list stands behind it
    """

    label: str
    model: str = ""
    domain: list = field(default_factory=list)
    action: str = ""
    measure: str = ""
    sign: int = 1
    money: bool = False
    yuan: bool = False
    value: str | None = None
    unit: str = ""
    tone: str = ""
    if_any: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A card of a first page. Cards of one key from several modules are one card: their lines stand together.

    :param chart: dict of ``kind`` (bar, line, doughnut), ``labels``, ``series`` (dicts of ``label``, ``data``,
        ``tone``), ``stacked``, ``sideways``, ``unit``
    :param note: a sentence below, where figures need one
    """

    key: str
    title: str
    lines: tuple = ()
    chart: dict | None = None
    note: str = ""
    sequence: int = 50
    wide: bool = False


def merged(cards):
    """Cards of one key taken together, in the order of their sequence.

    :return: list of Card
    """
    found = {}
    for card in sorted(cards, key=lambda card: card.sequence):
        first = found.get(card.key)
        if first is None:
            found[card.key] = card
            continue
        found[card.key] = Card(
            key=first.key,
            title=first.title,
            lines=(*first.lines, *card.lines),
            chart=first.chart or card.chart,
            note=first.note or card.note,
            sequence=first.sequence,
            wide=first.wide or card.wide,
        )
    return list(found.values())


@exact
def in_wan(amount):
    """:return str: an amount in 万元 to two places, rounded half up: 4728.71"""
    shown = (to_decimal(amount) / _WAN).quantize(_CENT, ROUND_HALF_UP)
    # What rounds to nothing is nothing, of either sign.
    return f"{shown or abs(shown):,}"


@exact
def is_lost_in_wan(amount):
    """:return bool: whether it is something, and 万元 would tell it as nothing"""
    amount = to_decimal(amount)
    return bool(amount) and not (amount / _WAN).quantize(_CENT, ROUND_HALF_UP)


@exact
def to_the_fen(amount):
    """:return str: the same amount as it is: 47,287,051.20"""
    return f"{to_decimal(amount).quantize(_CENT, ROUND_HALF_UP):,}"


@exact
def per_cent(part, whole):
    """:return str: the share in per cent to one place, rounded half up; empty where there is no whole"""
    part, whole = to_decimal(part), to_decimal(whole)
    if not whole:
        return ""
    return f"{(part * 100 / whole).quantize(_TENTH, ROUND_HALF_UP)}"
