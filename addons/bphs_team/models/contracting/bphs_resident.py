from odoo import api, fields, models
from odoo.fields import Domain


class BphsResident(models.Model):
    """The contracts of a person: on the file, in its timeline, and as a filter of who is signed."""

    _inherit = "bphs.resident"

    contract_ids = fields.One2many("bphs.contract", "resident_id", string="Contracts", readonly=True)
    signed = fields.Boolean(
        string="Contract in Force", compute="_compute_signed", search="_search_signed",
        help="With a family-doctor team, today.",
    )  # fmt: skip

    @api.depends("contract_ids.state", "contract_ids.date_from", "contract_ids.until")
    def _compute_signed(self):
        for resident in self:
            resident.signed = any(resident.contract_ids.mapped("in_force"))

    def _search_signed(self, operator, value):
        if operator != "in":
            return NotImplemented
        contracts = self.env["bphs.contract"]
        return Domain("contract_ids", "any", contracts._in_force_on(self._county_today()))

    def action_sign(self):
        """:return: the window that signs this person and who else of the household is chosen"""
        self.ensure_one()
        self.check_access("read")
        return self.env["bphs.contract.sign"]._open(self)

    def action_record_service(self):
        """:return: the window that records a service given to this person"""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record a Service"),
            "res_model": "bphs.service.record",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_resident_id": self.id},
        }

    def _timeline(self):
        events = super()._timeline()
        for contract in self.env["bphs.contract"].search([("resident_id", "=", self.id), ("state", "!=", "refused")]):
            reasons = dict(contract._fields["end_reason"]._description_selection(self.env))
            own = {"kind": "contract", "model": contract._name, "id": contract.id}
            # sudo: the name of the team, which hangs on the wall
            team = contract.team_id.sudo().name
            events.append({**own, "date": contract.signed_on, "title": self.env._("Contract signed"), "text": team})
            if contract.state == "ended":
                reason = reasons.get(contract.end_reason, "")
                events.append({**own, "date": contract.until, "title": self.env._("Contract ended"), "text": reason})
        for record in self.env["bphs.service.record"].search(
            [("resident_id", "=", self.id), ("state", "=", "recorded")]
        ):
            kinds = dict(record._fields["kind"]._description_selection(self.env))
            events.append(
                {
                    "kind": "service",
                    "model": record._name,
                    "id": record.id,
                    "date": record.date,
                    "title": kinds[record.kind],
                    "text": record.note or "",
                }
            )
        return events
