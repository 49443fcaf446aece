"""Several small files in one archive, held in memory."""

import io
import zipfile
from collections.abc import Iterable


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip archive of these files: (name, content), in their order."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as told:
        for name, data in files:
            told.writestr(name, data)
    return archive.getvalue()
