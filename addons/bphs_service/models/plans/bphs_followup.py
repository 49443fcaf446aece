from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

KINDS = [("due", "Follow-Up"), ("recheck", "Recheck"), ("referral", "Referral")]
STATES = [
    ("planned", "Planned"),
    ("open", "Open"),
    ("overdue", "Overdue"),
    ("muted", "Muted"),
    ("done", "Done"),
    ("late", "Done Late"),
    ("missed", "Missed"),
    ("ended", "Ended"),
]
TO_DO = {"open", "overdue", "muted"}


class BphsFollowup(models.Model):
    """A thing to be done for a resident: a step of a plan, a recheck, a referral.

    Stored are its days and the visit that closed it, as the rules say. How it stands on a day follows from them by one
    SQL expression, which lists, counts and exports share (clocks rules, section 3).
    """

    _name = "bphs.followup"
    _description = "Due Row"
    _inherit = ["bphs.logged.reading.mixin"]
    _order = "due_on, household_id, resident_id, id"
    _tells_of = "resident_id"

    plan_id = fields.Many2one("bphs.plan", required=True, readonly=True, ondelete="restrict")
    resident_id = fields.Many2one(related="plan_id.resident_id", store=True, precompute=True, index=True)
    # Whose the row is and where it lies on the way: stored, so that a list is found and ordered without the files.
    institution_id = fields.Many2one(related="resident_id.institution_id", store=True, precompute=True)
    household_id = fields.Many2one(related="resident_id.household_id", store=True, precompute=True)
    clock_id = fields.Many2one(related="plan_id.clock_id", store=True, precompute=True)
    ends_on = fields.Date(related="plan_id.date_to", store=True, precompute=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    key = fields.Char(required=True, readonly=True)
    opens_on = fields.Date(string="Opens", required=True, readonly=True)
    due_on = fields.Date(string="Due", required=True, readonly=True)
    closes_on = fields.Date(string="Closes", required=True, readonly=True)
    missed_from = fields.Date(required=True, readonly=True)
    visit_id = fields.Many2one("bphs.visit", readonly=True, index="btree_not_null", ondelete="restrict")
    closed_on = fields.Date(readonly=True)
    renew_on = fields.Date(
        readonly=True,
        help="On the latest row of a plan: from this day on time alone may have made others due, and not before.",
    )
    state = fields.Selection(STATES, compute="_compute_state", search="_search_state")

    _plan_key_uniq = models.Constraint("UNIQUE(plan_id, kind, key)", "A plan has one row of each kind and key.")
    # What is to be done in an institution, as `_search_state` asks for it: counted and put in order from the index
    # alone, and what was once missed is not walked through.
    _to_do_index = models.Index(
        "(institution_id, missed_from, opens_on) INCLUDE (id, plan_id, resident_id, clock_id, household_id, door_order,"
        " kind, due_on, closes_on, ends_on, closed_on) WHERE closed_on IS NULL"
    )
    # What falls due in a month.
    _due_index = models.Index("(institution_id, due_on)")
    _house_index = models.Index("(household_id) WHERE closed_on IS NULL")

    # === COMPUTE METHODS === #

    @api.depends("opens_on", "due_on", "closes_on", "missed_from", "closed_on", "ends_on", "plan_id.mute_ids")
    def _compute_state(self):
        states = self._states_on(self._county_today())
        for row in self:
            row.state = states.get(row._origin.id, False)

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        self.flush_model()
        self.env["bphs.plan.mute"].flush_model()
        day, states = self._county_today(), list(value)

        def to_sql(_model, alias, _query):
            table = SQL.identifier(alias)
            asked = SQL("%s = ANY(%s)", self._state_sql(table, day), states)
            if set(states) <= TO_DO:
                # Follows from the states, and spares most rows the question.
                return SQL(
                    "(%(t)s.closed_on IS NULL AND %(t)s.opens_on <= %(day)s AND %(t)s.missed_from > %(day)s"
                    " AND %(asked)s)",
                    t=table,
                    day=day,
                    asked=asked,
                )
            return asked

        # Asked of the rows that are left by all else that is asked for, not of the county's.
        return Domain.custom(to_sql=to_sql)

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **options):
        query = super()._search(domain, offset=offset, limit=limit, order=order, **options)
        if limit and order:
            # A page is found by the index, and its rows are read then: with their columns it would be the whole table.
            return self.browse(query.get_result_ids())._as_query()
        return query

    # === STATE ON A DAY === #

    def _states_on(self, day):
        """:return dict: id -> state on a day"""
        self.flush_model()
        self.env["bphs.plan.mute"].flush_model()
        state = self._state_sql(SQL.identifier("bphs_followup"), day)
        query = SQL("SELECT id, %s FROM bphs_followup WHERE id = ANY(%s)", state, list(self._origin.ids))
        return dict(self.env.execute_query(query))

    @api.model
    def _state_sql(self, table, day):
        """The one definition of a row's state on a day.

        :param SQL table: `bphs_followup`, or its alias
        """
        return SQL(
            """CASE
            WHEN %(t)s.closed_on <= %(t)s.closes_on THEN 'done'
            WHEN %(t)s.closed_on IS NOT NULL THEN 'late'
            WHEN %(t)s.missed_from <= least(%(day)s, %(t)s.ends_on) THEN 'missed'
            WHEN %(t)s.ends_on <= %(day)s THEN 'ended'
            WHEN %(day)s < %(t)s.opens_on THEN 'planned'
            WHEN %(t)s.plan_id IN (SELECT m.plan_id FROM bphs_plan_mute m
                                    WHERE %(day)s BETWEEN m.date_from AND coalesce(m.date_to, 'infinity')) THEN 'muted'
            WHEN %(day)s > %(t)s.due_on THEN 'overdue'
            ELSE 'open' END""",
            t=table,
            day=SQL("%s::date", day),
        )

    # === ACTIONS === #

    def action_record(self):
        """:return: the action that opens a new record of the form that closes this row"""
        self.ensure_one()
        self.check_access("read")
        clock = self.sudo().clock_id  # sudo: which form, whatever clock it is
        form = self.env["bphs.form.template"]._in_use((clock.form_codes or "").split(" ")[0])
        return {
            "type": "ir.actions.act_window",
            "res_model": "bphs.visit",
            "views": [(False, "form")],
            "name": self.env._("Service Record"),
            "context": {"default_resident_id": self.resident_id.id, "default_template_id": form.id},
        }
