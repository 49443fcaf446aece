from odoo import fields, models


class BphsResident(models.Model):
    """A resident's services: in the timeline, and the day of the last one."""

    _inherit = "bphs.resident"

    visit_ids = fields.One2many("bphs.visit", "resident_id", string="Service Records", readonly=True)
    served_elsewhere_on = fields.Date(
        readonly=True, copy=False, help="The last service that no record here tells of: from a roll or another system."
    )

    def action_visits(self):
        """:return: the action that lists the service records of a file"""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_service.bphs_visit_action")
        return {**action, "domain": [("resident_id", "=", self.id)], "context": {"default_resident_id": self.id}}

    def _timeline(self):
        visits = self.env["bphs.visit"].search([("resident_id", "=", self.id), ("state", "=", "done")])
        modes = dict(visits._fields["mode"]._description_selection(self.env))
        return super()._timeline() + [
            {
                "date": visit.done_on,
                "kind": "visit",
                "title": visit.template_id.name,
                "text": modes[visit.mode],
                "model": visit._name,
                "id": visit.id,
            }
            for visit in visits
        ]

    def _raise_last_service(self):
        for resident, latest in self._latest_services().items():
            before = resident.last_service_on
            if before and before >= latest:
                continue
            if before and not self._done_on(resident, before):
                resident.served_elsewhere_on = before
            resident.last_service_on = latest

    def _recount_last_service(self, visits):
        """The day of the last service once these no longer count; one that no record tells of comes back."""
        latest = self._latest_services()
        for resident in self.sudo():  # sudo: follows from what is done, nobody writes it
            gone = visits.filtered(lambda visit, resident=resident: visit.resident_id.id == resident.id)
            if resident.last_service_on in gone.mapped("done_on"):
                days = [day for day in (latest.get(resident), resident.served_elsewhere_on) if day]
                resident.last_service_on = max(days, default=False)

    def _done_on(self, resident, day):
        # sudo: follows from all that was done, whoever may read which record
        visits = self.env["bphs.visit"].sudo()
        return visits.search_count(
            [("resident_id", "=", resident.id), ("done_on", "=", day), ("state", "=", "done")], limit=1
        )

    def _latest_services(self):
        # sudo: follows from all that was done, nobody writes it
        visits = self.env["bphs.visit"].sudo()
        # A record that not everybody sees does not move the day that everybody sees.
        seen = ["|", ("sensitive", "=", False), ("resident_id.restricted", "=", True)]
        done = [("resident_id", "in", self.ids), ("state", "=", "done"), *seen]
        return dict(visits._read_group(done, ["resident_id"], ["done_on:max"]))
