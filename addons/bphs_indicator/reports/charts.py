"""I3 指标对照图, I4 指标走势图, I5 指标热力表: what the board shows, for a bulletin."""

from odoo.addons.bphs_base.reports.printing import day, make_form, name_of
from odoo.addons.bphs_base.tools.paper.chart import COLOURS, Bar, Bars, Heat, Trend
from odoo.addons.bphs_base.tools.paper.form import Charts, Column, Table
from odoo.addons.bphs_base.tools.paper.picture import Picture
from odoo.addons.bphs_base.tools.workbook import Chart, Sheet

TONES = {"yes": "success", "no": "danger", "none": "muted"}
CELLS = {"yes": "reached", "no": "missed", "none": "unknown"}
# Rows of a heat table on one page of paper, and how wide its picture is for each institution.
A_PAGE, A_PLACE, NAMES = 24, 130, 620
NOTE = "不足5的数字不公布；由合计可以推算的一并不公布。"
LATE_NOTE = "标“*”的（走势图中标黄的）在冻结后有迟录，图表中仍为当时公布的数字。"


def _title(picture, template):
    return f"{picture._indicator().name or ''}　{template.name}"


def _notes(picture):
    return (NOTE, LATE_NOTE) if picture._has_late() else (NOTE,)


def _until(picture):
    value = picture._values([("month", "=", picture.month.replace(day=1))])[:1]
    return f"截至{day(value.date_to)}" if value else ""


def _bars_of(rows):
    return tuple(
        Bar(row["name"], row["drawn"], row["shown"], TONES.get(row["passed"], "info"), row["target"]) for row in rows
    )


def ranking(picture, _template):
    return Bars("", _bars_of(picture._ranking()))


def trend(picture, _template):
    rows = picture._trend()
    marked = frozenset(row["name"] for row in rows if row["late"])
    return Trend(name_of(picture.institution_id), _bars_of(rows), marked)


def _heat_of(picture):
    places, rows = picture._heat()
    cells = [
        (
            indicator.name,
            tuple((row["shown"], CELLS.get(row["passed"], "plain")) if row else ("", "plain") for row in told),
        )
        for indicator, told in rows
    ]
    return tuple(places), cells


# === PAPER AND PICTURE === #


def _form(draw):
    def form(picture, template):
        return _made(picture, template, (Charts((draw(picture, template),)),), _title(picture, template))

    return form


def heat_form(picture, template):
    places, rows = _heat_of(picture)
    pages = [Heat("", places, tuple(rows[at : at + A_PAGE])) for at in range(0, len(rows), A_PAGE)]
    return _made(picture, template, (Charts(tuple(pages), 7.5),), template.name, landscape=True)


def _made(picture, template, blocks, title, **more):
    own = picture.env.user.sudo().bphs_institution_ids[:1]  # sudo: one's own institution
    return make_form(
        template,
        own,
        picture.env["bphs.period"],
        blocks,
        title=title,
        period_words=_until(picture),
        unit="",
        notes=_notes(picture),
        **more,
    )


def _picture(draw):
    def drawn(picture, template):
        heading = (_title(picture, template), _until(picture))
        return Picture(heading=heading, charts=(draw(picture, template),), notes=_notes(picture))

    return drawn


def heat_picture(picture, template):
    places, rows = _heat_of(picture)
    heading = (template.name, _until(picture))
    return Picture(
        heading=heading,
        charts=(Heat("", places, tuple(rows)),),
        notes=_notes(picture),
        width=NAMES + A_PLACE * max(len(places), 4),
    )


# === WORKBOOK === #


def _columns(picture, name):
    indicator = picture._indicator()
    rate = indicator.shape == "rate"
    kind = {"kind": "percent", "digits": indicator.digits} if rate else {"kind": "integer"}
    parts = (Column("numerator", "分子", "integer"), Column("denominator", "分母", "integer")) if rate else ()
    return (
        Column("name", name, weight=1.8),
        Column("shown", "公布数"),
        Column("figure", "实际", **kind),
        Column("aim", "目标", **kind),
        *parts,
        Column("passed_words", "达标情况"),
    )


def _sheet(picture, template, rows, name, kind):
    rate = picture._indicator().shape == "rate"
    rows = [{**row, "figure": _part(row["drawn"], rate), "aim": _part(row["target"], rate)} for row in rows]
    aims = "aim" if any(row["aim"] is not None for row in rows) else ""
    return Sheet(
        template.name,
        Table(_columns(picture, name), rows),
        heading=(_title(picture, template), _until(picture)),
        notes=_notes(picture),
        chart=Chart(_title(picture, template), "name", ("figure",), kind, aims),
    )


def _part(number, rate):
    return number / 100 if rate and number is not None else number


def ranking_sheets(picture, template):
    return [_sheet(picture, template, picture._ranking(), "单位", "column")]


def trend_sheets(picture, template):
    return [_sheet(picture, template, picture._trend(), name_of(picture.institution_id), "line")]


def heat_sheets(picture, template):
    places, rows = picture._heat()
    keys = [f"p{at}" for at in range(len(places))]
    columns = (Column("name", "指标", weight=2.6), *(Column(key, name) for key, name in zip(keys, places, strict=True)))
    table, fills = [], {}
    for number, (indicator, told) in enumerate(rows):
        table.append(
            {"name": indicator.name, **{key: row and row["shown"] for key, row in zip(keys, told, strict=True)}}
        )
        for key, row in zip(keys, told, strict=True):
            if row and row["passed"] in CELLS:
                fills[number, key] = COLOURS[CELLS[row["passed"]]]
    heading = (template.name, _until(picture))
    return [Sheet(template.name, Table(columns, table), heading=heading, notes=_notes(picture), freeze=1, fills=fills)]


ranking_form, trend_form = _form(ranking), _form(trend)
ranking_picture, trend_picture = _picture(ranking), _picture(trend)
