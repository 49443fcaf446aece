"""Rows handed to PostgreSQL's COPY as it asks for them: never all in memory."""

from collections.abc import Iterator


class RowStream:
    """A file to read from, made of lines that are drawn one after another.

    ``error``: what went wrong in drawing them; the database driver tells only that something did.
    """

    def __init__(self, lines: Iterator[str]):
        self._lines, self._left = iter(lines), b""
        self.error: Exception | None = None

    def read(self, size: int = -1) -> bytes:  # pylint: disable=method-required-super  # of a file, not of a model
        """Return about `size` bytes, all that is left where it is negative, and nothing at the end."""
        parts, have = [self._left], len(self._left)
        while size < 0 or have < size:
            try:
                line = next(self._lines, None)
            except Exception as error:
                self.error = error
                raise
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
