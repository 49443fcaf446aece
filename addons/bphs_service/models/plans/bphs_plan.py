from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...tools.clocks.rows import rows_of
from ...tools.clocks.terms import Mute, Plan, Visit

ORIGINS = [("group", "Key Group"), ("age", "Age"), ("manual", "By Hand")]
BACK_DAYS, AHEAD_DAYS = 60, 180
# One record serves every plan whose clock counts its form. All columns stand in one index of the visits: they are read
# without the records, which lie scattered.
VISITS = """
    WITH forms AS MATERIALIZED (
        SELECT c.id AS clock_id, t.id AS template_id
          FROM bphs_clock c
          JOIN bphs_form_template t ON t.code = ANY(string_to_array(c.form_codes, ' '))
    )
    SELECT p.id, v.id::text, v.done_on, v.face_to_face, coalesce(v.result, CASE v.smi_class
           WHEN 'stable' THEN 'satisfied' WHEN 'nearly' THEN 'uncontrolled' WHEN 'unstable' THEN 'complication' END)
      FROM bphs_plan p
      JOIN forms ON forms.clock_id = p.clock_id
      LEFT JOIN unnest(%(ids)s::int[], %(days)s::date[]) cut (plan_id, day) ON cut.plan_id = p.id
      JOIN bphs_visit v ON v.resident_id = p.resident_id AND v.template_id = forms.template_id AND v.state = 'done'
       AND v.done_on >= coalesce(cut.day, '-infinity')
     WHERE p.id = ANY(%(plans)s)
     ORDER BY p.id, v.done_on, v.id
"""


class BphsPlan(models.Model):
    """A resident under a clock: from when to when, and counted from which day. What is due follows from it."""

    _name = "bphs.plan"
    _description = "Service Plan"
    _inherit = ["bphs.readable.links.mixin", "bphs.logged.reading.mixin"]
    _order = "resident_id, date_from, id"
    _tells_of = "resident_id"

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
    _group_uniq = models.UniqueIndex("(group_id, resident_id, code) WHERE group_id IS NOT NULL")

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
        plans.followup_ids._recompute(plans)
        return plans

    def write(self, vals):
        # When somebody is not to be called, and who sees to it, is theirs to say, wherever the plan comes from.
        changed = vals.keys() - {"mute_ids", "worker_id"}
        if changed and not self.env.su and (following := self.filtered(lambda plan: plan.origin != "manual")):
            raise UserError(
                self.env._(
                    "%(plan)s follows from a key group, an age or a colour. Change that.",
                    plan=following[0].display_name,
                )
            )
        result = super().write(vals)
        self.resident_id._log_access("change", what=self.env._("Service plan"))
        self.followup_ids._recompute(self)
        return result

    def _check_links(self, values):
        """A plan on a clock for named persons is theirs to make: refused before it is stored, for that there is such a
        plan already would be said in other words.
        """
        super()._check_links(values)
        if self.env.su or self.env.user.has_group("bphs_resident.group_sensitive"):
            return
        if self._said_link("clock_id", values).sensitive:
            raise self.env["ir.rule"]._plain_access_error("write" if self._ids else "create", self)

    # Whatever the context says: what was due is told by it.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_never(self):
        raise UserError(self.env._("A plan is never deleted. End it."))

    def _stay_behind(self, name, survivor):
        standing = survivor.plan_ids.filtered(lambda plan: not plan.date_to).mapped("code")
        return self.filtered(lambda plan: not plan.date_to and plan.code in standing)

    # === WHAT THE RULES READ === #

    def _core_plans(self, since=None):
        """:return dict: id of a plan -> the plan as the rules read it, with the visits that count for its clock

        What is due follows from all that was done, so it is read past the rules; the plans themselves were asked for.

        :param dict since: id of a plan -> visits done before this day may be left out; those not in it read all
        """
        for model in ("bphs.plan", "bphs.plan.mute", "bphs.visit"):
            self.env[model].flush_model()
        mutes, visits = {}, {}
        ids = list(self._origin.ids)
        for plan_id, from_, until in self.env.execute_query(
            SQL("SELECT plan_id, date_from, date_to FROM bphs_plan_mute WHERE plan_id = ANY(%s) ORDER BY id", ids)
        ):
            mutes.setdefault(plan_id, []).append(Mute(from_, until))
        since = since or {}
        cut = {"ids": list(since), "days": list(since.values())}
        for plan_id, *visit in self.env.execute_query(SQL(VISITS, plans=ids, **cut)):
            visits.setdefault(plan_id, []).append(Visit(*visit))
        plans = SQL("SELECT id, date_from, date_to, anchor_on FROM bphs_plan WHERE id = ANY(%s) ORDER BY id", ids)
        return {
            id_: Plan(str(id_), *days, tuple(mutes.get(id_, ())), tuple(visits.get(id_, ())))
            for id_, *days in self.env.execute_query(plans)
        }

    def _rows(self, as_of, horizon_days=AHEAD_DAYS):
        """What is due of one plan on a day, by the rules (clocks rules, section 2)."""
        self.ensure_one()
        return rows_of(self.clock_id._core(), self._core_plans()[self.id], as_of, horizon_days)

    def _replay_document(self, as_of, horizon_days=AHEAD_DAYS):
        """These plans, all of one clock, as a document that `scripts/replay` computes (clocks rules, section 4)."""
        return {
            "clock": self.clock_id._document(),
            "as_of": as_of.isoformat(),
            "horizon_days": horizon_days,
            "plans": [_document(plan) for plan in self._core_plans().values()],
        }


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
