"""Township institutions: three more methods, each closing to the fen.

Settlement rules, section 4. A scheme names its method for each kind of institution. Points, scores
and persons come in; results come out in code-point order of the institution codes, amounts in yuan.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from odoo.addons.bphs_base.tools.money import ZERO, exact, largest_remainder, round_half_up

from .terms import SettlementError, check_not_negative, check_score, coefficient

BONUS_SCORE = Decimal("90")
BONUS_CAP = Decimal("0.10")


@dataclass(frozen=True, slots=True)
class Member:
    """An institution that shares a pool: its points (当量) and score."""

    code: str
    points: Decimal
    score: Decimal | None

    def __post_init__(self):
        check_not_negative("points", f"机构 {self.code} 的标化工作量", self.points)
        check_score("score", self.score, f"机构 {self.code} 没有得分，不能分配")


@dataclass(frozen=True, slots=True)
class ZeroSumShare:
    """``corrected``: points after the coefficient; ``amount``: yuan of the pool."""

    code: str
    points: Decimal
    coefficient: Decimal
    corrected: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class FixedValueShare:
    """``raw`` by points, ``earned`` = raw x k; ``amount`` = ``earned`` + ``bonus``, in yuan."""

    code: str
    points: Decimal
    coefficient: Decimal
    raw: Decimal
    earned: Decimal
    eligible: bool
    bonus_limit: Decimal
    bonus: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class FixedValueResult:
    """``deducted`` = pool - earned; ``carried`` stays in the pool: amounts + carried = pool."""

    shares: tuple[FixedValueShare, ...]
    deducted: Decimal
    bonus: Decimal
    carried: Decimal


@dataclass(frozen=True, slots=True)
class Population:
    """An institution paid by head: persons served and score."""

    code: str
    persons: int
    score: Decimal | None

    def __post_init__(self):
        if self.persons < 0:
            raise SettlementError("persons", f"机构 {self.code} 的服务人口不能为负：{self.persons}")
        check_score("score", self.score, f"机构 {self.code} 没有得分，不能结算")


@dataclass(frozen=True, slots=True)
class CapitationShare:
    code: str
    persons: int
    standard: Decimal
    coefficient: Decimal
    amount: Decimal


@exact
def points_zero_sum(pool: Decimal, members: Iterable[Member], full_score: Decimal) -> tuple[ZeroSumShare, ...]:
    """Share the whole ``pool`` by corrected points (当量法): what one loses, the others gain.

    :raise MoneyError: if there is money but no corrected point to share it by
    """
    members = _in_code_order(members)
    factors = {member.code: coefficient(member.score, full_score) for member in members}
    corrected = {member.code: member.points * factors[member.code] for member in members}
    amounts = largest_remainder(pool, corrected)
    return tuple(
        ZeroSumShare(
            member.code,
            member.points,
            factors[member.code],
            corrected[member.code],
            amounts[member.code],
        )
        for member in members
    )


@exact
def points_fixed_value(
    pool: Decimal,
    members: Iterable[Member],
    full_score: Decimal,
    bonus_score: Decimal = BONUS_SCORE,
    bonus_cap: Decimal = BONUS_CAP,
) -> FixedValueResult:
    """Share ``pool`` by points, deduct by score, and reward the best with what was deducted.

    The bonus is shared once: what the caps cut off is carried, not shared again. Where no
    institution is eligible, or the eligible earned nothing, all that was deducted is carried.

    :raise MoneyError: if there is money but no point to share it by
    """
    if not 0 <= bonus_cap <= 1:
        raise SettlementError("bonus_cap", f"奖励上限比例应在 0 至 1 之间：{bonus_cap}")
    members = _in_code_order(members)
    factors = {member.code: coefficient(member.score, full_score) for member in members}
    raw = largest_remainder(pool, {member.code: member.points for member in members})
    earned = {code: round_half_up(amount * factors[code]) for code, amount in raw.items()}
    limits = {code: round_half_up(amount * bonus_cap) for code, amount in earned.items()}
    deducted = sum(raw.values(), ZERO) - sum(earned.values(), ZERO)
    eligible = {
        member.code: earned[member.code] for member in members if member.score >= bonus_score and earned[member.code]
    }
    offered = largest_remainder(deducted, eligible) if eligible else {}
    bonus = {code: min(amount, limits[code]) for code, amount in offered.items()}
    given = sum(bonus.values(), ZERO)
    shares = tuple(
        FixedValueShare(
            code=member.code,
            points=member.points,
            coefficient=factors[member.code],
            raw=raw[member.code],
            earned=earned[member.code],
            eligible=member.code in eligible,
            bonus_limit=limits[member.code] if member.code in eligible else ZERO,
            bonus=bonus.get(member.code, ZERO),
            amount=earned[member.code] + bonus.get(member.code, ZERO),
        )
        for member in members
    )
    return FixedValueResult(shares, deducted, given, deducted - given)


@exact
def capitation(standard: Decimal, members: Iterable[Population], full_score: Decimal) -> tuple[CapitationShare, ...]:
    """Pay ``standard`` yuan a head, corrected by score: round(persons x standard x k)."""
    check_not_negative("standard", "人均标准", standard)
    members = _in_code_order(members)
    factors = {member.code: coefficient(member.score, full_score) for member in members}
    return tuple(
        CapitationShare(
            member.code,
            member.persons,
            standard,
            factors[member.code],
            round_half_up(member.persons * standard * factors[member.code]),
        )
        for member in members
    )


def _in_code_order(members):
    members = sorted(members, key=lambda member: member.code)
    if len({member.code for member in members}) != len(members):
        raise SettlementError("code", "机构代码重复")
    return members
