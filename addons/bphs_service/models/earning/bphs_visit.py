from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.money import to_decimal

from ...tools.earning import counting

FIGURE = ("bphs.period", "bphs.institution", "bphs.service.item")
CLOSED = """
    SELECT v.id FROM bphs_visit v
      JOIN bphs_period p ON p.kind = 'quarter' AND v.done_on BETWEEN p.date_start AND p.date_end
     WHERE v.id = ANY(%s)
       AND (bphs_period_closed(p.id, v.institution_id)
            OR EXISTS (SELECT FROM bphs_workload w WHERE w.period_id = p.id AND w.institution_id = v.institution_id
                          AND w.state = 'locked'))
"""
MEMBERS = """
    SELECT v.id, array_agg(g.kind) FROM bphs_visit v
      JOIN (%s) g ON g.resident_id = v.resident_id AND v.done_on BETWEEN coalesce(g.date_from, '-infinity')
       AND coalesce(g.date_to, 'infinity')
     WHERE v.id = ANY(%s) GROUP BY v.id
"""


class BphsVisit(models.Model):
    """Whether a record counts as work, for which item, and why not; and the records behind a figure."""

    _inherit = "bphs.visit"

    period_closed = fields.Boolean(
        string="After the Period Was Closed",
        readonly=True,
        copy=False,
        help="Done with only once its quarter had been closed: it stands in the file and in no figure.",
    )
    counting_words = fields.Char(string="As Work", compute="_compute_counting_words")
    counted_in = fields.Char(string="Figure", compute="_compute_counted_in", search="_search_counted_in")

    # === COMPUTE METHODS === #

    @api.depends_context("uid")
    def _compute_counting_words(self):
        items = self.env["bphs.service.item"].sudo()  # sudo: the catalogue is the county's
        words = self._verdict_words()
        told = {}
        for (visit_id, item), verdict in self._verdicts().items():
            told.setdefault(visit_id, []).append((item, verdict))
        for visit in self:
            pairs = sorted(told.get(visit._origin.id, ()))
            visit.counting_words = "；".join(f"{items.browse(item).name}：{words[verdict]}" for item, verdict in pairs)

    def _compute_counted_in(self):
        self.counted_in = False  # asked for, never told

    def _search_counted_in(self, operator, value):
        """The records behind a figure: “period/institution/item/verdicts”. What of them one sees, the rules say."""
        if operator != "in":
            return NotImplemented
        found = Domain.FALSE
        for key in value:
            parts = str(key).split("/")
            if len(parts) != 4 or not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in parts[:3]):
                continue
            period, institution, item = (
                self.env[model].search([("id", "=", int(id_))]) for model, id_ in zip(FIGURE, parts[:3], strict=True)
            )
            if period and institution and item:
                records = self.env["bphs.earning"]._records_of(period, institution, item, parts[3].split(","))
                found |= Domain("id", "in", SQL("(%s)", records))
        return found

    def _verdict_words(self):
        _ = self.env._
        return {
            counting.COUNTS: _("counts"),
            counting.SHARED: _("shares its contact with a dearer item"),
            counting.INCOMPLETE: _("does not count: not complete"),
            counting.DUPLICATE: _("does not count: stands twice on the day"),
            counting.OUTSIDE: _("does not count: outside the window, one was counted already"),
            counting.FALSE: _("does not count: found not true"),
            counting.CLOSED: _("does not count: done with after its quarter was closed"),
            counting.UNMET: _("does not count: not done as the item asks"),
            counting.WAITING: _("waits: not done yet"),
        }

    # === STEPS === #

    def _step_fields(self):
        return super()._step_fields() | {"period_closed"}

    def _take_step(self, name, values=None, reason=""):
        super()._take_step(name, values, reason)
        if name == "complete":
            self._mark_closed()

    def _mark_closed(self):
        """Mark those whose quarter is closed at this moment: they change no figure of it."""
        self.flush_recordset()
        closed = self.browse([id_ for (id_,) in self.env.execute_query(SQL(CLOSED, list(self.ids)))])
        # sudo: follows from the locks, nobody writes it
        (closed.filtered(lambda visit: not visit.period_closed)).sudo()._write_state({"period_closed": True})
        # sudo: as above
        (self - closed).filtered("period_closed").sudo()._write_state({"period_closed": False})

    # === HELPERS === #

    def _verdicts(self):
        """:return dict: (record id, item id) -> what it comes to, by the rules; of these records"""
        found, quarters = {}, {}
        for visit in self._origin.filtered("done_on"):
            first = counting.span_of(counting.QUARTER, visit.done_on)
            quarters[first] = quarters.get(first, self.browse()) | visit
        for first, visits in quarters.items():
            found |= visits._verdicts_of_quarter(first, first + relativedelta(months=3, days=-1))
        return found

    def _verdicts_of_quarter(self, first, last):
        earning = self.env["bphs.earning"]
        rules = self.env["bphs.earning.rule"]._cores(first, last)
        since = min([first, *(counting.span_of(rule.once, first) for rule in rules)])
        # sudo: whether one counts hangs on what else was done for the person, whoever may read it
        people = self.sudo().resident_id
        within = Domain("done_on", ">=", since) & Domain("done_on", "<=", last) & Domain("state", "!=", "voided")
        if earning._hides():
            # But none that is hidden: that one shares its contact with nothing one sees would tell of it.
            within &= Domain("sensitive", "=", False)
        around = self.sudo().search(Domain("resident_id", "in", people.ids) & within, order="id")  # sudo: as above
        way, _percent = earning._sharing_on(last)
        worth = {item: to_decimal(value) for item, value in earning._worth_on(last).items()}
        found = counting.verdicts(around._counting_records(), rules, way, worth)
        return {key: verdict for key, verdict in found.items() if key[0] in self._ids}

    def _counting_records(self):
        """:return: list of these records as the rules of counting read them"""
        self.flush_recordset()
        of_people = SQL("resident_id = ANY(%s)", self.resident_id.ids)
        groups = SQL(" UNION ALL ").join(self.env["bphs.earning"]._group_queries(of_people))
        members = dict(self.env.execute_query(SQL(MEMBERS, groups, list(self.ids))))
        untrue = self.env["bphs.authenticity.evidence"]._untrue(self)
        rechecks = self.env["bphs.followup"].search(
            [("visit_id", "in", self.ids), ("kind", "in", ["recheck", "referral"])]
        )
        rechecked = set(rechecks.visit_id.ids)
        columns = sorted({rule.needs for rule in self.env["bphs.earning.rule"].search([]) if rule.needs})
        return [
            counting.Record(
                visit.id,
                visit.resident_id.id,
                visit.done_on,
                visit.template_id.code,
                visit.mode,
                visit.face_to_face,
                frozenset(members.get(visit.id, ())),
                frozenset(name for name in columns if visit[name]),
                draft=visit.state == "draft",
                complete=visit.is_complete,
                closed=visit.period_closed,
                false=visit.id in untrue,
                recheck=visit.id in rechecked,
            )
            for visit in self
        ]
