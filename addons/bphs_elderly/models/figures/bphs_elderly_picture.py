from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...tools.grading.needs import NAMED_CODES, Needs
from ...tools.picture import BANDS, LEAST, RISKS, SCREENED, band_words, share, told
from ..facts.sources import all_facts

READERS = (
    *("township_public_health", "township_director"),
    *("primary_care_officer", "county_specialist", "administrator", "auditor"),
)
KINDS = [("condition", "Disease"), ("social", "Social Circumstance"), ("risk", "Risk Factor")]
MONTHS = 12
# Elders on the day, by township and band.
ELDERS = """
    SELECT r.id, i.township_id, b.start
      FROM bphs_resident r
      JOIN bphs_institution i ON i.id = r.institution_id
      JOIN LATERAL (SELECT max(start) AS start FROM unnest(%(bands)s::int[]) AS band (start)
                     WHERE r.birth_date <= (%(day)s - make_interval(years => start))::date) b ON b.start IS NOT NULL
     WHERE i.id = ANY(%(institutions)s) AND r.status = 'active' %(unnamed)s
"""
# What runs on the day, and what the latest value of the year says.
FOUND = """
    WITH told (resident_id, kind, fact, word, day, until, id, named, place, changed) AS MATERIALIZED (%(facts)s),
         shown AS (SELECT * FROM told WHERE %(whole)s OR NOT named)
    SELECT DISTINCT resident_id, fact AS kind, word AS item FROM shown
     WHERE kind = 'r' AND (day IS NULL OR day <= %(day)s) AND (until IS NULL OR until >= %(day)s)
    UNION
    SELECT latest.resident_id, 'risk', risk.item
      FROM (SELECT DISTINCT ON (resident_id, fact) resident_id, fact, word FROM shown
             WHERE kind = 'v' AND day <= %(day)s ORDER BY resident_id, fact, day DESC, place DESC) latest
      JOIN (VALUES %(risks)s) AS risk (item, fact, least) ON risk.fact = latest.fact
       AND CASE WHEN risk.least IS NULL THEN latest.word = 'positive' ELSE latest.word::numeric >= risk.least END
"""


class BphsElderlyPicture(models.TransientModel):
    """Diseases and risk factors of elders by township and age band, for the analysis of the CDC (年度疾病谱).

    It leaves the house: a count under five is not told, and there are no sums from which it could be reckoned.
    """

    _name = "bphs.elderly.picture"
    _description = "Diseases and Risk Factors of Elders"
    _inherit = ["bphs.elderly.place.mixin", "bphs.print.choice.mixin"]

    day = fields.Date(
        required=True, default=lambda self: self._county_today(), help="Of values the latest in the year before it."
    )
    line_ids = fields.One2many("bphs.elderly.picture.line", "picture_id", string="Rows", readonly=True)

    @api.depends("day")
    def _compute_display_name(self):
        for picture in self:
            picture.display_name = self.env._("Diseases and Risk Factors of Elders, %(day)s", day=picture.day or "")

    # === ACTIONS === #

    def action_show(self):
        """:return dict: this picture, counted anew

        :raise AccessError: not a role that has figures of a township
        :raise UserError: the day is still to come, or figures of too many days were asked for
        """
        self.ensure_one()
        self.check_access("write")
        if not self.env.user._holds_role(READERS):
            raise AccessError(self.env._("The picture is for those who answer for a township or watch over it."))
        if self.day > self._county_today():
            # Nobody falls ill meanwhile: what changes until then is who comes to which age, one by one.
            raise UserError(self.env._("This day has not come yet."))
        self.env["bphs.resident.access"]._record_figures(self.display_name, self.day, self.day)
        rows = self._rows()
        lines = self.sudo().line_ids  # sudo: lines are made by the picture alone
        lines.unlink()
        lines.create([{"picture_id": self.id, **row} for row in rows])
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "name": self.env._("Diseases and Risk Factors of Elders"),
        }

    # === HELPERS === #

    def _nothing_to_print(self):
        return not self.line_ids and self.env._("Press Show first: there is nothing to print.")

    def _rows(self):
        """:return: list of dict, one a township, band and item that anybody has"""
        whole = self._counts_whole()
        codes = self.env["bphs.elderly.code"].sudo().search([("kind", "in", ("condition", "social"))])  # sudo: names
        if not whole:
            codes = codes.filtered(lambda code: code.code not in NAMED_CODES)
        values = {fact for bounds in RISKS.values() for fact, _least in bounds} | set(SCREENED.values())
        needs = Needs(
            {fact: frozenset({MONTHS}) for fact in values},
            frozenset(),
            {kind: frozenset(codes.filtered(lambda one, kind=kind: one.kind == kind).mapped("code"))
             for kind in ("condition", "social")},
            frozenset(),
        )  # fmt: skip
        self.env.flush_all()
        elders = SQL(
            ELDERS,
            bands=list(BANDS),
            day=SQL("%s::date", self.day),
            institutions=self._institutions().ids,
            unnamed=self._unnamed_sql(SQL("r.id"), whole),
        )
        people = self.env.execute_query(elders)
        sizes, items = {}, {(code.kind, code.code): code.name for code in codes}
        for _id, township, start in people:
            sizes[township, start] = sizes.get((township, start), 0) + 1
        facts = all_facts(needs, self.day, [row[0] for row in people])
        found = SQL(FOUND, facts=facts, day=SQL("%s::date", self.day), risks=_risks(), whole=whole)
        query = SQL(
            """SELECT e.township_id, e.start, f.kind, f.item, count(*)
                 FROM (%s) f JOIN (%s) e ON e.id = f.resident_id GROUP BY 1, 2, 3, 4""",
            found,
            elders,
        )
        items |= {("risk", item): name for item, name in self._risk_names().items()}
        order = {key: number for number, key in enumerate(items)}
        counted = [row for row in self.env.execute_query(query) if (row[2], row[3]) in items]
        names = dict(self._place_names("township", {row[0] for row in counted}))
        counted.sort(key=lambda row: (names[row[0]], row[1], order[row[2], row[3]]))
        return [
            {
                "name": names[township],
                "band": band_words(start),
                "kind": kind,
                "item": items[kind, item],
                "people": count if count >= LEAST else False,
                "people_words": told(count),
                "elders_words": told(sizes[township, start]),
                "share": share(count, sizes[township, start]),
            }
            for township, start, kind, item, count in counted
        ]

    def _risk_names(self):
        _ = self.env._
        return {
            "high_pressure": _("Pressure 140/90 or more"),
            "high_glucose": _("Fasting glucose 7.0 or more"),
            "overweight": _("Body mass index 24 or more"),
            "obese": _("Body mass index 28 or more"),
            "dependent": _("Self-care score 4 or more"),
            "cognition": _("Cognition screen positive"),
            "mood": _("Mood screen positive"),
        }

    def _issuer(self):
        """:return: bphs.institution whose picture it is: the highest of the user's own"""
        own = self.env.user.sudo().bphs_institution_ids  # sudo: one's own scope
        return own.sorted("parent_path")[:1]


class BphsElderlyPictureLine(models.TransientModel):
    """How many elders of a township and band have one disease or risk."""

    _name = "bphs.elderly.picture.line"
    _description = "Diseases and Risk Factors of Elders: a Row"
    _order = "id"
    _rec_name = "item"

    picture_id = fields.Many2one("bphs.elderly.picture", required=True, readonly=True, index=True, ondelete="cascade")
    name = fields.Char(string="Township", readonly=True)
    band = fields.Char(string="Age Band", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    item = fields.Char(string="Disease or Risk", readonly=True)
    people = fields.Integer(readonly=True, help="Empty where they are fewer than five.")
    people_words = fields.Char(string="People Told", readonly=True)
    elders_words = fields.Char(string="Elders", readonly=True)
    share = fields.Char(string="Share of Elders", readonly=True)


def _risks():
    numbers = [(item, fact, least) for item, bounds in RISKS.items() for fact, least in bounds]
    words = [(item, fact, None) for item, fact in SCREENED.items()]
    return SQL(", ").join(SQL("(%s, %s, %s::numeric)", *row) for row in (*numbers, *words))
