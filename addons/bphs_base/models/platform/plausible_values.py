import traceback
from pathlib import PurePath

from psycopg2 import DataError, errors

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.http import request
from odoo.orm import domains

from ...tools.plausible import MOST_COUNTED, MOST_MEASURED, implausible_id, implausible_number


class Base(models.AbstractModel):
    """What clients write is told in words where it cannot be: beyond the column, no number, no such record."""

    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_plausible(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_plausible(vals)
        return super().write(vals)

    def _check_plausible(self, vals):
        # Server code reckons with what is there already, and bulk loads check their own columns.
        if self.env.su or not self._name.startswith("bphs."):
            return
        for name, value in vals.items():
            field = self._fields.get(name)
            if field is None or not (field.store or self._transient):
                continue
            if field.type in ("integer", "float", "monetary") and implausible_number(field.type, value):
                most = MOST_COUNTED if field.type == "integer" else MOST_MEASURED
                raise UserError(
                    self.env._(
                        "%(field)s: this is no number between -%(most)s and %(most)s.",
                        field=field._description_string(self.env),
                        most=f"{most:,}",
                    )
                )
            if field.type == "many2one" and implausible_id(value):
                raise UserError(
                    self.env._("%(field)s: there is no such record.", field=field._description_string(self.env))
                )

    @api.model
    def _asked_id(self, value):
        """:return int: an id that a client gave beside the record it called
        :raise UserError: it is none
        """
        if isinstance(value, str) and value.isascii() and value.isdecimal():
            value = int(value)
        if not value or implausible_id(value):
            raise UserError(self.env._("There is no such record."))
        return value

    @api.model
    def _asked_number(self, value, otherwise):
        """:return int: a count that a client gave, or `otherwise` where it gave none
        :raise UserError: it is none
        """
        if value in (None, False, ""):
            return otherwise
        digits = isinstance(value, str) and value.isascii() and value.isdecimal()
        if implausible_number("integer", value) or not (digits or isinstance(value, int)):
            raise UserError(self.env._("This is no whole number."))
        return int(value)

    @api.model
    def _asked_date(self, value):
        """:return date: a day that a client gave as text, or None for nothing
        :raise UserError: it is none
        """
        try:
            return fields.Date.to_date(value or None)
        except (TypeError, ValueError, AttributeError) as error:
            raise UserError(self.env._("This is no date: %(value)s", value=str(value)[:20])) from error

    @api.model
    def _sql_error_to_message_generic(self, exc):
        """Odoo's words hold the values of the whole row, which a log keeps, and speak of deleting where nothing was."""
        field = self._fields.get(exc.diag.column_name or "") or self._field_of_constraint(exc.diag.constraint_name)
        words = field and field._description_string(self.env)
        if isinstance(exc, errors.ForeignKeyViolation) and "is not present" in (exc.diag.message_detail or ""):
            return self.env._("%(field)s: there is no such record.", field=words or exc.diag.constraint_name)
        if self._name.startswith("bphs.") and isinstance(exc, (errors.CheckViolation, errors.UniqueViolation)):
            return self.env._(
                "This value is there already, or is not allowed: %(constraint)s.",
                constraint=words or exc.diag.constraint_name,
            )
        return super()._sql_error_to_message_generic(exc)

    def _field_of_constraint(self, constraint):
        """:return: the field whose foreign key PostgreSQL calls by this name, or None"""
        name = (constraint or "").removeprefix(f"{self._table}_").removesuffix("_fkey")
        return self._fields.get(name)


class IrHttp(models.AbstractModel):
    """A value that the database cannot compare or keep is the mistake of who sent it, wherever it stood."""

    _inherit = "ir.http"

    @classmethod
    def _dispatch(cls, endpoint):
        try:
            result = super()._dispatch(endpoint)
            if request.db and not request.env.cr.closed:
                # What waits to be written is tried here, where it still can be told.
                request.env.cr.flush()
            return result
        except DataError as error:
            raise UserError(
                request.env._("A number or an id in this request is none, or too large. Nothing was changed.")
            ) from error
        except (TypeError, ValueError) as error:
            if _is_of_a_filter(error):
                words = request.env._("This filter cannot be read: a field or a value in it is none.")
            elif _is_of_a_value(error):
                words = request.env._("A value in this request is none of its field. Nothing was changed.")
            else:
                raise
            raise UserError(words) from error


# Where Odoo takes a value in, and breaks off with words that repeat it, which a log keeps.
TAKEN_IN = {"convert_to_cache", "convert_to_column", "convert_to_write", "to_date", "to_datetime"}


def _is_of_a_value(error):
    """Whether the fault came from taking a value into a field, which in a request is what a client wrote."""
    codes = [frame.f_code for frame, _line in traceback.walk_tb(error.__traceback__)][-4:]
    taken = [one.co_name for one in codes if PurePath(one.co_filename).name.startswith("fields")]
    # What is no list of commands is refused where those are carried out, as are faults further down.
    return not TAKEN_IN.isdisjoint(taken) or codes[-1].co_name == "write_batch"


def _is_of_a_filter(error):
    """Whether the fault came from reading a domain, which in a request is what a client wrote."""
    frames = [frame.f_code.co_filename for frame, _line in traceback.walk_tb(error.__traceback__)]
    # A field that no column holds is refused a few calls below the domain.
    return any(name == domains.__file__ for name in frames[-8:])
