"""Every amount explains itself: the formula, the formula with its numbers, the result.

The texts are Chinese, in the words of the printed forms: they are data that stands beside an
amount, on screen and on paper. Each function takes what the amount was computed from and gives
explanations by the name of the result's field. The numbers are those the rule used, so a reader
with a pocket calculator comes to the same fen.
"""

from dataclasses import dataclass
from decimal import Decimal

from odoo.addons.bphs_base.tools.money import ZERO

from .settlement import AnnualResult, ClinicYear, QuarterResult
from .terms import SUM_OF_QUARTERS, PlanPrepay, Quarter, Scheme, coefficient


@dataclass(frozen=True, slots=True)
class Explanation:
    """``label`` names the amount as the forms do; the other three are the texts to show."""

    label: str
    formula: str
    numbers: str
    result: str


def yuan(amount: Decimal) -> str:
    """Write yuan as the forms do: 17,079,620.00."""
    return f"{amount:,.2f}"


def plain(number: Decimal) -> str:
    """Write a price, ratio or score without idle zeros beyond two decimals: 2.00, 0.125, 85.00."""
    text = f"{number:f}"
    whole, _dot, places = text.partition(".")
    return f"{whole}.{places.rstrip('0'):0<2}"


def _sum(terms) -> str:
    return " + ".join(terms) or "0.00"


def _signed(amount: Decimal) -> str:
    """Write a carry inside a sum: ``(-481.69)`` reads as a number, ``+ -481.69`` as a slip."""
    return f"({yuan(amount)})" if amount < 0 else yuan(amount)


def explain_coefficient(score: Decimal, full_score: Decimal, k: Decimal) -> Explanation:
    """Explain how a score became the coefficient ``k``."""
    full, points = plain(full_score), plain(score)
    reached = score >= full_score
    return Explanation(
        "系数",
        f"得分达到 {full} 分的，系数为 1；否则为 得分 ÷ 100，四舍五入到四位小数",
        f"{points} ≥ {full}，系数为 1" if reached else f"{points} ÷ 100",
        f"{k:.4f}",
    )


def explain_prepaid(scheme: Scheme, prepay, period: str, prepaid: Decimal) -> Explanation:
    """Explain the prepayment of ``period`` from the scheme and the clinic's prepay basis."""
    ratio = plain(scheme.prepay_ratio)
    if isinstance(prepay, PlanPrepay):
        count = len(scheme.year_periods)
        formula = "年度任务测算 × 预拨比例，进到整分，再平均分到各期（最大余额法取到分）"
        numbers = f"{yuan(prepay.annual)} × {ratio} ÷ {count}"
    else:
        formula = "上年同期结算额 × 预拨比例，进到整分"
        numbers = f"{yuan(prepay.quarters[period])} × {ratio}"
    return Explanation("已预拨", formula, numbers, yuan(prepaid))


def explain_false_work(quarter: Quarter, result: QuarterResult, document: str) -> dict[str, Explanation]:
    """Explain what is deducted for false work; nothing where none is."""
    if quarter.false_times is None:
        return {}
    times = plain(quarter.false_times)
    parts = [f"{plain(line.price)} × {times} × {line.false}" for line in quarter.lines if line.false]
    source = f"；依据：{document}" if document else ""
    return {
        "penalty": Explanation(
            "扣减",
            f"人工扣减 + 各服务项目 单价 × {times} 倍 × 不真实数，逐项四舍五入到分后相加{source}",
            _sum((yuan(quarter.penalty), *parts)),
            yuan(result.penalty),
        )
    }


def explain_quarter(
    scheme: Scheme, prepay, quarter: Quarter, result: QuarterResult, document: str = ""
) -> dict[str, Explanation]:
    """Explain every amount of a settled quarter, by field name of :class:`QuarterResult`.

    :param document: number of the document by which false work is deducted
    """
    lines = _sum(f"{plain(line.price)} × {line.verified}" for line in quarter.lines)
    hold = plain(scheme.hold_score)
    if quarter.score >= scheme.hold_score:
        held = f"{plain(quarter.score)} ≥ {hold}，不暂缓"
    elif quarter.released:
        held = f"{plain(quarter.score)} < {hold}，已解除暂缓"
    else:
        held = f"{plain(quarter.score)} < {hold}，暂缓 {yuan(result.due)}"
    return {
        "base": Explanation("核定额", "各服务项目 单价 × 核定数，逐项四舍五入到分后相加", lines, yuan(result.base)),
        "coefficient": explain_coefficient(quarter.score, scheme.full_score, result.coefficient),
        **explain_false_work(quarter, result, document),
        "settled": Explanation(
            "应结算",
            "核定额 × 系数，四舍五入到分，减扣减，不低于 0",
            f"{yuan(result.base)} × {result.coefficient:.4f} - {yuan(result.penalty)}",
            yuan(result.settled),
        ),
        "prepaid": explain_prepaid(scheme, prepay, result.period, result.prepaid),
        "difference": Explanation(
            "差额",
            "应结算 - 已预拨 + 上期待扣回",
            f"{yuan(result.settled)} - {yuan(result.prepaid)} + {_signed(result.carry_in)}",
            yuan(result.difference),
        ),
        "due": Explanation(
            "应拨",
            "差额为正时等于差额，否则为 0",
            yuan(result.difference),
            yuan(result.due),
        ),
        "frozen": Explanation(
            "暂缓拨付",
            f"得分低于 {hold} 分且未解除暂缓的，应拨全部暂缓",
            held,
            yuan(result.frozen),
        ),
        "pay": Explanation(
            "实拨",
            "应拨 - 暂缓拨付",
            f"{yuan(result.due)} - {yuan(result.frozen)}",
            yuan(result.pay),
        ),
        "carry": Explanation(
            "待扣回（下期抵扣）",
            "差额为负时等于差额，否则为 0",
            yuan(result.difference),
            yuan(result.carry),
        ),
    }


def explain_year(
    scheme: Scheme,
    clinic: ClinicYear,
    result: AnnualResult,
    pool: Decimal | None,
    limited_total: Decimal,
) -> dict[str, Explanation]:
    """Explain every amount of a settled year, by field name of :class:`AnnualResult`.

    :param limited_total: yuan of all clinics after their caps, to hold against ``pool``
    """
    quarters = clinic.quarters
    held = sum((quarter.frozen for quarter in quarters), ZERO)
    owed = max(result.balance, ZERO)
    return {
        "base": Explanation(
            "全年核定额",
            "各期核定额之和",
            _sum(yuan(quarter.base) for quarter in quarters),
            yuan(result.base),
        ),
        **_explain_claim(scheme, clinic, result),
        "limited": Explanation(
            "封顶后结算额",
            "年度应结算与封顶额取小；无封顶额的不限",
            f"{yuan(result.claim)}，" + ("无封顶额" if clinic.cap is None else f"封顶额 {yuan(clinic.cap)}"),
            yuan(result.limited),
        ),
        "final": _explain_final(result, pool, limited_total),
        "paid": Explanation(
            "全年已拨",
            "各期 已预拨 + 实拨 之和",
            _sum(yuan(amount) for quarter in quarters for amount in (quarter.prepaid, quarter.pay)),
            yuan(result.paid),
        ),
        "balance": Explanation(
            "年度差额",
            "年度结算额 + 期初待扣回 - 全年已拨",
            f"{yuan(result.final)} + {_signed(clinic.opening_carry)} - {yuan(result.paid)}",
            yuan(result.balance),
        ),
        "frozen": Explanation(
            "年度暂缓拨付",
            "年度差额的正数部分与未解除的暂缓拨付合计取小",
            f"{yuan(owed)}，{yuan(held)}",
            yuan(result.frozen),
        ),
        "payable": Explanation(
            "年度实拨",
            "年度差额的正数部分 - 年度暂缓拨付",
            f"{yuan(owed)} - {yuan(result.frozen)}",
            yuan(result.payable),
        ),
        "capped": Explanation(
            "封顶核减的暂缓额",
            "未解除的暂缓拨付合计 - 年度暂缓拨付：因封顶额或可分配资金所限，不再拨付",
            f"{yuan(held)} - {yuan(result.frozen)}",
            yuan(result.capped),
        ),
        "carry": Explanation(
            "待扣回（下年抵扣）",
            "年度差额为负时等于差额，否则为 0；机构注销的应缴回",
            yuan(result.balance),
            yuan(result.carry),
        ),
    }


def _explain_claim(scheme, clinic, result):
    if scheme.annual_mode == SUM_OF_QUARTERS:
        claim = Explanation(
            "年度应结算",
            "各期应结算之和",
            _sum(yuan(quarter.settled) for quarter in clinic.quarters),
            yuan(result.claim),
        )
        return {"claim": claim}
    k = coefficient(clinic.annual_score, scheme.full_score)
    penalties = sum((quarter.penalty for quarter in clinic.quarters), ZERO)
    claim = Explanation(
        "年度应结算",
        "全年核定额 × 年度系数，四舍五入到分，减全年扣减，不低于 0",
        f"{yuan(result.base)} × {k:.4f} - {yuan(penalties)}",
        yuan(result.claim),
    )
    return {"coefficient": explain_coefficient(clinic.annual_score, scheme.full_score, k), "claim": claim}


def _explain_final(result, pool, limited_total):
    if pool is None or limited_total <= pool:
        formula = "未超出可分配资金的，等于封顶后结算额"
        numbers = yuan(result.limited)
    else:
        formula = "可分配资金 × 封顶后结算额 ÷ 全部机构封顶后结算额合计（最大余额法取到分）"
        numbers = f"{yuan(pool)} × {yuan(result.limited)} ÷ {yuan(limited_total)}"
    return Explanation("年度结算额", formula, numbers, yuan(result.final))
