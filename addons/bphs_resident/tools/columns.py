"""The columns of a resident, in one place for everything that writes them in bulk.

``bphs_resident`` as the form, the import and the generator fill it. A person is a dict of clear facts
(:data:`PERSON_DEFAULTS` names them all); :func:`row_of` makes the stored row of it: numbers sealed, name spelt and cut
into search tokens, file state judged. The form writes through the ORM, whose computes call :func:`derived`, the same
function; a test compares both rows.
"""

from datetime import date

from . import file_state, sealing
from .identity import normalise, normalise_phone
from .pinyin import initials_of, pinyin_of
from .tokens import plain_name, tokens_of

# Facts kept as they are.
_PLAIN = (
    "ehr_number",  # 17 digits, unique in the county
    "name",
    "sex",  # male, female, unknown, unstated (GB/T 2261.1: 1, 2, 0, 9)
    "birth_date",
    "id_type",  # resident_id, passport, hk_macao, taiwan, other, none
    "id_reason",  # why there is none
    "household_id",
    "relation",  # to the head of the household
    "division_id",  # the village
    "institution_id",  # responsible: the one that serves the village
    "township_id",  # the institution that leads it, or itself where none does
    "residence_kind",  # registered (户籍), migrant (流动, half a year and more)
    "living_alone",
    "empty_nest",
    "extreme_poverty",
    "minimum_living",
    "disability_card",
    "status",  # active, moved_out, died, lost, merged
    "status_date",
    "status_evidence",
    "file_created_on",
    "last_service_on",
    "opened_on",
    "active",
)
_DERIVED = (
    "id_cipher",
    "id_index",
    "id_last4_index",
    "phone_cipher",
    "phone_index",
    "pinyin",
    "initials",
    "search_tokens",
    "standardised",
    "failures",
    "restricted",
)
RESIDENT_COLUMNS = _PLAIN + _DERIVED
HOUSEHOLD_COLUMNS = ("number", "division_id", "institution_id", "township_id", "address", "active")
GROUP_COLUMNS = ("resident_id", "kind", "date_from", "date_to", "basis")

# A person as the bulk writers give it: the plain columns, and the clear facts that are sealed or only judged.
PERSON_DEFAULTS = dict.fromkeys(_PLAIN) | {
    "sex": "unknown",
    "id_type": "resident_id",
    "residence_kind": "registered",
    "living_alone": False,
    "empty_nest": False,
    "extreme_poverty": False,
    "minimum_living": False,
    "disability_card": False,
    "status": "active",
    "active": True,
    "id_number": None,
    "phone": None,
    "groups": (),  # kinds of key groups, ended ones too
}


def sealed_id(id_number: str | None, keys: sealing.Keyring) -> dict:
    """The stored columns of an ID number (any document's); all None where there is none."""
    number = normalise(id_number) or None
    return {
        "id_cipher": keys.seal(sealing.ID_NUMBER, number),
        "id_index": keys.index(sealing.ID_NUMBER, number),
        "id_last4_index": keys.index(sealing.ID_LAST4, number and number[-4:]),
    }


def sealed_phone(phone: str | None, keys: sealing.Keyring) -> dict:
    """The stored columns of a telephone number; None where there is none."""
    number = normalise_phone(phone) or None
    return {"phone_cipher": keys.seal(sealing.PHONE, number), "phone_index": keys.index(sealing.PHONE, number)}


def spelt(name: str) -> dict:
    """The stored columns of how a name is spelt."""
    plain = plain_name(name)
    return {"pinyin": pinyin_of(plain), "initials": initials_of(plain)}


def judged(person: dict, today: date) -> dict:
    """The stored columns of the file's state on a day."""
    wanting = file_state.failures(person, today)
    return {
        "standardised": not wanting,
        "failures": ",".join(wanting) or None,
        "restricted": file_state.is_restricted(person.get("groups") or ()),
    }


def derived(person: dict, keys: sealing.Keyring, today: date) -> dict:
    """The columns that follow from a person's facts, by name."""
    return {
        **sealed_id(person.get("id_number"), keys),
        **sealed_phone(person.get("phone"), keys),
        **spelt(person["name"]),
        "search_tokens": tokens_of(person["township_id"], person["name"]),
        **judged(person, today),
    }


def row_of(person: dict, keys: sealing.Keyring, today: date) -> tuple:
    """The row of a person in the order of :data:`RESIDENT_COLUMNS`.

    :param person: facts over :data:`PERSON_DEFAULTS`; dates are dates, ids are of this database
    """
    values = {**PERSON_DEFAULTS, **person}
    values.update(derived(values, keys, today))
    return tuple(values[column] for column in RESIDENT_COLUMNS)


def copy_line(row) -> str:
    """A row as PostgreSQL's COPY reads it in its text format, line feed included."""
    # Most values are nothing or a text without marks of its own: millions of them go through here.
    return (
        "\t".join(
            [
                r"\N"
                if value is None
                else value
                if type(value) is str and value.isprintable() and "\\" not in value
                else _copy_value(value)
                for value in row
            ]
        )
        + "\n"
    )


def _copy_value(value) -> str:
    if isinstance(value, str):
        return value.replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")
    if value is True:
        return "t"
    if value is False:
        return "f"
    if isinstance(value, list):
        return "{" + ",".join(map(str, value)) + "}"
    return str(value)
