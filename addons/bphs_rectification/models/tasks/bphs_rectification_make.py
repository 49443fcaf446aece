from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.deadlines import most_urgent
from ...tools.states import SIDES
from .bphs_rectification import level_of


class BphsRectification(models.Model):
    """How tasks come out of the register of problems: all at once, whatever their number."""

    _inherit = "bphs.rectification"

    @api.model
    def _create_from_lines(self, lines, by_type=False, deadline=None):
        """Make one draft task for each institution, or for each institution and type of problem.

        :param lines: `bphs.problem.line` records without a task
        :param bool by_type: one task for each type of problem
        :param date deadline: for all tasks; else the earliest the lines set, else by severity when issued
        :raise AccessError: the user makes no tasks
        :raise UserError: a line has its task already
        """
        self.check_access("create")
        lines.check_access("write")
        # Two who issue the same list at once: the second is told.
        lines._lock_rows()
        for line in lines.filtered("rectification_id"):
            raise UserError(
                self.env._(
                    "%(line)s has its task already: %(task)s.",
                    line=line.display_name,
                    task=line.rectification_id.display_name,
                )
            )
        groups = lines.grouped(lambda line: (line.institution_id, line.type_id if by_type else lines.type_id.browse()))
        people = self._people_by_institution(lines.institution_id)
        named = self._people_by_name(lines)
        today = self._county_today()
        tasks = self.create(
            [
                {
                    "institution_id": institution.id,
                    "severity": most_urgent(set(found.mapped("severity"))),
                    "deadline": deadline or self._deadline_of(found, today),
                    "responsible_id": next((named[one.id] for one in found if one.id in named), False)
                    or people.get(institution.id, False),
                }
                for (institution, __), found in groups.items()
            ]
        )
        lines._assign_each(
            {line.id: task.id for task, found in zip(tasks, groups.values(), strict=True) for line in found}
        )
        return tasks

    @api.model
    def _deadline_of(self, lines, today):
        """The earliest day on which one of these problems is due, be it the list's or that of its severity.

        :return date: False where the list names none, as the severity of the task then decides when it is issued
        """
        if not any(lines.mapped("deadline")):
            return False
        return min(line.deadline or self._deadline_by_severity(line.severity, today) for line in lines)

    @api.model
    def _people_by_institution(self, institutions):
        """Who puts things right at each institution: of those whose own institution it is, the first by role.

        :return dict: institution id -> user id; none where nobody works there yet
        """
        people = {}
        for level, found in institutions.grouped(lambda one: level_of(one.kind)).items():
            groups = [self.env.ref(f"bphs_base.group_{role}").id for role in SIDES[level]["responsible"]]
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT DISTINCT ON (scope.institution_id) scope.institution_id, person.id
                      FROM bphs_institution_user_rel scope
                      JOIN res_users person ON person.id = scope.user_id AND person.active
                      JOIN res_groups_users_rel held ON held.uid = person.id AND held.gid = ANY(%(groups)s)
                     WHERE scope.institution_id = ANY(%(institutions)s)
                  ORDER BY scope.institution_id, array_position(%(groups)s, held.gid), person.id
                    """,
                    groups=groups,
                    institutions=found.ids,
                )
            )
            people.update(rows)
        return people

    @api.model
    def _people_by_name(self, lines):
        """Who a list means by the names it writes: the one user of that name who works at the institution or leads it.

        :return dict: line id -> user id; none where nobody, or more than one, is called so
        """
        lines.flush_recordset(["institution_id", "responsible_name"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.id, MIN(person.id)
                  FROM bphs_problem_line line
                  JOIN bphs_institution place ON place.id = line.institution_id
                  JOIN res_partner card ON card.name = line.responsible_name
                  JOIN res_users person ON person.partner_id = card.id AND person.active
                  JOIN bphs_institution_user_rel scope
                    ON scope.user_id = person.id AND scope.institution_id IN (place.id, place.township_id)
                 WHERE line.id = ANY(%s)
              GROUP BY line.id
                HAVING COUNT(DISTINCT person.id) = 1
                """,
                lines.ids,
            )
        )
        return dict(rows)
