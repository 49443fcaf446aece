import os

import pytest

from tests.live_server import LiveServer


@pytest.fixture(scope="session")
def server():
    """The demo county on a server with two workers, shared by the tests of a stage."""
    with LiveServer(os.environ["JICENG_DATABASE"]) as running:
        yield running
