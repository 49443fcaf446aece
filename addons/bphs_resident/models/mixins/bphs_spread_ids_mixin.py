import functools

from odoo import models
from odoo.exceptions import MissingError
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
    served between two others of a house, whose file was read between two of the log. So an id that is asked for is
    refused alike where its row is hidden and where there is none.
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

    # === WHO IS HIDDEN, AND WHO IS NOT THERE === #

    # Ids run on: refused otherwise than one that is none, an id that is hidden would tell that there is such a file.

    def _check_access(self, operation):
        try:
            return super()._check_access(operation)
        except MissingError:
            there = self.exists()
            refused = super(BphsSpreadIdsMixin, there)._check_access(operation)
            absent = self - there
            maker = functools.partial(self.env["ir.rule"]._plain_access_error, operation, self)
            return absent | refused[0] if refused else absent, maker

    def _fetch_field(self, field):
        super()._fetch_field(field)
        if self.env.su:
            return
        fetched = field._get_cache(self.env)
        left = self.browse(one for one in self._ids if isinstance(one, int) and one not in fetched)
        if left and (absent := left - left.exists()):
            raise self.env["ir.rule"]._plain_access_error("read", absent)

    def _read_format(self, fnames, load="_classic_read"):
        values = super()._read_format(fnames, load=load)
        if not self.env.su:
            # Where a column is read, whoever is absent was left out of the answer; an id alone is read from nowhere.
            from_columns = any(name != "id" and self._fields[name].store for name in fnames)
            there = len(values) if from_columns else len(self - self._origin) + len(self._origin.exists())
            if there < len(self):
                raise self.env["ir.rule"]._plain_access_error("read", self)
        return values


def spread_id(table):
    """The next id of a table, some left out by chance, where a statement names the column."""
    return SQL("bphs_spread_id(%s::regclass)", f"{table}_id_seq")
