from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.orm.models import NO_ACCESS
from odoo.tools import SQL

from .bphs_elderly_standing import COLOURS

CAUSES = [
    ("first", "First Graded"),
    ("worse", "Became Worse"),
    ("lapsed", "Assessment Ran Out"),
    ("rated", "Assessed"),
    ("age", "Not 65 Yet"),
    ("confirmed", "Proposal Confirmed"),
    ("voided", "Its Cause Was Voided"),
    ("reasons", "Other Reasons"),
]


class BphsElderlyGrading(models.Model):
    """What stood from a day on: the history of an elder's colour, a row for each change (grading rules, section 4).

    A row holds from its day up to, not including, the day of the next; of several on one day the last one holds, the
    others hold for no day. Nothing of it ever changes but the day on which it was followed: so any past day tells what
    stood then, from what was known then.
    """

    _name = "bphs.elderly.grading"
    _description = "Change of an Elder's Colour"
    _inherit = ["bphs.elderly.reasons.mixin", "bphs.logged.reading.mixin"]
    _order = "date_from desc, sequence desc, id desc"
    _tells_of = "resident_id"

    resident_id = fields.Many2one("bphs.resident", required=True, readonly=True, ondelete="restrict")
    whole = fields.Boolean(string="With All Facts", readonly=True, groups="bphs_resident.group_sensitive")
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="Followed On", readonly=True, help="The first day on which it holds no more.")
    sequence = fields.Integer(string="Of the Day", required=True, readonly=True, aggregator=None)
    institution_id = fields.Many2one("bphs.institution", readonly=True, index=True, ondelete="restrict")
    division_id = fields.Many2one("bphs.division", string="Village", readonly=True, ondelete="restrict")
    colour = fields.Selection(COLOURS, readonly=True)
    grade = fields.Selection(COLOURS, string="By the Rules", readonly=True)
    hits = fields.Json(readonly=True, groups=NO_ACCESS)
    facts = fields.Json(readonly=True, groups=NO_ACCESS)
    ruleset_id = fields.Many2one("bphs.elderly.ruleset", string="Rule Set", readonly=True, ondelete="restrict")
    cause = fields.Selection(CAUSES, required=True, readonly=True)
    confirmed_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")

    _dates_check = models.Constraint("CHECK(date_to >= date_from)", "A row is not followed before it begins.")
    # On each day one; also for one person, whichever came first.
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (resident_id WITH =, (whole::int) WITH =, daterange(date_from, date_to) WITH &&)",
        "A person stands in one colour on each day.",
    )
    _current_index = models.Index("(resident_id, whole) WHERE date_to IS NULL")
    # What stood of a county on a day is read from this alone, past the reasons.
    _counts_index = models.Index("(institution_id, colour, whole, date_from, date_to, resident_id, division_id)")
    _whole_index = models.Index("(date_from, date_to, resident_id) WHERE whole")

    def init(self):
        super().init()
        self.env.execute_query(
            SQL(
                """
                CREATE OR REPLACE FUNCTION bphs_elderly_grading_kept() RETURNS trigger AS $$
                BEGIN
                    IF TG_OP = 'UPDATE' AND OLD.date_to IS NULL
                       AND to_jsonb(NEW) - ARRAY['date_to', 'write_uid', 'write_date']
                         = to_jsonb(OLD) - ARRAY['date_to', 'write_uid', 'write_date'] THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION USING MESSAGE = 'bphs_elderly_grading: what stood once does not change',
                                          ERRCODE = 'integrity_constraint_violation';
                END $$ LANGUAGE plpgsql
                """
            )
        )
        self.env.execute_query(
            SQL(
                """
                CREATE OR REPLACE TRIGGER bphs_elderly_grading_kept BEFORE UPDATE OR DELETE ON bphs_elderly_grading
                FOR EACH ROW EXECUTE FUNCTION bphs_elderly_grading_kept()
                """
            )
        )

    # === COMPUTE METHODS === #

    @api.depends("resident_id", "date_from")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.resident_id.display_name or ''} {row.date_from or ''}".strip()

    # === CRUD METHODS === #

    # Whatever the context says: it is the history of a file.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_never(self):
        raise UserError(self.env._("What stood once is not deleted."))

    def _stay_behind(self, name, survivor):
        return self  # what stood of the closed file stays its history

    # === HELPERS === #

    def _late_from(self):
        # What was known on the first day was known before anything stood.
        return {row: row.date_from for row in self if row.cause != "first"}

    def _may_be_held_up_by(self, row):
        return (row.date_from, row.sequence) <= (self.date_from, self.sequence)

    # === ON A DAY === #

    @api.model
    def _on(self, day, whole=False):
        """The rows that held on a day, one a person.

        :param bool whole: with all facts, for named persons
        :return SQL: gives resident_id, institution_id, division_id, colour, hits, facts, ruleset_id, date_from, cause
        """
        self.flush_model()
        held = SQL("g.date_from <= %(day)s AND (g.date_to > %(day)s OR g.date_to IS NULL)", day=day)
        # Not a join: few have a second row, and they are gathered once.
        other = SQL(
            """g.resident_id NOT IN (SELECT w.resident_id FROM bphs_elderly_grading w WHERE w.whole
                AND w.date_from <= %(day)s AND (w.date_to > %(day)s OR w.date_to IS NULL))""",
            day=day,
        )
        chosen = SQL("(g.whole OR %s)", other) if whole else SQL("NOT g.whole")
        return SQL(
            """SELECT g.id, g.resident_id, g.institution_id, g.division_id, g.colour, g.hits, g.facts, g.ruleset_id,
                      g.date_from, g.cause
                 FROM bphs_elderly_grading g WHERE %s AND %s AND g.colour IS NOT NULL""",
            held,
            chosen,
        )
