from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# Columns every frozen row may still change: the ORM's own bookkeeping.
BOOKKEEPING = ("create_uid", "create_date", "write_uid", "write_date")


class BphsFundFrozenMixin(models.AbstractModel):
    """A record that can be edited while it is a draft, and never afterwards.

    Published rules, confirmed receipts and plans, and verified accounts are what money was paid on:
    once out of draft they are corrected by a new record. Python gives the clear message; a database
    trigger refuses the write paths that pass Python by.

    A model names in `_frozen_except` the columns that later steps still set, and in `_server_fields` the fields only
    its own methods may set, with the value a new record starts with. Its `state` begins with `draft`, and its steps
    lead on from there. Its lines inherit `bphs.draft.part.mixin`.
    """

    _name = "bphs.fund.frozen.mixin"
    _inherit = ["bphs.steps.mixin"]
    _description = "Frozen once out of draft"

    _frozen_except = ("state",)
    _frozen_reopens = False
    _server_fields = {"state": "draft"}
    _part_refusal = " belongs to a record that is no longer a draft"

    def init(self):
        super().init()
        if self._abstract or not self._auto:
            return
        self.env.execute_query(
            SQL(
                """
                CREATE OR REPLACE FUNCTION bphs_fund_freeze() RETURNS trigger AS $$
                DECLARE
                    free text[] := string_to_array(TG_ARGV[0], ',');
                BEGIN
                    IF OLD.state = 'draft' THEN
                        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                        RETURN NEW;
                    END IF;
                    IF TG_OP = 'DELETE'
                       OR (to_jsonb(NEW) - free) IS DISTINCT FROM (to_jsonb(OLD) - free)
                       OR (NEW.state = 'draft' AND TG_ARGV[1] <> 'reopens') THEN
                        RAISE EXCEPTION USING
                            MESSAGE = TG_TABLE_NAME || ' ' || OLD.id || ' is no longer a draft and cannot be changed',
                            ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NEW;
                END $$ LANGUAGE plpgsql
                """
            )
        )
        self.env.execute_query(
            SQL(
                """
                CREATE OR REPLACE TRIGGER %s BEFORE UPDATE OR DELETE ON %s
                FOR EACH ROW EXECUTE FUNCTION bphs_fund_freeze(%s, %s)
                """,
                SQL.identifier(f"{self._table}_freeze"),
                SQL.identifier(self._table),
                ",".join((*self._frozen_except, *BOOKKEEPING)),
                "reopens" if self._frozen_reopens else "never",
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_given(vals)
        # Set, not left to defaults: a client's context may carry `default_state`.
        return super().create([{**vals, **self._server_fields} for vals in vals_list])

    def _step_fields(self):
        return super()._step_fields() | set(self._server_fields)

    def _check_given(self, vals):
        self._check_server_fields(vals)

    def _check_written(self, vals):
        self.check_access("write")
        self._check_server_fields(vals, self)
        self._check_draft()

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_frozen(self):
        self._check_draft()

    @api.model
    def _server_create(self, vals):
        """Create a draft with values only the model's own methods may set. Private: no client
        reaches it."""
        self.check_access("create")
        return self._create_past_steps([{**self._server_fields, **vals}])

    def _write_state(self, vals):
        # What is still to be computed is written while the draft is open: afterwards the trigger refuses it.
        self.flush_recordset()
        return super()._write_state(vals)

    def _step_words(self):
        return super()._step_words() | {
            "state": self.env._("%(name)s is no longer a draft and cannot be changed or deleted."),
            "set": self.env._("%(field)s is set by the buttons of the form, not by writing it."),
        }

    def _check_draft(self):
        """:raise UserError: naming the first record that is no longer a draft"""
        # sudo: the rule must hold for records whose state the user may not see
        self.sudo()._check_in_state(("draft",))

    def _part_written(self):
        self._check_draft()

    @api.model
    def _check_server_fields(self, vals, records=None):
        for name, start in self._server_fields.items():
            if name not in vals:
                continue
            if records is None and vals[name] == start:
                continue
            if records is not None and all(
                records._fields[name].convert_to_write(record[name], record) == vals[name] for record in records
            ):
                continue
            raise UserError(self._step_word("set", field=name))
