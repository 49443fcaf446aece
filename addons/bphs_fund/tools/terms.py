"""What a village settlement starts from: the scheme, the plan, the workload, the score.

Frozen dataclasses that check themselves, so that no broken input reaches the rules: whoever builds
them (the models, the replay document, a test) gets a :class:`SettlementError` naming the field.
Amounts are Decimal yuan, scores Decimal points of 100, quantities int.
Source: 鲁卫基层字〔2023〕3号, made exact in the settlement rules, section 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from odoo.addons.bphs_base.tools.money import ZERO, MoneyError, round4, round_half_up

from .floors import LEAST

SUM_OF_QUARTERS = "sum_of_quarters"
RESCORE = "rescore"
ANNUAL_MODES = (SUM_OF_QUARTERS, RESCORE)

_ONE = Decimal("1.0000")
_HUNDRED = Decimal(100)


class SettlementError(MoneyError):
    """A broken settlement rule. ``field`` names the dataclass field at fault."""

    def __init__(self, field: str, text: str):
        super().__init__(text)
        self.field = field


def coefficient(score: Decimal, full_score: Decimal) -> Decimal:
    """Return k: 1 from ``full_score`` on, else score / 100 to four decimals, half-up."""
    return _ONE if score >= full_score else round4(score / _HUNDRED)


def check_score(field: str, score: Decimal | None, missing: str) -> None:
    """Refuse a score that is not there: it is never taken for 0 nor for full marks."""
    if score is None:
        raise SettlementError(field, missing)
    _check_decimal(field, score)
    if not 0 <= score <= 100:
        raise SettlementError(field, f"得分应在 0 至 100 之间，实际为 {score}")


def check_not_negative(field: str, label: str, amount: Decimal) -> None:
    """Refuse a negative amount, and one that did not come in through ``to_decimal``."""
    _check_decimal(field, amount)
    if amount < 0:
        raise SettlementError(field, f"{label}不能为负：{amount}")


def _check_decimal(field, value):
    # A float here would be a caller's mistake that only shows when its amounts are odd ones.
    if not isinstance(value, Decimal):
        raise SettlementError(field, f"应为十进制数，实际为 {type(value).__name__}")


@dataclass(frozen=True, slots=True)
class Scheme:
    """A published 结算办法. ``year_periods`` are the period codes of its year, in order."""

    prepay_ratio: Decimal
    full_score: Decimal
    hold_score: Decimal
    annual_mode: str
    year_periods: tuple[str, ...]

    def __post_init__(self):
        _check_decimal("prepay_ratio", self.prepay_ratio)
        # Whatever county or year it is of; what its own year asks for is asked of the scheme when it is laid down.
        if not LEAST <= self.prepay_ratio <= 1:
            raise SettlementError("prepay_ratio", f"预拨比例应在 {LEAST} 至 1 之间，实际为 {self.prepay_ratio}")
        check_score("full_score", self.full_score, "缺少全额得分线")
        check_score("hold_score", self.hold_score, "缺少暂缓拨付得分线")
        if self.annual_mode not in ANNUAL_MODES:
            raise SettlementError("annual_mode", f"未知的年度结算方式：{self.annual_mode}")
        if not self.year_periods:
            raise SettlementError("year_periods", "年度至少要有一个期间")
        if len(set(self.year_periods)) != len(self.year_periods):
            raise SettlementError("year_periods", "年度期间重复")


@dataclass(frozen=True, slots=True)
class Line:
    """The workload of one service item: price in yuan, quantities as reported and struck off."""

    item: str
    price: Decimal
    reported: int
    invalid: int
    false: int

    def __post_init__(self):
        check_not_negative("price", "单价", self.price)
        if self.invalid < 0 or self.false < 0:
            field = "invalid" if self.invalid < 0 else "false"
            raise SettlementError(field, "无效数和不真实数不能为负")
        if self.invalid + self.false > self.reported:
            raise SettlementError(
                "reported",
                f"无效数（invalid）{self.invalid} 与不真实数（false）{self.false} 之和"
                f"超过上报数（reported）{self.reported}",
            )

    @property
    def verified(self) -> int:
        return self.reported - self.invalid - self.false

    @property
    def amount(self) -> Decimal:
        """Yuan of this item in the base: rounded item by item."""
        return round_half_up(self.price * self.verified)

    def false_amount(self, times: Decimal | None) -> Decimal:
        """Yuan deducted for what was not done, at so many times the price: rounded item by item."""
        return round_half_up(self.price * times * self.false) if times and self.false else ZERO


@dataclass(frozen=True, slots=True)
class Quarter:
    """One clinic's quarter. ``released``: the hold on it was lifted before the year closed.

    ``penalty`` is what was entered by hand; ``false_times`` how many times its price false work is deducted beside it.
    """

    period: str
    score: Decimal | None
    penalty: Decimal
    released: bool
    lines: tuple[Line, ...]
    false_times: Decimal | None = None

    def __post_init__(self):
        check_not_negative("penalty", "扣减", self.penalty)
        if self.false_times is not None:
            check_not_negative("false_times", "不真实服务扣减倍数", self.false_times)
        seen = set()
        for index, line in enumerate(self.lines):
            if line.item in seen:
                raise SettlementError(f"lines[{index}].item", f"服务项目重复：{line.item:.60}")
            seen.add(line.item)

    @property
    def deducted(self) -> Decimal:
        """Yuan deducted from what the work comes to: by hand, and for false work."""
        if not self.false_times:
            return self.penalty
        return sum((line.false_amount(self.false_times) for line in self.lines), self.penalty)


@dataclass(frozen=True, slots=True)
class PlanPrepay:
    """Prepay by the expected task: yuan of the year's plan."""

    annual: Decimal

    def __post_init__(self):
        check_not_negative("annual", "年度任务测算", self.annual)


@dataclass(frozen=True, slots=True)
class LastYearPrepay:
    """Prepay by last year's settled amounts: yuan by *this* year's period codes."""

    quarters: Mapping[str, Decimal]

    def __post_init__(self):
        for period, amount in self.quarters.items():
            check_not_negative(f"quarters.{period}", "上年同期结算额", amount)


@dataclass(frozen=True, slots=True)
class Clinic:
    """One clinic's year so far. ``cap`` None = no cap; ``opening_carry`` <= 0, from last year."""

    code: str
    prepay: PlanPrepay | LastYearPrepay
    opening_carry: Decimal
    cap: Decimal | None
    annual_score: Decimal | None
    quarters: tuple[Quarter, ...]

    def __post_init__(self):
        if self.cap is not None:
            check_not_negative("cap", "封顶额", self.cap)
        _check_decimal("opening_carry", self.opening_carry)
        if self.opening_carry > 0:
            raise SettlementError("opening_carry", f"期初待扣回不能为正：{self.opening_carry}")
