"""A period locked while somebody writes in it: either the writer is first, or the writer fails."""

import threading

import psycopg2
import pytest

REPEATABLE_READ = psycopg2.extensions.ISOLATION_LEVEL_REPEATABLE_READ


@pytest.fixture
def keeper(server):
    """The sign-in of a finance officer."""
    return server.shell(
        'group = env.ref("bphs_base.group_finance_officer")\n'
        'users = env["res.users"].search([("all_group_ids", "in", group.id)], order="id")\n'
        "answer = users[:1].login\n"
    )


@pytest.fixture
def place(server):
    """A period of its own, an institution, and a table guarded as the suite guards its own."""
    made = server.shell(
        'group = env.ref("bphs_base.group_finance_officer")\n'
        'officer = env["res.users"].search([("all_group_ids", "in", group.id)], order="id")[:1]\n'
        'code = "RACE%s" % env["bphs.period"].search_count([])\n'
        'values = {"code": code, "kind": "year"}\n'
        'dates = {"date_start": "2001-01-01", "date_end": "2001-12-31"}\n'
        'period = env["bphs.period"].create(values | dates)\n'
        "env.cr.commit()\n"
        "answer = period.id, officer.bphs_institution_ids.ids[0]\n"
    )
    connection = psycopg2.connect(dbname=server.database)
    with connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS race (period_id int, institution_id int)")
        cursor.execute(
            "CREATE OR REPLACE TRIGGER guard AFTER INSERT ON race"
            " REFERENCING NEW TABLE AS bphs_new FOR EACH STATEMENT"
            " EXECUTE FUNCTION bphs_period_guard('period_id', 'institution_id')"
        )
    connection.close()
    return made


@pytest.fixture
def writer(server):
    connection = psycopg2.connect(dbname=server.database)
    connection.set_isolation_level(REPEATABLE_READ)
    yield connection
    connection.close()


def write(connection, place):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO race VALUES (%s, %s)", place)


def begin(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")  # from here on the writer sees the database as it is now


@pytest.mark.parametrize("everyone", [True, False])
def test_a_lock_waits_for_who_is_writing(server, keeper, place, writer, everyone):
    server.key(keeper)
    write(writer, place)
    extra = {} if everyone else {"institution_id": place[1]}
    lock = threading.Thread(
        target=server.call,
        args=(keeper, "bphs.period", "action_lock"),
        kwargs={"ids": [place[0]], "reason": "race", **extra},
    )
    lock.start()
    lock.join(1.5)
    assert lock.is_alive(), "the period was locked under an open write"
    writer.commit()
    lock.join(60)
    assert not lock.is_alive()
    with pytest.raises(psycopg2.IntegrityError, match="locked"):
        write(writer, place)


@pytest.mark.parametrize("everyone", [True, False])
def test_who_began_before_the_lock_fails_after_it(server, keeper, place, writer, everyone):
    begin(writer)
    extra = {} if everyone else {"institution_id": place[1]}
    server.call(keeper, "bphs.period", "action_lock", ids=[place[0]], reason="race", **extra)
    with pytest.raises(psycopg2.errors.SerializationFailure):
        write(writer, place)
