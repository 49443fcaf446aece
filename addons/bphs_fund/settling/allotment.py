"""Settle township institutions through the rule their scheme names (settlement rules, section 4)."""

from dataclasses import asdict

from odoo.addons.bphs_base.tools.money import ZERO, to_decimal

from ..tools.explain import explain_coefficient
from ..tools.explain_shares import explain_capitation, explain_fixed_value, explain_zero_sum
from ..tools.township import Member, Population, capitation, points_fixed_value, points_zero_sum

AMOUNTS = ("raw", "earned", "bonus", "amount")


def settle_allotment(allotment):
    """Settle all lines of a township institutions' document together.

    :param allotment: its lines have a score, and points or persons above zero
    :return: ({line id: column values}, what stays in the pool as Decimal yuan)
    :raise MoneyError: the rule refuses the input
    """
    scheme = allotment.scheme_id
    full_score = to_decimal(scheme.full_score)
    line_of = {line.institution_id.code: line for line in allotment.line_ids}
    scores = {code: to_decimal(line.score_id.score) for code, line in line_of.items()}
    results, explanations, carried = _RULES[allotment.method](
        scheme, to_decimal(allotment.pool_amount), full_score, line_of, scores
    )
    values = {}
    for result in results:
        score = scores[result.code]
        texts = {"coefficient": explain_coefficient(score, full_score, result.coefficient)}
        texts |= explanations[result.code]
        values[line_of[result.code].id] = {
            "score": score,
            "coefficient": result.coefficient,
            "corrected": getattr(result, "corrected", ZERO),
            **{name: getattr(result, name, ZERO) for name in AMOUNTS},
            # A list: the database does not keep the order of keys.
            "explanation": [{"name": name, **asdict(text)} for name, text in texts.items()],
        }
    return values, carried


def _members(line_of, scores):
    return [Member(code, to_decimal(line.points), scores[code]) for code, line in line_of.items()]


def _zero_sum(_scheme, pool, full_score, line_of, scores):
    shares = points_zero_sum(pool, _members(line_of, scores), full_score)
    return shares, explain_zero_sum(pool, shares), ZERO


def _fixed_value(scheme, pool, full_score, line_of, scores):
    terms = to_decimal(scheme.bonus_score), to_decimal(scheme.bonus_cap)
    result = points_fixed_value(pool, _members(line_of, scores), full_score, *terms)
    return result.shares, explain_fixed_value(pool, result), result.carried


def _capitation(scheme, _pool, full_score, line_of, scores):
    standard = to_decimal(scheme.capitation_standard)
    served = [Population(code, line.persons, scores[code]) for code, line in line_of.items()]
    shares = capitation(standard, served, full_score)
    return shares, {share.code: explain_capitation(share) for share in shares}, ZERO


_RULES = {"points_zero_sum": _zero_sum, "points_fixed_value": _fixed_value, "capitation": _capitation}
