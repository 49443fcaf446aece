"""What township institutions get of a shared pool, or by head, explains itself.

As :mod:`.explain`: formula, formula with its numbers, result, by code and name of the field.
"""

from decimal import Decimal

from odoo.addons.bphs_base.tools.money import ZERO

from .explain import Explanation, plain, yuan
from .township import CapitationShare, FixedValueResult, ZeroSumShare


def explain_zero_sum(pool: Decimal, shares: tuple[ZeroSumShare, ...]) -> dict[str, dict[str, Explanation]]:
    """Explain the 当量法, by institution code and field name of :class:`ZeroSumShare`."""
    total = sum((share.corrected for share in shares), ZERO)
    return {
        share.code: {
            "corrected": Explanation(
                "修正当量",
                "标化工作量 × 系数",
                f"{plain(share.points)} × {share.coefficient:.4f}",
                plain(share.corrected),
            ),
            "amount": Explanation(
                "应结算",
                "可分配资金 × 修正当量 ÷ 修正当量合计（最大余额法取到分）",
                f"{yuan(pool)} × {plain(share.corrected)} ÷ {plain(total)}",
                yuan(share.amount),
            ),
        }
        for share in shares
    }


def explain_fixed_value(pool: Decimal, result: FixedValueResult) -> dict[str, dict[str, Explanation]]:
    """Explain fixed-value points, by institution code and field of :class:`FixedValueShare`."""
    points = sum((share.points for share in result.shares), ZERO)
    # Only an eligible institution that earned something took part in sharing out the bonus.
    eligible = sum((share.earned for share in result.shares if share.eligible), ZERO)
    return {
        share.code: {
            "raw": Explanation(
                "按当量分配",
                "可分配资金 × 标化工作量 ÷ 标化工作量合计（最大余额法取到分）",
                f"{yuan(pool)} × {plain(share.points)} ÷ {plain(points)}",
                yuan(share.raw),
            ),
            "earned": Explanation(
                "应得",
                "按当量分配 × 系数，四舍五入到分",
                f"{yuan(share.raw)} × {share.coefficient:.4f}",
                yuan(share.earned),
            ),
            "bonus": Explanation(
                "奖励",
                "扣减合计 × 应得 ÷ 达奖励得分线机构应得合计（最大余额法取到分），不超过奖励上限",
                f"{yuan(result.deducted)} × {yuan(share.earned)} ÷ {yuan(eligible)}，上限 {yuan(share.bonus_limit)}"
                if share.eligible
                else "不参加奖励分配",
                yuan(share.bonus),
            ),
            "amount": Explanation(
                "应结算",
                "应得 + 奖励",
                f"{yuan(share.earned)} + {yuan(share.bonus)}",
                yuan(share.amount),
            ),
        }
        for share in result.shares
    }


def explain_capitation(share: CapitationShare) -> dict[str, Explanation]:
    """Explain a payment by head."""
    return {
        "amount": Explanation(
            "应结算",
            "服务人口 × 人均标准 × 系数，四舍五入到分",
            f"{share.persons} × {plain(share.standard)} × {share.coefficient:.4f}",
            yuan(share.amount),
        )
    }
