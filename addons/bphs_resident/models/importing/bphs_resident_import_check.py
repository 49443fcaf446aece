from psycopg2.errors import QueryCanceled

from odoo import models
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.sheet_guard import SheetError

from ...tools import sealing
from ...tools.columns import RESIDENT_COLUMNS, copy_line, derived
from ...tools.roll_reader import open_roll
from ...tools.roll_row import Place, RowReader
from ...tools.row_stream import RowStream
from .bphs_resident_import_match import CHANGED, NEW, REJECTED, UNCHANGED

# Beside the resident's own columns: the row's number in the sheet, what of it stands elsewhere, what became of it.
EXTRA_COLUMNS = {
    "number": "int4 NOT NULL",
    "household_number": "varchar",
    "address": "varchar",
    "groups": "varchar[]",
    "problem_kind": "varchar",
    "problem": "varchar",
    "outcome": "varchar NOT NULL",
    "resident_id": "int4",  # the file found for the row
}
_WRITTEN = (*(name for name in EXTRA_COLUMNS if name != "resident_id"), *RESIDENT_COLUMNS)


class BphsResidentImport(models.Model):
    """Reading a roll into the run's own table, and finding out what it would do to the register."""

    _inherit = "bphs.resident.import"

    # === THE TABLE === #

    def _rows_name(self):
        return f"{self._table}_{self.id}"

    def _rows(self):
        return SQL.identifier(self._rows_name())

    def _make_rows_table(self):
        """An unlogged table: its rows can be read from the file again, so no crash needs to bring them back."""
        self._drop_rows()
        self.env.cr.execute(
            SQL(
                "CREATE UNLOGGED TABLE %s AS SELECT %s FROM bphs_resident WITH NO DATA",
                self._rows(),
                SQL(", ").join(map(SQL.identifier, RESIDENT_COLUMNS)),
            )
        )
        extra = [SQL("ADD COLUMN %s %s", SQL.identifier(name), SQL(kind)) for name, kind in EXTRA_COLUMNS.items()]
        self.env.cr.execute(SQL("ALTER TABLE %s %s", self._rows(), SQL(", ").join(extra)))

    def _drop_rows(self):
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", self._rows()))

    # === THE JOB === #

    def _job_check(self):
        """Read the file and say what it would do, changing nothing. Run again, it begins anew."""
        self.ensure_one()
        if not self.exists() or self.state != "checking":
            return
        run = self.with_context(lang=self.env.user.lang)
        run._prepare_database()
        try:
            run._check_keys()
            with run._open_sheet() as roll:
                run._read_rows(roll)
                run._match_rows()
                run._count_outcomes()
                run._write_rejects(roll)
            run._log_checked()
        except SheetError as error:
            run._drop_rows()
            run._take_step("refuse", {"message": str(error)})
            return
        remarks = "\n".join(roll.remarks())
        run._take_step("accept", {"loaded_until": 0, "message": remarks or False})

    def _open_sheet(self):
        """:return Roll: the file as it came, opened at its headings"""
        return open_roll(self._open_file("upload"))

    def _prepare_database(self):
        """Statements of one pass over all rows, each another: compiling them takes longer than it saves."""
        self.env.cr.execute("SET LOCAL jit = off")

    def _read_rows(self, roll):
        """Stream the rows into the table: judged one by one, numbers sealed on the way."""
        if self._rows_exist():
            # Emptied, not made anew: whoever watches counts the rows of the table they know.
            self.env.cr.execute(SQL("TRUNCATE %s", self._rows()))
        else:
            self._make_rows_table()
        keys = self.env["bphs.resident.keyring"]._keys()
        self.sudo().key_name = keys.newest  # sudo: runs are written by jobs alone
        written, lines = self._lines(roll, keys)
        columns = ", ".join(f'"{name}"' for name in written)
        stream = RowStream(lines)
        try:
            with self.env.cr.savepoint():
                self.env.cr.copy_expert(f'COPY "{self._rows_name()}" ({columns}) FROM STDIN', stream, size=1 << 16)
        except QueryCanceled as error:
            raise stream.error or error from error
        for column in ("number", "ehr_number", "id_index"):
            name = SQL.identifier(f"{self._rows_name()}_{column}")
            self.env.cr.execute(
                SQL("CREATE INDEX IF NOT EXISTS %s ON %s (%s)", name, self._rows(), SQL.identifier(column))
            )
        self.env.cr.execute(SQL("ANALYZE %s", self._rows()))

    def _lines(self, roll, keys):
        """:return: the columns of the run's table, and for each row of the file a line of COPY with them"""
        today = self._county_today()
        reader = RowReader(roll.positions, self._places(), today)
        return _WRITTEN, (
            self._line(number, *reader.read(cells, roll.is_unseen(cells)), keys, today) for number, cells in roll.rows()
        )

    def _check_keys(self):
        """Refuse to match while the key is being changed: one number has two fingerprints then.

        :raise SheetError: with what to do
        """
        keyring = self.env["bphs.resident.keyring"]
        several = len(keyring._keys().lookups(sealing.PHONE, "0")) > 1
        if several and keyring._count_old_seals():
            raise SheetError(
                self.env._("The key of the register is being changed at the moment. Check the file again afterwards.")
            )

    def _line(self, number, person, problems, keys, today):
        if problems:
            stated = {}
            kind, text = problems[0].kind, "；".join(map(str, problems))
        else:
            # What the row does not state stays empty here: the register keeps what it has.
            stated = person | derived({**person, "household_id": person["household_number"]}, keys, today)
            kind = text = None
        extra = (
            number,
            person.get("household_number"),
            person.get("address"),
            list(person.get("groups") or ()) or None,
            kind,
            text,
            REJECTED if problems else NEW,
        )
        return copy_line((*extra, *map(stated.get, RESIDENT_COLUMNS)))

    def _rows_exist(self):
        self.env.cr.execute(SQL("SELECT to_regclass(%s) IS NOT NULL", self._rows_name()))
        return self.env.cr.fetchone()[0]

    def _rows_lost(self):
        if not self._rows_exist():
            return True
        self.env.cr.execute(SQL("SELECT NOT EXISTS (SELECT FROM %s)", self._rows()))
        return self.env.cr.fetchone()[0]

    def _places(self):
        """The villages within the user's scope that somebody serves.

        :return: dict of village code -> :class:`Place`
        """
        scope = self._scope_ids()
        served = self.env["bphs.institution"]._responsible()
        villages = self.env["bphs.division"].browse([village for village, (at, _) in served.items() if at in scope])
        return {village.code: Place(village.id, *served[village.id]) for village in villages}

    # === WHAT WAS FOUND === #

    def _count_outcomes(self):
        """Note on the run how many rows are new, changed, unchanged and rejected, and why."""
        rows = self.env.execute_query(
            SQL("SELECT outcome, count(*), max(number) FROM %s GROUP BY outcome", self._rows())
        )
        counts = {outcome: count for outcome, count, _last in rows}
        self.sudo().write(  # sudo: runs are written by jobs alone
            {
                "row_count": sum(counts.values()),
                "new_count": counts.get(NEW, 0),
                "changed_count": counts.get(CHANGED, 0),
                "unchanged_count": counts.get(UNCHANGED, 0),
                "rejected_count": counts.get(REJECTED, 0),
                "last_row": max((last for *_counts, last in rows), default=0),
            }
        )
        self.sudo().finding_ids.unlink()  # sudo: as above
        found = self.env.execute_query(
            SQL(
                "SELECT problem_kind, count(*), min(number) FROM %s WHERE outcome = %s GROUP BY problem_kind",
                self._rows(),
                REJECTED,
            )
        )
        self.env[self._fields["finding_ids"].comodel_name].sudo().create(  # sudo: as above
            [{"import_id": self.id, "kind": kind, "count": count, "example_row": first} for kind, count, first in found]
        )
