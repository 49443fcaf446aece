from odoo import api, models
from odoo.tools import SQL


class BphsApprovalRequest(models.Model):
    """Who may decide what waits: one statement, for the list, the buttons, the activities and
    the decision itself."""

    _inherit = "bphs.approval.request"

    def _deciders(self, users=None):
        """Who may decide on the waiting requests among these (on all waiting ones where `self`
        is empty).

        A person may decide who holds the stage's role, and has in scope, at the stage's level,
        the document's institution; or to whom such a person delegated that role for today, if
        the institution is in the scope of the delegate too. Neither of the two may have computed
        or edited the document, nor have had part in approving an earlier stage. What was decided
        outside and is only recorded here is nobody's own approval: recording it is barred to
        no earlier approver, and bars nobody from a later stage.

        :param users: only these users
        :return: list of (request id, user id, id of the user on whose behalf or None), one per
            request and user
        """
        roles = self._role_sources()
        if not roles:
            return []
        self._flush_for_deciders()
        return self.env.execute_query(
            SQL(
                """
                WITH role(group_id, source_id) AS (VALUES %(roles)s),
                waiting AS (
                    SELECT request.id, request.res_model, request.res_id,
                           stage.group_id, stage.level, stage.external,
                           institution.parent_path, institution.township_id
                      FROM bphs_approval_request request
                      JOIN bphs_approval_request_stage stage ON stage.id = request.stage_id
                      JOIN bphs_institution institution ON institution.id = request.institution_id
                     WHERE request.state = 'pending' AND %(requests)s
                ),
                holder AS (
                    SELECT DISTINCT waiting.id AS request_id, waiting.group_id, waiting.parent_path,
                           person.id AS user_id
                      FROM waiting
                      JOIN role ON role.group_id = waiting.group_id
                      JOIN res_groups_users_rel membership ON membership.gid = role.source_id
                      JOIN res_users person ON person.id = membership.uid AND person.active
                      JOIN bphs_institution_user_rel scope ON scope.user_id = person.id
                      JOIN bphs_institution seat ON seat.id = scope.institution_id
                     WHERE starts_with(waiting.parent_path, seat.parent_path)
                       AND CASE waiting.level
                           WHEN 'own' THEN TRUE
                           WHEN 'township' THEN seat.township_id = waiting.township_id
                           WHEN 'county' THEN seat.kind = 'health_bureau'
                           END
                ),
                decider AS (
                    SELECT request_id, user_id, NULL::integer AS on_behalf_of_id FROM holder
                     UNION ALL
                    SELECT holder.request_id, delegation.to_user_id, holder.user_id
                      FROM holder
                      JOIN bphs_approval_delegation delegation
                        ON delegation.from_user_id = holder.user_id
                       AND delegation.group_id = holder.group_id
                       AND %(today)s BETWEEN delegation.date_from AND delegation.date_to
                      JOIN res_users person ON person.id = delegation.to_user_id AND person.active
                     WHERE EXISTS (
                           SELECT FROM bphs_institution_user_rel scope
                             JOIN bphs_institution seat ON seat.id = scope.institution_id
                            WHERE scope.user_id = person.id
                              AND starts_with(holder.parent_path, seat.parent_path))
                )
                SELECT DISTINCT ON (decider.request_id, decider.user_id)
                       decider.request_id, decider.user_id, decider.on_behalf_of_id
                  FROM decider
                  JOIN waiting ON waiting.id = decider.request_id
                 WHERE %(users)s
                   AND NOT EXISTS (
                       SELECT FROM bphs_approval_contributor contributor
                        WHERE contributor.res_model = waiting.res_model
                          AND contributor.res_id = waiting.res_id
                          AND contributor.user_id IN (decider.user_id, decider.on_behalf_of_id))
                   AND (waiting.external OR NOT EXISTS (
                       SELECT FROM bphs_approval_decision approval
                        WHERE approval.request_id = waiting.id AND approval.verdict = 'approve'
                          AND approval.external_number IS NULL
                          AND (approval.user_id IN (decider.user_id, decider.on_behalf_of_id)
                               OR approval.on_behalf_of_id IN (decider.user_id, decider.on_behalf_of_id))))
                 ORDER BY decider.request_id, decider.user_id, decider.on_behalf_of_id NULLS FIRST
                """,
                roles=SQL(", ").join(SQL("(%s, %s)", group, source) for group, source in roles),
                requests=SQL("request.id IN %s", tuple(self.ids)) if self.ids else SQL("TRUE"),
                users=SQL("decider.user_id IN %s", tuple(users.ids)) if users else SQL("TRUE"),
                today=self._county_today(),
            )
        )

    @api.model
    def _role_sources(self):
        """Which groups give the roles that stages name: pairs (group, group that is or implies
        it)."""
        # Which group implies which is the same for all users.
        groups = self.env["bphs.approval.request.stage"].sudo()._read_group([], ["group_id"])
        return [(group.id, source.id) for (group,) in groups for source in group.all_implied_by_ids]

    def _flush_for_deciders(self):
        for name in (
            "bphs.approval.request",
            "bphs.approval.request.stage",
            "bphs.approval.decision",
            "bphs.approval.delegation",
            "bphs.institution",
            "res.users",
        ):
            self.env[name].flush_model()

    def _refresh_activities(self):
        """One activity for each person a request waits for, and none for others; no e-mail is
        sent."""
        # sudo: an activity tells a person what waits; whoever made it move is another
        Activity = self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True)
        Activity.search([("res_model", "=", self._name), ("res_id", "in", self.ids)]).unlink()
        deciders = self._deciders() if self else []
        titles = {request.id: request.title for request in self}
        activity_type = self.env.ref("bphs_approval.mail_activity_type_waiting", raise_if_not_found=False)
        Activity.create(
            [
                {
                    "activity_type_id": activity_type.id if activity_type else False,
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": request_id,
                    "user_id": user_id,
                    "summary": titles[request_id],
                    "date_deadline": self._county_today(),
                }
                for request_id, user_id, __ in deciders
            ]
        )
