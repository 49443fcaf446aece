"""Document numbers (发文字号) as they are printed, however the keyboard gave their brackets."""

import re

_NUMBER = re.compile(r"([一-龥]{1,12})[〔\[［(（【]((?:19|20)[0-9]{2})[〕\]］)）】](?:第)?([1-9][0-9]{0,4})号")


def document_number(text: str) -> str | None:
    """长上卫字〔2026〕2号, as GB/T 9704 writes it; None for what is no number of a document."""
    found = _NUMBER.fullmatch("".join(text.split()))
    return f"{found[1]}〔{found[2]}〕{found[3]}号" if found else None
