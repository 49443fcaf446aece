"""The demo county, made by its own people through the steps the suite gives them.

Deterministic: the same county on every installation. One file a chapter of its year, in order.
"""

from .county import County
from .fourth_quarter import leave_fourth_quarter_open
from .money import budget, payees, plans, scheme
from .quarters import prepay, settle_quarter, settle_second_quarter, settle_third_quarter
from .registers import divisions, institutions
from .people import people
from .work import report, scores


def make_county(env):
    county = County(env)
    for chapter in (
        divisions,
        institutions,
        people,
        budget,
        scheme,
        payees,
        plans,
    ):
        chapter(county)
    prepay(county, "2025Q1")
    settle_quarter(county, "2025Q1")
    prepay(county, "2025Q2")
    settle_second_quarter(county)
    prepay(county, "2025Q3")
    settle_third_quarter(county)
    prepay(county, "2025Q4")
    leave_fourth_quarter_open(county)
