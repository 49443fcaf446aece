"""How many wrong passwords are too many: what is counted under which name, and when somebody has to wait."""

import hashlib
import ipaddress
from dataclasses import dataclass

# Over all accounts of an address wrong passwords are counted this long.
ADDRESS_MINUTES = 10


def account_mark(login):
    """:return str: a fingerprint of an account's name, whether or not there is such an account

    What is typed in the first box is sometimes the password: it is not kept in clear.
    """
    return hashlib.sha256(str(login).strip().casefold().encode()).hexdigest()


def address_mark(address):
    """:return str: an IPv4 address as it is; of IPv6 the network of 64 bits, for one machine owns all of it"""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return str(address)
    if parsed.version == 6 and parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


@dataclass(frozen=True)
class Limits:
    """Each is what an administrator sets; nought switches it off."""

    account_failures: int = 10
    account_seconds: int = 60
    address_failures: int = 60

    @classmethod
    def of(cls, **settings):
        """Limits from texts of settings; what is missing or no number stays as it is meant to be, or nobody enters."""
        return cls(**{name: int(text) for name, text in settings.items() if str(text or "").strip().isdecimal()})


def must_wait(limits, *, account_failures, seconds_since, address_failures):
    """Whether this try is refused unseen.

    :param int account_failures: wrong passwords of the account since its last right one
    :param seconds_since: how long ago the last of them was, or None
    :param int address_failures: wrong passwords from the address in the last ADDRESS_MINUTES, whatever the account
    """
    tired = (
        limits.account_failures > 0
        and account_failures >= limits.account_failures
        and seconds_since is not None
        and seconds_since < limits.account_seconds
    )
    return tired or 0 < limits.address_failures <= address_failures
