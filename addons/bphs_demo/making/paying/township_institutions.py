"""The township hospitals' and community centres' own money of the year: settled by points, approved, not yet paid."""

from .quarters import scanned_letter

POOL = "17098017.00"  # 60 % of what arrived; the village clinics share the rest
TENTHS = (932, 864, 917, 788, 945, 881, 823, 906, 857, 894, 762, 871, 928)  # scores of the year, the townships in order


def settle_township_institutions(county):
    """Scores by the section, points by finance, the stages of the county's run; something stays in the pool."""
    year = county.period("2025")
    seats = [county.seat[row["code"]] for row in county.townships]
    county.as_("primarycare", "bphs.fund.score").create(
        [
            {"institution_id": seat.id, "period_id": year.id, "score": tenths / 10}
            for seat, tenths in zip(seats, TENTHS, strict=True)
        ]
    )
    allotment = county.as_("finance1", "bphs.fund.allotment").create(
        {"institution_id": county.bureau.id, "period_id": year.id, "pool_added": POOL}
    )
    points = _points(county)
    for line in allotment.line_ids:
        line.points = points[line.institution_id.code]
    allotment.action_compute()
    allotment.action_approval_submit("2025年度卫生院资金结算。")
    county.approve(allotment, "primarycare", "finance2", "deputy")
    county.approve(allotment, "leader", minutes_number="演示党组会纪要〔2025〕21号")
    county.approve(
        allotment,
        "finance3",
        external_number="演示上党财社函〔2025〕41号",
        external_scan=scanned_letter(),
        external_scan_name="财政局批复（演示）.pdf",
    )


def _points(county):
    """{institution code: points}: about four and a half for each resident, more where the doctors see more people."""
    points = {}
    for row in county.townships:
        residents = sum(int(village["residents"]) for village in county.villages if village["township"] == row["code"])
        effort = county.draw("points", row["code"]).uniform(4.1, 4.9)
        points[county.seat[row["code"]].code] = round(residents * effort, 2)
    return points
