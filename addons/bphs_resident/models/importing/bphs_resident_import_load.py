from psycopg2.errors import UniqueViolation

from odoo import fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.importing.refill import LOOK_AT
from odoo.addons.bphs_base.tools.sheet_guard import SheetError
from odoo.addons.queue_job.exception import RetryableJobError

from ...tools.columns import PERSON_DEFAULTS, RESIDENT_COLUMNS
from ...tools.roll_rejects import reject_workbook
from ..mixins.bphs_spread_ids_mixin import spread_id
from ..sealing.late_constraint import check_late_constraints
from .bphs_resident_import_match import CHANGED, NEW, OPTIONAL, REJECTED, REQUIRED

# A part is a few seconds' work: what a broken-off job loses, and how often the bar moves.
PART_ROWS = 20_000
SPELT = ("pinyin", "initials", "search_tokens")
JUDGED = ("standardised", "failures", "restricted")
SEALED = {"id_index": ("id_cipher", "id_last4_index"), "phone_index": ("phone_cipher",)}


class BphsResidentImport(models.Model):
    """Loading what was confirmed, part by part, each part whole in a transaction of its own."""

    _inherit = "bphs.resident.import"

    def action_resume(self):
        """Set a check or a load going again whose job has failed; where one is waiting or working, nothing happens.

        :raise UserError: there is nothing under way
        """
        self.ensure_one()
        self._check_importer()
        self.check_access("write")
        if self.state == "checking":
            self._enqueue("_job_check", 0)
        elif self.state == "loading":
            self._enqueue("_job_load", self.loaded_until)
        else:
            raise UserError(self.env._("There is nothing under way."))

    # === THE JOB === #

    def _job_load(self):
        """Load the next part, and ask for the one after it."""
        self.ensure_one()
        if not self.exists() or self.state != "loading":
            return
        run = self.with_context(lang=self.env.user.lang)
        run._prepare_database()
        run._restore_rows()
        last = run._end_of_part()
        if last is None:
            run._finish()
            return
        try:
            with self.env.cr.savepoint():
                run._load_part(run.loaded_until, last)
        except UniqueViolation as error:
            # Somebody entered one of these people a moment ago: the next try sees them.
            raise RetryableJobError("A file of the same number was made meanwhile.", seconds=5) from error
        except ConcurrencyError as error:
            raise RetryableJobError("A household was moved meanwhile.", seconds=5) from error
        run.sudo().write({"loaded_until": last})  # sudo: runs are written by jobs alone
        run._enqueue("_job_load", last)

    def _restore_rows(self):
        """Read the file once more where the rows are of no use: the database server went down and took the unlogged
        table with it, or the register's key was changed since the check.

        :raise RetryableJobError: the key is being changed
        """
        try:
            self._check_keys()
        except SheetError as error:
            raise RetryableJobError(str(error), seconds=60, ignore_retry=True) from error
        newest = self.env["bphs.resident.keyring"]._keys().newest
        # sudo: the name of a key is nobody's to read
        if self._rows_lost() or self.sudo().key_name != newest:
            with self._open_sheet() as roll:
                self._read_rows(roll)
            self._match_rows()

    def _end_of_part(self):
        self.env.cr.execute(
            SQL(
                "SELECT max(number) FROM (SELECT number FROM %s WHERE number > %s AND outcome IN (%s, %s)"
                " ORDER BY number LIMIT %s) part",
                self._rows(),
                self.loaded_until,
                NEW,
                CHANGED,
                PART_ROWS,
            )
        )
        return self.env.cr.fetchone()[0]

    def _finish(self):
        """Say what came of it; what held clear numbers goes, but for the rejected rows."""
        rejected = self.rejected_count
        self._count_outcomes()
        self._log_elsewhere()
        if self.rejected_count != rejected:
            with self._open_sheet() as roll:
                self._write_rejects(roll)
        self._files("upload").unlink()
        self._drop_rows()
        # sudo: runs are written by jobs alone
        self._take_step("finish", {"done_on": fields.Datetime.now(), "loaded_until": self.last_row})

    # === A PART === #

    def _load_part(self, after, until):
        """Write the rows `after` < number <= `until` to the register.

        What they are to it is asked again first, as others have worked since the check.
        """
        self._match_register(after, until)
        part = SQL("s.number > %s AND s.number <= %s", after, until)
        stamps = SQL("%s, %s, %s, %s", self.env.uid, self.env.cr.now(), self.env.uid, self.env.cr.now())
        self._load_households(part, stamps)
        self._number_files(part)
        created = self._insert_residents(part, stamps)
        changed = self._update_residents(part)
        self._insert_groups(part, stamps)
        self.env.invalidate_all(flush=False)
        self._judge_again(changed)
        self._log_part(created + len(changed), self._count_restricted(part))
        check_late_constraints(self.env.cr)

    def _load_households(self, part, stamps):
        """Make the households that are not there yet, and take over the addresses."""
        stated = SQL("%s AND s.outcome IN (%s, %s) AND s.household_number IS NOT NULL", part, NEW, CHANGED)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO bphs_household (id, number, division_id, institution_id, township_id, address, active,
                                            create_uid, create_date, write_uid, write_date)
                SELECT %(id)s, n.*, TRUE, %(stamps)s
                  FROM (SELECT DISTINCT ON (s.household_number)
                               s.household_number, s.division_id, s.institution_id, s.township_id, s.address
                          FROM %(rows)s s
                         WHERE %(stated)s
                         ORDER BY s.household_number, s.address IS NULL, s.number) n
                 ORDER BY random()
                ON CONFLICT (number) DO NOTHING
                """,
                id=spread_id("bphs_household"),
                rows=self._rows(),
                stated=stated,
                stamps=stamps,
            )
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE bphs_household h
                   SET address = n.address, write_uid = %(uid)s, write_date = %(now)s
                  FROM (SELECT DISTINCT ON (s.household_number) s.household_number, s.address
                          FROM %(rows)s s
                         WHERE %(stated)s AND s.address IS NOT NULL
                         ORDER BY s.household_number, s.number DESC) n
                 WHERE h.number = n.household_number AND h.address IS DISTINCT FROM n.address
                """,
                rows=self._rows(),
                stated=stated,
                uid=self.env.uid,
                now=self.env.cr.now(),
            )
        )

    def _insert_residents(self, part, stamps):
        """Ids are not given in the order of the roll: between two that somebody sees, a missing one would tell of a
        file that is hidden, and where it stands.

        :return: how many
        """
        values = SQL(", ").join(
            SQL("h.id")
            if name == "household_id"
            else SQL("coalesce(s.%s, %s)", SQL.identifier(name), PERSON_DEFAULTS[name])
            if PERSON_DEFAULTS.get(name) is not None
            else SQL("s.%s", SQL.identifier(name))
            for name in RESIDENT_COLUMNS
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO bphs_resident (id, %(columns)s, create_uid, create_date, write_uid, write_date)
                SELECT %(id)s, %(values)s, %(stamps)s
                  FROM %(rows)s s
                  LEFT JOIN bphs_household h ON h.number = s.household_number
                 WHERE %(part)s AND s.outcome = %(new)s
                 ORDER BY random()
                """,
                id=spread_id("bphs_resident"),
                columns=SQL(", ").join(map(SQL.identifier, RESIDENT_COLUMNS)),
                values=values,
                stamps=stamps,
                rows=self._rows(),
                part=part,
                new=NEW,
            )
        )
        return self.env.cr.rowcount

    def _update_residents(self, part):
        """:return: bphs.resident that were changed"""
        sets = [SQL("%(c)s = s.%(c)s", c=SQL.identifier(name)) for name in (*REQUIRED, *SPELT)]
        sets += [SQL("%(c)s = coalesce(s.%(c)s, r.%(c)s)", c=SQL.identifier(name)) for name in OPTIONAL]
        for index, sealed in SEALED.items():
            # The same number sealed anew is another text: it stays as it is.
            sets += [
                SQL(
                    "%(c)s = CASE WHEN s.%(i)s IS NULL OR s.%(i)s = r.%(i)s THEN r.%(c)s ELSE s.%(c)s END",
                    c=SQL.identifier(name),
                    i=SQL.identifier(index),
                )
                for name in sealed
            ]
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE bphs_resident r
                   SET %(sets)s,
                       household_id = coalesce(h.id, r.household_id),
                       write_uid = %(uid)s, write_date = %(now)s
                  FROM %(rows)s s
                  LEFT JOIN bphs_household h ON h.number = s.household_number
                 WHERE %(part)s AND s.outcome = %(changed)s AND r.id = s.resident_id
                RETURNING r.id
                """,
                sets=SQL(", ").join(sets),
                uid=self.env.uid,
                now=self.env.cr.now(),
                rows=self._rows(),
                part=part,
                changed=CHANGED,
            )
        )
        return self.env["bphs.resident"].browse([resident_id for (resident_id,) in rows])

    def _insert_groups(self, part, stamps):
        """Add the key groups a row names; those it does not name stay, to be ended with their reason."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO bphs_resident_group (resident_id, kind, date_from, basis,
                                                 create_uid, create_date, write_uid, write_date)
                SELECT r.id, kind, greatest(r.birth_date, coalesce(r.file_created_on, %(today)s)), %(basis)s, %(stamps)s
                  FROM %(rows)s s
                  JOIN bphs_resident r
                    ON r.id = s.resident_id OR s.resident_id IS NULL AND r.ehr_number = s.ehr_number
                 CROSS JOIN LATERAL unnest(s.groups) AS kind
                 WHERE %(part)s AND s.outcome IN (%(new)s, %(changed)s) AND s.groups IS NOT NULL
                 ORDER BY random()
                ON CONFLICT (resident_id, kind) WHERE date_to IS NULL DO NOTHING
                """,
                rows=self._rows(),
                part=part,
                today=self._county_today(),
                basis=self.file_name[:200],
                stamps=stamps,
                new=NEW,
                changed=CHANGED,
            )
        )

    def _judge_again(self, residents):
        """Changed files are judged by what the register holds now, not by the row alone."""
        residents = residents.sudo()  # sudo: what follows from facts follows for everybody
        for name in JUDGED:
            self.env.add_to_compute(residents._fields[name], residents)
        residents.flush_recordset(JUDGED)

    # === REJECTED ROWS === #

    def _write_rejects(self, roll):
        """Keep the rejected rows as a workbook, each with its reasons."""
        reasons = {
            # Alone in the workbook, the second of two rows would be the only one: it stays out until somebody looked.
            number: problem + LOOK_AT if kind == "twice" else problem
            for number, problem, kind in self.env.execute_query(
                SQL("SELECT number, problem, problem_kind FROM %s WHERE outcome = %s", self._rows(), REJECTED)
            )
        }
        name = False
        self._files("reject_file").unlink()
        if reasons:
            rows = ((cells, reasons[number]) for number, cells in roll.rows() if number in reasons)
            name = self.env._("%(file)s rejected rows", file=self.file_name.rpartition(".")[0]) + ".xlsx"
            self._keep_file("reject_file", name, reject_workbook(roll.headings, rows))
        self.sudo().write({"reject_file_name": name})  # sudo: runs are written by jobs alone
