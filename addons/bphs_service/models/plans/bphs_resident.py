from odoo import api, fields, models

FOLLOWED = {"birth_date", "status", "status_date", "file_created_on"}


class BphsResident(models.Model):
    """A resident's plans, which follow from key groups, age, and whether they still live here."""

    _inherit = "bphs.resident"

    plan_ids = fields.One2many("bphs.plan", "resident_id", string="Plans", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        residents = super().create(vals_list)
        residents._replan()
        return residents

    def write(self, vals):
        result = super().write(vals)
        if FOLLOWED & set(vals):
            self._replan()
        return result

    def _on_groups_changed(self):
        super()._on_groups_changed()
        self._replan()

    def _resident_links(self):
        links = super()._resident_links()
        # Plans that follow from facts follow anew from those of the file that stays.
        plans = links.pop(("bphs.plan", "resident_id"), self.env["bphs.plan"])
        if by_hand := plans.filtered(lambda plan: plan.origin == "manual"):
            links["bphs.plan", "resident_id"] = by_hand
        return links

    def _merge_into(self, survivor, reason):
        merge = super()._merge_into(survivor, reason)
        (self | survivor)._replan()
        survivor._recompute_plans()
        return merge

    def _recompute_plans(self):
        # sudo: what is due follows from what was done, whoever may read which plan
        self.env["bphs.followup"].sudo()._recompute(self.sudo().plan_ids)

    def _replan(self):
        """Begin, change and end plans until they are those that groups and age make."""
        # sudo: plans follow from facts, and are nobody's to write
        self.env["bphs.plan"].sudo()._bring_up(self)


class BphsResidentMerge(models.Model):
    _inherit = "bphs.resident.merge"

    def action_undo(self, reason=None):
        result = super().action_undo(reason)
        self.env.invalidate_all()
        both = self.survivor_id | self.merged_id
        both._replan()
        both._recompute_plans()
        return result
