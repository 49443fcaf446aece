from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.rate import Population, Rate
from ...tools.steps import Step
from ..mixins.bphs_steps_mixin import ANYBODY

BASES = [
    ("permanent", "Permanent Residents"),
    ("funding", "Population of the Funds"),
    ("file", "Residents with a File"),
    ("signing", "Population for Signing"),
    ("key_group", "Key Group"),
    ("live_birth", "Live Births"),
    ("other", "Other"),
]
STATES = [("draft", "To Approve"), ("approved", "Approved"), ("superseded", "Superseded")]
STEPS = {
    # Whoever entered or last changed the figure does not approve it.
    "approve": Step(
        ("draft",),
        "approved",
        roles=("primary_care_officer", "administrator"),
        apart_from=("entered_by_id", "create_uid"),
        access="read",
    ),
    # A better one of the same day was approved.
    "supersede": Step(("approved",), "superseded", by_system=True),
}


class BphsPopulation(models.Model):
    """A population figure that rates are reckoned over (分母): which one, where, how many, who says so, as of when.

    One notice mixes three of them (316,289 for the funds, 310,869 files, about 271,000 for signing), so a rate names
    the figure it uses. A figure counts once a second person has approved it, and stays as it is from then on: a better
    one of the same day supersedes it.
    """

    _name = "bphs.population"
    _description = "Population Figure"
    _inherit = ["bphs.steps.mixin"]
    _order = "date desc, division_id, basis, id desc"
    _rec_names_search = ["name", "source"]
    _steps = STEPS
    _step_sets = ("entered_by_id", "approved_by_id", "approved_on")
    _writable = {"draft": {ANYBODY: ("name", "basis", "division_id", "number", "source", "document_id", "date")}}

    name = fields.Char(string="Population", required=True, help="Which population it is, as a report prints it.")
    basis = fields.Selection(BASES, required=True, index=True)
    division_id = fields.Many2one("bphs.division", required=True, index=True, ondelete="restrict")
    number = fields.Integer(string="Persons", required=True, aggregator=None)
    source = fields.Char(required=True, help="Who says so: census, statistics office, register, notice.")
    document_id = fields.Many2one("bphs.document", ondelete="restrict", index="btree_not_null")
    date = fields.Date(string="As Of", required=True, default=lambda self: self._county_today())
    state = fields.Selection(STATES, default="draft", required=True, readonly=True, copy=False, index=True)
    entered_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict", index=True)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    approved_on = fields.Datetime(readonly=True, copy=False)

    _number_range = models.Constraint(
        "CHECK(number >= 0 AND number <= 2000000000)", "A population lies between 0 and 2,000,000,000."
    )
    _approved_uniq = models.UniqueIndex(
        "(basis, name, division_id, date) WHERE state = 'approved'",
        "There is an approved figure of this population for this division and day already.",
    )

    # === COMPUTE METHODS === #

    @api.depends("name", "division_id", "date", "number")
    def _compute_display_name(self):
        for population in self:
            population.display_name = (
                f"{population.division_id.name or ''} {population.name or ''} {population.number:,}"
                f" ({population.date or ''})"
            ).strip()

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        populations = super().create(vals_list)
        # sudo: what steps set is nobody's to write
        populations.sudo()._write_state({"entered_by_id": self.env.uid})
        return populations

    def write(self, vals):
        result = super().write(vals)
        if vals:
            # Whoever changed the figure last has entered it: approving it is for another.
            # sudo: as above
            self.sudo()._write_state({"entered_by_id": self.env.uid})
        return result

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_approved(self):
        self._check_in_state(("draft",))

    # === ACTIONS === #

    def action_approve(self):
        """Approve figures that someone else has entered; an approved one of the same day is superseded.

        :raise AccessError: without the role, or for a figure one has entered oneself
        :raise UserError: it is not waiting for approval
        """
        self._check_step("approve")
        for population in self:
            population._same_day().filtered(lambda other: other.state == "approved")._take_step("supersede")
            population._take_step("approve", {"approved_by_id": self.env.uid, "approved_on": fields.Datetime.now()})
            # The unique index is to see the old one gone before the next is approved.
            population.flush_model(["state"])

    # === BUSINESS METHODS === #

    @api.model
    def _for(self, basis, division, day, name=None):
        """The approved figure that holds on a day.

        :param str basis: one of BASES
        :param division: `bphs.division`
        :param date day: the latest figure as of this day or before
        :param str name: which one, where a basis has several (key groups)
        :return: one record, or none
        """
        return self._for_each(basis, division, day, name).get(division.id, self.browse())

    @api.model
    def _for_each(self, basis, divisions, day, name=None):
        """The same for several divisions, in one query.

        :return: dict of division id -> one record, of those that have a figure
        """
        domain = Domain(
            [
                ("basis", "=", basis),
                ("division_id", "in", divisions.ids),
                ("date", "<=", day),
                ("state", "=", "approved"),
            ]
        )
        if name:
            domain &= Domain("name", "=", name)
        return {figure.division_id.id: figure for figure in self.search(domain, order="date, id")}

    def _rate(self, numerator):
        """The rate of a count over this figure; over no figure there is none.

        :param int numerator: persons
        :rtype: odoo.addons.bphs_base.tools.rate.Rate
        :raise UserError: the figure is not approved
        """
        if not self:
            return Rate(numerator, None)
        self.ensure_one()
        if self.state == "draft":
            raise UserError(self.env._("%(name)s is not approved yet.", name=self.display_name))
        return Rate(numerator, self._as_population())

    def _as_population(self):
        """:rtype: odoo.addons.bphs_base.tools.rate.Population"""
        self.ensure_one()
        return Population(self.number, self.name, self.source, self.date)

    def _same_day(self):
        return self.search(
            [
                ("basis", "=", self.basis),
                ("name", "=", self.name),
                ("division_id", "=", self.division_id.id),
                ("date", "=", self.date),
                ("id", "!=", self.id),
            ]
        )

    def _step_words(self):
        fixed = self.env._("%(name)s is approved and stays as it is. Enter a new figure instead.")
        return super()._step_words() | {
            "role": self.env._("The primary-care section or the administrator approves population figures."),
            "state": fixed,
            "closed": fixed,
            "apart": self.env._("%(name)s: you have entered this figure, a second person approves it."),
        }
