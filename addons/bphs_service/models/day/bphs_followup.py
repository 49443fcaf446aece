from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

TO_DO = ("open", "overdue")
# Somebody sent on and not heard of, or with a finding that is to be seen to at once, comes before whoever waits long.
# Danger found in a record for named persons is told to them alone.
DANGER = """(%(row)s.kind = 'referral' OR %(row)s.resident_id IN (
    SELECT found.resident_id FROM bphs_finding found LEFT JOIN bphs_visit exam ON exam.id = found.visit_id
     WHERE found.state = 'open' AND found.severity = 'critical' AND (%(named)s OR exam.sensitive IS NOT TRUE)))"""


class BphsFollowup(models.Model):
    """A day's work in the order in which it is walked: danger first, then the longest overdue, then door by door."""

    _inherit = "bphs.followup"
    # Of houses without a place on the way each is its own, too: by their ids, for names would have to be fetched.
    _order = "in_danger, due_on, door_order, household_id.id, resident_id.id, id"

    in_danger = fields.Boolean(compute="_compute_in_danger", search="_search_in_danger")
    door_order = fields.Integer(related="household_id.door_order", store=True, precompute=True)
    house_words = fields.Char(string="House", compute="_compute_house")
    house_more = fields.Integer(compute="_compute_house", help="What else is to be done in the house.")
    overdue_days = fields.Integer(compute="_compute_overdue_days")
    may_call = fields.Boolean(compute="_compute_may_call")

    # === COMPUTE METHODS === #

    @api.depends("kind", "resident_id")
    @api.depends_context("uid")
    def _compute_in_danger(self):
        in_danger = self.browse(self._in_danger(self._origin.ids))
        for row in self:
            row.in_danger = row._origin in in_danger

    def _search_in_danger(self, operator, value):
        if operator != "in":
            return NotImplemented
        danger = self._danger_sql(SQL.identifier(self._table))
        return [("id", "in", SQL("(SELECT id FROM bphs_followup WHERE %s)", danger))]

    def _in_danger(self, ids):
        self.env["bphs.finding"].flush_model(["state", "severity", "resident_id"])
        self.flush_model()
        danger = self._danger_sql(SQL.identifier(self._table))
        query = SQL("SELECT id FROM bphs_followup WHERE %s AND id = ANY(%s)", danger, ids)
        return [id_ for (id_,) in self.env.execute_query(query)]

    def _danger_sql(self, row):
        """:return SQL: whether the person of a row is in danger, as far as this user is told"""
        named = self.env.su or self.env.user.has_group("bphs_resident.group_sensitive")
        return SQL(DANGER, row=row, named=SQL("TRUE") if named else SQL("FALSE"))

    @api.depends("household_id")
    def _compute_house(self):
        # Counted is what this user may do.
        to_do = [("household_id", "in", self.household_id.ids), ("state", "in", TO_DO)]
        counts = {}
        for row in self.search_fetch(to_do, ["household_id"], order="id"):
            counts.setdefault(row.household_id.id, set()).add(row.id)
        for row in self:
            house = row.sudo().household_id  # sudo: whoever sees a row is to find the house
            row.house_words = house._house_words()
            row.house_more = len(counts.get(house.id, set()) - {row._origin.id})

    @api.depends("due_on", "state")
    def _compute_overdue_days(self):
        today = self._county_today()
        for row in self:
            row.overdue_days = (today - row.due_on).days if row.state == "overdue" else 0

    @api.depends_context("uid")
    @api.depends("resident_id")
    def _compute_may_call(self):
        for row in self:
            row.may_call = row.resident_id._may_call()

    # === ORDER === #

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        if field_name == "in_danger":
            # True comes first where nothing is said.
            down = SQL("DESC") if direction.code != "DESC" else SQL("ASC")
            return SQL("%s %s", self._danger_sql(SQL.identifier(alias)), down)
        if field_name == "door_order":
            # A house that was never given a place, or whose place was taken away.
            return SQL("nullif(%s.door_order, 0) %s NULLS LAST", SQL.identifier(alias), direction)
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)

    # === ACTIONS === #

    def action_call(self):
        """Call the person: the row is the reason, and the log says so.

        :return: the action that dials
        :raise AccessError: the role does not see whole numbers
        """
        self.ensure_one()
        self.check_access("read")
        what = self.clock_id.sudo().name  # sudo: which service, whatever clock it is
        reason = self.env._("To call about %(service)s, due on %(day)s", service=what, day=self.due_on)
        number = self.resident_id.action_unmask("phone", reason)
        if not number:
            raise UserError(self.env._("There is no telephone in the file."))
        return {"type": "ir.actions.act_url", "url": f"tel:{number}", "target": "self"}
