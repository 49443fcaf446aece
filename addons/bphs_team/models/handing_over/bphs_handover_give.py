from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.open_work import USER


class BphsHandover(models.Model):
    """Giving and putting back: one statement a column, however much there is; each value is noted before it changes."""

    _inherit = "bphs.handover"

    def _give(self):
        self.env.flush_all()
        document = self.sudo()  # sudo: the step was checked; work in institutions out of scope goes along
        for line in document.line_ids.filtered("chosen"):
            work = line._told()
            records = document.env[work.model].with_context(active_test=False).search(work.domain)
            if work.dated:
                document._give_from_the_day(work, records)
            else:
                for name, kind in work.names.items():
                    value = document.successor_id.user_id.id if kind == USER else document.successor_id.id
                    document._set(records, name, value or None)
            self._work_given(work.key, records)

    def _give_from_the_day(self, work, records):
        """Records that have their days: the old one ends, the successor's begins."""
        (name,) = work.names
        before = records.filtered(lambda row: row.date_from < self.date)
        self._set(records - before, name, self.successor_id.id)
        rests = [(row.date_to, row) for row in before if not row._held_too(self.successor_id)]
        self._set(before, "date_to", self.date - timedelta(days=1))
        made = records.create(
            [
                {**row._same_again(), "date_from": self.date, "date_to": last, name: self.successor_id.id}
                for last, row in rests
            ]
        )
        made.flush_recordset()
        self._note(made, "id", SQL("NULL::text"), SQL("id::text"))

    def _set(self, records, name, value):
        """Set one column of many records, and note what it was."""
        column, cast = SQL.identifier(name), SQL(records._fields[name].column_type[1])
        self._note(records, name, SQL("%s::text", column), SQL("(%s::%s)::text", value, cast))
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s = %s::%s, write_uid = %s, write_date = %s WHERE id = ANY(%s)",
                SQL.identifier(records._table),
                column,
                value,
                cast,
                self.env.uid,
                self._now(),
                records.ids,
            )
        )
        self._follow(records, name)

    def _note(self, records, name, before, after):
        self.env.cr.execute(
            SQL(
                "INSERT INTO bphs_handover_row (handover_id, model, res_id, field, before, after)"
                " SELECT %s, %s, id, %s, %s, %s FROM %s WHERE id = ANY(%s)",
                self.id,
                records._name,
                name,
                before,
                after,
                SQL.identifier(records._table),
                records.ids,
            )
        )

    def _follow(self, records, name):
        """Let what is kept in memory, and what is reckoned from the column, follow."""
        records.invalidate_recordset([name, "write_uid", "write_date"])
        records.modified([name])

    # === PUTTING BACK === #

    def _put_back(self):
        """:raise UserError: somebody has changed one of the values since"""
        self.env.flush_all()
        document = self.sudo()  # sudo: as above
        if document.absence_id:
            document.absence_id.unlink()
        changed = self.env.execute_query(
            SQL(
                "SELECT DISTINCT model, field FROM bphs_handover_row WHERE handover_id = %s ORDER BY 1, 2 DESC", self.id
            )
        )
        for model, name in sorted(changed, key=lambda row: row[1] != "id"):
            records = document.env[model].with_context(active_test=False)
            if name == "id":
                document._unmake(records)
            else:
                document._reset(records, name)
        for line in document.line_ids.filtered("chosen"):
            work = line._told()
            if not work.dated:
                self._work_given(work.key, document._touched(work.model), back=True)

    def _touched(self, model):
        rows = self.env.execute_query(
            SQL("SELECT DISTINCT res_id FROM bphs_handover_row WHERE handover_id = %s AND model = %s", self.id, model)
        )
        return self.env[model].browse([record for (record,) in rows])

    def _unmake(self, records):
        """Take away what began by the hand-over."""
        rows = self.env.execute_query(
            SQL(
                "SELECT res_id FROM bphs_handover_row WHERE handover_id = %s AND model = %s AND field = 'id'",
                self.id,
                records._name,
            )
        )
        made = records.browse([record for (record,) in rows])
        if made.exists() != made:
            raise self._changed_since()
        made.unlink()
        self.env.flush_all()

    def _reset(self, records, name):
        table, column = SQL.identifier(records._table), SQL.identifier(name)
        cast = SQL(records._fields[name].column_type[1])
        noted = SQL(
            "bphs_handover_row noted WHERE noted.handover_id = %s AND noted.model = %s AND noted.field = %s",
            self.id,
            records._name,
            name,
        )
        rows = self.env.execute_query(
            SQL(
                "SELECT one.id, one.%(column)s IS DISTINCT FROM noted.after::%(cast)s FROM %(table)s one, %(noted)s"
                " AND noted.res_id = one.id",
                column=column,
                cast=cast,
                table=table,
                noted=noted,
            )
        )
        if any(differs for __, differs in rows):
            raise self._changed_since()
        self.env.cr.execute(
            SQL(
                "UPDATE %s one SET %s = noted.before::%s, write_uid = %s, write_date = %s"
                " FROM %s AND noted.res_id = one.id",
                table,
                column,
                cast,
                self.env.uid,
                self._now(),
                noted,
            )
        )
        self._follow(records.browse([record for record, __ in rows]), name)

    def _changed_since(self):
        return UserError(
            self.env._(
                "%(name)s: somebody has changed a part of it since. Hand that back by another one.",
                name=self.display_name,
            )
        )
