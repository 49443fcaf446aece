"""E3 抽样名单: what was drawn, what stands in for it, and what its verification found; opaque references alone."""

from odoo.addons.bphs_base.reports.printing import make_form, make_table
from odoo.addons.bphs_base.tools.paper.form import Column

COLUMNS = (
    Column("place", "样本序", "integer"),
    Column("unit", "单位", weight=1.6),
    Column("reference", "编号", "code"),
    Column("reserve", "备选于", "code"),
    Column("way", "核实方式", weight=0.9),
    Column("verdict", "核实结论", weight=0.9),
    Column("finding", "不一致之处", weight=2),
    Column("person", "核查人", weight=0.8),
    Column("date", "核实日期", "date"),
)


def table(sample, template, unit=None):
    """:param unit: only what was drawn of this one"""
    records = sample.record_ids.sorted(lambda record: (record.unit_id.code, record.id))
    if unit:
        records = records.filtered(lambda record: record.unit_id == unit)
    labels = {name: dict(records._fields[name]._description_selection(sample.env)) for name in ("way", "verdict")}
    rows = [
        {
            "place": record.place,
            "unit": record.unit_id.name,
            "reference": record.reference,
            "reserve": record.stands_in_for,
            "way": labels["way"].get(record.way),
            "verdict": "人找不到" if record.is_unreachable else labels["verdict"].get(record.verdict),
            "finding": record.finding,
            "person": record.checked_by_id.sudo().name,  # sudo: names of evaluators alone
            "date": record.checked_on,
        }
        for record in records
    ]
    return make_table(template, COLUMNS, rows)


def notes(sample, unit=None):
    """Seed and frames: with them anybody draws the same sample again."""
    method = dict(sample._fields["method"]._description_selection(sample.env))[sample.method]
    frames = sample.frame_ids.filtered(lambda frame: not unit or frame.unit_id == unit)
    return (
        f"抽样方法：{method}；种子：{sample.seed or ''}",
        *(
            f"{frame.unit_id.name}：可抽 {frame.frame_size} 份{'（异常，加密抽样）' if frame.is_abnormal else ''}，"
            f"名单 SHA-256：{frame.frame_hash or ''}"
            for frame in frames
        ),
    )


def form(sample, template):
    return make_form(
        template,
        sample.institution_id,
        sample.evaluation_id.period_id,
        (table(sample, template),),
        unit="",
        landscape=True,
        notes=notes(sample),
    )
