from odoo import models
from odoo.tools import SQL


class BphsContractImport(models.Model):
    """What the rows are to each other, to the register and to the contracts there are: each one statement over all."""

    _inherit = "bphs.contract.import"

    def _match_rows(self):
        self._match_register(0, 2**31 - 1, checking=True)
        self._reject_twice(SQL.identifier("resident_id"), self.env._("The person stands in row # already"))

    def _match_register(self, after, until, checking=False):
        """Find the files of the rows `after` < number <= `until`, and whether they can be signed.

        The check answers for a file elsewhere as for none: rolls of guesses tell nobody which numbers the county has.
        """
        for name in ("bphs.resident", "bphs.contract", "bphs.team.village"):
            self.env[name].flush_model()
        part = SQL("s.number > %s AND s.number <= %s AND s.outcome IN ('new', 'changed')", after, until)
        known = SQL("r.institution_id = ANY(%s)", sorted(self._scope_ids()))
        self.env.cr.execute(
            SQL(
                """
                UPDATE %(rows)s s
                   SET resident_id = m.id, team_id = m.team_id,
                       problem_kind = m.problem[1], problem = m.problem[2],
                       outcome = CASE WHEN m.problem IS NOT NULL THEN 'rejected'
                                      WHEN m.same THEN 'unchanged' ELSE 'new' END
                  FROM (SELECT s.number, r.id, coalesce(s.team_id, v.team_id) AS team_id, c.same,
                               CASE %(problems)s END AS problem
                          FROM %(rows)s s
                          LEFT JOIN bphs_resident e ON e.ehr_number = s.ehr_number AND %(e_known)s
                          LEFT JOIN bphs_resident i ON i.id_index = s.id_index AND i.status <> 'merged' AND %(i_known)s
                          LEFT JOIN bphs_resident r ON r.id = coalesce(e.id, i.id)
                          LEFT JOIN LATERAL (%(villages)s) v ON v.division_id = r.division_id
                          LEFT JOIN LATERAL (
                               SELECT bool_and(c.date_from = s.date_from AND c.package_id = s.package_id
                                               AND c.team_id = coalesce(s.team_id, v.team_id)) AS same
                                 FROM bphs_contract c
                                WHERE c.resident_id = r.id AND c.state <> 'refused'
                                  AND daterange(c.date_from, c.until, '[)') && daterange(s.date_from, s.until, '[)')
                               ) c ON TRUE
                         WHERE %(part)s) m
                 WHERE m.number = s.number AND %(part)s
                """,
                rows=self._rows(),
                part=part,
                villages=self.env["bphs.team"]._villages_on(SQL("s.date_from")),
                problems=self._problems(known),
                e_known=self._known(checking, "e"),
                i_known=self._known(checking, "i"),
            )
        )

    def _known(self, checking, alias):
        if not checking:
            return SQL("TRUE")
        return SQL("%s.institution_id = ANY(%s)", SQL.identifier(alias), sorted(self._scope_ids()))

    def _problems(self, known):
        """Why a row cannot be signed: WHENs giving {kind, text}."""
        unknown = self.env._("There is no file of this number within your scope")
        cases = (
            # Whoever moved away since the check is answered like nobody.
            ("unknown", unknown, SQL("r.id IS NULL OR NOT %s", known)),
            ("known", self.env._("The two numbers belong to two different files"), SQL("e.id <> i.id")),
            (
                "known",
                self.env._("The file of this number is of a person with another name"),
                SQL("replace(r.name, ' ', '') <> s.name"),
            ),
            ("ended", self.env._("The person does not live here any more"), SQL("r.status <> 'active'")),
            (
                "team",
                self.env._("No team answers for the village on that day: name one"),
                SQL("s.team_id IS NULL AND v.team_id IS NULL"),
            ),
            ("signed", self.env._("The person has another contract on one of these days"), SQL("c.same = FALSE")),
        )
        return SQL(" ").join(
            SQL("WHEN %s THEN ARRAY[%s, %s]", condition, kind, text) for kind, text, condition in cases
        )
