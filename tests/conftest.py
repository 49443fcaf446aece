import os

import psycopg2
import pytest

from tests.live_server import LiveServer


@pytest.fixture(scope="session")
def server():
    """The demo county on a server with two workers, shared by the tests of a stage."""
    with LiveServer(os.environ["JICENG_DATABASE"]) as running:
        yield running


@pytest.fixture
def rows(server):
    """`rows(query, *values)`: what the database holds at this moment."""
    connection = psycopg2.connect(dbname=server.database)
    connection.autocommit = True

    def ask(query, *values):
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall()

    yield ask
    connection.close()
