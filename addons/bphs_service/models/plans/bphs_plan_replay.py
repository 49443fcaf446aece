import json

from odoo import models
from odoo.exceptions import UserError


class BphsPlan(models.Model):
    """Any resident's plans go out as documents that `scripts/replay` computes again, offline (clocks rules, section 4).

    They name nobody: a plan and a record are their numbers.
    """

    _name = "bphs.plan"
    _inherit = ["bphs.plan", "bphs.taken.out.mixin"]

    def _replay_files(self):
        # One document a clock.
        if not self:
            raise UserError(self.env._("There is no plan to export."))
        today, files = self._county_today(), {}
        for clock, plans in self.grouped("clock_id").items():
            clock = clock.sudo()  # sudo: by which rules, of plans one may read
            document = json.dumps(plans._replay_document(today), ensure_ascii=False, indent=1)
            files[f"{clock.code}-{clock.version}.json"] = document.encode()
        return files, f"plans-{today}.zip"


class BphsResident(models.Model):
    """A resident's plans: their list, and when each began and ended."""

    _inherit = "bphs.resident"

    def action_plans(self):
        """:return: the action that lists the plans of a file"""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_service.bphs_plan_action")
        return {**action, "domain": [("resident_id", "=", self.id)], "context": {"default_resident_id": self.id}}

    def _timeline(self):
        events, today = super()._timeline(), self._county_today()
        for plan in self.env["bphs.plan"].search([("resident_id", "=", self.id)]):
            own = {"kind": "plan", "model": plan._name, "id": plan.id, "text": plan.clock_id.name}
            if plan.date_from <= today:
                events.append({**own, "date": plan.date_from, "title": self.env._("Service plan begins")})
            if plan.date_to and plan.date_to <= today:
                events.append({**own, "date": plan.date_to, "title": self.env._("Service plan ends")})
        return events
