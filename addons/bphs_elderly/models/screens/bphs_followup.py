from odoo import api, models
from odoo.tools import SQL

from ...tools.visits import ALL_CLOCKS, CLOCKS
from ..plans.bphs_plan import MONTH_DAYS, _rhythm

# Of rows `f` on clocks `c`: the colour's own, and those of a disease where the colour adds none beside them.
SERVES = """
    (c.code = ANY(%(own)s)
     OR c.kind = 'interval' AND c.id <> ALL(%(named)s) AND EXISTS (
        SELECT FROM bphs_plan d JOIN (VALUES %(rhythms)s) AS r (colour, code, days, face) ON r.colour = %(colour)s
         WHERE d.id = f.plan_id AND d.origin <> 'colour' AND (c.face_to_face OR NOT r.face)
           AND CASE c.every_unit WHEN 'months' THEN c.every_number * %(month)s ELSE c.every_number END <= r.days
           AND NOT EXISTS (SELECT FROM bphs_plan p WHERE p.resident_id = f.resident_id AND p.origin = 'colour'
                              AND p.code = r.code AND p.date_from <= %(day)s
                              AND (p.date_to IS NULL OR p.date_to > %(day)s))))
"""


class BphsFollowup(models.Model):
    """One contact serves both: a visit for a disease is the one for the colour, where that asks for no more."""

    _inherit = "bphs.followup"

    @api.model
    def _serves_colour(self, colour, day):
        """Whether a row is a visit for the colour its elder stands in.

        :param SQL colour: of the elder, on the day
        :return SQL: of rows `f` of this table and their clocks `c`
        """
        self.env["bphs.plan"].flush_model()
        clocks = self.env["bphs.clock"]
        in_force = {clock.code: clock for clock in clocks.sudo()._all_in_force()}  # sudo: how often, for whoever asks
        asked = [(colour_, codes[0]) for colour_, codes in CLOCKS.items() if codes[0] in in_force]
        rhythms = [(*pair, _rhythm(in_force[pair[1]])) for pair in asked]
        own = SQL("c.code = ANY(%s)", list(ALL_CLOCKS))
        if not rhythms:
            return own
        return SQL(
            SERVES,
            own=list(ALL_CLOCKS),
            # What only named persons are told of serves for nothing that others see.
            named=list(clocks._sensitive_ids()),
            rhythms=SQL(", ").join(SQL("(%s, %s, %s, %s)", one, code, found.days, found.face)
                                   for one, code, found in rhythms),
            colour=colour,
            month=MONTH_DAYS,
            day=SQL("%s::date", day),
        )  # fmt: skip
