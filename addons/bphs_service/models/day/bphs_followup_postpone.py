from odoo import models

from .bphs_followup import TO_DO


class BphsFollowup(models.Model):
    """What else is done with a row than recording it: put off until a day, sent on, seen beside those of its house."""

    _inherit = "bphs.followup"

    def action_postpone(self):
        """:return: the action that asks until when, and why, the plan of this row leaves the list of work"""
        self.ensure_one()
        self.check_access("read")
        self.env["bphs.plan.mute"].check_access("create")
        self.plan_id.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Postpone"),
            "res_model": "bphs.plan.mute",
            "views": [(self.env.ref("bphs_service.bphs_plan_mute_view_form_postpone").id, "form")],
            "target": "new",
            "context": {"default_plan_id": self.plan_id.id},
        }

    def action_house(self):
        """:return: the action that lists all that is to be done in the house of this row, of what this user may do"""
        self.ensure_one()
        self.check_access("read")
        house = self.sudo().household_id  # sudo: whoever sees a row is to find the house
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_service.bphs_followup_action")
        domain = [("household_id", "=", house.id), ("state", "in", TO_DO)] if house else [("id", "=", self.id)]
        return {**action, "name": house._house_words() or action["name"], "domain": domain, "context": {}}

    def action_refer(self):
        """:return: the action that refers the person of this row, with what the last record of it says"""
        self.ensure_one()
        self.check_access("read")
        referrals = self.env["bphs.referral"]
        referrals.check_access("create")
        service = self.clock_id.sudo()  # sudo: which service, whatever clock it is
        forms = (service.form_codes or "").split(" ")
        last = self.env["bphs.visit"].search(
            [("resident_id", "=", self.resident_id.id), ("state", "=", "done"), ("template_id.code", "in", forms)],
            order="done_on desc, id desc",
            limit=1,
        )
        return referrals._new_action(
            {
                "default_resident_id": self.resident_id.id,
                "default_visit_id": last.id,
                "default_reason": service.name,
                "default_summary": last._words() if last else False,
            }
        )
