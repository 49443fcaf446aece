"""Which stages a document passes, and what a decision must bring along."""

import base64
import binascii
from dataclasses import dataclass
from decimal import Decimal

from . import states

SCAN_LIMIT = 10 * 1024 * 1024
SCAN_STARTS = (b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


@dataclass(frozen=True)
class StageRule:
    """What decides whether a stage applies.

    `amount_from`: yuan from which the stage applies; `minutes_from`: yuan from which it demands
    minutes.
    """

    amount_from: Decimal = Decimal(0)
    minutes_required: bool = False
    minutes_from: Decimal = Decimal(0)


def applies(rule, amount):
    """Whether a stage applies to a document of `amount` yuan; a reversal weighs as much as what
    it reverses."""
    return abs(amount) >= rule.amount_from


def demands_minutes(rule, amount):
    """Whether the stage demands the number of the meeting's minutes for `amount` yuan."""
    return rule.minutes_required and abs(amount) >= rule.minutes_from


def missing(verdict, *, external, minutes_required, comment, minutes_number, external_number, external_scan):
    """What a decision lacks.

    :param str verdict: approve, return or withdraw
    :return: list of field names in the order they are asked for
    """
    if verdict in (states.RETURN, states.WITHDRAW):
        return [] if (comment or "").strip() else ["comment"]
    lacking = []
    if minutes_required and not (minutes_number or "").strip():
        lacking.append("minutes_number")
    if external and not (external_number or "").strip():
        lacking.append("external_number")
    if external and not external_scan:
        lacking.append("external_scan")
    return lacking


def read_scan(encoded):
    """The bytes of a scan that came in base64.

    :param encoded: base64 text or bytes
    :rtype: bytes
    :raises ValueError: with "base64", "size" or "kind" where it is no base64, over 10 MB, or
        neither PDF, PNG nor JPEG
    """
    try:
        content = base64.b64decode(encoded, validate=True)
    except (binascii.Error, TypeError, ValueError) as error:
        raise ValueError("base64") from error
    if len(content) > SCAN_LIMIT:
        raise ValueError("size")
    if not content.startswith(SCAN_STARTS):
        raise ValueError("kind")
    return content
