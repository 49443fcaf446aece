from odoo import models
from odoo.tools import SQL

# How many are left out is as likely after one id as after another, and has no end: whatever is missing may be nobody.
SPREAD_FUNCTION = """
CREATE OR REPLACE FUNCTION bphs_spread_id(counter regclass) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    drawn bigint := nextval(counter);
BEGIN
    WHILE random() < 0.1 LOOP
        drawn := nextval(counter);
    END LOOP;
    RETURN drawn;
END $$
"""


class BphsSpreadIdsMixin(models.AbstractModel):
    """Records of which some are hidden from some who see the others: their ids have gaps anyway.

    Ids run on in the order in which rows are made. Where one in a run is hidden, the gap would be exactly it: who is
    served between two others of a house, whose file was read between two of the log.
    """

    _name = "bphs.spread.ids.mixin"
    _description = "Ids with Gaps"
    _hides_rows = True

    def init(self):
        super().init()
        if self._abstract:
            self.env.cr.execute(SPREAD_FUNCTION)
        elif self._auto and not self._transient and not self._has_spread_ids():
            # By the database, whichever way a row comes in.
            table = SQL.identifier(self._table)
            self.env.cr.execute(SQL("ALTER TABLE %s ALTER COLUMN id SET DEFAULT %s", table, spread_id(self._table)))

    def _has_spread_ids(self):
        column = "SELECT column_default FROM information_schema.columns WHERE table_name = %s AND column_name = 'id'"
        ((default,),) = self.env.execute_query(SQL(column, self._table))
        return "bphs_spread_id" in default


def spread_id(table):
    """The next id of a table, some left out by chance, where a statement names the column."""
    return SQL("bphs_spread_id(%s::regclass)", f"{table}_id_seq")
