from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.clocks.calendar_days import plus_days
from ...tools.clocks.rows import lines_of, rows_of
from ...tools.clocks.terms import Mute, Plan

ORIGINS = [("group", "Key Group"), ("age", "Age"), ("manual", "By Hand")]
BACK_DAYS, AHEAD_DAYS = 60, 180


class BphsPlan(models.Model):
    """A resident under a clock: from when to when, and counted from which day. What is due follows from it."""

    _name = "bphs.plan"
    _description = "Service Plan"
    _inherit = ["bphs.readable.links.mixin", "bphs.logged.reading.mixin"]
    _order = "resident_id, date_from, id"

    resident_id = fields.Many2one("bphs.resident", required=True, index=True, ondelete="restrict")
    clock_id = fields.Many2one("bphs.clock", required=True, index=True, ondelete="restrict")
    code = fields.Char(related="clock_id.code", store=True, precompute=True)
    date_from = fields.Date(required=True, default=lambda self: self._county_today())
    date_to = fields.Date()
    anchor_on = fields.Date(string="Counted From", help="Birth, first day of the last period, discharge, notice.")
    origin = fields.Selection(ORIGINS, required=True, readonly=True, default="manual")
    group_id = fields.Many2one("bphs.resident.group", readonly=True, index="btree_not_null", ondelete="restrict")
    mute_ids = fields.One2many("bphs.plan.mute", "plan_id", string="Mutes")
    followup_ids = fields.One2many("bphs.followup", "plan_id", string="Due Rows", readonly=True)

    _dates_check = models.Constraint("CHECK(date_to >= date_from)", "A plan cannot end before it began.")
    # One at a time of each clock by hand and by age; of each membership one.
    _open_uniq = models.UniqueIndex(
        "(resident_id, code) WHERE date_to IS NULL AND group_id IS NULL", "This resident has such a plan already."
    )
    _group_uniq = models.UniqueIndex("(group_id, code) WHERE group_id IS NOT NULL")

    # === COMPUTE METHODS === #

    @api.depends("clock_id")
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = plan.clock_id.name

    # === CONSTRAINTS === #

    @api.constrains("clock_id", "anchor_on")
    def _check_clock(self):
        for plan in self:
            if plan.clock_id.state != "published":
                raise ValidationError(self.env._("%(clock)s is not published yet.", clock=plan.clock_id.name))
            if bool(plan.anchor_on) != (plan.clock_id.kind == "schedule"):
                raise ValidationError(
                    self.env._("Plans by age or weeks alone are counted from a day, and always: say which.")
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        plans.resident_id._log_access("change", what=self.env._("Service plan"))
        plans._recompute_rows()
        return plans

    def write(self, vals):
        if not self.env.su and (following := self.filtered(lambda plan: plan.origin != "manual")):
            raise UserError(
                self.env._("%(plan)s follows from a key group or an age. Change that.", plan=following[0].display_name)
            )
        result = super().write(vals)
        self.resident_id._log_access("change", what=self.env._("Service plan"))
        self._recompute_rows()
        return result

    # Whatever the context says: what was due is told by it.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_never(self):
        raise UserError(self.env._("A plan is never deleted. End it."))

    def _read_format(self, fnames, load="_classic_read"):
        self._origin._log_reading_of(self._origin.sudo().resident_id.sudo(False))  # sudo: the rules were asked already
        return super()._read_format(fnames, load=load)

    def _stay_behind(self, name, survivor):
        # What follows from facts follows anew from those of the file that stays.
        return self.filtered(lambda plan: plan.origin != "manual" or plan.code in survivor.plan_ids.mapped("code"))

    def _move_to_resident(self, name, survivor):
        stayed = self._stay_behind(name, survivor)
        return stayed | super(BphsPlan, self - stayed)._move_to_resident(name, survivor)

    # === WHAT THE RULES READ === #

    def _core_plans(self):
        """:return dict: plan -> the plan as the rules read it, with the visits that count for its clock"""
        visits = {}
        # sudo: what is due follows from all that was done; the plan itself was asked for
        done = (
            self.env["bphs.visit"]
            .sudo()
            .search([("resident_id", "in", self.resident_id.ids), ("state", "=", "done")], order="done_on, id")
        )
        for visit in done:
            visits.setdefault((visit.resident_id.id, visit.template_id.code), []).append(visit._core())
        found = {}
        for plan in self.sudo():  # sudo: as said
            forms = (plan.clock_id.form_codes or "").split()
            counted = sorted(
                (visit for form in forms for visit in visits.get((plan.resident_id.id, form), ())),
                key=lambda visit: (visit.date, int(visit.id)),
            )
            mutes = tuple(Mute(mute.date_from, mute.date_to or None) for mute in plan.mute_ids)
            found[plan] = Plan(
                str(plan.id), plan.date_from, plan.date_to or None, plan.anchor_on or None, mutes, tuple(counted)
            )
        return found

    def _rows(self, as_of, horizon_days=AHEAD_DAYS):
        """What is due of one plan on a day, by the rules (clocks rules, section 2)."""
        self.ensure_one()
        return rows_of(self.clock_id._core(), self._core_plans()[self.sudo()], as_of, horizon_days)  # sudo: the key

    def _replay_document(self, as_of, horizon_days=AHEAD_DAYS):
        """These plans, all of one clock, as a document that `scripts/replay` computes (clocks rules, section 4)."""
        return {
            "clock": self.clock_id._document(),
            "as_of": as_of.isoformat(),
            "horizon_days": horizon_days,
            "plans": [_document(plan) for plan in self._core_plans().values()],
        }

    # === DUE ROWS === #

    def _recompute_rows(self):
        """Bring the due rows of these plans to what follows from their visits today."""
        today = self._county_today()
        horizon = plus_days(today, AHEAD_DAYS)
        oldest = plus_days(today, -BACK_DAYS)
        cores = {clock: clock._core() for clock in self.sudo().clock_id}  # sudo: any clock a plan stands on
        for plan, core in self._core_plans().items():
            standing = {(row.kind, row.key): row for row in plan.followup_ids}
            lines = {
                (line.kind, line.key): line
                for line in lines_of(cores[plan.clock_id], core, today, horizon)
                if (line.opens <= today or line.due <= horizon)
                and (line.closes >= oldest or (line.kind, line.key) in standing)
            }
            plan.followup_ids._bring_to(plan, standing, lines)


def _document(plan):
    return {
        "code": plan.code,
        "start": plan.start.isoformat(),
        "end": plan.end and plan.end.isoformat(),
        "anchor": plan.anchor and plan.anchor.isoformat(),
        "mutes": [{"from": m.since.isoformat(), "to": m.until and m.until.isoformat()} for m in plan.mutes],
        "visits": [
            {"id": v.id, "date": v.date.isoformat(), "face_to_face": v.face_to_face, "result": v.result}
            for v in plan.visits
        ],
    }
