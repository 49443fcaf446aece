"""Write settled lines in bulk: COPY, because a county's quarter is ten thousand rows.

Callers check access rights, flush before and invalidate after; nothing here knows about users.
"""

import io
from decimal import Decimal

from odoo.tools import SQL

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _text(value):
    kind = type(value)
    if kind is int or kind is Decimal:
        return str(value)
    if value is None or value is False:
        return "\\N"
    if value is True:
        return "t"
    return str(value).translate(_ESCAPES)


def copy_rows(cr, table, columns, rows):
    """COPY ``rows`` into ``table``. False is written as NULL, as the ORM does for all but booleans.

    :param table: table name, from code
    :param columns: column names, from code
    :param rows: iterable of value sequences in the order of ``columns``
    """
    body = "".join("\t".join(map(_text, row)) + "\n" for row in rows)
    # The names come from our own models, never from a request; COPY takes no parameters.
    statement = f'COPY "{table}" ({", ".join(f"{chr(34)}{name}{chr(34)}" for name in columns)}) FROM STDIN'
    cr.copy_expert(statement, io.StringIO(body))


def next_ids(env, table, count):
    """Draw ``count`` ids from the sequence of ``table``."""
    rows = env.execute_query(
        SQL("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", table, count)
    )
    return [row[0] for row in rows]
