from odoo import api, fields, models
from odoo.tools import SQL

# Longer than any page is kept, and than any transaction goes on.
KEEP_HOURS = 24


class BphsWaitingTold(models.Model):
    """Where something changed that waits for people: what a page that is kept is asked about.

    Beside the moment stands the transaction: a page knows exactly which it has seen, whatever was written meanwhile.
    """

    _name = "bphs.waiting.told"
    _description = "Change of What Waits"
    _order = "id desc"
    _log_access = False

    institution_id = fields.Many2one("bphs.institution", required=True, readonly=True, ondelete="cascade")
    moment = fields.Datetime(required=True, readonly=True, index=True)
    transaction = fields.Char(required=True, readonly=True)

    @api.model
    def _enter(self, institution_ids):
        """Note that something changed in these institutions."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO bphs_waiting_told (institution_id, moment, transaction)
                SELECT id, timezone('UTC', clock_timestamp()), pg_current_xact_id()::text
                  FROM bphs_institution WHERE id = ANY(%s)
                """,
                list(institution_ids),
            )
        )

    @api.model
    def _snapshot(self):
        """:return tuple: (what this transaction sees, as text; the moment it began, in UTC)"""
        ((seen, moment),) = self.env.execute_query(
            SQL("SELECT pg_current_snapshot()::text, timezone('UTC', now())::timestamp(0)")
        )
        return seen, moment

    @api.model
    def _is_told(self, seen, moment, minutes):
        """Whether the user has to be told anew: their page is that old, or something changed in their institutions.

        :param str seen: as :meth:`_snapshot` gave it, and `moment` too
        :return bool:
        """
        self.env["bphs.institution"].flush_model(["parent_path"])
        ((told,),) = self.env.execute_query(
            SQL(
                """
                SELECT timezone('UTC', now()) > %(moment)s + make_interval(mins => %(minutes)s) OR EXISTS (
                       SELECT FROM bphs_waiting_told told
                         JOIN bphs_institution place ON place.id = told.institution_id
                         JOIN bphs_institution_user_rel scope ON scope.user_id = %(user)s
                         JOIN bphs_institution seat ON seat.id = scope.institution_id
                        WHERE told.moment > %(moment)s - interval '1 hour'
                          AND NOT pg_visible_in_snapshot(told.transaction::xid8, %(seen)s::pg_snapshot)
                          AND starts_with(place.parent_path, seat.parent_path))
                """,
                moment=moment,
                minutes=minutes,
                user=self.env.uid,
                seen=seen,
            )
        )
        return told

    @api.autovacuum
    def _gc_told(self):
        # sudo: nobody may delete them; their time is over
        self.sudo().search(
            [("moment", "<", fields.Datetime.subtract(fields.Datetime.now(), hours=KEEP_HOURS))]
        ).unlink()
