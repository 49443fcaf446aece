from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.sets import (
    AGE,
    BORN,
    COLOUR,
    DUE,
    FILE,
    FINDING,
    GROUP,
    KEPT,
    LATEST,
    MOTHER,
    RECORD,
    RECORDS,
    REFERRAL,
    SIGNED,
    SetError,
    SetOf,
)

KINDS = [
    (AGE, "People of an Age"),
    (BORN, "Born in the Period"),
    (GROUP, "Members of a Key Group"),
    (FILE, "Files in a State"),
    (RECORDS, "People with Service Records"),
    (LATEST, "People by Their Latest Value"),
    (KEPT, "People of Whom Nothing Due Was Left"),
    (MOTHER, "Mothers Who Gave Birth in the Period"),
    (SIGNED, "People with a Contract in Force"),
    (COLOUR, "Elders Who Are Rated"),
    (RECORD, "Service Records"),
    (DUE, "Follow-Ups Due"),
    (REFERRAL, "Referrals Sent"),
    (FINDING, "Abnormal Findings"),
]
STATES = [
    ("standardised", "Up to Standard"),
    ("in_use", "In Use"),
    ("opened", "Opened to the Resident"),
    ("had_id", "With an ID Number"),
    ("measured", "Measured"),
    ("controlled", "Controlled"),
    ("uncontrolled", "Measured and Not Controlled"),
    ("rechecks", "Rechecks and Referrals Alone"),
    ("early", "First Checked Early"),
    ("checked", "Checked Often Enough"),
    ("hospital", "In Hospital"),
    ("seen_after", "Seen after Leaving the Hospital"),
    ("in_time", "Done in Time"),
    ("arrived", "Arrived"),
    ("handled", "Handled"),
]
MEASURES = [("pressure", "Blood Pressure"), ("glucose", "Fasting Glucose")]
NUMBERS = ("from_months", "to_months", "months", "least", "weeks_under", "after_months", "days")
FLAGS = ("negated", "by_month", "pace", "face_to_face", "complete", "measured")
WORDS = ("forms", "modes", "sources")
LISTS = ("by_age", "by_age_town", "ages")


class BphsIndicatorSet(models.Model):
    """A named set of people or records, of which indicators are made (统计口径): one of few kinds, with its values.

    No formula stands in it: whatever a set may ask is a field. A set in a published indicator stays as it is.
    """

    _name = "bphs.indicator.set"
    _description = "Set That Indicators Are Made Of"
    _order = "kind, code"
    _rec_names_search = ["name", "code"]

    code = fields.Char(required=True)
    name = fields.Char(required=True, help="As the definition of an indicator says it.")
    kind = fields.Selection(KINDS, required=True)
    negated = fields.Boolean(string="Whoever Is Not", help="The others: whoever is not in what is described.")
    state = fields.Selection(STATES, help="Which state the file, value, row, referral or finding is in.")
    group = fields.Char(string="Key Group", help="Code of a key group.")
    forms = fields.Char(help="Codes of the forms whose records count, parted by blanks.")
    from_months = fields.Integer(string="From (Months)", aggregator=None)
    to_months = fields.Integer(string="Under (Months)", aggregator=None, help="0: without end.")
    months = fields.Integer(
        string="Looking Back (Months)", aggregator=None,
        help="0: the period of the indicator. Of a key group: a member for so long.",
    )  # fmt: skip
    least = fields.Integer(string="At Least", default=1, aggregator=None, help="How many records.")
    by_month = fields.Boolean(string="One a Month", help="Several of one month count once.")
    pace = fields.Boolean(string="By Quarters", help="One for each whole quarter since joining the key group.")
    by_age = fields.Char(
        help="Needed under one, two and three years of age, parted by blanks: 3 2 1. The first by months.",
    )
    by_age_town = fields.Char(help="The same in a town; empty: as everywhere.")
    ages = fields.Char(help="Ages in months: who came to one in the period, or one record for each they came to.")
    after_months = fields.Integer(
        string="Needed After (Months)", aggregator=None, help="In the key group; before that nothing is needed yet."
    )
    days = fields.Integer(string="Within Days", aggregator=None, help="After leaving the hospital.")
    measured = fields.Boolean(help="Only records that tell the value.")
    face_to_face = fields.Boolean()
    complete = fields.Boolean(help="Only records in which nothing is missing.")
    modes = fields.Char(help="Ways in which it was done, parted by blanks: clinic, home, phone.")
    sources = fields.Char(help="Where values come from, parted by blanks: device.")
    answer = fields.Char(help="A question that must be answered: vision, or vision=normal.")
    weeks_under = fields.Integer(aggregator=None, help="Records of a pregnancy of fewer weeks.")
    measure = fields.Selection(MEASURES, default="pressure")
    used = fields.Boolean(compute="_compute_used")

    _code_uniq = models.Constraint("UNIQUE(code)", "A set with this code exists already.")

    # === COMPUTE METHODS === #

    def _compute_used(self):
        published = self.env["bphs.indicator"].sudo().search([("state", "=", "published")])  # sudo: all of them
        used = (published.within_ids | published.counted_ids | published.over_ids).ids
        for one in self:
            one.used = one._origin.id in used

    # === CONSTRAINTS === #

    @api.constrains("kind", "state", "group", "forms", "pace", "by_month", *LISTS, *NUMBERS)
    def _check_set(self):
        groups = {kind for kind, _words in self.env["bphs.resident.group"]._fields["kind"].selection}
        for one in self:
            one._core()
            if one.group and one.group not in groups:
                raise ValidationError(self.env._("%(group)s is no key group.", group=one.group))

    # === CRUD METHODS === #

    def write(self, vals):
        if vals.keys() - {"name"} and not self.env.su:
            self._check_unused()
        return super().write(vals)

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_used(self):
        self._check_unused()

    # === HELPERS === #

    def _check_unused(self):
        """:raise ValidationError: a published indicator is made of it"""
        for one in self.filtered("used"):
            raise ValidationError(
                self.env._("%(name)s stands in a published indicator and stays as it is. Make another.", name=one.name)
            )

    def _core(self):
        """:return: the set as the rules read it
        :raise ValidationError: it describes nothing
        """
        self.ensure_one()
        try:
            return SetOf(
                code=self.code or "",
                kind=self.kind,
                state=self.state or "",
                group=self.group or "",
                answer=self.answer or "",
                measure=self.measure or "pressure",
                **{name: tuple(int(number) for number in (self[name] or "").split()) for name in LISTS},
                **{name: self[name] for name in (*NUMBERS, *FLAGS)},
                **{name: tuple((self[name] or "").split()) for name in WORDS},
            )
        except (SetError, ValueError) as error:
            raise ValidationError(str(error)) from error
