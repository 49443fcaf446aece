"""Whether a photo arrived whole, and what it says beside its picture: told by its bytes, without unfolding it."""

_JPEG, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
_PNG, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND"
_RIFF = b"RIFF"
# Some cameras write a few bytes of their own behind the end.
_TAIL = 65_536
# Where a camera writes place, time, owner and words: EXIF and XMP, IPTC, comments.
_JPEG_NOTES = (0xE1, 0xED, 0xFE)
_PNG_NOTES = (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME")
_WEBP_NOTES = (b"EXIF", b"XMP ")
_WEBP_HEAD, _WEBP_NOTE_FLAGS = b"VP8X", 0x0C


def is_whole_picture(content: bytes) -> bool:
    """Whether a JPEG, PNG or WebP reaches to its end; what is none of them is no picture."""
    if content.startswith(_JPEG):
        return _JPEG_END in content[-_TAIL:] and _segments_follow(content)
    if content.startswith(_PNG):
        return _PNG_END in content[-_TAIL:]
    if content.startswith(_RIFF):
        return len(content) >= 8 + int.from_bytes(content[4:8], "little")
    return False


def _segments_follow(content):
    """Whether the segments of a JPEG lead to its picture: a preview within a broken-off one has an end of its own."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        if content[at + 1] == 0xDA:  # the picture itself begins
            return content.find(_JPEG_END, at) >= 0
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return False


def bare_picture(content: bytes) -> bytes:
    """The same picture without what cameras write beside it: place, time, owner and words tell of people.

    The picture itself is not touched. What does not follow the format comes back as it is; a turn that only EXIF told
    of is lost.
    """
    if content.startswith(_JPEG):
        return _bare_jpeg(content)
    if content.startswith(_PNG):
        return _bare_png(content)
    if content.startswith(_RIFF) and content[8:12] == b"WEBP":
        return _bare_webp(content)
    return content


def _bare_jpeg(content):
    at, parts = 2, [content[:2]]
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if content[at + 1] not in _JPEG_NOTES:
            parts.append(content[at:end])
        at = end
    return b"".join((*parts, content[at:]))


def _bare_png(content):
    at, parts = len(_PNG), [_PNG]
    while at + 12 <= len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        if content[at + 4 : at + 8] not in _PNG_NOTES:
            parts.append(content[at:end])
        at = end
    return b"".join((*parts, content[at:]))


def _bare_webp(content):
    at, parts = 12, []
    while at + 8 <= len(content):
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        part = content[at:end]
        if part[:4] == _WEBP_HEAD and len(part) > 8:
            part = part[:8] + bytes([part[8] & ~_WEBP_NOTE_FLAGS]) + part[9:]
        if part[:4] not in _WEBP_NOTES:
            parts.append(part)
        at = end
    body = b"WEBP" + b"".join(parts)
    return _RIFF + len(body).to_bytes(4, "little") + body
