from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.bphs_base.models.registers.bphs_institution import CLINIC_KINDS, TOWNSHIP_KINDS
from odoo.addons.bphs_base.tools.money import to_decimal

from ...tools.judging import Counted, is_small
from ..definitions.bphs_indicator import COUNTED

LEVELS = [("county", "County"), ("township", "Township"), ("clinic", "Clinic")]
PASSED = [("yes", "Reached"), ("no", "Not Reached"), ("none", "Not Assessable"), ("untargeted", "No Target")]
OPERATORS = [
    ("≥", "≥"),
    ("≤", "≤"),
    ("=", "="),
    ("increase", "Higher Than Last Year"),
    ("decrease", "Lower Than Last Year"),
]
# Once a month is frozen, what was told of it stays: its two parts, over what, by which version, when.
KEPT = """
    CREATE OR REPLACE FUNCTION bphs_indicator_value_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.frozen AND (TG_OP = 'DELETE' OR NOT NEW.frozen OR (NEW.indicator_id, NEW.institution_id, NEW.month,
           NEW.date_from, NEW.date_to, NEW.numerator, NEW.denominator, NEW.numerator_whole, NEW.denominator_whole,
           NEW.has_denominator, NEW.computed_at)
           IS DISTINCT FROM (OLD.indicator_id, OLD.institution_id, OLD.month, OLD.date_from, OLD.date_to, OLD.numerator,
           OLD.denominator, OLD.numerator_whole, OLD.denominator_whole, OLD.has_denominator, OLD.computed_at))
        THEN
            RAISE EXCEPTION 'A frozen value is never changed or removed.'
                USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
        END IF;
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END $$
"""


class BphsIndicatorValue(models.Model):
    """An indicator of one institution up to the end of a month (指标值): its two parts, over what, by which version.

    The current and the previous month are counted anew every night; an earlier one is frozen, and what would be counted
    of it now stands beside it. A figure stands in two forms: with the files for named persons, for these alone, and
    without. Plain columns, keyed by institution, month and code: whoever sums counties reads them.
    """

    _name = "bphs.indicator.value"
    _description = "Value of an Indicator"
    _inherit = ["bphs.scope.mixin", "bphs.spread.ids.mixin"]
    _order = "month desc, level, sequence, institution_id"
    _rec_name = "indicator_id"

    indicator_id = fields.Many2one("bphs.indicator", required=True, readonly=True, index=True, ondelete="restrict")
    code = fields.Char(required=True, readonly=True)
    sequence = fields.Integer(readonly=True, aggregator=None)
    field_of_work = fields.Selection(related="indicator_id.field_of_work")
    named = fields.Boolean(readonly=True)
    institution_id = fields.Many2one(readonly=True)
    township_id = fields.Many2one("bphs.institution", readonly=True, index="btree_not_null", ondelete="restrict")
    level = fields.Selection(LEVELS, required=True, readonly=True)
    month = fields.Date(required=True, readonly=True, index=True, help="The first day of the month it ends with.")
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="As Of", required=True, readonly=True)
    numerator = fields.Integer(readonly=True, aggregator=None)
    denominator = fields.Integer(readonly=True, aggregator=None)
    numerator_whole = fields.Integer(
        string="Numerator with Files for Named Persons", readonly=True, aggregator=None,
        groups="bphs_resident.group_sensitive",
    )  # fmt: skip
    denominator_whole = fields.Integer(
        string="Denominator with Files for Named Persons", readonly=True, aggregator=None,
        groups="bphs_resident.group_sensitive",
    )  # fmt: skip
    has_denominator = fields.Boolean(readonly=True, help="Without one there is no rate: it is not assessable.")
    base = fields.Char(string="Over", readonly=True, help="Which population figure it is reckoned over.")
    rate = fields.Float(
        string="Rate (%)", digits=(16, 4), readonly=True, aggregator="avg", help="For sorting and charts."
    )
    above_whole = fields.Boolean(
        string="Over 100 %", readonly=True, help="More are counted than there are: the denominator is the wrong one."
    )
    source = fields.Selection(related="indicator_id.source")
    computed_at = fields.Datetime(string="Counted At", readonly=True)
    frozen = fields.Boolean(readonly=True, help="What was told of this month stays.")
    live_numerator = fields.Integer(string="Counted Now", readonly=True, aggregator=None)
    live_denominator = fields.Integer(string="Over Now", readonly=True, aggregator=None)
    live_at = fields.Datetime(string="Counted Again At", readonly=True)
    is_late = fields.Boolean(
        string="Entered Late", readonly=True, help="Something entered since changes what would be counted."
    )
    target_value = fields.Float(digits=(16, 4), readonly=True, aggregator=None)
    target_operator = fields.Selection(OPERATORS, readonly=True)
    passed = fields.Selection(PASSED, string="Target Reached", readonly=True, default="untargeted", index=True)
    shown = fields.Char(string="Value", compute="_compute_shown")
    shown_whole = fields.Char(
        string="Value with Files for Named Persons", compute="_compute_shown_whole",
        groups="bphs_resident.group_sensitive",
    )  # fmt: skip
    published = fields.Char(
        string="For Publication", compute="_compute_shown",
        help="As it may be published: fewer than five are left out.",
    )  # fmt: skip
    parts = fields.Char(string="Numerator / Denominator", compute="_compute_shown")
    target_words = fields.Char(string="Target", compute="_compute_target_words")

    _month_uniq = models.Constraint(
        "UNIQUE(code, institution_id, month)", "An institution has one value of each indicator and month."
    )
    _place_index = models.Index("(institution_id, month, code)")

    def init(self):
        super().init()
        self.env.cr.execute(KEPT)
        self.env.cr.execute(
            "CREATE OR REPLACE TRIGGER bphs_indicator_value_kept BEFORE UPDATE OR DELETE ON bphs_indicator_value"
            " FOR EACH ROW EXECUTE FUNCTION bphs_indicator_value_kept()"
        )

    # === COMPUTE METHODS === #

    @api.depends("indicator_id", "institution_id", "month")
    def _compute_display_name(self):
        for value in self:
            value.display_name = (
                f"{value.institution_id.name or ''} {value.indicator_id.name or ''} {value.date_to or ''}".strip()
            )

    @api.depends("numerator", "denominator", "has_denominator", "indicator_id")
    def _compute_shown(self):
        for value in self:
            counted = value._counted()
            value.shown = value._words(counted)
            value.parts = value._parts_words(counted)
            small = is_small(counted, value._is_rate())
            value.published = self.env._("fewer than 5") if small else value.shown

    @api.depends("numerator_whole", "denominator_whole", "has_denominator", "indicator_id")
    def _compute_shown_whole(self):
        for value in self:
            value.shown_whole = value._words(value._counted(whole=True))

    @api.depends("target_value", "target_operator", "indicator_id")
    def _compute_target_words(self):
        labels = dict(self._fields["target_operator"]._description_selection(self.env))
        for value in self:
            value.target_words = value._target_text(labels)

    def _target_text(self, labels):
        if not self.target_operator:
            return ""
        if self.target_operator in ("increase", "decrease"):
            return labels[self.target_operator]
        number = f"{to_decimal(self.target_value).normalize():f}"
        return f"{self.target_operator} {number}{'%' if self._is_rate() else ''}"

    # === CRUD METHODS === #

    # Whatever the context says: what was told stays.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_never(self):
        raise UserError(self.env._("Values of indicators are counted, not deleted."))

    # === ACTIONS === #

    def action_counted(self):
        """:return dict: the list of those in the numerator, as the figure counts them today
        :raise AccessError: no right to lists of residents
        """
        return self._open_list("counted", self.env._("Counted"))

    def action_left(self):
        """:return dict: the list of those of the denominator who are not in the numerator
        :raise AccessError: no right to lists of residents
        """
        return self._open_list("left", self.env._("Not Counted"))

    def _open_list(self, part, words):
        self.ensure_one()
        self.check_access("read")
        residents = self.env["bphs.resident"]
        if not residents.has_access("read") or residents._must_search():
            raise AccessError(self.env._("Lists of residents are for those who look after them."))
        if self.indicator_id.source != COUNTED:
            raise UserError(self.env._("%(name)s is not counted from people.", name=self.indicator_id.name))
        return {
            "type": "ir.actions.act_window",
            "res_model": "bphs.resident",
            "name": f"{self.indicator_id.name} {words}",
            "views": [(False, "list"), (False, "form")],
            "domain": [("indicator_list", "=", f"{self.id}|{part}"), ("status", "!=", "merged")],
            "context": {"active_test": False},
        }

    # === HELPERS === #

    def _is_rate(self):
        return self.indicator_id.shape == "rate"

    def _counted(self, whole=False):
        """:return Counted: the figure of this value, without the files for named persons or with them"""
        if whole:
            value = self.sudo()  # sudo: asked by the server, or by whoever has the right to the column
            return Counted(value.numerator_whole, value.denominator_whole if value.has_denominator else None)
        return Counted(self.numerator, self.denominator if self.has_denominator else None)

    def _parts_words(self, counted):
        return f"{counted.numerator:,} / {counted.denominator:,}" if self._is_rate() and counted.denominator else ""

    def _words(self, counted):
        indicator = self.indicator_id
        if not self._is_rate():
            return f"{counted.numerator:,} {indicator.unit_words or ''}".strip()
        return counted.shown(indicator.digits, indicator.rounding)

    @api.model
    def _level_of(self, kind):
        if kind in TOWNSHIP_KINDS:
            return "township"
        return "clinic" if kind in CLINIC_KINDS else "county"
