from odoo import fields, models
from odoo.orm.models import NO_ACCESS
from odoo.tools import SQL

# A lecture is what its participants had of it, and is counted as work once: by itself.
READ = ("bphs.visit", "bphs.group.service", "bphs.contract", "bphs.package", "bphs.package.item", "bphs.service.link")


class BphsServiceLink(models.Model):
    """Service records keep promises as plain ones do: same person, within the term, of the kind and item."""

    _inherit = "bphs.service.link"

    # Told with the record alone: its name says which form it is, and some are for named persons.
    visit_id = fields.Many2one("bphs.visit", readonly=True, ondelete="restrict", groups=NO_ACCESS)

    _visit_once = models.UniqueIndex("(visit_id, contract_id, item_id) WHERE visit_id IS NOT NULL")

    def _link_visits(self, visits):
        """Link records that were done to the contracts they keep."""
        self._link_visits_where(SQL("v.id = ANY(%s)", visits.ids))

    def _link_contracts(self, contracts):
        super()._link_contracts(contracts)
        self._link_visits_where(SQL("c.id = ANY(%s)", contracts.ids))

    def _link_visits_where(self, of_these):
        for name in READ:
            self.env[name].flush_model()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO bphs_service_link (visit_id, contract_id, item_id, given_on, stands)
                SELECT v.id, c.id, i.id, v.done_on, TRUE
                  FROM bphs_visit v
                  LEFT JOIN bphs_group_service g ON g.id = v.group_id
                  JOIN bphs_contract c ON c.resident_id = v.resident_id AND c.state <> 'refused'
                   AND v.done_on >= c.date_from AND v.done_on < c.until
                  JOIN LATERAL (SELECT c.package_id
                                UNION SELECT e.package_id FROM bphs_contract_extra_rel e WHERE e.contract_id = c.id) p
                    ON TRUE
                  JOIN bphs_package_item i ON i.package_id = p.package_id
                   AND (i.service_item_id = coalesce(v.item_id, g.item_id)
                        OR i.service_item_id IS NULL AND i.record_kind = v.service_kind)
                 WHERE v.state = 'done' AND %s
                ON CONFLICT (visit_id, contract_id, item_id) WHERE visit_id IS NOT NULL
                DO UPDATE SET given_on = excluded.given_on, stands = TRUE
                """,
                of_these,
            )
        )
        self.invalidate_model()
