from odoo import SUPERUSER_ID, api
from odoo.tools import SQL


def migrate(cr, version):
    """Values were judged by the figure with the files for named persons, which trying targets told everybody."""
    if not version:
        return
    values = api.Environment(cr, SUPERUSER_ID, {})["bphs.indicator.value"]
    cr.execute(
        SQL(
            "SELECT extract(year FROM month)::int, array_agg(DISTINCT code) FROM bphs_indicator_value"
            " WHERE (numerator, denominator) IS DISTINCT FROM (numerator_whole, denominator_whole) GROUP BY 1"
        )
    )
    for year, codes in cr.fetchall():
        values._judge_year(year, codes)
