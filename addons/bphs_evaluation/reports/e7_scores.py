"""E7 附件1 评价情况表: every unit's points by the headings of the scheme, its total, rank and group."""

from odoo.addons.bphs_base.reports.printing import make_form, make_table
from odoo.addons.bphs_base.tools.money import to_decimal
from odoo.addons.bphs_base.tools.paper.form import Column


def columns(round_):
    """The headings of the round's own scheme stand between the unit and its total."""
    return (
        Column("no", "序号", "index"),
        Column("unit", "单位", weight=1.8),
        *(Column(f"root{number}", root.name, "number") for number, root in enumerate(round_._columns_of_headings(), 1)),
        Column("final", "总分", "number"),
        Column("percent", "得分率（%）", "number"),
        Column("rank", "名次", "integer"),
        Column("group", "等次", weight=0.9),
        Column("change", "较乡镇评分" if round_.is_recheck else "较上轮", "number"),
        Column("red", "红线", weight=1.2),
    )


def table(round_, template):
    roots = round_._columns_of_headings()
    rows = []
    for score in round_.score_ids.sorted(lambda one: (not one.has_final, one.rank, one.institution_id.code)):
        final = score.has_final
        rows.append(
            {
                "unit": score.institution_id.name,
                "final": to_decimal(score.final) if final else None,
                "percent": to_decimal(score.percent) if final else None,
                "rank": score.rank if final else None,
                "group": score.group_name if final else "不计总分",
                "change": to_decimal(score.change) if score.has_previous and final else None,
                "red": score.red_lines,
                **{
                    f"root{number}": round_._heading_points(score.sheet_id, root)
                    for number, root in enumerate(roots, 1)
                },
            }
        )
    return make_table(template, columns(round_), rows)


def form(round_, template):
    return make_form(
        template, round_.institution_id, round_.period_id, (table(round_, template),), landscape=True, unit=""
    )
