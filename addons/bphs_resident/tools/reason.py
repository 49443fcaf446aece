"""Whether a reason says anything: somebody will read it in the log years later."""

_FEWEST = 2


def has_words(text: str | None) -> bool:
    """Two different letters or characters at least: ``随访`` does, ``.``, ``11`` and ``啊啊啊`` do not."""
    return len({character for character in text or "" if character.isalpha()}) >= _FEWEST
