from dateutil.relativedelta import relativedelta

from odoo import fields, models

from .bphs_elderly_board import COLOURS

SHAPES = {"red": "▲", "yellow": "◆", "green": "●", "unrated": "○"}
TONES = {"red": "danger", "yellow": "warning", "green": "success", "unrated": "muted"}
# More rows nobody tells apart on a chart.
MOST_PLACES = 30


class BphsElderlyBoard(models.TransientModel):
    """The same places on the same day of the years before, as stacked bars."""

    _inherit = "bphs.elderly.board"

    years = fields.Integer(string="Years Beside It", default=1, help="The same day of so many years before, 0 to 4.")

    def _chart_of_years(self, rows):
        """:param rows: of the day, as `_rows` gives them
        :return: dict as the first page's charts are drawn, or False where there is nothing to compare
        """
        self.ensure_one()
        days = [self.day - relativedelta(years=years) for years in range(min(max(self.years, 0), 4), 0, -1)]
        told = [*((day.year, self._rows(day)) for day in days), (self.day.year, rows)]
        found = {(row["name"], year): row for year, of_day in told for row in of_day}
        places = list(dict.fromkeys(row["name"] for row in rows))
        if not places or len(places) > MOST_PLACES:
            return False
        bars = [(place, year) for place in places for year, _rows in told if (place, year) in found]
        names = dict(self.env["bphs.elderly.standing"]._fields["colour"]._description_selection(self.env))
        return {
            "kind": "bar",
            "stacked": True,
            "sideways": True,
            "labels": [f"{place} {year}" for place, year in bars],
            "series": [
                {
                    "label": f"{SHAPES[colour]} {names[colour]}",
                    "tone": TONES[colour],
                    "data": [found[bar][colour] for bar in bars],
                }
                for colour in COLOURS
            ],
        }
