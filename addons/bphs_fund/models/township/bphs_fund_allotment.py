from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.models.registers.bphs_institution import TOWNSHIP_KINDS
from odoo.addons.bphs_base.tools.money import ZERO, MoneyError, to_decimal

from ...settling.allotment import AMOUNTS, settle_allotment
from ..scheme.bphs_fund_scheme import TOWNSHIP_METHODS

KINDS = [("township_hospital", "Township Hospitals"), ("community_centre", "Community Health Centres")]
# What finance enters; all else on a document is computed or follows from its approval.
ENTERED = {"institution_id", "period_id", "kind", "pool_added", "line_ids"}


class BphsFundAllotment(models.Model):
    """A county's settlement of its township institutions for a quarter or a year (settlement rules, section 4).

    The scheme names the method of each kind of institution. By points a pool is shared: the pool of the period and
    what earlier settlements of the year's chain left in it. What the caps on the bonus leave stays in the pool and is
    taken up by the next settlement: it stands in the ledger as a carry of the bureau until then.

    ``pool_amount`` = ``pool_added`` + ``carried_in`` = sum of the lines + ``carried``, to the fen.
    """

    _name = "bphs.fund.allotment"
    _description = "Settlement of Township Institutions"
    _inherit = [
        "bphs.asked.mixin",
        "bphs.print.mixin",
        "bphs.approval.mixin",
        "bphs.money.mixin",
        "bphs.fund.terms.mixin",
    ]
    _order = "period_id, id desc"

    period_id = fields.Many2one(
        "bphs.period",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("kind", "in", ("quarter", "year"))],
        help="A quarter, or a budget year that is not settled by quarters.",
    )
    kind = fields.Selection(KINDS, string="For", required=True, default="township_hospital")
    method = fields.Selection(TOWNSHIP_METHODS, compute="_compute_terms", store=True, precompute=True)
    pool_added = fields.Monetary(
        string="Pool of the Period", help="Yuan to be shared among these institutions, without what was left before."
    )
    carried_in = fields.Monetary(string="Left from Before", readonly=True, copy=False)
    pool_amount = fields.Monetary(string="Pool to Share", compute="_compute_pool_amount", store=True)
    carried = fields.Monetary(
        string="Stays in the Pool", readonly=True, copy=False, help="Taken up by the next settlement."
    )
    carry_from_ids = fields.One2many("bphs.fund.allotment", "carry_to_id", string="Left by", readonly=True)
    carry_to_id = fields.Many2one(
        "bphs.fund.allotment",
        string="Remainder Taken Up by",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="set null",
    )
    line_ids = fields.One2many("bphs.fund.allotment.line", "allotment_id", string="Township Institutions")
    line_count = fields.Integer(string="Number of Institutions", compute="_compute_totals")
    total_bonus = fields.Monetary(string="Bonus", compute="_compute_totals")
    total_amount = fields.Monetary(string="Settled", compute="_compute_totals")
    computed_on = fields.Datetime(string="Last Computed", readonly=True, copy=False)
    reversal_of_id = fields.Many2one(
        "bphs.fund.allotment",
        string="Takes Back",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    reason = fields.Char(string="Reason of Reversal", readonly=True, copy=False)
    posted = fields.Boolean(readonly=True, copy=False, help="Finally approved and entered in the ledger.")
    reversed = fields.Boolean(readonly=True, copy=False, help="A later settlement took this one back.")

    _reversal_uniq = models.UniqueIndex(
        "(reversal_of_id) WHERE reversal_of_id IS NOT NULL", "This settlement is being taken back already."
    )
    _pool_sign = models.Constraint("CHECK(reversal_of_id IS NOT NULL OR pool_added >= 0)", "A pool is not below zero.")

    # === COMPUTE METHODS === #

    @api.depends("institution_id", "period_id", "kind", "reversal_of_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for allotment in self:
            name = f"{allotment.period_id.display_name or ''} {kinds.get(allotment.kind, '')}".strip()
            if allotment.reversal_of_id:
                name = self.env._("%(settlement)s, taken back", settlement=name)
            allotment.display_name = name

    @api.depends("institution_id", "period_id", "kind")
    def _compute_terms(self):
        super()._compute_terms()
        for allotment in self:
            scheme = allotment.scheme_id
            allotment.method = scheme._township_method(allotment.kind) if scheme else False

    @api.depends("pool_added", "carried_in")
    def _compute_pool_amount(self):
        for allotment in self:
            allotment.pool_amount = to_decimal(allotment.pool_added) + to_decimal(allotment.carried_in)

    @api.depends("line_ids.amount", "line_ids.bonus")
    def _compute_totals(self):
        sums = {
            allotment.id: sums
            for allotment, *sums in self.env["bphs.fund.allotment.line"]._read_group(
                [("allotment_id", "in", self.ids)], ["allotment_id"], ["__count", "bonus:sum", "amount:sum"]
            )
        }
        for allotment in self:
            allotment.line_count, allotment.total_bonus, allotment.total_amount = sums.get(allotment.id, (0, 0, 0))

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [{name: vals[name] for name in ENTERED if name in vals} for vals in vals_list]
        allotments = super().create(vals_list)
        for allotment in allotments.filtered(lambda allotment: not allotment.reversal_of_id):
            allotment._check_terms()
            if not allotment.line_ids:
                allotment._add_institutions()
        return allotments

    def write(self, vals):
        if not self.env.su:
            if set(vals) - {"pool_added", "line_ids"}:
                raise UserError(self.env._("A settlement keeps its period and institutions; make another one instead."))
            self._check_not_reversal()
        result = super().write(vals)
        if "pool_added" in vals:
            self._inputs_changed()
        return result

    # === ACTIONS === #

    def action_compute(self):
        """Settle the lines from points or persons, scores and pool; running it twice changes nothing.

        :raise UserError: under approval, or what is missing, institution by institution
        """
        for allotment in self:
            allotment.check_access("write")
            allotment._approval_check_unlocked()
            allotment._check_not_reversal()
            allotment._lock_rows(self.env._("%(name)s is being computed by someone else.", name=allotment.display_name))
            allotment._approval_record_contributors()
            # sudo: what is computed is no one's to write; the right to write the draft was checked
            allotment.sudo()._compute_lines()

    def action_points_from_work(self):
        """Fill in the points: the institution's own verified work × its standard equivalents of the period's end.

        Institutions without a verified statement keep what was entered.
        """
        for allotment in self:
            allotment.check_access("write")
            allotment._approval_check_unlocked()
            allotment._check_not_reversal()
            points = allotment._points_from_work()
            for line in allotment.line_ids:
                if points.get(line.institution_id):
                    line.points = points[line.institution_id]

    def action_open_entries(self):
        """:return dict: the ledger entries of this settlement, with those of its lines"""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_fund.bphs_fund_entry_action")
        domain = [
            "|",
            "&",
            ("origin_model", "=", self._name),
            ("origin_id", "=", self.id),
            "&",
            ("origin_model", "=", self.line_ids._name),
            ("origin_id", "in", self.line_ids.ids),
        ]
        return {**action, "domain": domain, "context": {}}

    # === BUSINESS METHODS === #

    def _kinds(self):
        """The kinds of institutions settled together: where centres have no method of their own, both."""
        self.ensure_one()
        return (self.kind,) if self.scheme_id.centre_method else TOWNSHIP_KINDS

    def _check_terms(self):
        for allotment in self:
            if allotment.period_id.kind not in ("quarter", "year"):
                raise UserError(
                    self.env._(
                        "%(period)s is neither a quarter nor a budget year.", period=allotment.period_id.display_name
                    )
                )
            if not allotment.budget_id or not allotment.scheme_id:
                raise UserError(
                    self.env._(
                        "%(period)s needs a budget of its year and a published settlement scheme first.",
                        period=allotment.period_id.display_name,
                    )
                )
            if allotment.kind == "community_centre" and not allotment.scheme_id.centre_method:
                raise UserError(
                    self.env._(
                        "%(scheme)s settles community health centres together with the township hospitals.",
                        scheme=allotment.scheme_id.display_name,
                    )
                )

    def _add_institutions(self):
        """A line for each active institution of the bureau that is not settled for the period yet."""
        institutions = self.env["bphs.institution"].search(
            [("id", "child_of", self.institution_id.id), ("kind", "in", self._kinds())]
        )
        lines = self.env["bphs.fund.allotment.line"]
        settled = lines.search(
            [("period_id", "=", self.period_id.id), ("reversal_of_id", "=", False), ("reversed", "=", False)]
        ).institution_id
        lines.create([{"allotment_id": self.id, "institution_id": unit.id} for unit in institutions - settled])

    def _inputs_changed(self):
        """What was computed no longer holds: amounts go, so that none stands beside points it did not come from."""
        # sudo: part of editing a draft, for which the rights were checked
        drafts = self.sudo().filtered(lambda allotment: allotment.computed_on and not allotment.reversal_of_id)
        drafts.line_ids.write(
            dict.fromkeys(("score", "coefficient", "corrected", *AMOUNTS), 0) | {"explanation": False}
        )
        drafts.write({"computed_on": False, "carried": 0.0})

    def _check_not_reversal(self):
        if any(self.sudo().mapped("reversal_of_id")):  # sudo: the rule holds whoever may see the original
            raise UserError(self.env._("A taking back is the opposite of what it takes back, and is not edited."))

    def _compute_lines(self):
        self.ensure_one()
        self._take_up_remainders()
        values, carried = self._settled()
        for line in self.line_ids:
            line.write(values[line.id])
        self.write({"carried": carried, "computed_on": fields.Datetime.now()})

    def _take_up_remainders(self):
        """Take what approved settlements of these institutions left in the pool and no other took up."""
        if self.method == "capitation":
            remainders = self.browse()
        else:
            remainders = self.search(
                [
                    ("institution_id", "=", self.institution_id.id),
                    ("kind", "=", self.kind),
                    ("posted", "=", True),
                    ("reversed", "=", False),
                    ("reversal_of_id", "=", False),
                    ("carried", ">", 0),
                    ("carry_to_id", "in", (False, self.id)),
                    ("period_id.date_end", "<=", self.period_id.date_end),
                ]
            )
        # Two settlements that take the same remainder at once: the second one starts again and finds it taken.
        remainders._approval_write({"carry_to_id": self.id})
        carried_in = sum((to_decimal(remainder.carried) for remainder in remainders), ZERO)
        if to_decimal(self.carried_in) != carried_in:
            self.carried_in = carried_in

    def _settled(self):
        """({line id: values}, carried) from what stands now.

        :raise UserError: naming all that is missing
        """
        self._check_complete()
        try:
            return settle_allotment(self)
        except MoneyError as error:
            raise UserError(str(error)) from error

    def _check_complete(self):
        self._check_terms()
        quantity = "persons" if self.method == "capitation" else "points"
        missing = []
        for line in self.line_ids:
            name = line.institution_id.name
            if not line.score_id:
                missing.append(
                    self.env._(
                        "%(unit)s: no score for %(period)s; neither zero nor full marks is assumed.",
                        unit=name,
                        period=self.period_id.display_name,
                    )
                )
            if not line[quantity]:
                missing.append(
                    self.env._("%(unit)s: no persons served are entered.", unit=name)
                    if quantity == "persons"
                    else self.env._("%(unit)s: no points are entered.", unit=name)
                )
            if line.institution_id.kind not in self._kinds():
                missing.append(self.env._("%(unit)s is of another kind.", unit=name))
        if not self.line_ids:
            missing.append(self.env._("No institution is listed."))
        if self.method != "capitation" and to_decimal(self.pool_amount) <= 0:
            missing.append(self.env._("Enter the pool to share."))
        if missing:
            raise UserError("\n".join(missing))

    def _points_from_work(self):
        """{institution: points with four decimals} of verified work, of the period or of all quarters of the year."""
        periods = self.period_id if self.period_id.kind == "quarter" else self.period_id.child_ids
        points = {}
        for period in periods:
            counts = self.env["bphs.workload"]._verified_counts(period, self.line_ids.institution_id)
            items = self.env["bphs.service.item"].browse({row[0] for rows in counts.values() for row in rows})
            values = {item: to_decimal(value) for item, value in items._equivalents_on(period.date_end).items()}
            for (unit, __), rows in counts.items():
                institution = self.env["bphs.institution"].browse(unit)
                points[institution] = points.get(institution, ZERO) + sum(
                    (values.get(item, ZERO) * (reported - invalid - false) for item, reported, invalid, false in rows),
                    ZERO,
                )
        return points
