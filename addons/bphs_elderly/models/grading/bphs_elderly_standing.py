from odoo import api, fields, models
from odoo.orm.models import NO_ACCESS
from odoo.tools import SQL

COLOURS = [("red", "Red"), ("yellow", "Yellow"), ("green", "Green"), ("unrated", "Unrated")]


class BphsElderlyStanding(models.Model):
    """The colour an elder stands in today, with its reasons, and what is proposed.

    A person has one such row that everybody who may open the file sees, and which knows nothing of severe mental
    illness and tuberculosis. Whoever has such facts has a second one, `whole`, which is for named persons alone: it is
    the same grading with all facts. Both are followed by themselves, so that nothing in the first tells of the second.
    """

    _name = "bphs.elderly.standing"
    _description = "Colour of an Elder"
    _inherit = ["bphs.elderly.reasons.mixin", "bphs.logged.reading.mixin"]
    _order = "colour, since, id"
    _tells_of = "resident_id"

    resident_id = fields.Many2one("bphs.resident", required=True, readonly=True, index=True, ondelete="restrict")
    whole = fields.Boolean(string="With All Facts", readonly=True, groups="bphs_resident.group_sensitive")
    # That there is a second one: of this row everybody is told, of that nobody else.
    shadowed = fields.Boolean(readonly=True, groups=NO_ACCESS)
    told = fields.Boolean(
        string="The One That Counts", compute="_compute_told", search="_search_told",
        help="Of two of one person, the one with all facts, for those who may see it.",
    )  # fmt: skip
    institution_id = fields.Many2one(related="resident_id.institution_id", store=True, precompute=True, index=True)
    division_id = fields.Many2one(related="resident_id.division_id", store=True, precompute=True, string="Village")
    colour = fields.Selection(COLOURS, readonly=True)
    since = fields.Date(readonly=True, help="The day from which the colour stands.")
    grade = fields.Selection(COLOURS, string="Graded Today", readonly=True, help="What the rules say by themselves.")
    assessed = fields.Boolean(readonly=True, help="What green needs is there and valid.")
    hits = fields.Json(readonly=True, groups=NO_ACCESS)
    facts = fields.Json(readonly=True, groups=NO_ACCESS)
    causes = fields.Json(readonly=True, groups=NO_ACCESS)
    run = fields.Json(readonly=True, groups=NO_ACCESS)
    ruleset_id = fields.Many2one("bphs.elderly.ruleset", string="Rule Set", readonly=True, ondelete="restrict")
    graded_on = fields.Date(readonly=True)
    # When something of the person was last put down, for named persons too: by the moment it would tell of that.
    graded_at = fields.Datetime(readonly=True, groups=NO_ACCESS)
    sequence = fields.Integer(readonly=True, aggregator=None)
    proposal = fields.Selection(
        [("yellow", "Yellow"), ("green", "Green")], string="Proposed", readonly=True, index="btree_not_null"
    )
    proposed_on = fields.Date(readonly=True)
    ripe_on = fields.Date(readonly=True)

    _person_uniq = models.Constraint("UNIQUE(resident_id, whole)", "A person stands in one colour.")
    _village_index = models.Index("(division_id, colour)")

    # === COMPUTE METHODS === #

    @api.depends("resident_id")
    def _compute_display_name(self):
        for standing in self:
            standing.display_name = standing.resident_id.display_name

    @api.depends_context("uid")
    def _compute_told(self):
        told = {id_ for (id_,) in self.env.execute_query(self._told_ids())}
        for standing in self:
            standing.told = standing._origin.id in told

    def _search_told(self, operator, value):
        return [("id", "in", self._told_ids())] if operator == "in" and set(value) == {True} else NotImplemented

    def _told_ids(self):
        """:return SQL: the rows that count for this user, one a person; what of them they may see, the rules say"""
        self.flush_model(["whole", "shadowed"])
        named = self.env.user.has_group("bphs_resident.group_sensitive")
        hidden = SQL("shadowed") if named else SQL("whole")
        return SQL("(SELECT id FROM bphs_elderly_standing WHERE NOT %s)", hidden)

    # === ORDER === #

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        if field_name == "colour":
            # Who needs most comes first; by letters green would.
            rank = SQL("array_position(%s::varchar[], %s.colour)", list(dict(COLOURS)), SQL.identifier(alias))
            return SQL("%s %s %s", rank, direction, nulls)
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)

    # === CRUD METHODS === #

    def _stay_behind(self, name, survivor):
        return self  # what stood of the closed file is its history; the other is graded anew

    def _is_held_up_by(self, hit):
        # Of what held it up some may have been voided since.
        return any(code == hit[0] for code, _colour, _because in self.causes or ())

    def _late_from(self):
        # sudo: whether something stood before, which is told with what stands
        history = self.env["bphs.elderly.grading"].sudo()
        first = {
            (row.resident_id.id, row.whole, row.date_from)
            for row in history.search([("resident_id", "in", self.resident_id.ids), ("cause", "=", "first")])
        }
        return {
            standing: standing.since
            for standing in self
            if standing.since
            # sudo: which of two rows it is
            and (standing.resident_id.id, standing.sudo().whole, standing.since) not in first
        }
