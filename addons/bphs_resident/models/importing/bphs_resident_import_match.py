from odoo import models
from odoo.tools import SQL

from ...tools.roll_columns import FACTS

NEW, CHANGED, UNCHANGED, REJECTED = "new", "changed", "unchanged", "rejected"
# Rows whose number belongs to a file beyond the importer's scope: told when they are loaded, and counted in the log.
ELSEWHERE = "elsewhere"
# What a row may leave open: the register then keeps what it has.
OPTIONAL = (
    "id_type", "id_reason", "id_index", "phone_index", "relation", "residence_kind", "file_created_on", *FACTS,
)  # fmt: skip
REQUIRED = ("name", "sex", "birth_date")


class BphsResidentImport(models.Model):
    """What the rows are to each other and to the register: each question one statement over all of them."""

    _inherit = "bphs.resident.import"

    def _match_rows(self):
        """Judge every row that is in order by itself."""
        number = self.env._("The health record number stands in row # already")
        document = self.env._("The document number stands in row # already")
        self._reject_twice(SQL.identifier("ehr_number"), number)
        self._reject_twice(SQL.identifier("id_index"), document)
        self._match_register(0, 2**31 - 1, checking=True)

    def _reject_twice(self, column, text):
        """Of rows with the same number the first is kept."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE %(rows)s s
                   SET outcome = 'rejected', problem_kind = 'twice', problem = replace(%(text)s, '#', d.first::text)
                  FROM (SELECT %(column)s, min(number) AS first
                          FROM %(rows)s
                         WHERE %(column)s IS NOT NULL AND outcome <> 'rejected'
                         GROUP BY %(column)s
                        HAVING count(*) > 1) d
                 WHERE s.%(column)s = d.%(column)s AND s.number <> d.first AND s.outcome <> 'rejected'
                """,
                rows=self._rows(),
                column=column,
                text=text,
            )
        )

    def _match_register(self, after, until, checking=False):
        """Find the files of the rows `after` < number <= `until`, and what would change in them.

        Asked when the roll is checked and once more when its part is loaded: others work meanwhile. The check knows
        the files within the user's scope alone, so that it answers one that is elsewhere like one that is not: else
        rolls of guesses that nobody loads would tell which numbers the county has.
        """
        self._flush_register()
        part = SQL("s.number > %s AND s.number <= %s AND s.outcome IN ('new', 'changed')", after, until)
        self._reject(
            part,
            "missing",
            self.env._("A new file needs a document number, or “none yet” with the reason"),
            # A file that is known keeps the document it has.
            SQL(
                "s.id_index IS NULL AND s.id_type IS DISTINCT FROM 'none' AND NOT EXISTS ("
                " SELECT FROM bphs_resident r WHERE r.ehr_number = s.ehr_number AND r.institution_id = ANY(%s))",
                sorted(self._scope_ids()),
            ),
        )
        self._reject(
            part,
            "household",
            self.env._("The household number belongs to another village"),
            SQL(
                "EXISTS (SELECT FROM bphs_household h"
                " WHERE h.number = s.household_number AND h.division_id <> s.division_id)"
            ),
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE %(rows)s s
                   SET resident_id = m.id,
                       problem_kind = m.problem[1],
                       problem = m.problem[2],
                       outcome = CASE WHEN m.problem IS NOT NULL THEN 'rejected'
                                      WHEN m.changed THEN 'changed' ELSE 'unchanged' END
                  FROM (SELECT s.number, r.id, %(problem)s AS problem, %(changed)s AS changed
                          FROM %(rows)s s
                          LEFT JOIN bphs_resident e ON e.ehr_number = s.ehr_number AND %(e_known)s
                          LEFT JOIN bphs_resident i ON i.id_index = s.id_index AND i.status <> 'merged' AND %(i_known)s
                          JOIN bphs_resident r ON r.id = coalesce(e.id, i.id)
                          LEFT JOIN bphs_household h ON h.id = r.household_id
                         WHERE %(part)s) m
                 WHERE m.number = s.number AND %(part)s
                """,
                rows=self._rows(),
                part=part,
                problem=self._problem_with_file(),
                changed=self._changed(),
                **{
                    name: SQL("%s.institution_id = ANY(%s)", SQL.identifier(alias), sorted(self._scope_ids()))
                    if checking
                    else SQL("TRUE")
                    for name, alias in (("e_known", "e"), ("i_known", "i"))
                },
            )
        )

    def _reject(self, part, kind, text, condition):
        self.env.cr.execute(
            SQL(
                "UPDATE %(rows)s s SET outcome = 'rejected', problem_kind = %(kind)s, problem = %(text)s"
                " WHERE %(part)s AND %(condition)s",
                rows=self._rows(),
                part=part,
                kind=kind,
                text=text,
                condition=condition,
            )
        )

    def _problem_with_file(self):
        """Why a row may not change the file found for it: {kind, text}, or NULL.

        Of a file out of scope nothing is told but that there is one, and that when the roll is loaded: whoever guesses
        has then entered a file for every guess that was wrong.
        """
        elsewhere = self.env._("The county has a file of this number already, which is not yours to change")
        cases = (
            (ELSEWHERE, elsewhere, SQL("NOT r.institution_id = ANY(%s)", sorted(self._scope_ids()))),
            (
                ELSEWHERE,
                elsewhere,
                SQL("i.id IS NOT NULL AND NOT i.institution_id = ANY(%s)", sorted(self._scope_ids())),
            ),
            ("known", self.env._("The file of this number was merged into another"), SQL("r.status = 'merged'")),
            (
                "known",
                self.env._("The health record number and the document number belong to two different files"),
                SQL("e.id <> i.id"),
            ),
            (
                "known",
                self.env._("The file of this number is of a person with another document number"),
                SQL("r.id_index <> s.id_index"),
            ),
            (
                "known",
                self.env._("The person of this document number has a file of another number"),
                SQL("e.id IS NULL AND s.ehr_number IS NOT NULL"),
            ),
            (
                "moved",
                self.env._("The file is kept in another village: have the resident moved"),
                SQL("r.division_id <> s.division_id"),
            ),
        )
        whens = SQL(" ").join(
            SQL("WHEN %s THEN ARRAY[%s, %s]", condition, kind, text) for kind, text, condition in cases
        )
        return SQL("CASE %s END", whens)

    def _changed(self):
        """Whether a row says anything the file of its person does not."""
        differs = [SQL("s.%(c)s IS DISTINCT FROM r.%(c)s", c=SQL.identifier(name)) for name in REQUIRED]
        differs += [
            SQL("s.%(c)s IS NOT NULL AND s.%(c)s IS DISTINCT FROM r.%(c)s", c=SQL.identifier(name)) for name in OPTIONAL
        ]
        differs += [
            SQL("s.household_number IS NOT NULL AND s.household_number IS DISTINCT FROM h.number"),
            SQL("s.address IS NOT NULL AND s.address IS DISTINCT FROM h.address"),
            SQL(
                "s.groups IS NOT NULL AND NOT s.groups <@ ARRAY("
                " SELECT g.kind FROM bphs_resident_group g WHERE g.resident_id = r.id AND g.date_to IS NULL)"
            ),
        ]
        return SQL(" OR ").join(SQL("(%s)", one) for one in differs)

    def _scope_ids(self):
        # sudo: one's own scope is not one's own to read
        user = self.env.user.sudo()
        return set(user.env["bphs.institution"].search([("id", "child_of", user.bphs_institution_ids.ids)]).ids)

    def _flush_register(self):
        for name in ("bphs.resident", "bphs.household", "bphs.resident.group"):
            self.env[name].flush_model()
