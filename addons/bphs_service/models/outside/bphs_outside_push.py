from collections.abc import Mapping

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.sheet_guard import SheetError
from odoo.addons.bphs_resident.models.importing.bphs_resident_import_match import REJECTED
from odoo.addons.bphs_resident.tools.row_stream import RowStream

from ...tools.outside.columns import COLUMNS
from ...tools.outside.row import OutsideReader, Problem
from .bphs_outside_system import MACHINE

MOST_ROWS = 500
TABLE = "bphs_outside_pushed"
OWN_SYSTEM = Problem("unreadable", "system", "来源系统由账户决定，不要填写")


class BphsOutsideSystem(models.Model):
    """The door for programs: what a machine pushes over JSON-2, answered row by row."""

    _inherit = "bphs.outside.system"

    @api.model
    def push(self, kind, rows):
        """Take in rows from the system this account belongs to. Sent again they make nothing twice.

        A row that is in order is loaded, whole; one that is not is refused with its reasons, and the others go in.

        :param str kind: visit, condition, death or record
        :param list rows: at most 500 objects with the keys of `tools/outside/columns.py`, without ``system``
        :return: ``{"new": 1, "changed": 0, "unchanged": 0, "rejected": 1, "rows": [{"row": 1, "external_id": "A1",
            "result": "new", "problems": []}, …]}``; a problem is ``{"field": …, "reason": …, "text": …}``
        :raise AccessError: the account is no machine's
        :raise UserError: not what is asked for, too many, or the limits of the day are reached
        """
        system = self._system_of_account()
        if not isinstance(kind, str) or kind not in COLUMNS:
            raise UserError(self.env._("kind is one of: %(kinds)s.", kinds=", ".join(COLUMNS)))
        if not isinstance(rows, list) or not rows or not all(isinstance(row, Mapping) for row in rows):
            raise UserError(self.env._("rows is a list of objects, one a row."))
        if len(rows) > MOST_ROWS:
            raise UserError(self.env._("At most %(count)s rows a request.", count=MOST_ROWS))
        # sudo: the day's figures are the system's; machines have no right on any model
        days = self.env["bphs.outside.day"].sudo()
        day = days._take(system, len(rows))
        return self.env["bphs.outside.push"]._take_in(system, kind, rows, day)

    @api.model
    def _system_of_account(self):
        """:raise AccessError: no system is pushed for by this account"""
        if not self.env.user.has_group(MACHINE):
            raise AccessError(self.env._("Only the account of a machine pushes data."))
        # sudo: one's own
        system = self.sudo().search([("user_id", "=", self.env.uid)], limit=1)
        if not system:
            raise AccessError(self.env._("No source system is assigned to this account."))
        return system


class BphsOutsidePush(models.AbstractModel):
    """One push: its rows stand in a table of the transaction."""

    _name = "bphs.outside.push"
    _inherit = ["bphs.outside.rows"]
    _description = "Push from Outside"

    # === WHAT THIS DOOR SAYS === #

    def _rows(self):
        return SQL.identifier(TABLE)

    def _scope_ids(self):
        system = self.env["bphs.outside.system"]._system_of_account()
        # sudo: one's own scope is not one's own to read
        user = self.env.user.sudo()
        domain = [("id", "child_of", user.bphs_institution_ids.ids), ("id", "child_of", system.institution_id.ids)]
        return set(user.env["bphs.institution"].search(domain).ids)

    def _seen(self, alias):
        """A machine is answered for whoever a person with its groups sees, and for nobody else."""
        seen = [super()._seen(alias)]
        name = SQL.identifier(alias)
        if not self.env.user.has_group("bphs_resident.group_sensitive"):
            seen.append(SQL("%s.restricted IS NOT TRUE", name))
        if not self.env.user.has_group("bphs_resident.group_minor"):
            seen.append(SQL("%s.birth_date <= %s::date - interval '14 years'", name, self._county_today()))
        return SQL(" AND ").join(seen)

    def _other_person(self, condition, _text, unknown):
        # Whose number it is, or that it is somebody's, is not told to a program.
        return "unknown", "id_number", unknown, condition

    # === TAKING IN === #

    def _take_in(self, system, kind, rows, day):
        named_person = self.env.user.has_group("bphs_resident.group_sensitive")
        reader = OutsideReader(kind, self._known(system, named_person), self._county_today())
        try:
            self.env["bphs.resident.import"]._check_keys()
        except SheetError as error:
            raise UserError(str(error)) from error
        read = [({}, [OWN_SYSTEM]) if "system" in row else reader.read({**row, "system": system.code}) for row in rows]
        self._put_in_rows(kind, read)
        self._match_outside(kind)
        made, restricted = self._load_outside(kind, 0, len(rows))
        outcomes, unknown = self._outcomes(), self._count_kind("unknown")
        # sudo: the day's figures
        self.env["bphs.outside.day"].sudo()._put_down(day, *self._outcomes_told(), unknown)
        self._log_push(system, kind, made, restricted, unknown)
        return {**outcomes, "rows": self._answers(rows, read)}

    def _put_in_rows(self, kind, read):
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", self._rows()))
        self._create_rows(SQL("TEMPORARY"))
        keys, written = self.env["bphs.resident.keyring"]._keys(), self._written_columns()
        lines = (self._row_line(kind, at, *one, keys, written) for at, one in enumerate(read, start=1))
        columns = ", ".join(f'"{name}"' for name in written)
        self.env.cr.copy_expert(f'COPY "{TABLE}" ({columns}) FROM STDIN', RowStream(lines), size=1 << 16)

    def _answers(self, rows, read):
        """:return list: for each row its number, what became of it, and why not"""
        found = self.env.execute_query(
            SQL("SELECT number, outcome, problem_kind, problem_field, problem FROM %s ORDER BY number", self._rows())
        )
        self.env.cr.execute(SQL("DROP TABLE %s", self._rows()))
        answers = []
        for (number, outcome, reason, field, text), row, (_values, problems) in zip(found, rows, read, strict=True):
            told = [{"field": one.column, "reason": one.kind, "text": one.text} for one in problems]
            if outcome == REJECTED and not told:
                told = [{"field": field, "reason": reason, "text": text}]
            external = row.get("external_id")
            shown = str(external)[:64] if isinstance(external, (str, int)) else None
            answers.append({"row": number, "external_id": shown, "result": outcome, "problems": told})
        return answers

    def _log_push(self, system, kind, made, restricted, unknown):
        """Who brought in how many, and how many led to nobody."""
        log = self.env["bphs.resident.access"]
        kinds = dict(self.env["bphs.outside.key"]._fields["kind"]._description_selection(self.env))
        what = f"{system.name} {kinds[kind]}"
        if made:
            log._record_file("import", what, made, restricted)
        if unknown:
            words = self.env._("%(file)s: numbers compared with the register, led to nobody", file=what)
            log._enter({"kind": "number", "what": words, "count": unknown, "count_whole": unknown})
