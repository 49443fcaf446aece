from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...tools.terms import TermRule, rule_on


class BphsContractTerm(models.Model):
    """How long contracts are that begin on a day or later: the shortest, the longest, the usual term of a package.

    What was signed keeps its term, so a new rule is a new row from a later day.
    """

    _name = "bphs.contract.term"
    _description = "Term of Contracts"
    _inherit = ["bphs.in.force.mixin"]
    _order = "date_from desc"
    _rec_name = "date_from"

    date_from = fields.Date(string="Contracts in Force From", required=True)
    shortest = fields.Integer(string="Shortest (Months)", required=True, default=12, aggregator=None)
    longest = fields.Integer(string="Longest (Months)", required=True, default=60, aggregator=None)
    usual = fields.Integer(
        string="Usual (Months)", required=True, default=12, aggregator=None, help="What a new package begins with."
    )

    _date_uniq = models.Constraint("UNIQUE(date_from)", "From this day on there is a rule already.")
    _months_range = models.Constraint(
        "CHECK(shortest >= 1 AND shortest <= usual AND usual <= longest AND longest <= 60)",
        "A term is of one month to five years, and the usual one lies between the shortest and the longest.",
    )

    def _check_new(self):
        # The first row may reach back: before it there was none.
        others = self.search_count([("id", "not in", self.ids)], limit=1)
        (self if others else self.sorted("date_from")[1:])._check_future()

    def _in_force_refusal(self):
        return UserError(self.env._("Contracts were signed by this term. Add a row from a later day."))

    @api.model
    def _told(self):
        """:return: list of TermRule"""
        # sudo: settings of the county, whoever asks
        rows = self.sudo().search([])  # pylint: disable=no-search-all
        return [TermRule(row.date_from, row.shortest, row.longest, row.usual) for row in rows]

    @api.model
    def _on(self, day):
        """:return TermRule: for contracts that begin on a day"""
        return rule_on(self._told(), day)

    @api.model
    def _then(self, day):
        """:return SQL: a select of ``shortest`` and ``longest`` for contracts that begin on a day, as `_on` tells"""
        self.flush_model()
        return SQL(
            "SELECT shortest, longest FROM bphs_contract_term ORDER BY date_from > %(day)s,"
            " CASE WHEN date_from > %(day)s THEN date_from END, date_from DESC LIMIT 1",
            day=day,
        )

    @api.model
    def _check_months(self, months, day):
        """:raise ValidationError: no contract that begins on this day is of so many months"""
        rule = self._on(day)
        if not rule.allows(months):
            raise ValidationError(
                self.env._(
                    "A term is of %(shortest)s to %(longest)s months.", shortest=rule.shortest, longest=rule.longest
                )
            )
