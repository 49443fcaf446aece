import re

from babel.dates import format_date

from odoo import models
from odoo.tools.misc import get_lang

# What people write of each span of time, as babel's pattern.
SPANS = {"day": "y年M月d日", "month": "y年M月", "quarter": "y年QQQQ"}
WEEK = re.compile(r"W(\d+) (\d+)")


class Base(models.AbstractModel):
    """A group of a span of time is named as it is written: 2026年9月, where Odoo says 九月 2026."""

    _inherit = "base"

    def _web_read_group_groupby_formatter(self, groupby_spec, values):
        formatter = super()._web_read_group_groupby_formatter(groupby_spec, values)
        span = groupby_spec.partition(":")[2]
        language = get_lang(self.env).code
        if span not in (*SPANS, "week") or not language.startswith("zh"):
            return formatter

        def written(value):
            told, domain = formatter(value)
            if isinstance(told, tuple):
                told = (told[0], _written(span, value, told[1], language))
            return told, domain

        return written


def _written(span, value, label, language):
    if span == "week":
        return WEEK.sub(r"\2年第\1周", label)
    return format_date(value, SPANS[span], locale=language)
