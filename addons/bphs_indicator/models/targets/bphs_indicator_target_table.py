from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.bphs_base.tools.money import ZERO, to_decimal

LEVELS = [("province", "Province"), ("prefecture", "Prefecture"), ("county", "County")]


class BphsIndicatorTargetTable(models.Model):
    """The target table of a region for a year (区域绩效目标表), as a notice prints it, with what its source lacks."""

    _name = "bphs.indicator.target.table"
    _description = "Target Table of a Region"
    _inherit = ["bphs.print.mixin"]
    _order = "year desc, sequence, id"
    _rec_names_search = ["region"]

    year = fields.Integer(required=True, aggregator=None)
    region = fields.Char(required=True)
    level = fields.Selection(LEVELS, required=True, default="county")
    sequence = fields.Integer(default=100)
    source = fields.Char(required=True, help="The notice and its annex.")
    goal = fields.Text(string="Goal of the Year", help="The year's aims in words, as the table begins with.")
    above_id = fields.Many2one(
        "bphs.indicator.target.table", string="Inherits From", index="btree_not_null", ondelete="restrict"
    )
    below_ids = fields.One2many("bphs.indicator.target.table", "above_id", string="Regions Below")
    has_below = fields.Boolean(compute="_compute_has_below")
    line_ids = fields.One2many("bphs.indicator.target", "table_id", string="Targets")
    missing_count = fields.Integer(string="Not Stated", compute="_compute_counts")
    sum_words = fields.Text(string="Sums Against the Regions Below", compute="_compute_sum_words")

    _region_year_uniq = models.Constraint("UNIQUE(region, year, source)", "This table is there already.")

    @api.depends("region", "year")
    def _compute_display_name(self):
        for table in self:
            table.display_name = f"{table.region or ''} {table.year or ''}".strip()

    @api.depends("below_ids")
    def _compute_has_below(self):
        for table in self:
            table.has_below = bool(table.below_ids)

    @api.depends("line_ids.stated", "line_ids.decision")
    def _compute_counts(self):
        for table in self:
            table.missing_count = len(table.line_ids.filtered(lambda line: not line.stated and not line.decision))

    @api.depends("line_ids.value", "below_ids.line_ids.value")
    def _compute_sum_words(self):
        for table in self:
            table.sum_words = "\n".join(table._sums())

    def _sums(self):
        """What the counts of the regions below add up to, beside the one printed here."""
        words = []
        for line in self.line_ids.filtered(lambda line: line.shape == "count"):
            below = self.below_ids.line_ids.filtered(lambda other, line=line: other.name == line.name)
            if not below:
                continue
            total = sum((to_decimal(other.value) for other in below), ZERO)
            printed = to_decimal(line.value)
            words.append(
                self.env._(
                    "%(name)s: the %(count)s regions below sum to %(total)s, here stands %(printed)s (difference"
                    " %(difference)s %(unit)s)",
                    name=line.name,
                    count=len(below),
                    total=f"{total:.2f}",
                    printed=f"{printed.normalize():f}",
                    difference=f"{total - printed:+.2f}",
                    unit=line.unit_words,
                )
            )
        return words

    def _with_below(self):
        """:return: this table and those of the regions below, as an annex prints them one after the other"""
        return self | self.below_ids.sorted(lambda table: (table.sequence, table.id))

    # === ACTIONS === #

    def action_take_over(self):
        """Draft, from what holds of this table, the county's own targets: its bureau issues them to itself.

        :return dict: the draft
        :raise UserError: the user is of no bureau, or nothing holds of which there is an indicator
        """
        self.ensure_one()
        self.check_access("read")
        issues = self.env["bphs.indicator.issue"]
        issues.check_access("create")
        if not self.env.user._holds_role(("primary_care_officer",)):
            raise AccessError(self.env._("The county's targets are taken over by the section for primary care."))
        bureau = self.env.user.bphs_institution_ids.filtered(lambda one: one.kind == "health_bureau")[:1]
        if not bureau:
            raise UserError(self.env._("You work at no bureau: the county's targets are taken over there."))
        indicators = {one.code: one for one in self.env["bphs.indicator"]._in_force()}
        tasks = [
            line._task_values(indicators[line.code], bureau)
            for line in self.line_ids
            if line.code in indicators and line._held()
        ]
        if not tasks:
            raise UserError(self.env._("%(table)s: no target in it is one of an indicator.", table=self.display_name))
        issue = issues.create(
            {
                "name": self.env._("Targets of %(year)s after %(region)s", year=self.year, region=self.region),
                "institution_id": bureau.id,
                "year": self.year,
                "task_ids": [Command.create(values) for values in tasks],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "bphs.indicator.issue",
            "res_id": issue.id,
            "views": [(False, "form")],
        }
