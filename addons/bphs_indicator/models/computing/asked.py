"""What is asked of the tables: a column each, so that every table is read once for all indicators.

A source is one aggregate of a table by resident. Yes and no are kept in bits of whole numbers: whether a record is of
a kind, or a person in a set, is worked out once a row, however many figures ask it.
"""

from datetime import date, timedelta
from functools import reduce
from operator import or_

from odoo.tools import SQL

from ...tools import sets

VISITS, GROUPS, CONTRACTS, COLOURS, DUE, REFERRALS, FINDINGS = (
    *("visits", "groups", "contracts", "colours", "due", "referrals", "findings"),
)
# Bits of one whole number; the sign is left alone.
WORD = 62
EPOCH = date(2000, 1, 1)
# Of each measurement: that a record `v` tells it, and what its bounds say of it. Whose pressure is judged by the higher
# bound: national specification, hypertension.
MEASURED = {
    sets.PRESSURE: SQL("v.systolic > 0 AND v.diastolic > 0"),
    sets.GLUCOSE: SQL("v.fasting_glucose > 0"),
}
JUDGED = {
    sets.PRESSURE: SQL("CASE WHEN v.systolic < 140 AND v.diastolic < 90 THEN 3"
                       " WHEN v.systolic < 150 AND v.diastolic < 90 THEN 2 ELSE 0 END"),
    sets.GLUCOSE: SQL("CASE WHEN v.fasting_glucose < 7.0 THEN 1 ELSE 0 END"),
}  # fmt: skip


def holds_bit(column, number):
    """:return SQL: that a bit is set in a column; unknown where the column is"""
    return SQL("%s & %s::bigint > 0", column, 1 << number % WORD)


def chosen(condition, number):
    """:return SQL: the bit of a condition, or nothing"""
    return SQL("CASE WHEN %s THEN %s::bigint ELSE 0::bigint END", condition, 1 << number % WORD)


class Asked:
    """Columns that figures ask of sources, shared by all periods.

    :param forms: code of a form -> ids of its versions
    :param clocks: code of a form -> ids of the clocks it counts for
    :param town_ids: institutions that look after a town
    """

    def __init__(self, forms: dict, clocks: dict, town_ids: list):
        self.forms, self.clocks, self.town_ids = forms, clocks, town_ids
        self.columns = {}  # source -> key -> (name, expression)
        self.earliest = {}  # source -> the first day that anything asks about
        self.mothers = {}  # source -> Mothers
        self.records = {}  # (forms, tests) -> number

    def column(self, source, key, expression):
        """:return SQL: the column of a source, asked for once however many sets need it"""
        columns = self.columns.setdefault(source, {})
        name, __ = columns.setdefault(key, (f"c{len(columns)}", expression))
        return SQL.identifier(source, name)

    def since(self, source, day):
        """Look back to a day.

        :return date: the day
        """
        self.earliest[source] = min(day, self.earliest.get(source, day))
        return day

    # === KINDS OF RECORDS === #

    def record(self, forms, tests):
        """:param forms: codes, none for all :param frozenset tests: what a record must meet besides
        :return int: the number of this kind of record
        """
        return self.records.setdefault((forms, tests), len(self.records))

    def is_record(self, number):
        """:return SQL: that a record `x` is of a kind"""
        return holds_bit(SQL.identifier("x", f"told{number // WORD}"), number)

    def seen(self, number):
        """:return SQL: that a resident has a record of a kind"""
        told = SQL.identifier("x", f"told{number // WORD}")
        return holds_bit(self.column(VISITS, ("seen", number // WORD), SQL("bit_or(%s)", told)), number)

    def visits(self, last):
        """:return SQL: the records in which anything is asked, `x`, each with the kinds it is of"""
        words = range((len(self.records) - 1) // WORD + 1)
        ids = {id_ for (forms, __) in self.records for code in forms or self.forms for id_ in self.forms.get(code, ())}
        masks = [[0] * max(ids, default=1) for __ in words]
        tests = {}
        for (forms, wanted), number in self.records.items():
            for code in forms or self.forms:
                for id_ in self.forms.get(code, ()):
                    masks[number // WORD][id_ - 1] |= 1 << number % WORD
            for test in wanted:
                tests.setdefault(test, [0 for __ in words])[number // WORD] |= 1 << number % WORD
        # Looked up by the id of the form: a join would cost every record more than all that is asked of it.
        of_form = [SQL("(%s::bigint[])[v.template_id]", mask) for mask in masks]
        first = self.earliest[VISITS]
        days = [first + timedelta(number) for number in range((last - first).days + 1)]
        starts = {day: tests.pop(test) for test in [*tests] if (day := _start(test))}
        told = [
            SQL(" & ").join(
                [
                    of_form[word],
                    _by_day(first, [_begun(day, starts, word) for day in days], "bigint"),
                    *(_kept(test, bits[word], of_form[word]) for test, bits in tests.items()),
                ]
            )
            for word in words
        ]
        # OFFSET 0 keeps the expressions where they are worked out once a record; as columns of an inlined query they
        # would be worked out anew in every aggregate. What no aggregate asks for is not worked out.
        return SQL(
            """(SELECT v.resident_id, %s AS month, %s, %s
                  FROM bphs_visit v
                 WHERE v.done_on BETWEEN %s::date AND %s::date AND v.state = 'done'
                OFFSET 0) x WHERE %s""",
            _by_day(first, [1 << (day.year * 12 + day.month) % 12 for day in days], "int"),
            SQL(", ").join(_latest(measure) for measure in MEASURED),
            SQL(", ").join(SQL("%s AS %s", one, SQL.identifier(f"told{word}")) for word, one in enumerate(told)),
            first,
            last,
            SQL(" OR ").join(SQL("%s <> 0", SQL.identifier("x", f"told{word}")) for word in words),
        )


def _by_day(first, values, kind):
    """:return SQL: what stands for the day of a record `v`: looked up, for comparing would cost every record more"""
    return SQL("(%s::%s[])[v.done_on - %s::date + 1]", values, SQL(kind), first)


def _start(test):
    name, value = test
    return value if name == "since" else None


def _begun(day, starts, word):
    """:return int: all bits but those of the kinds of record that count from a later day on"""
    return ~reduce(or_, (bits[word] for start, bits in starts.items() if start > day), 0)


def _latest(measure):
    """:return SQL: day, id and what the bounds say in one number, whose greatest is that of the latest record `v`"""
    return SQL(
        "CASE WHEN %s THEN ((v.done_on - %s::date)::bigint << 34) | (v.id::bigint << 2) | (%s)::bigint END AS %s",
        *(MEASURED[measure], EPOCH, JUDGED[measure], SQL.identifier(measure)),
    )


def _kept(test, mask, of_form):
    """:return SQL: all bits where a record meets a test, else those of the kinds that do not ask it"""
    name, value = test
    met = {
        "face_to_face": lambda: SQL("v.face_to_face"),
        "complete": lambda: SQL("v.is_complete"),
        "modes": lambda: _one_of(SQL("v.mode"), value),
        "sources": lambda: _one_of(SQL("v.source"), value),
        "weeks_under": lambda: SQL("v.weeks BETWEEN 1 AND %s", value and value - 1),
        "answer": lambda: _answered(value),
        "measured": lambda: MEASURED[value],
    }[name]()
    if name == "answer":
        # Taken out of its document only where it is asked for.
        met = SQL("%s & %s::bigint = 0 OR %s", of_form, mask, met)
    return SQL("CASE WHEN %s THEN -1::bigint ELSE ~%s::bigint END", met, mask)


def _one_of(column, values):
    # An array would be unpacked for every record.
    return SQL("(%s)", SQL(" OR ").join(SQL("%s = %s", column, value) for value in values))


def _answered(answer):
    code, __, value = answer.partition("=")
    told = SQL("v.answers ->> %s", code)
    return SQL("%s = %s", told, value) if value else SQL("%s IS NOT NULL", told)
