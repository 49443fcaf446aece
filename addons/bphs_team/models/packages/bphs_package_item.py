from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.promises import RHYTHM, SERVICE_KINDS, WITHIN, Rule


class BphsPackageItem(models.Model):
    """A service that a package promises: how often, when, and which kind of record keeps it."""

    _name = "bphs.package.item"
    _description = "Service of a Package"
    _order = "package_id, sequence, id"

    package_id = fields.Many2one("bphs.package", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Service", required=True, size=60, help="As the agreement prints it.")
    record_kind = fields.Selection(
        SERVICE_KINDS, string="Kept By", required=True, default="management", help="The kind of record that keeps it."
    )
    service_item_id = fields.Many2one(
        "bphs.service.item",
        string="Catalogue Item",
        index="btree_not_null",
        ondelete="restrict",
        help="Named: only a service of this item keeps it. Empty: any service of the kind.",
    )
    due = fields.Selection(
        [(WITHIN, "Within Weeks of Effect"), (RHYTHM, "Every So Many Months")],
        string="Falls Due",
        required=True,
        default=RHYTHM,
    )
    times = fields.Integer(default=1, help="How often. Of a rhythm at most so often, 0 for the whole term.")
    weeks = fields.Integer()
    months = fields.Integer(default=12)
    told = fields.Char(string="When", compute="_compute_told")

    _rule_complete = models.Constraint(
        "CHECK(due = 'within' AND weeks BETWEEN 1 AND 260 AND times BETWEEN 1 AND 60"
        " OR due = 'rhythm' AND months BETWEEN 1 AND 60 AND times BETWEEN 0 AND 60)",
        "Say within how many weeks and how often, or every how many months.",
    )

    @api.depends("due", "times", "weeks", "months")
    def _compute_told(self):
        for item in self:
            if item.due == WITHIN:
                item.told = self.env._(
                    "%(times)s times within %(weeks)s weeks of effect", times=item.times, weeks=item.weeks
                )
            elif item.times:
                item.told = self.env._(
                    "every %(months)s months, %(times)s times at most", months=item.months, times=item.times
                )
            else:
                item.told = self.env._("every %(months)s months", months=item.months)

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        items.package_id._check_lines_open()
        return items

    def write(self, vals):
        self.package_id._check_lines_open()
        result = super().write(vals)
        self.package_id._check_lines_open()
        return result

    # Whatever the context says: as of the package.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_published(self):
        self.package_id._check_lines_open()

    @api.constrains("due", "times", "weeks", "months")
    def _check_rule(self):
        for item in self:
            try:
                item._rule()
            except ValueError as error:
                raise ValidationError(
                    self.env._("Say within how many weeks and how often, or every how many months.")
                ) from error

    def _rule(self):
        return Rule(self.due, self.times, self.weeks, self.months)
