"""Mothers by the day they gave birth: what was done for the pregnancy that ended in the period.

A period of mothers is one of births, not of records: a first check lies in the year before, a visit afterwards may lie
in the next. The few records that tell of births are found by their form, and each mother's checks by her own index.
"""

from odoo.tools import SQL

from ...tools import sets

# From the last period to a birth that is overdue.
PREGNANCY_DAYS = 301
BIRTH_FORMS, VISIT_FORMS = ("postpartum", "postpartum_42d"), ("postpartum",)
FIRST_FORMS, CHECK_FORMS = ("antenatal_first",), ("antenatal_first", "antenatal")
DAY = "YYYY-MM-DD"


class Mothers:
    """The source of one period.

    :param forms: code of a form -> ids of its versions
    """

    def __init__(self, first, last, forms):
        self.first, self.last, self.forms, self.visited = first, last, forms, {}

    def holds(self, one, name):
        """:return SQL: that a resident is in a set of mothers; ``name``: of this source"""
        if one.state == sets.EARLY:
            return SQL("%s < %s", SQL.identifier(name, "weeks"), one.weeks_under)
        if one.state == sets.CHECKED:
            return SQL("%s >= %s", SQL.identifier(name, "checks"), one.least)
        if one.state == sets.HOSPITAL:
            return SQL("%s", SQL.identifier(name, "hospital"))
        if one.state == sets.SEEN_AFTER:
            column = self.visited.setdefault(one.days, f"seen{len(self.visited)}")
            return SQL("%s", SQL.identifier(name, column))
        return SQL("%s IS NOT NULL", SQL.identifier(name, "resident_id"))

    def statement(self):
        """:return SQL: a row of each mother; days of birth and of leaving are compared as they are stored, as text"""
        seen = [
            SQL(
                'bool_or(x.template_id = ANY(%s) AND x.left_on BETWEEN (to_char(x.done_on - %s, %s) COLLATE "C")'
                ' AND (to_char(x.done_on, %s) COLLATE "C")) AS %s',
                self._ids(VISIT_FORMS),
                days,
                *(DAY, DAY, SQL.identifier(column)),
            )
            for days, column in self.visited.items()
        ]
        return SQL(
            """SELECT b.resident_id, min(c.weeks) AS weeks, max(c.checks) AS checks, bool_or(b.hospital) AS hospital %s
                 FROM (SELECT x.resident_id, x.born_on, bool_or(x.hospital) AS hospital %s
                         FROM (SELECT v.resident_id, v.template_id, v.done_on,
                                      (v.answers ->> 'delivered_on') COLLATE "C" AS born_on,
                                      coalesce(v.answers ->> 'discharged_on', v.answers ->> 'delivered_on')
                                          COLLATE "C" AS left_on,
                                      v.answers ->> 'discharged_on' IS NOT NULL AS hospital
                                 FROM bphs_visit v WHERE v.state = 'done' AND v.template_id = ANY(%s)) x
                        WHERE x.born_on BETWEEN %s AND %s
                        GROUP BY x.resident_id, x.born_on) b
                CROSS JOIN LATERAL (
                       SELECT min(v.weeks) FILTER (WHERE v.template_id = ANY(%s) AND v.weeks > 0) AS weeks,
                              count(DISTINCT v.done_on) AS checks
                         FROM bphs_visit v
                        WHERE v.resident_id = b.resident_id AND v.state = 'done' AND v.template_id = ANY(%s)
                          AND to_char(v.done_on, %s) COLLATE "C" <= b.born_on
                          AND to_char(v.done_on + %s, %s) COLLATE "C" >= b.born_on) c
                GROUP BY b.resident_id""",
            SQL("").join(SQL(", bool_or(b.%s) AS %s", *(2 * [SQL.identifier(one)])) for one in self.visited.values()),
            SQL("").join(SQL(", %s", one) for one in seen),
            self._ids(BIRTH_FORMS),
            *(self.first.isoformat(), self.last.isoformat()),
            *(self._ids(FIRST_FORMS), self._ids(CHECK_FORMS), DAY, PREGNANCY_DAYS, DAY),
        )

    def _ids(self, codes):
        return sorted(id_ for code in codes for id_ in self.forms.get(code, ()))
