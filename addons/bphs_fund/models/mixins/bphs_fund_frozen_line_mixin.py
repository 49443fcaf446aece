from odoo import api, models
from odoo.tools import SQL


class BphsFundFrozenLineMixin(models.AbstractModel):
    """A line of a frozen record: fixed as soon as its parent is no longer a draft.

    `_frozen_parent_field` names the many2one to the parent.
    """

    _name = "bphs.fund.frozen.line.mixin"
    _description = "Line of a frozen record"

    _frozen_parent_field = None

    def init(self):
        super().init()
        if self._abstract or not self._auto:
            return
        self.env.execute_query(
            SQL(
                """
                CREATE OR REPLACE FUNCTION bphs_fund_freeze_line() RETURNS trigger AS $$
                DECLARE
                    fixed boolean;
                    parents int[] := ARRAY[]::int[];
                BEGIN
                    IF TG_OP <> 'INSERT' THEN
                        parents := parents || (to_jsonb(OLD) ->> TG_ARGV[1])::int;
                    END IF;
                    IF TG_OP <> 'DELETE' THEN
                        parents := parents || (to_jsonb(NEW) ->> TG_ARGV[1])::int;
                    END IF;
                    -- FOR SHARE: who freezes the parent meanwhile waits, or is waited for
                    EXECUTE 'SELECT bool_or(state <> ''draft'') FROM (SELECT state FROM '
                        || quote_ident(TG_ARGV[0]) || ' WHERE id = ANY($1) FOR SHARE) parent'
                        INTO fixed USING parents;
                    IF fixed THEN
                        RAISE EXCEPTION USING
                            MESSAGE = TG_TABLE_NAME || ' belongs to a record that is no longer a draft',
                            ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                END $$ LANGUAGE plpgsql
                """
            )
        )
        parent = self._fields[self._frozen_parent_field]
        self.env.execute_query(
            SQL(
                """
                CREATE OR REPLACE TRIGGER %s BEFORE INSERT OR UPDATE OR DELETE ON %s
                FOR EACH ROW EXECUTE FUNCTION bphs_fund_freeze_line(%s, %s)
                """,
                SQL.identifier(f"{self._table}_freeze"),
                SQL.identifier(self._table),
                self.env[parent.comodel_name]._table,
                parent.name,
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        parents = self.env[self._fields[self._frozen_parent_field].comodel_name]
        parents.browse({vals.get(self._frozen_parent_field) for vals in vals_list} - {None, False})._check_draft()
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")
        self[self._frozen_parent_field]._check_draft()
        if vals.get(self._frozen_parent_field):
            self[self._frozen_parent_field].browse(vals[self._frozen_parent_field])._check_draft()
        return super().write(vals)

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_frozen(self):
        self[self._frozen_parent_field]._check_draft()
