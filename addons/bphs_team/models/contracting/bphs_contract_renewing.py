from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.bphs_resident.models.mixins.bphs_spread_ids_mixin import spread_id

from .bphs_contract_signing import CONTRACT_COLUMNS

# Why one is not renewed, as the list of exceptions says it.
AWAY, FOLLOWED, OVER, NO_PACKAGE, TERM, NO_TEAM = "away", "followed", "over", "no_package", "term", "no_team"


class BphsContract(models.Model):
    """Renewing: each contract is followed by another that begins when it ends, by one statement over the set."""

    _inherit = "bphs.contract"

    def action_renew(self):
        """Renew these contracts for the usual term of their package, with the same team.

        :return: where another team answers for the village by then, the window that says so and asks
        :raise AccessError: not one who signs
        :raise UserError: one of them cannot be renewed, and why
        """
        self._check_signer()
        self._check_step("renew")
        chosen = Domain("id", "in", self.ids)
        for reason, contracts in self._not_renewed(chosen):
            name, words = contracts[0].display_name, self._renewal_words()[reason]
            raise UserError(self.env._("%(name)s: %(reason)s", name=name, reason=words))
        if self._renewed_elsewhere(chosen):
            return self.action_renew_many()
        self._renew(chosen)
        return None

    def action_renew_many(self):
        """:return: the window that renews these, with the exceptions told first"""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Renew"),
            "res_model": "bphs.contract.bulk",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_deed": "renew", "default_contract_ids": self.ids},
        }

    @api.model
    def _renew(self, contracts, months=None, source="desk"):
        """Renew every contract of a set that can be.

        :param Domain contracts: which; those this user may read, and in force today
        :param int months: the new term; by default the usual one of the package
        :return: bphs.contract that were made
        """
        self._check_signer()
        today = self._county_today()
        chosen = self._search(contracts & self._in_force_on(today) & Domain("state", "=", "running")).subselect()
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH made AS (
                    INSERT INTO bphs_contract (%(columns)s)
                    SELECT %(id)s, n.resident_id, n.team_id, n.worker_id, n.package_id, %(today)s, n.until, n.months,
                           (n.until + n.months * interval '1 month')::date - 1,
                           (n.until + n.months * interval '1 month')::date,
                           %(state)s, %(source)s, %(uid)s, n.id, %(uid)s, %(now)s, %(uid)s, %(now)s
                      FROM (%(renewals)s) n
                     WHERE n.exception IS NULL
                     ORDER BY n.resident_id
                    RETURNING id, renewed_from_id
                ), extras AS (
                    INSERT INTO bphs_contract_extra_rel (contract_id, package_id)
                    SELECT made.id, p.id
                      FROM made
                      JOIN bphs_contract_extra_rel e ON e.contract_id = made.renewed_from_id
                      JOIN bphs_package old ON old.id = e.package_id
                      JOIN bphs_contract before ON before.id = made.renewed_from_id
                      JOIN LATERAL (%(version)s) p ON TRUE
                ), followed AS (
                    UPDATE bphs_contract c SET state = 'renewed', write_uid = %(uid)s, write_date = %(now)s
                      FROM made WHERE c.id = made.renewed_from_id
                )
                SELECT id FROM made
                """,
                columns=SQL(", ").join(map(SQL.identifier, CONTRACT_COLUMNS)),
                id=spread_id("bphs_contract"),
                today=today,
                renewals=self._renewals(chosen, months),
                version=self._version_then(SQL("old.code"), SQL("before.until")),
                state="running" if self._may_accept() else "review",
                source=source,
                uid=self.env.uid,
                now=self.env.cr.now(),
            )
        )
        self.env.invalidate_all(flush=False)
        made = self.browse([contract_id for (contract_id,) in rows])
        made._log_signed()
        return made

    @api.model
    def _not_renewed(self, contracts, months=None):
        """Which contracts of a set cannot be renewed for so many months, and why.

        :return: list of (reason, bphs.contract)
        """
        chosen = self._search(contracts).subselect()
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT n.exception, array_agg(n.id ORDER BY n.id) FROM (%s) n"
                " WHERE n.exception IS NOT NULL GROUP BY n.exception",
                self._renewals(chosen, months),
            )
        )
        return [(reason, self.browse(ids)) for reason, ids in rows]

    @api.model
    def _renewed_elsewhere(self, contracts, months=None):
        """Which contracts of a set would be renewed with another team: that of the village on the day.

        :return: list of (bphs.team, bphs.contract)
        """
        chosen = self._search(contracts).subselect()
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT n.team_id, array_agg(n.id ORDER BY n.id) FROM (%s) n"
                " WHERE n.exception IS NULL AND n.team_id <> n.team_before GROUP BY n.team_id ORDER BY n.team_id",
                self._renewals(chosen, months),
            )
        )
        # sudo: the name of a team, which hangs on the wall
        return [(self.env["bphs.team"].sudo().browse(team), self.browse(ids)) for team, ids in rows]

    def _renewals(self, chosen, months):
        """What would follow each contract, or in ``exception`` why nothing does. One statement for telling and doing.

        Who was signed with the team of their village goes on with the team of their village on that day; who had chosen
        another team stays with it as long as it stands.

        :param SQL chosen: ids of contracts
        :return SQL: a SELECT
        """
        today = self._county_today()
        return SQL(
            """
            SELECT c.id, c.resident_id, c.until, c.team_id AS team_before, follow.team_id,
                   CASE WHEN follow.team_id = c.team_id THEN c.worker_id END AS worker_id,
                   p.id AS package_id, coalesce(%(months)s, p.months) AS months,
                   CASE WHEN r.status <> 'active' THEN 'away'
                        WHEN c.state <> 'running' OR EXISTS (
                             SELECT FROM bphs_contract f WHERE f.resident_id = c.resident_id AND f.id <> c.id
                                AND f.state <> 'refused' AND f.until > f.date_from AND f.until > c.until)
                        THEN 'followed'
                        WHEN c.until <= %(today)s THEN 'over'
                        WHEN p.id IS NULL THEN 'no_package'
                        WHEN coalesce(%(months)s, p.months) NOT BETWEEN term.shortest AND term.longest THEN 'term'
                        WHEN follow.team_id IS NULL THEN 'no_team' END AS exception
              FROM bphs_contract c
              JOIN bphs_resident r ON r.id = c.resident_id
              JOIN bphs_team t ON t.id = c.team_id
              JOIN bphs_package old ON old.id = c.package_id
              LEFT JOIN LATERAL (%(villages)s) v ON v.division_id = r.division_id
              LEFT JOIN LATERAL (%(signed_with)s) w ON TRUE
             CROSS JOIN LATERAL (
                   SELECT CASE WHEN NOT t.active OR v.team_id IS NOT NULL AND c.team_id = w.team_id
                               THEN v.team_id ELSE c.team_id END AS team_id) follow
              LEFT JOIN LATERAL (%(version)s) p ON TRUE
              LEFT JOIN LATERAL (%(term)s) term ON TRUE
             WHERE c.id IN %(chosen)s
            """,
            months=months,
            today=today,
            villages=self.env["bphs.team"]._villages_on(SQL("c.until")),
            signed_with=self.env["bphs.resident"]._team_on_sql(SQL("c.date_from"), SQL("id = c.resident_id")),
            version=self._version_then(SQL("old.code"), SQL("c.until")),
            term=self.env["bphs.contract.term"]._then(SQL("c.until")),
            chosen=chosen,
        )

    def _version_then(self, code, day):
        """:return SQL: the version of a package that is signed on a day, with its usual term"""
        return SQL(
            "SELECT id, months FROM bphs_package WHERE code = %s AND state = 'published' AND date_from <= %s"
            " ORDER BY date_from DESC LIMIT 1",
            code,
            day,
        )

    @api.model
    def _renewal_words(self):
        return {
            AWAY: self.env._("does not live here any more"),
            FOLLOWED: self.env._("is renewed already, or not yet accepted"),
            OVER: self.env._("the term is over: sign anew"),
            TERM: self.env._("the county does not sign for so many months then: say another term"),
            NO_PACKAGE: self.env._("the package is not signed any more: sign another"),
            NO_TEAM: self.env._("the team is closed, and the village has no other: assign one first"),
        }
