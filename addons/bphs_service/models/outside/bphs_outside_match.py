from odoo import models
from odoo.tools import SQL

from odoo.addons.bphs_resident.models.importing.bphs_resident_import_match import CHANGED, NEW, REJECTED, UNCHANGED

from ...tools.outside.columns import CONDITION, DEATH, VISIT

FLUSHED = ("bphs.resident", "bphs.visit", "bphs.condition", "bphs.outside.key", "bphs.outside.record")
MATCH = """
    UPDATE %(rows)s s
       SET resident_id = m.id, institution_id = coalesce(s.institution_id, m.institution_id), made_id = m.record_id,
           problem_kind = m.problem[1], problem_field = m.problem[2], problem = m.problem[3],
           outcome = CASE WHEN m.problem IS NOT NULL THEN 'rejected' WHEN m.same THEN 'unchanged'
                          WHEN m.record_id IS NOT NULL THEN 'changed' ELSE 'new' END
      FROM (SELECT s.number, r.id, r.institution_id, k.record_id, coalesce(%(same)s, FALSE) AS same,
                   CASE %(problems)s END AS problem
              FROM %(rows)s s
              LEFT JOIN bphs_outside_key k ON k.system_id = s.system_id AND k.kind = %(kind)s
               AND k.external_id = s.external_id
              LEFT JOIN bphs_resident e ON e.ehr_number = s.ehr_number AND %(e_seen)s
              LEFT JOIN bphs_resident i ON i.id_index = s.id_index AND i.status <> 'merged' AND %(i_seen)s
              LEFT JOIN bphs_resident r ON r.id = coalesce(e.id, i.id)
             WHERE %(part)s) m
     WHERE m.number = s.number AND %(part)s
"""
# Of named persons alone: the file `r`, or the record a row `s` makes in one that everybody sees.
HIDDEN = SQL("(r.restricted IS TRUE OR s.sensitive IS TRUE)")
# What a row says anew in the words of the register, without a number of its own.
SAME_CONDITION = """
    EXISTS (SELECT FROM bphs_condition c WHERE c.resident_id = r.id AND c.kind = s.kind AND c.state = 'recorded'
               AND c.date_to IS NULL)
"""
TWICE = """
    UPDATE %(rows)s s
       SET outcome = 'rejected', problem_kind = 'twice', problem_field = 'external_id',
           problem = replace(%(text)s, '#', d.first::text)
      FROM (SELECT %(column)s AS twice, min(number) AS first FROM %(rows)s
             WHERE %(column)s IS NOT NULL AND outcome <> 'rejected' GROUP BY 1 HAVING count(*) > 1) d
     WHERE %(s_column)s = d.twice AND s.number <> d.first AND s.outcome <> 'rejected'
"""


class BphsOutsideRows(models.AbstractModel):
    """What rows are to each other, to what came before and to the register: each question one statement over all."""

    _inherit = "bphs.outside.rows"

    def _match_outside(self, kind):
        """Judge every row that is in order by itself."""
        text = self.env._("This number of the source stands in row # already")
        self._reject_outside_twice(SQL("key"), SQL("s.key"), text)
        self._match_part(kind, 0, 2**31 - 1)
        if kind == CONDITION:
            text = self.env._("The person has this disease in row # already")
            columns = (SQL("resident_id || ' ' || kind"), SQL("s.resident_id || ' ' || s.kind"))
            self._reject_outside_twice(*columns, text)
        elif kind == DEATH:
            text = self.env._("The person stands in row # already")
            self._reject_outside_twice(SQL("resident_id"), SQL("s.resident_id"), text)

    def _reject_outside_twice(self, column, s_column, text):
        """Of rows that say the same the first is kept."""
        self.env.cr.execute(SQL(TWICE, rows=self._rows(), column=column, s_column=s_column, text=text))

    def _match_part(self, kind, after, until):
        """Find the files of the rows `after` < number <= `until`, and what is to become of them.

        A file elsewhere, or hidden, is none, when rows are loaded too: whoever guesses learns nothing by it.
        """
        for name in FLUSHED:
            self.env[name].flush_model()
        part = SQL("s.number > %s AND s.number <= %s AND s.outcome IN (%s, %s)", after, until, NEW, CHANGED)
        self.env.cr.execute(
            SQL(
                MATCH,
                rows=self._rows(),
                kind=kind,
                part=part,
                same=self._same(kind),
                problems=self._problems(kind),
                e_seen=self._seen("e"),
                i_seen=self._seen("i"),
            )
        )

    def _same(self, kind):
        """:return SQL: whether there is nothing to do for a row"""
        came = SQL("k.digest = s.digest")
        if kind == CONDITION:
            return SQL("%s OR %s", came, SQL(SAME_CONDITION))
        if kind == DEATH:
            return SQL("%s OR r.status = 'died' AND r.status_date = s.day", came)
        return came

    def _problems(self, kind):
        """Why a row is not taken: WHENs giving {kind, field, text}.

        That a row came before is said first, whoever it is of: it tells what its sender sent, and not who is there.
        """
        _ = self.env._
        unknown = _("There is no file of this number and name within your scope")
        other_number = _("The two numbers are not of one person")
        other_name = _("The file of this number is of a person with another name")
        merged = _("The file of this number was merged into another")
        cases = [
            ("unknown", "id_number", unknown, SQL("r.id IS NULL")),
            # Of a number that is in no file within the scope nothing is told but that it is not this person's.
            self._other_person(SQL("e.id <> i.id OR r.id_index <> s.id_index"), other_number, unknown),
            self._other_person(SQL("replace(r.name, ' ', '') <> s.name"), other_name, unknown),
            self._other_person(SQL("r.status = 'merged'"), merged, unknown),
            ("date", "day", _("This day is before the birth"), SQL("s.day < r.birth_date")),
        ]
        if kind == DEATH:
            other_day = _("The death is entered already, with another day")
            cases.append(("ended", "day", other_day, SQL("r.status = 'died' AND r.status_date <> s.day")))
        else:
            dead = _("The person had died on this day")
            cases.append(("ended", "day", dead, SQL("r.status = 'died' AND s.day > r.status_date")))
        whens = [
            SQL("WHEN k.digest = s.digest THEN NULL"),
            *(
                SQL("WHEN %s THEN ARRAY[%s, %s, %s]", condition, problem, field, text)
                for problem, field, text, condition in cases
            ),
        ]
        if kind in (VISIT, CONDITION, DEATH):
            other = _("This number came in before with something else: put it right in the record that was made of it")
            whens.append(SQL("WHEN k.id IS NOT NULL THEN ARRAY[%s, %s, %s]", "changed", "external_id", other))
        else:
            other = _("This number came in before for another person")
            whens.append(
                SQL(
                    "WHEN (SELECT o.resident_id FROM bphs_outside_record o WHERE o.id = k.record_id) <> r.id"
                    " THEN ARRAY[%s, %s, %s]",
                    "changed",
                    "external_id",
                    other,
                )
            )
        return SQL(" ").join(whens)

    def _other_person(self, condition, text, _unknown):
        """:return: the case of a file that is there and not of whom the row means"""
        return "known", "name", text, condition

    # === WHAT WAS FOUND === #

    def _outcomes(self):
        """:return dict: outcome -> how many rows"""
        counts = dict(self.env.execute_query(SQL("SELECT outcome, count(*) FROM %s GROUP BY 1", self._rows())))
        return {outcome: counts.get(outcome, 0) for outcome in (NEW, CHANGED, UNCHANGED, REJECTED)}

    def _outcomes_told(self):
        """:return: (outcome -> how many rows that everybody sees who sees the person, how many others there are)"""
        query = """SELECT s.outcome, count(*) FILTER (WHERE NOT %(hidden)s), count(*) FILTER (WHERE %(hidden)s)
                     FROM %(rows)s s LEFT JOIN bphs_resident r ON r.id = s.resident_id GROUP BY 1"""
        found = self.env.execute_query(SQL(query, hidden=HIDDEN, rows=self._rows()))
        counts = {outcome: told for outcome, told, _hidden in found}
        outcomes = {outcome: counts.get(outcome, 0) for outcome in (NEW, CHANGED, UNCHANGED, REJECTED)}
        return outcomes, sum(hidden for __, __, hidden in found)

    def _count_kind(self, kind):
        """:return int: how many rows are refused for one reason"""
        query = SQL("SELECT count(*) FROM %s WHERE outcome = %s AND problem_kind = %s", self._rows(), REJECTED, kind)
        ((count,),) = self.env.execute_query(query)
        return count
