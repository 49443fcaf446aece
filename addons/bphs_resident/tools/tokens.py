"""What a name is found by, and what a query asks for.

A GIN index over numbers: each is a fragment of the name (one or two characters), of its initials or of a syllable,
hashed together with the township. So a search reads only the postings of one township, and its cost does not grow with
the county. Numbers may collide and fragments may lie apart: what the index finds is compared with the name itself by
:func:`match`.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from .identity import is_ehr_number, is_id_number, is_phone, normalise, normalise_phone
from .pinyin import BEGINNINGS, SYLLABLES, readings
from .radicals import fold

# Initials are indexed in runs of at most so many.
_LONGEST_RUN = 4
_LONGEST_SYLLABLE = 6
# Ways to cut a query into syllables that are looked up; more are not what a person meant.
_MOST_CUTS = 6
_HOUSEHOLD = re.compile(r"[0-9]{12}H[0-9]{1,6}")
_LETTERS = re.compile(r"[a-z]+")
_HALF, _ALL = 1 << 31, (1 << 32) - 1

# Kinds of terms that are sealed numbers, and of numbers that run on within a village.
SEALED_NUMBERS = frozenset({"id", "phone", "last4"})
RUNNING_NUMBERS = frozenset({"ehr", "ehr_begin", "household"})
# What is known of a person by whoever looks for just that one.
_FEWEST_CHARACTERS = 2


class Term(NamedTuple):
    """One thing a query asks for.

    ``kind``: ``ehr`` (whole number), ``ehr_begin`` (12 to 16 digits), ``id``, ``last4``, ``phone``, ``household``,
    ``name`` (characters) or ``spelling`` (letters); ``value`` is normalised.
    """

    kind: str
    value: str


# === NAMES === #


def plain_name(name: str | None) -> str:
    """A name as it is compared: full-width letters plain, small, without spaces and the dot of minority names, radicals
    the characters they look like."""
    text = unicodedata.normalize("NFKC", fold(name or "")).lower()
    return text if text.isalnum() else "".join(filter(str.isalnum, text))


def token(township_id: int, fragment: str) -> int:
    """The signed 32-bit number of a fragment in a township."""
    (number,) = _tokens(township_id, [fragment])
    return number


def _tokens(township_id, fragments):
    begun = crc32(f"{township_id}:".encode())
    # The upper half of the unsigned numbers become the negative ones.
    return {((crc32(fragment.encode(), begun) + _HALF) & _ALL) - _HALF for fragment in fragments}


def fragments_of(name: str) -> set[str]:
    """All fragments a plain name is found by: ``n`` the whole, ``h`` one and two characters, ``i`` runs of initials,
    ``s`` beginnings of syllables."""
    found = {f"n{name}", *(f"h{character}" for character in name)}
    found.update(f"h{name[i : i + 2]}" for i in range(len(name) - 1))
    for reading in readings(name):
        syllables = [syllable for syllable in reading if syllable]
        initials = "".join(syllable[0] for syllable in syllables)
        found.update(_runs(initials))
        found.update(*map(_beginnings, syllables))
    return found


@lru_cache(maxsize=16384)
def _runs(initials):
    return [
        f"i{initials[i : i + length]}"
        for i in range(len(initials))
        for length in range(1, min(_LONGEST_RUN, len(initials) - i) + 1)
    ]


@lru_cache(maxsize=2048)
def _beginnings(syllable):
    return [f"s{syllable[:length]}" for length in range(2, len(syllable) + 1)]


def tokens_of(township_id: int, name: str | None) -> list[int]:
    """The numbers a resident's name is found by in their township, in ascending order."""
    return sorted(_tokens(township_id, fragments_of(plain_name(name))))


# === QUERIES === #


def parse(query: str | None) -> list[Term]:
    """The terms of a query; all of them must hold.

    ``荫城 王xm 0014`` -> name 荫城, name 王, spelling xm, last4 0014.
    """
    return [term for word in (query or "").split() for term in _parse_word(word)]


def _parse_word(word: str) -> list[Term]:
    plain = normalise(word)
    if is_id_number(plain):
        return [Term("id", plain)]
    if is_ehr_number(plain):
        return [Term("ehr", plain)]
    if is_phone(plain):
        return [Term("phone", normalise_phone(plain))]
    if _HOUSEHOLD.fullmatch(plain):
        return [Term("household", plain)]
    if re.fullmatch(r"[0-9]{3}[0-9X]", plain):
        return [Term("last4", plain)]
    if re.fullmatch(r"[1-9][0-9]{11,15}", plain):
        return [Term("ehr_begin", plain)]
    parts = re.findall(r"[a-z]+|[^a-z]+", plain_name(word.replace("ü", "v").replace("Ü", "v")))
    return [Term("spelling" if _LETTERS.fullmatch(part) else "name", part) for part in parts]


def is_telling(term: Term) -> bool:
    """Whether a term may be all that somebody knows of one person: a whole number, or enough of a name to be one.

    Of letters two syllables: three initials are borne by hundreds, and counted up they are the whole register.
    """
    if term.kind == "spelling":
        return any(_is_of_syllables(letters) for letters in _meant(term.value))
    return term.kind in ("id", "phone") or (term.kind == "name" and len(term.value) >= _FEWEST_CHARACTERS)


def _is_of_syllables(letters):
    """Whether letters are whole syllables, two at least."""
    most = {0: 0}  # place behind whole syllables -> how many there can be at most
    for place in range(1, len(letters) + 1):
        ends = [
            most[begin] + 1
            for begin in range(max(0, place - _LONGEST_SYLLABLE), place)
            if begin in most and letters[begin:place] in SYLLABLES
        ]
        if ends:
            most[place] = max(ends)
    return most.get(len(letters), 0) > 1


def names_whole(term: Term, name: str | None) -> bool:
    """Whether a term is a whole name: its characters, or every syllable of it spelt out."""
    plain = plain_name(name)
    if term.kind == "name":
        return term.value == plain
    spelt = {"".join(reading) for reading in readings(plain)}
    return term.kind == "spelling" and not spelt.isdisjoint(_meant(term.value))


def is_part(term: Term) -> bool:
    """Whether a term is part of a name that goes with the last four of a number: a character, or two letters."""
    return term.kind == "name" or (term.kind == "spelling" and len(term.value) > 1)


def whole(term: Term) -> list[list[str]]:
    """The fragments of a name that is the term and nothing else; empty where the term is not a name's characters."""
    return [[f"n{term.value}"]] if term.kind == "name" and len(term.value) > 1 else []


def alternatives(term: Term) -> list[list[str]]:
    """The fragments that must all be present, for each way the term may be meant; empty: nothing can match.

    :param term: of kind ``name`` or ``spelling``
    """
    if term.kind == "name":
        value = term.value
        if len(value) == 1:
            return [[f"h{value}"]]
        return [[f"h{value[i : i + 2]}" for i in range(len(value) - 1)]]
    return [_fragments_of_cut(cut) for cut in cuts(term.value)]


def _fragments_of_cut(cut):
    initials = "".join(unit[0] for unit in cut)
    length = min(len(initials), _LONGEST_RUN)
    runs = {f"i{initials[i : i + length]}" for i in range(len(initials) - length + 1)}
    syllables = {f"s{unit}" for unit in cut if len(unit) > 1}
    # A lone syllable's initial says nothing that the syllable does not, and is the longest list to read.
    return sorted(syllables if len(cut) == 1 and syllables else runs | syllables)


def cuts(letters: str) -> list[list[str]]:
    """Ways to cut letters into units that each stand for one character: a whole syllable, an initial, or at the end the
    beginning of a syllable. Fewest units first; all initials last.

    Where ``yu`` may stand for ü the ways of that follow: ``lyubo`` -> ``[lyu, bo]`` cannot be, ``[lv, bo]`` can.

    ``zhangsf`` -> ``[zhang, s, f]``, ...; ``zsf`` -> ``[z, s, f]``.
    """
    return [cut for meant in _meant(letters) for cut in _cuts(meant)]


def _meant(letters):
    """The letters, and what they are where somebody types passports' yu for ü: ``lyu`` -> ``lv``, but not ``xuanyue``
    alone -> ``xuanve``."""
    return list(dict.fromkeys((letters, letters.replace("lyu", "lv").replace("nyu", "nv"))))


def _cuts(letters):
    found, waiting = [], [([], letters)]
    while waiting and len(found) < _MOST_CUTS:
        longer = []
        for cut, rest in waiting:
            if rest in BEGINNINGS:
                found.append([*cut, rest])
            for length in range(min(len(rest) - 1, _LONGEST_SYLLABLE), 0, -1):
                unit = rest[:length]
                if length == 1 or unit in SYLLABLES:
                    longer.append(([*cut, unit], rest[length:]))
        waiting = longer[: 8 * _MOST_CUTS]
    found = found[:_MOST_CUTS]
    if list(letters) not in found and len(letters) > 1:
        found.append(list(letters))
    return found


# === COMPARING === #


def match(term: Term, name: str | None) -> tuple[int, int] | None:
    """Where a name holds the term: first and last character but one of the name as written, or None.

    ``match(Term("spelling", "zhangsf"), "张三丰")`` -> ``(0, 3)``
    """
    text, places = _placed(name or "")
    if term.kind == "name":
        start = text.find(term.value)
        span = None if start < 0 else (start, start + len(term.value))
    else:
        spans = (_match_spelling(letters, readings(text)) for letters in _meant(term.value))
        span = next(filter(None, spans), None)
    return span and (places[span[0]], places[span[1] - 1] + 1)


def _placed(name):
    """A plain name, and for each of its characters the place of the one it comes from."""
    if name == plain_name(name):  # nearly every name, and hundreds are compared for a search
        return name, range(len(name))
    folded = [(character, place) for place, written in enumerate(name) for character in plain_name(written)]
    return "".join(character for character, _place in folded), [place for _character, place in folded]


def _match_spelling(letters, ways):
    for start in range(len(ways[0])):
        for reading in ways:
            end = _spelt_until(letters, reading, start)
            if end is not None:
                return start, end
    return None


def _spelt_until(letters, reading, place):
    """The place behind the last character that ``letters`` spell from ``place`` on, or None."""
    if place >= len(reading):
        return None
    syllable = reading[place]
    if not syllable:
        return _spelt_until(letters, reading, place + 1)
    if syllable.startswith(letters):
        return place + 1
    for unit in (syllable, syllable[0]):
        if letters.startswith(unit) and len(letters) > len(unit):
            end = _spelt_until(letters[len(unit) :], reading, place + 1)
            if end is not None:
                return end
    return None
