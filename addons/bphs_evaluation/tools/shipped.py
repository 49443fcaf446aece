"""A shipped scheme: the exact document beside what people read of it, and the headings its items stand under.

``{"scheme": the document, "source", "headings": [{"code", "name", "items": [codes]}], "rows": {code: values}}``; a row
is of an item, a red line, or a case as ``ITEM/CASE``; ``problem`` is the code of a problem type.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .scheme_document import read_scheme, scheme_document


@dataclass(frozen=True, slots=True)
class Details:
    """What stands beside a scheme."""

    source: str
    headings: tuple[dict, ...]
    rows: Mapping[str, dict]


def read_shipped(value: dict) -> tuple[dict, Details]:
    """Return the checked document of a shipped scheme, and what stands beside it.

    :raise ReplayError: what the rules find wrong with the scheme
    """
    document = scheme_document(read_scheme(value["scheme"], ""))
    rows = {
        code: {"values": {name: text for name, text in row.items() if name != "problem"}, "problem": row.get("problem")}
        for code, row in value["rows"].items()
    }
    return document, Details(value["source"], tuple(value["headings"]), rows)
