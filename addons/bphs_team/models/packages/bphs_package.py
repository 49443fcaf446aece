from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_base.tools.steps import Step
from odoo.addons.bphs_resident.models.register.bphs_resident_group import KINDS as GROUPS

SECTION = ("primary_care_officer", "administrator")
STATES = [("draft", "Draft"), ("published", "Published"), ("withdrawn", "Withdrawn")]
STEPS = {
    "publish": Step(("draft",), "published", roles=SECTION),
    # Nobody signs it any more; who has signed it keeps what was promised.
    "withdraw": Step(("published",), "withdrawn", roles=SECTION),
}
TYPED = (
    "name", "code", "kind", "date_from", "months", "note", "item_ids", "group_ids", "fee_insurance", "fee_public",
    "fee_person",
)  # fmt: skip


class BphsPackage(models.Model):
    """Service package (服务包): what is promised to whoever signs it. One row is one version.

    A published version stays as it is, so whoever signed it can be told years later what was promised. Another one of
    the same code holds from its own day on; the one before it is signed no longer from then.
    """

    _name = "bphs.package"
    _description = "Service Package"
    _inherit = ["bphs.steps.mixin", "bphs.money.mixin"]
    _order = "kind, code, date_from desc, id"
    _rec_names_search = ["name", "code"]
    _steps = STEPS
    _writable = {"draft": {ANYBODY: TYPED}}

    name = fields.Char(string="Name of the Package", required=True, size=60)
    code = fields.Char(required=True, size=20, index=True)
    kind = fields.Selection([("basic", "Basic"), ("personal", "Personalised")], required=True, default="basic")
    date_from = fields.Date(string="Signed From", required=True, default=lambda self: self._county_today())
    months = fields.Integer(
        string="Usual Term (Months)",
        required=True,
        default=lambda self: self.env["bphs.contract.term"]._on(self._county_today()).usual,
        help="Within the terms of the county; a contract may say otherwise.",
    )
    group_ids = fields.One2many(
        "bphs.package.group", "package_id", string="For Whom", copy=True, help="Key groups; empty is for everyone."
    )
    item_ids = fields.One2many("bphs.package.item", "package_id", string="Services", copy=True)
    fee_insurance = fields.Monetary(string="Paid by Insurance")
    fee_public = fields.Monetary(string="Paid by Public Health")
    fee_person = fields.Monetary(string="Paid by the Person")
    fee = fields.Monetary(string="Fee a Year", compute="_compute_fee")
    note = fields.Text()
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False, index=True)

    _version_uniq = models.UniqueIndex(
        "(code, date_from) WHERE state <> 'withdrawn'", "This package has a version from this day already."
    )
    _months_range = models.Constraint("CHECK(months BETWEEN 1 AND 60)", "A term is of at most five years.")
    _fees_range = models.Constraint(
        "CHECK(fee_insurance >= 0 AND fee_public >= 0 AND fee_person >= 0)", "No part of a fee is below zero."
    )

    # === COMPUTE METHODS === #

    @api.depends("fee_insurance", "fee_public", "fee_person")
    def _compute_fee(self):
        for package in self:
            package.fee = package.fee_insurance + package.fee_public + package.fee_person

    @api.depends("name", "date_from")
    def _compute_display_name(self):
        for package in self:
            package.display_name = f"{package.name or ''} ({package.date_from or ''})"

    # === CRUD METHODS === #

    # Whatever the context says: what was published may have been signed.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_published(self):
        self._check_in_state(("draft",))

    def _step_words(self):
        fixed = self.env._("%(name)s is published and stays as it is. Make a new version instead.")
        return super()._step_words() | {
            "role": self.env._("The primary-care section publishes and withdraws packages."),
            "closed": fixed,
            "state": fixed,
        }

    # === ACTIONS === #

    def action_publish(self):
        """Let it be signed from its day on; it stays as it is from now.

        :raise UserError: it promises nothing
        """
        self._check_step("publish")
        for package in self:
            if not package.item_ids:
                raise UserError(self.env._("%(name)s promises nothing: enter its services.", name=package.display_name))
        self._take_step("publish")

    def action_withdraw(self):
        """Have nobody sign it any more."""
        self._check_step("withdraw")
        self._take_step("withdraw")

    def action_new_version(self):
        """Copy it as a draft that holds from tomorrow on.

        :return: the action that shows the draft
        """
        self.ensure_one()
        self.check_access("create")
        tomorrow = fields.Date.add(self._county_today(), days=1)
        version = self.copy({"date_from": max(tomorrow, fields.Date.add(self.date_from, days=1))})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": version.id,
            "views": [(False, "form")],
        }

    # === BUSINESS METHODS === #

    @api.model
    def _signed_on(self, day):
        """The versions that are signed on a day: of each code the last one published that holds by then."""
        self.flush_model(["state", "code", "date_from"])
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT ON (code) id FROM bphs_package WHERE state = 'published' AND date_from <= %s"
                " ORDER BY code, date_from DESC",
                day,
            )
        )
        return self.browse([package_id for (package_id,) in rows])

    def _check_signed_on(self, day):
        """:raise UserError: one of them is not signed on this day"""
        for package in self - self._signed_on(day):
            raise UserError(
                self.env._(
                    "%(name)s is not signed on %(day)s: a draft, withdrawn, or another version holds then.",
                    name=package.display_name,
                    day=day,
                )
            )

    def _check_lines_open(self):
        """:raise ValidationError: one of these packages is published: its lines stay as they are"""
        for package in self:
            if package.state != "draft":
                raise ValidationError(
                    self.env._(
                        "%(name)s is published and stays as it is. Make a new version instead.",
                        name=package.display_name,
                    )
                )


class BphsPackageGroup(models.Model):
    """A key group that a package is for."""

    _name = "bphs.package.group"
    _description = "Key Group of a Package"
    _rec_name = "kind"
    _order = "package_id, id"

    package_id = fields.Many2one("bphs.package", required=True, index=True, ondelete="cascade")
    kind = fields.Selection(GROUPS, required=True)

    _kind_uniq = models.Constraint("UNIQUE(package_id, kind)", "This group stands there already.")

    @api.model_create_multi
    def create(self, vals_list):
        groups = super().create(vals_list)
        groups._check_draft()
        return groups

    def write(self, vals):
        self._check_draft()
        result = super().write(vals)
        self._check_draft()
        return result

    # Whatever the context says: as of the package.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_published(self):
        self._check_draft()

    def _check_draft(self):
        self.package_id._check_lines_open()
