from odoo import fields, models
from odoo.tools import SQL


class BphsVillageCounter(models.Model):
    """The last number drawn in a village: of residents' files and of households.

    A row of its own, so that two people who draw at once collide in the database and the second is tried again;
    reading the highest number would give both the same.
    """

    _name = "bphs.village.counter"
    _description = "Numbers Drawn in a Village"

    division_id = fields.Many2one("bphs.division", required=True, index=True, ondelete="restrict")
    kind = fields.Selection([("resident", "Health Record"), ("household", "Household")], required=True)
    last = fields.Integer(required=True)

    _division_kind_uniq = models.Constraint("UNIQUE(division_id, kind)", "A village counts each kind once.")

    def _draw(self, division, kind):
        """The next number of a kind in a village, behind all that were drawn or imported.

        :return int:
        """
        table, column, behind = {
            "resident": ("bphs_resident", "ehr_number", ""),
            "household": ("bphs_household", "number", "H"),
        }[kind]
        prefix = division.code + behind
        self.env["bphs.resident"].flush_model(["ehr_number"])
        self.env["bphs.household"].flush_model(["number"])
        highest = SQL(
            "SELECT coalesce(max(substr(%(column)s, %(start)s)::int), 0) FROM %(table)s"
            " WHERE %(column)s >= %(low)s AND %(column)s <= %(high)s",
            column=SQL.identifier(column),
            table=SQL.identifier(table),
            start=len(prefix) + 1,
            low=prefix + "0",
            high=prefix + "99999",
        )
        ((number,),) = self.env.execute_query(
            SQL(
                """
                INSERT INTO bphs_village_counter AS c (division_id, kind, last)
                VALUES (%(id)s, %(kind)s, (%(high)s) + 1)
                ON CONFLICT (division_id, kind)
                DO UPDATE SET last = greatest(c.last, (%(high)s)) + 1
                RETURNING last
                """,
                id=division.id,
                kind=kind,
                high=highest,
            )
        )
        return number
