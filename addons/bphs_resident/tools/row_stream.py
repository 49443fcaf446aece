"""Rows handed to PostgreSQL's COPY as it asks for them: never all in memory."""

from collections.abc import Iterator


class RowStream:
    """A file to read from, made of lines that are drawn one after another."""

    def __init__(self, lines: Iterator[str]):
        self._lines, self._left = iter(lines), b""

    def read(self, size: int = -1) -> bytes:
        """Return about `size` bytes, all that is left where it is negative, and nothing at the end."""
        parts, have = [self._left], len(self._left)
        while size < 0 or have < size:
            line = next(self._lines, None)
            if line is None:
                break
            part = line.encode()
            parts.append(part)
            have += len(part)
        data = b"".join(parts)
        if size < 0:
            self._left = b""
            return data
        self._left = data[size:]
        return data[:size]
