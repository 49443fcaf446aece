from odoo import api, fields, models
from odoo.tools import SQL


class BphsServiceLink(models.Model):
    """That a service keeps an item of a contract: same person, within the term, of the kind the item names.

    Fulfilment counts these and nothing else, so a link says on which day it was given, whatever recorded it: a plain
    record, or what a module above links by columns of its own. What is linked twice is one row; a void service,
    or one after the contract's end, has its row and is not counted.
    """

    _name = "bphs.service.link"
    _description = "Service That Keeps a Promise"
    _inherit = ["bphs.logged.reading.mixin"]
    _log_access = False
    _rec_name = "given_on"
    _tells_of = "contract_id.resident_id"

    record_id = fields.Many2one("bphs.service.record", readonly=True, ondelete="restrict")
    contract_id = fields.Many2one("bphs.contract", required=True, readonly=True, ondelete="restrict")
    item_id = fields.Many2one("bphs.package.item", required=True, readonly=True, ondelete="restrict")
    given_on = fields.Date(required=True, readonly=True)
    stands = fields.Boolean(readonly=True, default=True, help="Not void.")

    # In the order in which fulfilment reckons, and all that it reads: a county's are not sorted again.
    _kept_index = models.Index("(contract_id, item_id, given_on) INCLUDE (stands)")
    _once = models.Constraint("UNIQUE(record_id, contract_id, item_id)", "A service keeps an item once.")

    @api.model
    def _link_records(self, records):
        """Link new services to the contracts they keep."""
        self._link(SQL("s.id = ANY(%s)", records.ids))

    @api.model
    def _link_contracts(self, contracts):
        """Link new contracts to services that were given since their day of effect."""
        self._link(SQL("c.id = ANY(%s)", contracts.ids))

    def _link(self, of_these):
        for name in ("bphs.service.record", "bphs.contract", "bphs.package", "bphs.package.item"):
            self.env[name].flush_model()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO bphs_service_link (record_id, contract_id, item_id, given_on, stands)
                SELECT s.id, c.id, i.id, s.date, TRUE
                  FROM bphs_service_record s
                  JOIN bphs_contract c ON c.resident_id = s.resident_id AND c.state <> 'refused'
                   AND s.date >= c.date_from AND s.date < c.until
                  JOIN LATERAL (SELECT c.package_id
                                UNION SELECT e.package_id FROM bphs_contract_extra_rel e WHERE e.contract_id = c.id) p
                    ON TRUE
                  JOIN bphs_package_item i ON i.package_id = p.package_id AND i.record_kind = s.kind
                   AND (i.service_item_id IS NULL OR i.service_item_id = s.service_item_id)
                 WHERE s.state = 'recorded' AND %s
                ON CONFLICT (record_id, contract_id, item_id) DO NOTHING
                """,
                of_these,
            )
        )
        self.invalidate_model()
        self.env["bphs.service.record"].invalidate_model(["link_ids"])

    def _undo(self):
        """What they stand for was not given. Callers are steps of what recorded it."""
        # sudo: a link follows from its record, whoever may write which
        self.sudo().write({"stands": False})
