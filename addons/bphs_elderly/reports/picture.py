"""L2 老年人疾病与危险因素年度分布: by township and age band; counts under five are not told."""

from odoo.addons.bphs_base.reports.printing import day, heading, make_form, make_table
from odoo.addons.bphs_base.tools.paper.form import Column, Text
from odoo.addons.bphs_base.tools.workbook import Sheet

COLUMNS = (
    Column("number", "序号", "index"),
    Column("place", "乡镇", weight=1.4),
    Column("band", "年龄组", weight=0.9),
    Column("kind", "类别", weight=1),
    Column("item", "疾病或危险因素", weight=1.8),
    Column("people", "人数", weight=0.8),
    Column("elders", "老年人数", weight=0.9),
    Column("share", "占比", weight=0.8),
)


def table(picture, template):
    kinds = dict(picture.line_ids._fields["kind"]._description_selection(picture.env))
    rows = [
        {
            "place": line.name,
            "band": line.band,
            "kind": kinds[line.kind],
            "item": line.item,
            "people": line.people_words,
            "elders": line.elders_words,
            "share": line.share,
        }
        for line in picture.line_ids
    ]
    return make_table(template, COLUMNS, rows)


def _words(picture):
    return f"截至 {day(picture.day)}　{picture.mark or ''}"


def form(picture, template):
    blocks = (Text(_words(picture)), table(picture, template))
    return make_form(template, picture._issuer(), picture.env["bphs.period"], blocks, landscape=True, unit="")


def sheets(picture, template):
    above = (*heading(template, picture._issuer(), picture.env["bphs.period"], unit=""), _words(picture))
    notes = tuple(filter(None, (template.note,)))
    return [Sheet(template.name, table(picture, template), heading=above, notes=notes, freeze=3)]
