from odoo import fields, models
from odoo.exceptions import UserError
from odoo.orm.models import NO_ACCESS
from odoo.tools import SQL

# System parameters, and what holds where a county has set none or nonsense. None of them can be switched off.
LIMITS = {
    "bphs_service.pushed_rows_a_day": 100_000,
    "bphs_service.pushes_a_minute": 60,
    "bphs_service.unknown_a_day": 500,
}
# The row of the day is taken by the first statement of a push: two at once of one system go one after the other.
TAKE = """
    INSERT INTO bphs_outside_day AS d (system_id, day, requests, row_count, new_count, changed_count, unchanged_count,
                                       rejected_count, unknown_count, hidden_count, minute, in_minute,
                                       create_uid, create_date, write_uid, write_date)
    VALUES (%(system)s, %(day)s, 1, %(rows)s, 0, 0, 0, 0, 0, 0, %(minute)s, 1, %(uid)s, %(now)s, %(uid)s, %(now)s)
    ON CONFLICT (system_id, day) DO UPDATE
       SET requests = d.requests + 1, row_count = d.row_count + excluded.row_count, minute = excluded.minute,
           in_minute = CASE WHEN d.minute = excluded.minute THEN d.in_minute + 1 ELSE 1 END,
           write_date = excluded.write_date
    RETURNING id, row_count + coalesce(hidden_count, 0), in_minute, unknown_count
"""
PUT_DOWN = """
    UPDATE bphs_outside_day
       SET new_count = new_count + %(new)s, changed_count = changed_count + %(changed)s,
           unchanged_count = unchanged_count + %(unchanged)s, rejected_count = rejected_count + %(rejected)s,
           unknown_count = unknown_count + %(unknown)s, row_count = row_count - %(hidden)s,
           hidden_count = coalesce(hidden_count, 0) + %(hidden)s
     WHERE id = %(id)s
"""


class BphsOutsideDay(models.Model):
    """What a machine pushed on a day, and what came of it: figures alone, and what is limited by them.

    Told is what everybody sees who sees the people: beside the records that came in, a figure with those of named
    persons would tell of them. Limits count all.
    """

    _name = "bphs.outside.day"
    _description = "Pushed on a Day"
    _order = "day desc, system_id"
    _rec_name = "day"

    system_id = fields.Many2one("bphs.outside.system", required=True, readonly=True, ondelete="restrict")
    day = fields.Date(required=True, readonly=True)
    requests = fields.Integer(readonly=True)
    row_count = fields.Integer(string="Rows", readonly=True)
    new_count = fields.Integer(string="New", readonly=True)
    changed_count = fields.Integer(string="Changed", readonly=True)
    unchanged_count = fields.Integer(string="Unchanged", readonly=True)
    rejected_count = fields.Integer(string="Rejected", readonly=True)
    unknown_count = fields.Integer(string="Led to Nobody", readonly=True)
    hidden_count = fields.Integer(string="For Named Persons", readonly=True, groups=NO_ACCESS)
    minute = fields.Datetime(readonly=True)
    in_minute = fields.Integer(readonly=True, aggregator=None)

    _day_uniq = models.Constraint("UNIQUE(system_id, day)", "A day of a system stands once.")

    def _take(self, system, rows):
        """Count a push before anything is looked at.

        :return: id of the day's row
        :raise UserError: the day, or the minute, has had what it may have
        """
        self.flush_model()
        now = fields.Datetime.now()
        ((id_, row_count, in_minute, unknown),) = self.env.execute_query(
            SQL(
                TAKE,
                system=system.id,
                day=self._county_today(),
                rows=rows,
                minute=now.replace(second=0),
                uid=self.env.uid,
                now=now,
            )
        )
        self.invalidate_model(flush=False)
        if in_minute > self._limit("pushes_a_minute"):
            raise UserError(self.env._("Too many requests in this minute. Send the rest in the next."))
        if row_count > self._limit("pushed_rows_a_day"):
            raise UserError(self.env._("Too many rows today. Send the rest tomorrow, or as a file."))
        if unknown >= self._limit("unknown_a_day"):
            raise UserError(self.env._("Too many rows led to nobody today. Send the rest tomorrow."))
        return id_

    def _put_down(self, id_, outcomes, hidden, unknown):
        """:param dict outcomes: how many rows by what came of them :param int hidden: rows besides, not to be told"""
        self.env.cr.execute(SQL(PUT_DOWN, id=id_, hidden=hidden, unknown=unknown, **outcomes))
        self.invalidate_model(flush=False)

    def _limit(self, name):
        # sudo: a limit is read for everybody it holds for
        given = self.env["ir.config_parameter"].sudo().get_param(f"bphs_service.{name}") or ""
        most = LIMITS[f"bphs_service.{name}"]
        return int(given) if given.isdecimal() and 0 < int(given) <= 100 * most else most
