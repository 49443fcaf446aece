import os
import time

import psycopg2
import pytest

from tests.live_server import LiveServer

# Today is the county's, as on the screens that are looked at: for eight hours of each day it is tomorrow in UTC.
COUNTY = "Asia/Shanghai"
os.environ["TZ"] = COUNTY
time.tzset()


@pytest.fixture(scope="session")
def server():
    """The demo county on a server with two workers, shared by the tests of a stage."""
    with LiveServer(os.environ["JICENG_DATABASE"]) as running:
        yield running


@pytest.fixture
def rows(server):
    """`rows(query, *values)`: what the database holds at this moment."""
    connection = psycopg2.connect(dbname=server.database, options=f"-c timezone={COUNTY}")
    connection.autocommit = True

    def ask(query, *values):
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall()

    yield ask
    connection.close()
