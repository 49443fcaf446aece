"""Figures asked together: one statement, in which the record rules of a model are worked out once."""

from collections import defaultdict
from typing import NamedTuple

from odoo.fields import Domain
from odoo.tools import SQL


class Question(NamedTuple):
    """How many records, their earliest day, and what they come to; the last two where a field is named."""

    model: str
    domain: list | Domain
    day: str = ""
    amount: str = ""


class Answer(NamedTuple):
    count: int
    day: object = None
    amount: object = None


def answers(env, questions):
    """What each question comes to within the rights of the user of ``env``: that of the list behind it.

    :return: list of Answer
    """
    by_model = defaultdict(list)
    for at, question in enumerate(questions):
        by_model[question.model].append((at, question))
    selects = [one for model, asked in by_model.items() for one in _selects(env[model], asked)]
    found = [Answer(0)] * len(questions)
    if selects:
        # Many small counts: processes that help would cost more to start than they save.
        alone = SQL("SET LOCAL max_parallel_workers_per_gather = 0; %s", SQL(" UNION ALL ").join(selects))
        for at, *values in env.execute_query(alone):
            found[at] = Answer(*values)
    return found


def _selects(records, asked):
    query = records._search(Domain.TRUE, active_test=False)  # what the rules show
    domains = [(at, question, _whole(records, question.domain)) for at, question in asked]
    terms = [
        (at, _day(records, question.day, query), _amount(records, question.amount, query), meant)
        for at, question, domain in domains
        if not (query.is_empty() or domain.is_false())
        for meant in (domain._to_sql(records, records._table, query),)
    ]
    shown = query.where_clause if query._where_clauses else SQL("TRUE")
    for at, day, amount, meant in terms:
        yield SQL(
            "SELECT %s, COUNT(*), %s::timestamp, %s::numeric FROM %s WHERE %s AND %s",
            at, day, amount, query.from_clause, shown, meant,
        )  # fmt: skip


def _whole(records, domain):
    """:return: Domain with what a search adds: who is archived is found by asking for them alone"""
    domain, active = Domain(domain), records._active_name
    if active and not any(leaf.field_expr == active for leaf in domain.iter_conditions()):
        domain &= Domain(active, "=", True)
    return domain.optimize_full(records)


def _day(records, name, query):
    if not name:
        return SQL("NULL")
    owner, _dot, name = name.rpartition(".")
    if not owner:
        return records._read_group_select(f"{name}:min", query)
    # What a record belongs to says until when.
    other = records.env[records._fields[owner].comodel_name]
    return SQL("MIN(%s)", other._field_to_sql(query.left_join(records._table, owner, other._table, "id", owner), name))


def _amount(records, name, query):
    return records._read_group_select(f"{name}:sum", query) if name else SQL("NULL")
