"""Rows with the mistakes that rolls come with, one of every kind an import must refuse."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from random import Random


def _set(key, value):
    def spoil(row):
        row[key] = value

    return spoil


def _check_digit(row):
    number = row["id_number"]
    row["id_number"] = number[:-1] + ("0" if number[-1] != "0" else "1")


def _birth_date(row):
    day = date.fromisoformat(row["birth_date"]) - timedelta(days=400)
    row["birth_date"] = day.isoformat()


def _sex(row):
    row["sex"] = "女" if row["sex"] == "男" else "男"


def _future(row):
    row["file_created_on"] = "2099-01-01"


# What each kind of reason (see the import's findings) is given for.
MISTAKES = {
    "missing": _set("name", ""),
    "check_digit": _check_digit,
    "id_number": _set("id_number", "14049919500101"),
    "birth_date": _birth_date,
    "sex": _sex,
    "date": _set("file_created_on", "2023-02-30"),
    "future": _future,
    "village": _set("village", "999999999999"),
    "ehr_number": _set("ehr_number", "1404991"),
    "phone": _set("phone", "12345"),
    "choice": _set("relation", "邻居"),
    "too_long": _set("name", "王" * 51),
    "formula": _set("address", "=cmd|'/c calc'!A1"),
    "encoding": _set("name", "王\ufffd\ufffd"),
    "household": _set("household", "东3排"),
}
TWICE = "twice"
KINDS = (*MISTAKES, TWICE)


def spoilt(rows: Iterable[dict[str, str]], share: float, seed: int = 1) -> Iterator[tuple[dict[str, str], str]]:
    """Every row with the kind of its mistake, empty for the rows left in order; the kinds take turns.

    :param rows: cells by the keys of the roll's columns
    :param share: about which part of the rows is spoilt, 0 to 1; only rows with an ID number are
    """
    chance = Random(seed)  # noqa: S311 no secret hangs on it
    turn = 0
    for row in rows:
        if len(row["id_number"]) != 18 or chance.random() >= share:
            yield row, ""
            continue
        kind = KINDS[turn % len(KINDS)]
        turn += 1
        if kind == TWICE:
            yield row, ""
            yield dict(row), kind
        else:
            MISTAKES[kind](row)
            yield row, kind
