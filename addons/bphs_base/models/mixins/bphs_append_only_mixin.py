from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

APPEND_ONLY_FUNCTION = """
CREATE OR REPLACE FUNCTION bphs_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are never changed or removed.', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
END $$
"""


class BphsAppendOnlyMixin(models.AbstractModel):
    """Rows that are written once and then stay: ledgers, decisions, logs.

    The database itself refuses UPDATE, DELETE and TRUNCATE, so that neither sudo nor SQL passes. A
    model that inherits this has no stored compute except with ``precompute=True``, and every
    many2one ``ondelete="restrict"``.
    """

    _name = "bphs.append.only.mixin"
    _description = "Written Once"

    def init(self):
        super().init()
        if self._abstract:
            self.env.cr.execute(APPEND_ONLY_FUNCTION)
            return
        table = SQL.identifier(self._table)
        self.env.cr.execute(
            SQL(
                "CREATE OR REPLACE TRIGGER bphs_append_only_row BEFORE UPDATE OR DELETE ON %s"
                " FOR EACH ROW EXECUTE FUNCTION bphs_append_only()",
                table,
            )
        )
        self.env.cr.execute(
            SQL(
                "CREATE OR REPLACE TRIGGER bphs_append_only_table BEFORE TRUNCATE ON %s"
                " FOR EACH STATEMENT EXECUTE FUNCTION bphs_append_only()",
                table,
            )
        )

    def write(self, vals):
        if self and vals:
            self._raise_append_only()
        return super().write(vals)

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_never(self):
        self._raise_append_only()

    def _raise_append_only(self):
        raise UserError(
            self.env._(
                "%(model)s: an entry once made is never changed or deleted. Make a correcting entry instead.",
                model=self.env["ir.model"]._get(self._name).name,
            )
        )
