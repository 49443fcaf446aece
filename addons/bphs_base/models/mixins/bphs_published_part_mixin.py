from odoo import api, models
from odoo.tools import SQL


class BphsPublishedPartMixin(models.AbstractModel):
    """A part of rules that are published: written in a draft alone, by a person whom the draft remembers.

    `_part_of` names the many2one to the whole, a stored column. Python gives the clear message; the trigger refuses
    what passes Python by.
    """

    _name = "bphs.published.part.mixin"
    _description = "Part of what is published"

    _part_of = None

    def init(self):
        super().init()
        if self._abstract or not self._auto:
            return
        self.env.execute_query(
            SQL(
                """
                CREATE OR REPLACE FUNCTION bphs_published_part() RETURNS trigger AS $$
                DECLARE
                    wholes int[] := ARRAY[]::int[];
                    fixed boolean;
                BEGIN
                    IF TG_OP <> 'INSERT' THEN wholes := wholes || (to_jsonb(OLD) ->> TG_ARGV[1])::int; END IF;
                    IF TG_OP <> 'DELETE' THEN wholes := wholes || (to_jsonb(NEW) ->> TG_ARGV[1])::int; END IF;
                    -- FOR SHARE: who proposes the whole meanwhile waits, or is waited for
                    EXECUTE 'SELECT bool_or(state <> ''draft'') FROM (SELECT state FROM '
                        || quote_ident(TG_ARGV[0]) || ' WHERE id = ANY($1) FOR SHARE) whole'
                        INTO fixed USING wholes;
                    IF fixed THEN
                        RAISE EXCEPTION USING
                            MESSAGE = TG_TABLE_NAME || ': what was proposed or published does not change',
                            ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                END $$ LANGUAGE plpgsql
                """
            )
        )
        self.env.execute_query(
            SQL(
                """
                CREATE OR REPLACE TRIGGER %s BEFORE INSERT OR UPDATE OR DELETE ON %s
                FOR EACH ROW EXECUTE FUNCTION bphs_published_part(%s, %s)
                """,
                SQL.identifier(f"{self._table}_fixed"),
                SQL.identifier(self._table),
                self.env[self._fields[self._part_of].comodel_name]._table,
                self._part_of,
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        self._wholes_named_by(vals_list)._note_editor()
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")
        (self[self._part_of] | self._wholes_named_by([vals]))._note_editor()
        return super().write(vals)

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_proposed(self):
        self[self._part_of]._note_editor()

    def _wholes_named_by(self, vals_list):
        """:return: the records that these values put a part into"""
        wholes = self.env[self._fields[self._part_of].comodel_name]
        return wholes.browse({vals.get(self._part_of) for vals in vals_list} - {None, False})
