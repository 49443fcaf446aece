from odoo import api, fields, models

from ...tools.clocks.calendar_days import plus_days
from ...tools.planning import Ground, Membership, wanted
from .bphs_plan import AHEAD_DAYS

GONE = ("died", "moved_out", "lost", "merged")
FOLLOWED = {"birth_date", "status", "status_date", "file_created_on"}


class BphsResident(models.Model):
    """A resident's plans follow from key groups, age, and whether they still live here."""

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

    def _merge_into(self, survivor, reason):
        merge = super()._merge_into(survivor, reason)
        (self | survivor)._replan()
        survivor._recompute_plans()
        return merge

    def _recompute_plans(self):
        # sudo: what is due follows from what was done, whoever may read which plan
        self.sudo().plan_ids._recompute_rows()

    def _replan(self):
        """Begin, change and end plans until they are those that groups and age make."""
        # sudo: plans follow from facts, and are nobody's to write; clocks belong to the county
        clocks = {clock.code: clock for clock in self.env["bphs.clock"].sudo()._all_in_force()}
        grounds = [
            Ground(code, frozenset((clock.for_groups or "").split()), clock.by_age, clock.from_age, clock.to_age)
            for code, clock in clocks.items()
            if clock.for_groups or clock.by_age
        ]
        for resident in self.sudo():  # sudo: as said
            resident._bring_plans_to(resident._wanted_plans(grounds), clocks)

    def _wanted_plans(self, grounds):
        memberships = [
            Membership(member.id, member.kind, member.date_from, member.date_to or None) for member in self.group_ids
        ]
        today = self._county_today()
        gone_on = (self.status_date or today) if self.status in GONE else None
        known_since = self.file_created_on or None
        until = plus_days(today, AHEAD_DAYS)
        return wanted(grounds, memberships, self.birth_date or None, known_since, gone_on, until)

    def _bring_plans_to(self, plans, clocks):
        standing = {
            (plan.code, plan.group_id.id or None): plan
            for plan in self.plan_ids.filtered(lambda p: p.origin != "manual")
        }
        today = self._county_today()
        for plan in plans:
            clock = clocks[plan.code]
            vals = {"date_from": plan.start, "date_to": plan.end or False}
            old = standing.pop((plan.code, plan.membership), None)
            if old:
                if changed := {name: value for name, value in vals.items() if old[name] != value}:
                    old.write(changed)
                continue
            anchor = plan.anchor if clock.kind == "schedule" else False
            origin = "group" if plan.membership else "age"
            self.env["bphs.plan"].create(
                {
                    **vals,
                    "resident_id": self.id,
                    "clock_id": clock.id,
                    "anchor_on": anchor,
                    "origin": origin,
                    "group_id": plan.membership or False,
                }
            )
        for plan in standing.values():
            if not plan.date_to or plan.date_to > today:
                plan.date_to = max(today, plan.date_from)


class BphsResidentGroup(models.Model):
    _inherit = "bphs.resident.group"

    @api.model_create_multi
    def create(self, vals_list):
        memberships = super().create(vals_list)
        memberships.resident_id._replan()
        return memberships

    def write(self, vals):
        residents = self.resident_id
        result = super().write(vals)
        (residents | self.resident_id)._replan()
        return result
