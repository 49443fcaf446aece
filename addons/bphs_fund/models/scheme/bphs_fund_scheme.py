from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.bphs_base.tools.money import to_decimal
from odoo.addons.bphs_base.tools.steps import Step

from ...tools.floors import LEAST

TOWNSHIP_METHODS = [
    ("points_zero_sum", "Shares of the pool by points"),
    ("points_fixed_value", "Fixed value per point, with bonus"),
    ("capitation", "By persons served"),
]
PAYMENT_PATHS = [
    ("doctor", "To the doctors' cards"),
    ("clinic", "To the clinic"),
    ("township", "Through the township institution"),
]


class BphsFundScheme(models.Model):
    """The rules by which a year is settled (结算办法): ratios, thresholds, modes and prices.

    Every setting of the settlement rules, with its default. A published version is fixed; a
    change is a
    new version from a later quarter, and the earlier version keeps the quarters before it.
    """

    _name = "bphs.fund.scheme"
    _description = "Settlement Scheme"
    _inherit = ["bphs.scope.mixin", "bphs.fund.frozen.mixin", "bphs.money.mixin"]
    _order = "period_id, version desc, id desc"
    _steps = {
        "publish": Step(("draft",), "published"),
        # A later version was published: this one keeps the quarters before it.
        "supersede": Step(("published",), "superseded", by_system=True),
        "new_version": Step(("published", "superseded"), None),
    }

    _server_fields = {
        "state": "draft",
        "version": 1,
        "previous_id": False,
        "published_by_id": False,
        "published_at": False,
    }

    name = fields.Char(required=True)
    institution_id = fields.Many2one(
        string="Bureau",
        domain=[("kind", "=", "health_bureau")],
        default=lambda self: self.env["bphs.fund.budget"]._default_institution_id(),
    )
    period_id = fields.Many2one(
        "bphs.period",
        string="Budget Year",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("kind", "=", "year")],
    )
    period_from_id = fields.Many2one(
        "bphs.period",
        string="Applies From",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('kind', '=', 'quarter'), ('parent_id', '=', period_id)]",
    )
    version = fields.Integer(default=1, required=True, readonly=True, copy=False, aggregator=None)
    previous_id = fields.Many2one(
        "bphs.fund.scheme",
        string="Previous Version",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    document_id = fields.Many2one(
        "bphs.document",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The document that lays these rules down.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("superseded", "Superseded")],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
    )
    published_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    published_at = fields.Datetime(readonly=True, copy=False)

    prepay_ratio = fields.Float(
        digits=(5, 4),
        default=LEAST,
        required=True,
        aggregator=None,
        help="Part of what is needed that is paid in advance: the least share of the year or more.",
    )
    prepay_basis = fields.Selection(
        [("plan", "Annual plan"), ("last_year", "Same quarter of last year")],
        default="plan",
        required=True,
    )
    full_score = fields.Float(
        digits=(5, 2),
        default=85,
        required=True,
        aggregator=None,
        help="From this score on, work counts in full.",
    )
    hold_score = fields.Float(
        digits=(5, 2),
        default=60,
        required=True,
        aggregator=None,
        help="Below this score, payment is withheld.",
    )
    annual_mode = fields.Selection(
        [("sum_of_quarters", "Sum of the quarters"), ("rescore", "Whole year by the annual score")],
        default="sum_of_quarters",
        required=True,
    )
    cap_mode = fields.Selection(
        [("plan", "Annual plan"), ("none", "No cap")], string="Cap", default="plan", required=True
    )
    confirm_days = fields.Integer(
        string="Days to Confirm",
        default=5,
        required=True,
        aggregator=None,
        help="Working days in which a clinic confirms its settlement or objects; then it counts as confirmed.",
    )
    notice_required = fields.Boolean(string="Public Notice Before Payment", default=True)
    notice_days = fields.Integer(string="Days of Public Notice", default=7, aggregator=None, help="Working days.")
    payment_path = fields.Selection(
        PAYMENT_PATHS,
        default="doctor",
        required=True,
    )
    township_method = fields.Selection(
        TOWNSHIP_METHODS,
        default="points_zero_sum",
        required=True,
        string="Method for Township Hospitals",
    )
    centre_method = fields.Selection(
        TOWNSHIP_METHODS,
        string="Method for Community Centres",
        help="Empty: they are settled together with the township hospitals.",
    )
    capitation_standard = fields.Monetary(
        string="Standard per Person Served", help="Yuan for each person and period, where persons served count."
    )
    bonus_score = fields.Float(digits=(5, 2), default=90, aggregator=None)
    bonus_cap = fields.Float(
        digits=(5, 4),
        default=0.10,
        aggregator=None,
        help="A bonus is at most this part of what was earned.",
    )
    price_ids = fields.One2many("bphs.fund.price", "scheme_id", string="Prices", copy=True)
    price_count = fields.Integer(compute="_compute_price_count")

    _scores_order = models.Constraint(
        "CHECK(hold_score >= 0 AND hold_score <= full_score AND full_score <= 100"
        " AND bonus_score >= 0 AND bonus_score <= 100)",
        "Scores lie between 0 and 100, the hold score not above the full score.",
    )
    _capitation_standard_sign = models.Constraint(
        "CHECK(COALESCE(capitation_standard, 0) >= 0)", "The standard per person cannot be below zero."
    )
    _bonus_cap_range = models.Constraint(
        "CHECK(bonus_cap >= 0 AND bonus_cap <= 1)", "The bonus cap lies between 0 and 1."
    )
    _days_sign = models.Constraint(
        "CHECK(confirm_days > 0 AND (NOT notice_required OR notice_days > 0))",
        "Periods of days must be above zero.",
    )
    _effective_uniq = models.UniqueIndex(
        "(institution_id, period_from_id) WHERE state <> 'draft'",
        "Another version is published from this quarter already.",
    )

    @api.depends("name", "version")
    def _compute_display_name(self):
        for scheme in self:
            scheme.display_name = f"{scheme.name or ''} v{scheme.version}"

    def _compute_price_count(self):
        counts = dict(
            self.env["bphs.fund.price"]._read_group([("scheme_id", "in", self.ids)], ["scheme_id"], ["__count"])
        )
        for scheme in self:
            scheme.price_count = counts.get(scheme._origin, 0)

    @api.onchange("period_id")
    def _onchange_period_id(self):
        if self.period_id and self.period_from_id.parent_id != self.period_id:
            self.period_from_id = self.period_id.child_ids.filtered(lambda p: p.kind == "quarter").sorted("code")[:1]

    @api.constrains("period_id", "period_from_id")
    def _check_periods(self):
        for scheme in self:
            if scheme.period_id.kind != "year" or scheme.period_from_id.parent_id != scheme.period_id:
                raise ValidationError(
                    self.env._(
                        "%(scheme)s must apply from a quarter of its own budget year.",
                        scheme=scheme.display_name,
                    )
                )

    @api.model
    def _for_period(self, institution, period):
        """Return the version that rules `period` (a quarter or a year) for `institution`; empty
        if none is published.

        The year itself is ruled by its last version.
        """
        return self.search(
            [
                ("institution_id", "parent_of", institution.id),
                ("period_id", "=", (period if period.kind == "year" else period.parent_id).id),
                ("period_from_id.date_start", "<=", period.date_end),
                ("state", "!=", "draft"),
            ],
        ).sorted(lambda scheme: scheme.period_from_id.date_start)[-1:]

    def _prices(self):
        """{item id: Decimal price}."""
        self.ensure_one()
        return {price.item_id.id: to_decimal(price.price) for price in self.price_ids}

    def _step_words(self):
        return super()._step_words() | {"state:new_version": self.env._("%(name)s is a draft: edit it.")}

    def action_new_version(self):
        """Copy a published version as the draft of the next one, for a later quarter, and open
        it."""
        self.ensure_one()
        self._check_step("new_version")
        later = self.search([("institution_id", "=", self.institution_id.id), ("period_id", "=", self.period_id.id)])
        quarters = self.period_id.child_ids.filtered(
            lambda period: (
                period.kind == "quarter" and period.date_start > max(later.period_from_id.mapped("date_start"))
            )
        )
        if not quarters:
            raise UserError(self.env._("No quarter of %(year)s is left for a new version.", year=self.period_id.code))
        version = self.copy(
            {"period_from_id": quarters.sorted("date_start")[0].id, "prepay_ratio": self._ratio_in(self.period_id)}
        )
        version._write_state({"version": max(later.mapped("version")) + 1, "previous_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": version.id,
            "views": [(False, "form")],
        }
