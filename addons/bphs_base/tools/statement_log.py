"""Failed statements and refusals in the log without what they were about.

Odoo logs a statement that failed with all its values, and PostgreSQL's error repeats the row: names, numbers,
diagnoses. It logs the words of every refusal too, which say whose file it is and repeat what was typed. What is needed
to mend a fault is the statement, the constraint and the place in the code; these stay.
"""

import logging
import re

from psycopg2 import Error

# Texts as psycopg2 writes them: E'' where something is escaped by a backslash, quotes doubled.
_TEXT = re.compile(r"[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'", re.DOTALL)
_NUMBER = re.compile(r"(?<![\w$\"])-?\d+(?:\.\d+)?\b")


def statement_alone(statement: str | bytes) -> str:
    """``UPDATE p SET name = '张三' WHERE id = 7`` -> ``UPDATE p SET name = ? WHERE id = ?``."""
    text = statement.decode("utf-8", "replace") if isinstance(statement, bytes) else str(statement)
    return _NUMBER.sub("?", _TEXT.sub("?", text))


def error_alone(error: Error) -> str:
    """What failed, by code, table and constraint, without the row PostgreSQL shows of it."""
    diag = error.diag
    where = (diag.schema_name, diag.table_name, diag.column_name, diag.constraint_name)
    return " ".join(filter(None, (type(error).__name__, error.pgcode, *where)))


def _came_of(error: BaseException | None):
    """An exception, and those it came of."""
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def database_errors(error: BaseException | None):
    """The errors of the database that an exception is, or came of."""
    return (one for one in _came_of(error) if isinstance(one, Error))


def is_refusal(error) -> bool:
    """Whether it is meant for a person, in words: of Odoo's, all that go back to ``UserError``."""
    return isinstance(error, Exception) and any(one.__name__ == "UserError" for one in type(error).__mro__)


def refusal_alone(error: Exception) -> str:
    """A refusal by its kind and its place: ``ValidationError: bphs_x/models/x.py:12, _check_dates``."""
    name, place = type(error).__name__, error.__traceback__
    if place is None:
        return name
    while place.tb_next is not None:
        place = place.tb_next
    code = place.tb_frame.f_code
    return f"{name}: {code.co_filename.rpartition('/addons/')[2]}:{place.tb_lineno}, {code.co_name}"


class WithoutValues(logging.Filter):
    """Takes the values out of a record before any handler writes it: of the statement, the error and the traceback,
    and of a refusal its words."""

    def filter(self, record):
        if is_refusal(record.msg):
            record.msg = refusal_alone(record.msg)
        if isinstance(record.args, tuple) and any(map(is_refusal, record.args)):
            record.args = tuple(refusal_alone(one) if is_refusal(one) else one for one in record.args)
        if isinstance(record.args, tuple) and any(isinstance(one, (bytes, Error)) for one in record.args):
            errors = [one for one in record.args if isinstance(one, Error)]
            record.args = tuple(self._alone(one, bool(errors)) for one in record.args)
        if isinstance(record.exc_info, tuple):
            errors = [one for one in _came_of(record.exc_info[1]) if isinstance(one, Error) or is_refusal(one)]
            if errors:
                record.exc_text = self._traceback(record.exc_info, errors)
                record.msg, record.args = without_rows(record.getMessage(), errors), ()
        return True

    def _alone(self, value, failed):
        if isinstance(value, Error):
            return error_alone(value)
        return statement_alone(value) if isinstance(value, bytes) or (failed and isinstance(value, str)) else value

    def _traceback(self, exc_info, errors):
        return without_rows(record_text(exc_info), errors)


def record_text(exc_info) -> str:
    """A traceback as logging writes it."""
    return logging.Formatter().formatException(exc_info)


def without_rows(text: str, errors) -> str:
    """A text without the rows that these errors of the database show in it, and without the words of these refusals."""
    for error in errors:
        if shown := str(error).strip():
            text = text.replace(shown, error_alone(error) if isinstance(error, Error) else "…")
    return text


def guard(loggers=("odoo.sql_db", "odoo.http"), root: logging.Logger | None = None) -> None:
    """Have the values taken out of what these loggers say, and of every traceback the root's handlers write."""
    one = WithoutValues()
    for target in (*map(logging.getLogger, loggers), *(root or logging.getLogger()).handlers):
        if not any(isinstance(known, WithoutValues) for known in target.filters):
            target.addFilter(one)
