"""A period locked while somebody writes in it: either the writer is first, or the writer fails."""

import threading

import psycopg2
import pytest

REPEATABLE_READ = psycopg2.extensions.ISOLATION_LEVEL_REPEATABLE_READ


@pytest.fixture
def holder(rows):
    """`holder(role)`: sign-in and institution of the first who holds it."""

    def first(role):
        (found,) = rows(
            "SELECT users.login, scope.institution_id FROM res_users users"
            " JOIN res_users_role_line line ON line.user_id = users.id"
            " JOIN ir_model_data named ON named.model = 'res.users.role' AND named.res_id = line.role_id"
            " JOIN bphs_institution_user_rel scope ON scope.user_id = users.id"
            " WHERE named.name = %s ORDER BY users.id LIMIT 1",
            f"role_{role}",
        )
        return found

    return first


@pytest.fixture
def keeper(holder):
    """The sign-in of a finance officer."""
    return holder("finance_officer")[0]


@pytest.fixture
def place(server, holder, rows):
    """A period of its own, an institution, and a table guarded as the suite guards its own."""
    ((count,),) = rows("SELECT count(*) FROM bphs_period")
    values = {"code": f"RACE{count}", "kind": "year", "date_start": "2001-01-01", "date_end": "2001-12-31"}
    (period,) = server.call(holder("administrator")[0], "bphs.period", "create", vals_list=[values])
    made = period, holder("finance_officer")[1]
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
