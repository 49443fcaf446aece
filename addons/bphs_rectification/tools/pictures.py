"""Whether a photo arrived whole: told by its bytes, without unfolding it."""

_JPEG, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
_PNG, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND"
_RIFF = b"RIFF"
# Some cameras write a few bytes of their own behind the end.
_TAIL = 65_536


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
