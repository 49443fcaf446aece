from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.earning import counting

# Categories whose records are for named persons alone.
SENSITIVE = ("mental", "tuberculosis")
# What stood as the records said goes with them; what somebody typed stays, and the difference is shown.
FILL = """
    UPDATE bphs_workload_line line
       SET visits_on = %(now)s, visits_reported = n.reported, visits_incomplete = n.incomplete,
           visits_duplicate = n.duplicate, visits_outside = n.outside, visits_shared = n.shared,
           visits_false = n.untrue,
           answered = coalesce(line.answered, FALSE) OR n.follows AND n.reported > 0,
           reported = CASE WHEN n.follows THEN n.reported ELSE line.reported END,
           verified = CASE WHEN n.follows THEN n.reported ELSE line.reported END - line.invalid - line.false_qty,
           write_uid = %(uid)s, write_date = %(now)s
      FROM (SELECT l.id, coalesce(c.reported, 0) AS reported, coalesce(c.incomplete, 0) AS incomplete,
                   coalesce(c.duplicate, 0) AS duplicate, coalesce(c.outside, 0) AS outside,
                   coalesce(c.shared, 0) AS shared, coalesce(c.untrue, 0) AS untrue,
                   w.state = 'draft' AND coalesce(c.reported, 0) >= l.invalid + l.false_qty
                   AND (l.reported = coalesce(l.visits_reported, 0)
                        AND (l.reported > 0 OR NOT coalesce(l.answered, FALSE))) AS follows
              FROM bphs_workload w
              JOIN bphs_workload_line l ON l.workload_id = w.id
              LEFT JOIN unnest(%(institution)s::int[], %(item)s::int[], %(reported)s::int[], %(incomplete)s::int[],
                               %(duplicate)s::int[], %(outside)s::int[], %(shared)s::int[], %(untrue)s::int[])
                   c (institution_id, item_id, reported, incomplete, duplicate, outside, shared, untrue)
                ON c.institution_id = w.institution_id AND c.item_id = l.item_id
             WHERE w.id = ANY(%(statements)s) AND l.item_id = ANY(%(ruled)s)) n
     WHERE n.id = line.id
       AND (n.follows AND line.reported <> n.reported OR line.visits_on IS NULL
            OR (line.visits_reported, line.visits_incomplete, line.visits_duplicate, line.visits_outside,
                line.visits_shared, line.visits_false)
               IS DISTINCT FROM (n.reported, n.incomplete, n.duplicate, n.outside, n.shared, n.untrue))
"""
COLUMNS = ("institution", "item", "reported", "incomplete", "duplicate", "outside", "shared", "untrue")


class BphsWorkload(models.Model):
    """Statements follow the service records; they stay the institution's to submit and the township's to verify."""

    _inherit = "bphs.workload"

    visits_on = fields.Datetime(string="Records Counted At", compute="_compute_visits")
    visits_differ = fields.Integer(string="Items That Differ from the Records", compute="_compute_visits")
    visits_proposed = fields.Boolean(compute="_compute_visits")
    visits_sharing = fields.Char(string="Items That Share a Contact", compute="_compute_visits")

    @api.depends("line_ids.visits_on", "line_ids.reported", "line_ids.invalid", "line_ids.false_qty")
    @api.depends_context("uid", "lang")
    def _compute_visits(self):
        for workload in self:
            counted = workload.line_ids.filtered("visits_on")
            workload.visits_on = max(counted.mapped("visits_on"), default=False)
            workload.visits_differ = sum(bool(line.visits_difference) for line in counted)
            workload.visits_proposed = any(line._proposal() for line in counted)
            last = workload.period_id.date_end
            workload.visits_sharing = self.env["bphs.earning"]._sharing_words(last) if counted and last else False

    # === ACTIONS === #

    def action_count_visits(self):
        """Count the service records into these statements: what nobody typed follows them.

        :raise AccessError: not one of the roles that report or check
        :raise UserError: settled, or in a closed period
        """
        self.check_access("write")
        for workload in self:
            workload._check_quantities_open({"reported"} if workload.state == "draft" else {"invalid"})
        self._check_period_open()
        for period in self.period_id:
            self.filtered(lambda workload, period=period: workload.period_id == period)._count_visits(period)

    def action_take_visits(self):
        """Take over what the records say: reported while the statement is filled in, invalid and false while it is
        checked.

        :raise AccessError, UserError: as where it is typed
        """
        self.action_count_visits()
        for workload in self:
            counted = workload.line_ids.filtered("visits_on")
            if not counted:
                raise UserError(self.env._("%(name)s: there is nothing to take over.", name=workload.display_name))
            if workload.state == "draft":
                rows = [
                    (line.id, max(line.visits_reported, line.invalid + line.false_qty))
                    for line in counted
                    if line.visits_difference
                ]
                counted._load_quantities(["reported"], rows)
            else:
                rows = [(line.id, *proposal) for line in counted if (proposal := line._proposal())]
                counted._load_quantities(["invalid", "invalid_reason", "false_qty"], rows)

    # === BUSINESS METHODS === #

    @api.model
    def _cron_count_visits(self):
        """As every night: the statements that are filled in or checked, of open periods, follow the records."""
        statements = self.search([("state", "in", ["draft", "submitted"])])
        for period in statements.period_id:
            if period.date_start <= self._county_today():
                of_period = statements.filtered(lambda workload, period=period: workload.period_id == period)
                of_period._count_visits(period)

    def _count_visits(self, period):
        """Bring the lines of these statements, all of one period, to what the records say. Quantities of a statement
        that was handed in, and all of a closed period, stay.
        """
        self.env.flush_all()
        open_ = [
            id_
            for (id_,) in self.env.execute_query(
                SQL(
                    "SELECT id FROM bphs_workload WHERE id = ANY(%s) AND state IN ('draft', 'submitted')"
                    " AND NOT bphs_period_closed(period_id, institution_id)",
                    list(self.ids),
                )
            )
        ]
        if not open_:
            return
        institutions = self.browse(open_).institution_id
        # A county is read at once; for some of it, the records of their people alone.
        few = len(institutions) <= 50
        counts = self.env["bphs.earning"]._counts(period, institutions if few else None)
        sharing = self.env["bphs.earning"]._sharing_on(period.date_end)
        rules = self.env["bphs.earning.rule"]._cores(period.date_start, period.date_end)
        rows = [
            (*key, *_numbers(found, *sharing))
            for key, found in counts.items()
            if any(found[verdict] for verdict in counting.REPORTED)
        ]
        columns = [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _name in COLUMNS]
        self.env.cr.execute(
            SQL(
                FILL,
                now=self.env.cr.now(),
                uid=self.env.uid,
                statements=open_,
                ruled=[rule.item for rule in rules],
                **dict(zip(COLUMNS, columns, strict=True)),
            )
        )
        self.env["bphs.workload.line"].invalidate_model()
        self.invalidate_model()


def _numbers(found, way, percent):
    """:return: (reported, not complete, twice, outside, shared and not counted, not true) of an item"""
    reported = sum(found[verdict] for verdict in counting.REPORTED)
    shared = found[counting.COUNTS] + found[counting.SHARED] - counting.quantity(found, way, percent)
    why = (found[counting.INCOMPLETE], found[counting.DUPLICATE], found[counting.OUTSIDE])
    return (reported, *why, shared, found[counting.FALSE])
