import csv

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import file_open

from odoo.addons.bphs_resident.models.register.bphs_resident_group import KINDS

from ...tools.earning import counting
from ..visits.bphs_visit_form import MEASURED

CONTACTS = [
    (counting.ANY, "Any Way"),
    (counting.FACE, "Face to Face"),
    (counting.HOME, "At Home"),
    (counting.ELSEWHERE, "Elsewhere than at Home"),
]
SPANS = [
    (counting.DAY, "Day"),
    (counting.MONTH, "Month"),
    (counting.QUARTER, "Quarter"),
    (counting.YEAR, "Year"),
]


class BphsEarningRule(models.Model):
    """For which service item the records of a form count, and what they must be (计入规则).

    Dated: what was counted under a rule stays counted so. A form has one rule of each item at a time.
    """

    _name = "bphs.earning.rule"
    _description = "Counting Rule"
    _inherit = ["bphs.in.force.mixin"]
    _order = "form_code, item_id, date_from desc, id"
    _rec_name = "item_id"
    _in_force_writable = ("date_to",)
    _begins_earlier = True

    form_code = fields.Char(string="Form (code)", required=True)
    form_name = fields.Char(string="Form", compute="_compute_form_name")
    item_id = fields.Many2one("bphs.service.item", string="Counts For", required=True, index=True, ondelete="restrict")
    contact = fields.Selection(CONTACTS, string="Way of Contact", required=True, default=counting.ANY)
    group_kind = fields.Selection(KINDS, string="Key Group", help="In which the person must stand on the day.")
    needs = fields.Selection(
        selection="_selection_needs", string="Measured", help="What must have been measured for it to count."
    )
    once = fields.Selection(SPANS, string="Once a", required=True, default=counting.DAY)
    rechecks = fields.Boolean(
        string="Rechecks Besides", help="What closed a recheck or a referral counts beyond the one of the span."
    )
    date_from = fields.Date(string="In Force From", required=True, default=lambda self: self._county_today())
    date_to = fields.Date(string="Until")

    _dates_check = models.Constraint("CHECK(date_to >= date_from)", "A rule cannot end before it began.")

    @api.model
    def _selection_needs(self):
        fields_ = self.env["bphs.visit"]._fields
        return [(name, fields_[name]._description_string(self.env)) for name in MEASURED]

    # === COMPUTE METHODS === #

    @api.depends("form_code")
    def _compute_form_name(self):
        named = Domain("code", "in", self.mapped("form_code"))
        # sudo: forms are the whole county's
        forms = self.env["bphs.form.template"].sudo().search(named, order="version")
        name = {form.code: form.name for form in forms}  # as the last version calls it
        for rule in self:
            rule.form_name = name.get(rule.form_code)

    # === CONSTRAINTS === #

    @api.constrains("form_code")
    def _check_form_code(self):
        known = set(self.env["bphs.form.template"].search([("code", "in", self.mapped("form_code"))]).mapped("code"))
        for rule in self:
            if rule.form_code not in known:
                raise ValidationError(self.env._("%(code)s is the code of no form.", code=rule.form_code))

    @api.constrains("form_code", "item_id", "date_from", "date_to")
    def _check_one_at_a_time(self):
        for rule in self:
            last = Domain("date_from", "<=", rule.date_to) if rule.date_to else Domain.TRUE
            same = Domain("form_code", "=", rule.form_code) & Domain("item_id", "=", rule.item_id.id)
            running = Domain("date_to", "=", False) | Domain("date_to", ">=", rule.date_from)
            if self.search_count(same & last & running & Domain("id", "!=", rule.id), limit=1):
                raise ValidationError(
                    self.env._(
                        "%(form)s counts for %(item)s by another rule on these days already.",
                        form=rule.form_code,
                        item=rule.item_id.name,
                    )
                )

    # === HELPERS === #

    def _in_force_refusal(self):
        return ValidationError(
            self.env._(
                "%(item)s: a rule in force is not changed. End it, and add one from a later day.",
                item=self.item_id.name,
            )
        )

    @api.model
    def _cores(self, first, last):
        """:return: list of the rules in force between two days, as `tools/earning` reads them"""
        running = Domain("date_to", "=", False) | Domain("date_to", ">=", first)
        # sudo: they tell of no person and hold for the whole county
        rules = self.sudo().search(running & Domain("date_from", "<=", last), order="id")
        # sudo: as above
        forms = self.env["bphs.form.template"].sudo().search([("code", "in", rules.mapped("form_code"))])
        mains = {(form.code, form.item_id.id) for form in forms}
        return [rule._core(mains) for rule in rules]

    def _core(self, mains):
        self.ensure_one()
        main = bool({(self.form_code, self.item_id.id), (self.form_code, False)} & mains)
        ends = {"until": self.date_to} if self.date_to else {}
        return counting.Rule(
            self.form_code,
            self.item_id.id,
            self.contact,
            self.group_kind or "",
            self.needs or "",
            self.once,
            self.rechecks,
            self.date_from,
            main=main,
            **ends,
        )

    @api.model
    def _load_shipped(self, module="bphs_service"):
        """Make the rules that a module ships, from its `data/earning/rules.csv`, but for those that stand."""
        items = {item.code: item.id for item in self.env["bphs.service.item"].search([("code", "!=", False)])}
        standing = {(rule.form_code, rule.item_id.id) for rule in self.search([("form_code", "!=", False)])}
        with file_open(f"{module}/data/earning/rules.csv") as file:
            rows = [{key: value or False for key, value in row.items()} for row in csv.DictReader(file)]
        for row in rows:
            item = items.get(row.pop("item"))
            if item and (row["form_code"], item) not in standing:
                self.create({**row, "item_id": item, "rechecks": bool(row["rechecks"])})
