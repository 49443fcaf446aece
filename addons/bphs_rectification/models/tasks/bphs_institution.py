from collections import defaultdict

from odoo import models
from odoo.tools import SQL


class BphsInstitution(models.Model):
    _inherit = "bphs.institution"

    def _staff_by_level(self, level_roles):
        """Who is told at each level of the ladder about these institutions, in one query however many.

        :param dict level_roles: {level: (where, keys of the ``bphs_base.group_<role>`` groups)}; where: ``own``
            institution, its ``township``, anywhere ``above`` it, or the ``bureau``
        :return dict: {institution id: {level: [user id, ...]}}
        """
        groups = {
            (level, place, source.id)
            for level, (place, roles) in level_roles.items()
            for role in roles
            # sudo: which group implies which is the same for everybody
            for source in self.env.ref(f"bphs_base.group_{role}").sudo().all_implied_by_ids
        }
        for name in ("res.users", "bphs.institution"):
            self.env[name].flush_model()
        staff = defaultdict(dict)
        if not self:
            return staff
        for institution, level, people in self.env.execute_query(
            SQL(
                """
                WITH role(level, place, group_id) AS (VALUES %(groups)s)
                SELECT institution.id, role.level, array_agg(DISTINCT person.id)
                  FROM bphs_institution institution
                  JOIN bphs_institution seat ON starts_with(institution.parent_path, seat.parent_path)
                  JOIN bphs_institution_user_rel scope ON scope.institution_id = seat.id
                  JOIN res_users person ON person.id = scope.user_id AND person.active
                  JOIN res_groups_users_rel membership ON membership.uid = person.id
                  JOIN role ON role.group_id = membership.gid
                 WHERE institution.id IN %(institutions)s
                   AND CASE role.place
                       WHEN 'own' THEN seat.id = institution.id
                       WHEN 'township' THEN seat.township_id = institution.township_id
                       WHEN 'above' THEN seat.id != institution.id
                       ELSE seat.kind = 'health_bureau'
                       END
                 GROUP BY institution.id, role.level
                """,
                groups=SQL(", ").join(SQL("(%s, %s, %s)", *row) for row in sorted(groups)),
                institutions=tuple(self.ids),
            )
        ):
            staff[institution][level] = people
        return staff
