from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

# After so many days without a trace of work somebody should be asked after.
UNSEEN_DAYS = 14
UNSEEN_PARAMETER = "bphs_team.unseen_days"


class BphsWorker(models.Model):
    """When somebody was last seen working."""

    _inherit = "bphs.worker"

    # === HOOK === #

    @api.model
    def _work_seen(self, whole=False):
        """Where work leaves a trace. Modules add theirs to ``super()``'s.

        :param bool whole: with what only named persons see
        :return list: of SQL, each the last moment of one worker named as ``worker.id`` and ``worker.user_id``
        """
        of_hidden = SQL("log.resident_id IS NULL AND log.kind IN ('list', 'export', 'import') AND log.count = 0")
        seen = SQL("TRUE") if whole else SQL("%s AND NOT (%s)", self._of_seen(SQL("log.resident_id")), of_hidden)
        return [SQL("SELECT max(date) FROM bphs_resident_access log WHERE log.user_id = worker.user_id AND %s", seen)]

    @api.model
    def _of_seen(self, resident):
        """:return SQL: whether a file is none for named persons, or there is none; they are few"""
        hidden = SQL("SELECT id FROM bphs_resident WHERE restricted")
        return SQL("(%(resident)s IS NULL OR %(resident)s NOT IN (%(hidden)s))", resident=resident, hidden=hidden)

    # === BUSINESS METHODS === #

    @api.model
    def _unseen(self):
        """Members of teams who worked here before, and have left no trace of it for days, without being away.

        Who has never left any works on paper, or by a colleague's sign-in: nothing can be said of them. To whoever is
        no named person what stands in hidden files and records is no trace: beside the log and the lists it would
        tell of them.

        :return: ids of workers
        """
        number = self.env["ir.config_parameter"].sudo().get_param(UNSEEN_PARAMETER)  # sudo: a setting of the county
        days = int(number) if number and number.isdigit() else UNSEEN_DAYS
        today = self._county_today()
        whole = self.env.user.has_group("bphs_resident.group_sensitive")
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT worker.id
                  FROM bphs_worker worker
                  CROSS JOIN LATERAL (SELECT greatest(%(seen)s) AS last) work
                 WHERE worker.active AND work.last < %(since)s
                   AND EXISTS (SELECT FROM (%(members)s) serving WHERE serving.worker_id = worker.id)
                   AND NOT EXISTS (SELECT FROM bphs_team_absence away WHERE away.worker_id = worker.id
                                      AND %(today)s BETWEEN away.date_from AND away.date_to)
                """,
                seen=SQL(", ").join(SQL("(%s)", one) for one in self._work_seen(whole)),
                since=today - timedelta(days=days),
                members=self.env["bphs.team"]._members_on(today),
                today=today,
            )
        )
        return [worker for (worker,) in rows]
