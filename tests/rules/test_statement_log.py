"""Failed statements are logged without what they were about to store."""

import io
import logging
import sys

import psycopg2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg2.extensions import adapt

from odoo.addons.bphs_base.tools import statement_log
from odoo.addons.bphs_base.tools.statement_log import WithoutValues, guard, statement_alone

ROW = "duplicate key value\nDETAIL:  Key (name, phone)=(张三丰, 13812341234) already exists.\n"


def logged(say, logger=None):
    """What a handler writes of what is said to a logger."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logger = logger or logging.Logger("some")
    logger.addHandler(handler)
    guard((), logger)
    guard((), logger)
    assert len(handler.filters) == 1
    say(logger)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("statement", "alone"),
    [
        ("UPDATE p SET name = '张三' WHERE id = 7", "UPDATE p SET name = ? WHERE id = ?"),
        (b"INSERT INTO t2 (a) VALUES ('O''Brien', -1.5, NULL)", "INSERT INTO t2 (a) VALUES (?, ?, NULL)"),
        ("SELECT E'a\\'b', x1 FROM \"t7\"", 'SELECT ?, x1 FROM "t7"'),
    ],
)
def test_statement_by_example(statement, alone):
    assert statement_alone(statement) == alone


@given(st.text(alphabet="张三'\\\\ ab\n", min_size=3))
def test_no_text_stays(text):
    quoted = adapt(text)
    quoted.encoding = "utf8"
    statement = b"UPDATE p SET name = " + quoted.getquoted() + b" WHERE code = 'c'"
    assert statement_alone(statement).split() == "UPDATE p SET name = ? WHERE code = ?".split()


def test_what_the_database_layer_says():
    error = psycopg2.IntegrityError(ROW)
    text = logged(
        lambda log: log.error(
            "bad query: %s\nERROR: %s", "INSERT INTO r VALUES ('张三丰', 13812341234)".encode(), error
        )
    )
    assert text == "bad query: INSERT INTO r VALUES (?, ?)\nERROR: IntegrityError\n"
    text = logged(lambda log: log.error("bad query: %s\nERROR: %s", "SELECT '张三丰'", error))
    assert "张三丰" not in text
    assert logged(lambda log: log.info("%s of %s", "a 'word'", b"7 rows")) == "a 'word' of ? rows\n"
    assert logged(lambda log: log.info("%s of %s", "a 'word'", 7)) == "a 'word' of 7\n"


def test_what_a_traceback_says():
    def fail(log):
        try:
            try:
                raise psycopg2.IntegrityError(ROW)
            except psycopg2.Error as error:
                raise ValueError("not saved") from error
        except ValueError as error:
            log.exception("It failed: %s", error.__cause__)

    text = logged(fail)
    assert "Traceback" in text
    assert "not saved" in text
    assert "张三丰" not in text
    assert "13812341234" not in text


class UserError(Exception):
    """As Odoo's is called; what a log keeps of it is told by its name."""


class OfItsKind(UserError):
    pass


def test_a_refusal_is_logged_by_its_place():
    def check_phone():
        raise OfItsKind("张三丰: 1381234 is no telephone number")

    def refuse(log, say):
        try:
            check_phone()
        except UserError as error:
            say(log, error)

    for say in (
        lambda log, error: log.warning(error),
        lambda log, error: log.warning("It was refused: %s", error),
        lambda log, error: log.warning("It was refused: %s", error, exc_info=True),
        lambda log, _error: log.exception("It was refused"),
    ):
        text = logged(lambda log, say=say: refuse(log, say))
        assert "OfItsKind" in text and "test_statement_log.py" in text and "check_phone" in text
        assert "张三丰" not in text and "1381234" not in text
    assert logged(lambda log: log.warning(OfItsKind("张三丰"))) == "OfItsKind\n"
    assert logged(lambda log: log.warning(ValueError("plain"))) == "plain\n"


def test_what_came_of_a_refusal():
    def fail(log):
        try:
            try:
                raise UserError("张三丰 moved away")
            except UserError as error:
                raise ValueError("not saved") from error
        except ValueError:
            log.exception("It failed")

    text = logged(fail)
    assert "not saved" in text and "UserError: …" in text and "张三丰" not in text


def test_other_tracebacks_stay_as_they_are():
    def fail(log):
        try:
            raise ValueError("张三丰")
        except ValueError:
            log.exception("It failed")

    assert "张三丰" in logged(fail)
    record = logging.makeLogRecord({"msg": "plain", "exc_info": (None, None, None)})
    assert WithoutValues().filter(record)


def test_an_error_without_words_and_one_that_comes_of_itself():
    empty = psycopg2.Error()
    empty.__context__ = empty
    assert list(statement_log.database_errors(empty)) == [empty]
    try:
        raise empty
    except psycopg2.Error:
        record = logging.makeLogRecord({"msg": "It failed", "exc_info": sys.exc_info()})
    assert WithoutValues().filter(record)
    assert record.getMessage() == "It failed"


def test_the_loggers_that_are_named_are_guarded():
    guard(("tests.statements",), logging.Logger("root"))
    assert any(isinstance(known, WithoutValues) for known in logging.getLogger("tests.statements").filters)
