import io
import os
from pathlib import Path

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools import columns, sealing
from .keyring import key_file

BATCH = 5000
# What is sealed: the cipher, what is derived from it anew, and the kind it was sealed as.
_SEALED = {
    "id_cipher": (columns.sealed_id, sealing.ID_NUMBER),
    "phone_cipher": (columns.sealed_phone, sealing.PHONE),
}


class BphsResidentKeyring(models.AbstractModel):
    """Changing the key while people work. Called by `scripts/rotate-key`, by whoever runs the server."""

    _inherit = "bphs.resident.keyring"

    def _rotate(self, step):
        """Take one step of a change of keys.

        :param str step: ``begin``, ``seal`` or ``finish``
        :raise UserError: it is not the time for this step
        """
        return {"begin": self._begin_rotation, "seal": self._seal_anew, "finish": self._finish_rotation}[step]()

    def _begin_rotation(self):
        keys = self._keys()
        if self._count_old_seals():
            raise UserError(self.env._("The last change of keys is not finished: seal anew first."))
        text = Path(key_file()).read_text("ascii")
        number = int("".join(filter(str.isdigit, keys.newest)) or 0) + 1
        self._write_key_file(sealing.new_key_line(f"k{number}") + text)

    def _finish_rotation(self):
        left = self._count_old_seals()
        if left:
            raise UserError(self.env._("%(count)s numbers bear an old key still: seal anew first.", count=left))
        text = Path(key_file()).read_text("ascii")
        self._write_key_file(text.strip().splitlines()[0] + "\n")

    def _count_old_seals(self):
        """How many values bear another key than the newest. Modules that keep sealed values add theirs."""
        table, newest = SQL.identifier("bphs_resident"), f"{self._keys().newest}.%"
        ((count,),) = self.env.execute_query(
            SQL("SELECT count(*) FROM %s WHERE %s", table, self._bears_old_key(newest))
        )
        return count

    def _bears_old_key(self, newest):
        return SQL(" OR ").join(SQL("%s NOT LIKE %s", SQL.identifier(column), newest) for column in _SEALED)

    def _seal_anew(self):
        """Seal batch by batch, each in a transaction of its own: what is broken off goes on where it stood."""
        keys = self._keys()
        cr = self.env.cr
        while rows := self._next_batch(keys):
            self._store(rows)
            # A county is not one transaction: a batch that stands is done, whatever becomes of the next.
            cr.commit()  # pylint: disable=invalid-commit
        self.env["bphs.resident"].invalidate_model()

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
                row += make(keys.open(kind, cipher), keys).values()
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
