"""What a client is told of an error: its words, and not how the server came to them.

Odoo sends the whole traceback along, with every error that led to this one: it said that a record is hidden where for
another it said that there is none, and which row the database refused. The log keeps it.
"""

from functools import wraps

from odoo import http

from ..tools.statement_log import database_errors, without_rows


def _words_alone(serialize):
    @wraps(serialize)
    def serialize_exception(exception, **words):
        told = {**serialize(exception, **words), "debug": ""}
        if errors := list(database_errors(exception)):
            told["message"] = without_rows(str(told["message"]), errors)
            told["arguments"] = [told["message"]]
        return told

    return serialize_exception


# Whatever answers a client, on whichever kind of route, asks this one.
http.serialize_exception = _words_alone(http.serialize_exception)
