import io
import os
from pathlib import Path

from psycopg2.errors import SerializationFailure

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools import columns, sealing
from .keyring import key_file

BATCH = 5000
# What is sealed: the cipher, what is derived from it anew, and the kind it was sealed as.
_SEALED = {
    "id_cipher": (columns.sealed_id, sealing.ID_NUMBER),
    "phone_cipher": (columns.sealed_phone, sealing.PHONE),
}


def _is_newest(row, newest):
    sealed = [side[cipher] for side in (row.before, row.after) for cipher in _SEALED if side.get(cipher)]
    return all(cipher.startswith(f"{newest}.") for cipher in sealed)


class BphsResidentKeyring(models.AbstractModel):
    """Changing the key while people work. Called by `scripts/rotate-key`, by whoever runs the server."""

    _inherit = "bphs.resident.keyring"

    def _rotate(self, step):
        """Take one step of a change of keys.

        :param str step: ``begin``, ``seal`` or ``finish``; ``check`` changes nothing
        :return str: how it stands now
        :raise UserError: it is not the time for this step, or a number does not open with the key file in use
        """
        steps = {"begin": self._begin_rotation, "seal": self._seal_anew, "finish": self._finish_rotation}
        if step == "check":
            return self._check_opens()
        steps[step]()
        return self.env._(
            "Key %(name)s seals. Sealed with an older one: %(numbers)s files of residents, %(files)s files of imports.",
            name=self._keys().newest,
            numbers=self._count_old_seals(),
            files=len(self._old_files()),
        )

    def _check_opens(self):
        """Whether the key file in use is that of this database; one without residents needs none."""
        # sudo: whoever runs the server may be told how many there are
        residents = self.env["bphs.resident"].sudo().with_context(active_test=False).search_count([])
        if residents:
            self._check_all_open(self._keys())
        return self.env._("The key file opens the numbers of all %(count)s files.", count=residents)

    def _begin_rotation(self):
        keys = self._keys()
        if self._count_old_seals() or self._old_files():
            raise UserError(self.env._("The last change of keys is not finished: seal anew first."))
        self._check_all_open(keys)
        text = Path(key_file()).read_text("ascii")
        number = int("".join(filter(str.isdigit, keys.newest)) or 0) + 1
        self._write_key_file(sealing.new_key_line(f"k{number}") + text)

    def _finish_rotation(self):
        waiting = self.env["bphs.resident.import"].search_count([("state", "in", ["checking", "checked", "loading"])])
        if waiting:
            raise UserError(
                self.env._("A roll is being imported, its rows bear the old key: let it be loaded or delete it first.")
            )
        left = self._count_old_seals()
        if left:
            raise UserError(self.env._("%(count)s numbers bear an old key still: seal anew first.", count=left))
        if files := len(self._old_files()):
            raise UserError(
                self.env._("%(count)s files of imports bear an old key still: seal anew first.", count=files)
            )
        self._check_all_open(self._keys())
        text = Path(key_file()).read_text("ascii")
        self._write_key_file(text.strip().splitlines()[0] + "\n")

    def _old_files(self):
        return self.env["bphs.resident.import"]._files_of_old_keys()

    def _check_all_open(self, keys):
        """Open every number, before a key is added or thrown away: another key may bear the same name.

        :raise UserError: one does not open
        """
        last, sealed = 0, SQL(", ").join(map(SQL.identifier, _SEALED))
        while rows := self.env.execute_query(
            SQL("SELECT id, %s FROM bphs_resident WHERE id > %s ORDER BY id LIMIT %s", sealed, last, 4 * BATCH)
        ):
            for id_, *ciphers in rows:
                for (__, kind), cipher in zip(_SEALED.values(), ciphers, strict=True):
                    self._open(keys, kind, cipher, id_)
            last = rows[-1][0]

    def _open(self, keys, kind, cipher, resident_id):
        try:
            return keys.open(kind, cipher)
        except sealing.SealError as error:
            raise UserError(
                self.env._(
                    "The key file in use is not that of this database. File %(number)s: %(reason)s. Nothing was "
                    "changed.",
                    # sudo: whoever changes keys may be told which file it is
                    number=self.env["bphs.resident"].sudo().browse(resident_id).ehr_number,
                    reason=error,
                )
            ) from error

    def _count_old_seals(self):
        """How many files and rows kept for undoing a merge bear another key than the newest."""
        newest = self._keys().newest
        condition = self._bears_old_key(f"{newest}.%")
        ((count,),) = self.env.execute_query(SQL("SELECT count(*) FROM bphs_resident WHERE %s", condition))
        return count + sum(not _is_newest(row, newest) for row in self._kept_rows())

    def _bears_old_key(self, newest):
        return SQL(" OR ").join(SQL("%s NOT LIKE %s", SQL.identifier(column), newest) for column in _SEALED)

    def _seal_anew(self):
        """Seal batch by batch, each in a transaction of its own: what is broken off goes on where it stood."""
        keys = self._keys()
        cr = self.env.cr
        while self._seal_batch(keys):
            # A county is not one transaction: a batch that stands is done, whatever becomes of the next.
            cr.commit()  # pylint: disable=invalid-commit
        self.env["bphs.resident"].invalidate_model()
        self._seal_kept_rows_anew()
        cr.commit()  # pylint: disable=invalid-commit
        for run, file in self._old_files():
            run._seal_file_anew(file)
            cr.commit()  # pylint: disable=invalid-commit

    def _seal_batch(self, keys):
        """:return bool: whether there was anything left to seal"""
        try:
            rows = self._next_batch(keys)
        except SerializationFailure:
            # Somebody saved one of these files at this very moment: it is read again.
            self.env.cr.rollback()
            return True
        self._store(rows)
        return bool(rows)

    def _kept_rows(self):
        """The rows of residents that merges keep for thirty days, to be put back as they stood."""
        # sudo: nobody's to read; an import asks only whether an old key is borne anywhere
        return self.env["bphs.resident.merge.row"].sudo().search([("res_model", "=", "bphs.resident")])

    def _seal_kept_rows_anew(self):
        """Seal what merges keep; a number the file still bears gets the file's own cipher, or it would look changed."""
        keys = self._keys()
        for row in self._kept_rows().filtered(lambda row: not _is_newest(row, keys.newest)):
            file = self.env["bphs.resident"].browse(row.res_id)
            for side in ("before", "after"):
                values = dict(row[side])
                for cipher, (make, kind) in _SEALED.items():
                    if not values.get(cipher):
                        continue
                    number = self._open(keys, kind, values[cipher], row.res_id)
                    anew = make(number, keys)
                    if file[cipher] and keys.open(kind, file[cipher]) == number:
                        anew[cipher] = file[cipher]
                    values.update({name: anew[name] for name in anew if name in values})
                row[side] = values

    def _next_batch(self, keys):
        """:return: rows for `_store`, sealed with the newest key; empty where all are"""
        found = self.env.execute_query(
            SQL(
                # Who is being edited comes with a later batch.
                "SELECT id, %s FROM bphs_resident WHERE %s ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED",
                SQL(", ").join(map(SQL.identifier, _SEALED)),
                self._bears_old_key(f"{keys.newest}.%"),
                BATCH,
            )
        )
        rows = []
        for id_, *sealed in found:
            row = [id_]
            for (make, kind), cipher in zip(_SEALED.values(), sealed, strict=True):
                row += make(self._open(keys, kind, cipher, id_), keys).values()
            rows.append(row)
        return rows

    def _store(self, rows):
        names = [name for make, __ in _SEALED.values() for name in make(None, self._keys())]
        cr = self.env.cr
        cr.execute(
            "CREATE TEMPORARY TABLE IF NOT EXISTS bphs_sealed_anew (id int4, a text, b text, c text, d text, e text)"
        )
        cr.execute("TRUNCATE bphs_sealed_anew")
        cr.copy_expert("COPY bphs_sealed_anew FROM STDIN", io.StringIO("".join(map(columns.copy_line, rows))))
        assignments = SQL(", ").join(
            SQL("%s = s.%s", SQL.identifier(name), SQL.identifier(letter))
            for name, letter in zip(names, "abcde", strict=True)
        )
        cr.execute(SQL("UPDATE bphs_resident r SET %s FROM bphs_sealed_anew s WHERE s.id = r.id", assignments))

    def _write_key_file(self, text):
        """Replace the key file at one stroke: a process that reads it meanwhile finds the old or the new one."""
        sealing.Keyring(text)
        path = Path(key_file())
        part = path.with_suffix(".part")
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(text)
        os.chown(part, path.stat().st_uid, path.stat().st_gid)
        os.replace(part, path)
