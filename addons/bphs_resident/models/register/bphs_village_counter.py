from secrets import randbelow

from odoo import fields, models
from odoo.tools import SQL

MOST = 99_999
# So many numbers are drawn for each that is wanted: nearly always one of them is free.
_SPARE = 8


class BphsVillageCounter(models.Model):
    """How many numbers were drawn in a village: of residents' files and of households.

    Numbers are not drawn in order: where some files are hidden, a gap in a run would be exactly one of them. A number
    is one of the five digits that is free, by chance. The row of its own is there so that two people who draw at once
    collide in the database and the second is tried again; looking for free numbers would give both the same.
    """

    _name = "bphs.village.counter"
    _description = "Numbers Drawn in a Village"

    division_id = fields.Many2one("bphs.division", required=True, index=True, ondelete="restrict")
    kind = fields.Selection([("resident", "Health Record"), ("household", "Household")], required=True)
    last = fields.Integer(required=True)

    _division_kind_uniq = models.Constraint("UNIQUE(division_id, kind)", "A village counts each kind once.")

    def _draw(self, division, kind, count=1, reserved=()):
        """Free numbers of a kind in a village, in no order.

        :param reserved: numbers that somebody is about to store
        :return: list of whole numbers, as they are stored
        :raise ValueError: the village has not so many left
        """
        table, column, behind = {
            "resident": ("bphs_resident", "ehr_number", ""),
            "household": ("bphs_household", "number", "H"),
        }[kind]
        self.env["bphs.resident"].flush_model(["ehr_number"])
        self.env["bphs.household"].flush_model(["number"])
        self._count(division, kind, count)
        prefix = division.code + behind
        column, table = SQL.identifier(column), SQL.identifier(table)
        tried = list({f"{prefix}{1 + randbelow(MOST):05}" for _ in range(count * _SPARE)})
        taken = SQL("SELECT %s FROM %s WHERE %s = ANY(%s)", column, table, column, tried)
        used = {number for (number,) in self.env.execute_query(taken)} | set(reserved)
        free = [number for number in tried if number not in used]
        if len(free) < count:
            free = [number for number in self._all_free(prefix, table, column) if number not in used]
        if len(free) < count:
            raise ValueError(f"{division.code}: not {count} numbers left")
        return _some(free, count)

    def _count(self, division, kind, count):
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO bphs_village_counter AS c (division_id, kind, last) VALUES (%(id)s, %(kind)s, %(count)s)
                ON CONFLICT (division_id, kind) DO UPDATE SET last = c.last + %(count)s
                """,
                id=division.id,
                kind=kind,
                count=count,
            )
        )

    def _all_free(self, prefix, table, column):
        rows = self.env.execute_query(
            SQL(
                "SELECT n.number FROM (SELECT %s || lpad(i::text, 5, '0') AS number FROM generate_series(1, %s) AS i) n"
                " WHERE NOT EXISTS (SELECT FROM %s t WHERE t.%s = n.number)",
                prefix,
                MOST,
                table,
                column,
            )
        )
        return [number for (number,) in rows]


def _some(numbers, count):
    """So many of these, by chance; which are left out tells nothing either."""
    numbers = list(numbers)
    return [numbers.pop(randbelow(len(numbers))) for _ in range(count)]
