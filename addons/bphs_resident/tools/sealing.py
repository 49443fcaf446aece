"""How ID numbers and telephones are kept: sealed with AES-256-GCM, found again by a keyed fingerprint (blind index).

Files that hold such numbers while a roll is imported are sealed whole, with the same keys.

The master keys stand in a file outside the database, one a line: ``NAME HEX`` with 64 hexadecimal digits, the newest
first. The first line seals; all lines open, so that a key can be changed while people work. Whoever holds a copy of
the database without this file can neither read a number nor test a guess.
"""

import hashlib
import hmac
import os
import re
from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_LINE = re.compile(r"([A-Za-z0-9]{1,8}) ([0-9a-f]{64})")
_FILE_HEAD = re.compile(rb"([A-Za-z0-9]{1,8})\.")
_NONCE_BYTES = 12
_INDEX_BYTES = 16

# What is sealed. The name goes into cipher and fingerprint, so that one kind can never be passed off as another.
ID_NUMBER, ID_LAST4, PHONE = "id", "last4", "phone"
NAME = "name"  # a search alone: names are not sealed
FILE = "file"


class SealError(ValueError):
    """The key file is not as it must be, or a sealed text does not open with any key of it."""


class _Key:
    def __init__(self, name: str, master: bytes):
        self.name = name
        self.cipher = AESGCM(hmac.digest(master, b"seal", "sha256"))
        index = hmac.new(hmac.digest(master, b"index", "sha256"), digestmod=hashlib.sha256)
        self._started = {}
        for kind in (ID_NUMBER, ID_LAST4, PHONE, NAME):
            self._started[kind] = index.copy()
            self._started[kind].update(kind.encode() + b":")

    def fingerprint(self, kind: str, text: str) -> str:
        started = self._started[kind].copy()  # the key is mixed in once, not for each of three million numbers
        started.update(text.encode())
        return started.digest()[:_INDEX_BYTES].hex()


class Keyring:
    """The keys of a county.

    :param text: the content of the key file
    :raise SealError: a line is malformed, or there is none
    """

    def __init__(self, text: str):
        self._keys = {}
        for number, line in enumerate(filter(None, map(str.strip, text.splitlines())), start=1):
            found = _LINE.fullmatch(line)
            if not found:
                raise SealError(f"line {number}: a name and 64 hexadecimal digits are expected")
            name, digits = found.groups()
            if name in self._keys:
                raise SealError(f"line {number}: the name {name} is used twice")
            self._keys[name] = _Key(name, bytes.fromhex(digits))
        if not self._keys:
            raise SealError("no key")
        self._newest = next(iter(self._keys.values()))

    @property
    def newest(self) -> str:
        """The name of the key that seals."""
        return self._newest.name

    def seal(self, kind: str, text: str | None) -> str | None:
        """Seal a normalised text: ``NAME.`` and base64 of nonce and cipher; nothing stays nothing."""
        if not text:
            return None
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._newest.cipher.encrypt(nonce, text.encode(), kind.encode())
        return f"{self._newest.name}.{b64encode(nonce + sealed).decode()}"

    def open(self, kind: str, sealed: str | None) -> str:
        """The clear text of what :meth:`seal` gave; nothing is empty.

        :raise SealError: no key of this ring opens it, or it was changed
        """
        if not sealed:
            return ""
        name, _dot, body = sealed.partition(".")
        key = self._keys.get(name)
        if key is None:
            raise SealError(f"key {name} is not in the key file")
        try:
            data = b64decode(body, validate=True)
            return key.cipher.decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], kind.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise SealError("a sealed value was changed or is of another key") from error

    def seal_file(self, place: str, content: bytes) -> bytes:
        """Seal a whole file: ``NAME.``, nonce and cipher.

        :param place: where it belongs; in another place it does not open
        """
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._newest.cipher.encrypt(nonce, content, f"{FILE}:{place}".encode())
        return b"".join((self.newest.encode(), b".", nonce, sealed))

    def open_file(self, place: str, sealed: bytes) -> bytes:
        """The content of what :meth:`seal_file` gave.

        :raise SealError: no key of this ring opens it, it belongs elsewhere, or it was changed
        """
        name = key_of_file(sealed)
        key = self._keys.get(name)
        if key is None:
            raise SealError(f"key {name} is not in the key file" if name else "it is not sealed")
        body = memoryview(sealed)[len(name) + 1 :]
        try:
            return key.cipher.decrypt(bytes(body[:_NONCE_BYTES]), body[_NONCE_BYTES:], f"{FILE}:{place}".encode())
        except (InvalidTag, ValueError) as error:
            raise SealError("a sealed file was changed or is of another key") from error

    def index(self, kind: str, text: str | None) -> str | None:
        """The fingerprint of a normalised text under the newest key: 32 hexadecimal digits."""
        return self._newest.fingerprint(kind, text) if text else None

    def lookups(self, kind: str, text: str) -> list[str]:
        """Every fingerprint under which a text may stand, newest first: more than one while keys are changed."""
        return [key.fingerprint(kind, text) for key in self._keys.values()]


def key_of_file(sealed: bytes) -> str:
    """The name of the key a file is sealed with; empty where it is none that was sealed."""
    found = _FILE_HEAD.match(sealed)
    return found[1].decode() if found else ""


def new_key_line(name: str) -> str:
    """A line for the key file, of the system's own randomness."""
    return f"{name} {os.urandom(32).hex()}\n"
