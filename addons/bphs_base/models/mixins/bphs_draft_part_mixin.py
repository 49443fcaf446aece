from odoo import api, models
from odoo.tools import SQL


class BphsDraftPartMixin(models.AbstractModel):
    """A part of a whole that is written while it is a draft: fixed as soon as the whole is one no longer.

    `_part_of` names the many2one to the whole, a stored column. Python gives the clear message; the trigger refuses
    what passes Python by. The whole says what becomes of it when a part is written (`_part_written`), and the words of
    the trigger (`_part_refusal`).
    """

    _name = "bphs.draft.part.mixin"
    _description = "Part of a Draft"

    _part_of = None

    def init(self):
        super().init()
        if self._abstract or not self._auto:
            return
        self.env.execute_query(
            SQL(
                """
                CREATE OR REPLACE FUNCTION bphs_draft_part() RETURNS trigger AS $$
                DECLARE
                    wholes int[] := ARRAY[]::int[];
                    fixed boolean;
                BEGIN
                    IF TG_OP <> 'INSERT' THEN wholes := wholes || (to_jsonb(OLD) ->> TG_ARGV[1])::int; END IF;
                    IF TG_OP <> 'DELETE' THEN wholes := wholes || (to_jsonb(NEW) ->> TG_ARGV[1])::int; END IF;
                    -- FOR SHARE: who ends the draft of the whole meanwhile waits, or is waited for
                    EXECUTE 'SELECT bool_or(state <> ''draft'') FROM (SELECT state FROM '
                        || quote_ident(TG_ARGV[0]) || ' WHERE id = ANY($1) FOR SHARE) whole'
                        INTO fixed USING wholes;
                    IF fixed THEN
                        RAISE EXCEPTION USING
                            MESSAGE = TG_TABLE_NAME || TG_ARGV[2],
                            ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                END $$ LANGUAGE plpgsql
                """
            )
        )
        wholes = self._wholes()
        self.env.execute_query(
            SQL(
                """
                CREATE OR REPLACE TRIGGER %s BEFORE INSERT OR UPDATE OR DELETE ON %s
                FOR EACH ROW EXECUTE FUNCTION bphs_draft_part(%s, %s, %s)
                """,
                SQL.identifier(f"{self._table}_fixed"),
                SQL.identifier(self._table),
                wholes._table,
                self._part_of,
                wholes._part_refusal,
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        self._wholes_named_by(vals_list)._part_written()
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")
        (self[self._part_of] | self._wholes_named_by([vals]))._part_written()
        return super().write(vals)

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_fixed(self):
        self[self._part_of]._part_written()

    def _wholes(self):
        return self.env[self._fields[self._part_of].comodel_name]

    def _wholes_named_by(self, vals_list):
        """:return: the records that these values put a part into"""
        return self._wholes().browse({vals.get(self._part_of) for vals in vals_list} - {None, False})
