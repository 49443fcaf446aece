from odoo import api, models
from odoo.tools import SQL

# True when nothing may be written for this institution in this period. A year closes its quarters,
# a lock on an institution closes all below it, an exception of today opens again. Dates are those
# of the county, not of UTC.
PERIOD_CLOSED_FUNCTION = """
CREATE OR REPLACE FUNCTION bphs_period_closed(the_period integer, the_institution integer)
RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN RETURN (
    WITH asked AS (
        SELECT array_remove(ARRAY[period.id, period.parent_id], NULL) AS ids,
               period.locked OR COALESCE(year.locked, FALSE) AS locked,
               COALESCE(
                   string_to_array(rtrim(institution.parent_path, '/'), '/')::integer[],
                   ARRAY[]::integer[]
               ) AS above
          FROM bphs_period period
          LEFT JOIN bphs_period year ON year.id = period.parent_id
          LEFT JOIN bphs_institution institution ON institution.id = the_institution
         WHERE period.id = the_period
    )
    SELECT COALESCE(bool_or(
        (asked.locked OR EXISTS (
            SELECT FROM bphs_period_lock lock
             WHERE lock.locked AND lock.period_id = ANY(asked.ids)
               AND lock.institution_id = ANY(asked.above)))
        AND NOT EXISTS (
            SELECT FROM bphs_period_exception opening
             WHERE opening.period_id = ANY(asked.ids)
               AND opening.institution_id = ANY(asked.above)
               AND (now() AT TIME ZONE 'Asia/Shanghai')::date
                   BETWEEN opening.date_from AND opening.date_to)
    ), FALSE) FROM asked
); END $$
"""

# One check per statement over its set of rows: a county's bulk load costs one call, not one per
# row. The period rows are taken FOR SHARE: whoever locks a period updates its row, so either they
# wait for this transaction, or this one fails as "concurrent update" and is tried again on the locked period.
PERIOD_GUARD_FUNCTION = """
CREATE OR REPLACE FUNCTION bphs_period_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched text;
    period_ids integer[];
    refused record;
BEGIN
    touched := CASE TG_OP WHEN 'INSERT' THEN '<pairs> bphs_new'
                          WHEN 'DELETE' THEN '<pairs> bphs_old'
                          WHEN 'TRUNCATE' THEN '<pairs> ' || quote_ident(TG_TABLE_NAME)
                          ELSE '<pairs> bphs_old UNION <pairs> bphs_new' END;
    touched := replace(touched, '<pairs>', format(
        'SELECT DISTINCT %I AS period_id, %s AS institution_id FROM', TG_ARGV[0],
        CASE WHEN TG_ARGV[1] = '' THEN 'NULL::integer' ELSE quote_ident(TG_ARGV[1]) END));

    EXECUTE format('SELECT array_agg(DISTINCT period_id) FROM (%s) touched', touched)
       INTO period_ids;
    -- A locked year closes its quarters: years count as touched with them.
    SELECT array_agg(id ORDER BY id) INTO period_ids FROM bphs_period
     WHERE id = ANY(period_ids)
        OR id IN (SELECT parent_id FROM bphs_period WHERE id = ANY(period_ids));
    PERFORM FROM bphs_period WHERE id = ANY(period_ids) ORDER BY id FOR SHARE;

    -- Nearly always nothing is locked at all, and no row needs to be looked at.
    IF NOT EXISTS (SELECT FROM bphs_period WHERE id = ANY(period_ids) AND locked)
       AND NOT EXISTS (SELECT FROM bphs_period_lock
                        WHERE period_id = ANY(period_ids) AND locked) THEN
        RETURN NULL;
    END IF;

    -- MATERIALIZED: asked once for each pair, not once for each row.
    EXECUTE format(
        'WITH touched AS MATERIALIZED (%s)'
        ' SELECT period.code, institution.name FROM touched'
        ' JOIN bphs_period period ON period.id = touched.period_id'
        ' LEFT JOIN bphs_institution institution ON institution.id = touched.institution_id'
        ' WHERE bphs_period_closed(touched.period_id, touched.institution_id) LIMIT 1', touched)
       INTO refused;
    IF refused.code IS NOT NULL THEN
        RAISE EXCEPTION 'Period % is locked (%): nothing may be written.',
            refused.code, refused.name
            USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$
"""

_TRIGGERS = [
    ("insert", "AFTER INSERT", "REFERENCING NEW TABLE AS bphs_new"),
    ("update", "AFTER UPDATE", "REFERENCING OLD TABLE AS bphs_old NEW TABLE AS bphs_new"),
    ("delete", "AFTER DELETE", "REFERENCING OLD TABLE AS bphs_old"),
    ("truncate", "BEFORE TRUNCATE", ""),
]


class BphsPeriodGuardMixin(models.AbstractModel):
    """Rows that may not be created, changed or deleted in a locked period.

    ``_period_field`` and ``_institution_field`` name stored columns of the model (a stored related
    will do); ``_institution_field = None`` for a model without institution. Python answers with a
    clear error; the database trigger holds where Python is not asked: sudo, import, bulk SQL, and a
    lock taken at the same moment.
    """

    _name = "bphs.period.guard.mixin"
    _description = "Guarded by Period Locks"

    _period_field = "period_id"
    _institution_field = "institution_id"

    def init(self):
        super().init()
        if self._abstract:
            self.env.cr.execute(PERIOD_CLOSED_FUNCTION)
            self.env.cr.execute(PERIOD_GUARD_FUNCTION)
            return
        for name, event, transition in _TRIGGERS:
            self.env.cr.execute(
                SQL(
                    "CREATE OR REPLACE TRIGGER %s %s ON %s %s"
                    " FOR EACH STATEMENT EXECUTE FUNCTION bphs_period_guard(%s, %s)",
                    SQL.identifier(f"bphs_period_guard_{name}"),
                    SQL(event),
                    SQL.identifier(self._table),
                    SQL(transition),
                    self._period_field,
                    self._institution_field or "",
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        self.env["bphs.period"]._check_open(self._period_guard_pairs_to_create(vals_list))
        return super().create(vals_list)

    def write(self, vals):
        self._check_period_open()
        moved = {self._period_field, self._institution_field} & set(vals)
        if moved:
            self.env["bphs.period"]._check_open(
                {
                    (
                        vals.get(self._period_field, period_id),
                        vals.get(self._institution_field, institution_id),
                    )
                    for period_id, institution_id in self._period_guard_pairs()
                }
            )
        return super().write(vals)

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_period_locked(self):
        self._check_period_open()

    def _check_period_open(self):
        """:raise UserError: when a record of self lies in a locked period"""
        self.env["bphs.period"]._check_open(self._period_guard_pairs())

    def _period_guard_pairs(self):
        """:return: set of (period id, institution id or False) of the records of self"""
        # In sudo: the question is about the rows, not about what this user may see of them.
        records = self.sudo()
        return {
            (
                record[self._period_field].id,
                bool(self._institution_field) and record[self._institution_field].id,
            )
            for record in records
        }

    def _period_guard_pairs_to_create(self, vals_list):
        guarded = [name for name in (self._period_field, self._institution_field) if name]
        pairs = set()
        for vals in vals_list:
            values = dict(vals)
            if not all(name in values for name in guarded):
                # Defaults and related fields decide what the caller left out.
                draft = self.sudo().new({**self.default_get(guarded), **vals})
                values.update({name: draft[name]._origin.id for name in guarded})
            pairs.add(
                (
                    values[self._period_field],
                    bool(self._institution_field) and values[self._institution_field],
                )
            )
        return pairs
