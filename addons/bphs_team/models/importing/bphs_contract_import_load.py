from psycopg2.errors import ExclusionViolation

from odoo import models
from odoo.tools import SQL

from odoo.addons.bphs_resident.models.importing.bphs_resident_import_match import NEW
from odoo.addons.bphs_resident.models.mixins.bphs_spread_ids_mixin import spread_id
from odoo.addons.queue_job.exception import RetryableJobError

from ..contracting.bphs_contract_signing import CONTRACT_COLUMNS


class BphsContractImport(models.Model):
    """Loading the contracts that were confirmed, part by part, each part whole in a transaction of its own."""

    _inherit = "bphs.contract.import"

    def _load_part(self, after, until):
        """Sign the rows `after` < number <= `until`; what they are to the register is asked again first.

        :raise RetryableJobError: somebody signed one of them a moment ago: the next try sees it
        """
        self._match_register(after, until)
        columns = SQL(", ").join(map(SQL.identifier, CONTRACT_COLUMNS))
        try:
            rows = self.env.execute_query(
                SQL(
                    """
                    INSERT INTO bphs_contract (%(columns)s)
                    SELECT %(id)s, s.resident_id, s.team_id, NULL, s.package_id, s.signed_on, s.date_from, s.months,
                           s.until - 1, s.until, %(state)s, 'import', %(uid)s, NULL,
                           %(uid)s, %(now)s, %(uid)s, %(now)s
                      FROM %(rows)s s
                     WHERE s.number > %(after)s AND s.number <= %(until)s AND s.outcome = %(new)s
                     ORDER BY s.resident_id
                    RETURNING id
                    """,
                    columns=columns,
                    id=spread_id("bphs_contract"),
                    state="running" if self.env["bphs.contract"]._may_accept() else "review",
                    uid=self.env.uid,
                    now=self.env.cr.now(),
                    rows=self._rows(),
                    after=after,
                    until=until,
                    new=NEW,
                )
            )
        except ExclusionViolation as error:
            raise RetryableJobError("One of them was signed meanwhile.", seconds=5) from error
        made = self.env["bphs.contract"].browse([contract_id for (contract_id,) in rows])
        # sudo: links follow from contracts, whoever made them
        made.sudo()._after_signing(self.env["bphs.package"])
        part = SQL("s.number > %s AND s.number <= %s", after, until)
        self._log_part(len(made), self._count_restricted(part))

    def _count_restricted(self, part):
        ((count,),) = self.env.execute_query(
            SQL(
                "SELECT count(*) FROM %s s JOIN bphs_resident r ON r.id = s.resident_id"
                " WHERE %s AND s.outcome = %s AND r.restricted",
                self._rows(),
                part,
                NEW,
            )
        )
        return count
