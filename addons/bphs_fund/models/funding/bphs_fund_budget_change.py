from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.tools.money import percent_text, to_decimal

from .bphs_fund_source import LEVELS

TERMS = ("standard", "population", "population_basis")
SHARES = {level: f"share_{level}" for level, __ in LEVELS}


class BphsFundBudgetChange(models.Model):
    """New terms of a budget by which money was moved already (预算调整): one officer enters them, another confirms.

    Until the first entry of the ledger a budget is its officer's draft. From then on what is due, and so what still has
    to come, is nobody's alone to say.
    """

    _name = "bphs.fund.budget.change"
    _description = "Change of a Budget"
    _inherit = ["bphs.scope.mixin", "bphs.fund.countersign.mixin", "bphs.money.mixin", "bphs.waiting.mixin"]
    _order = "id desc"
    _rec_name = "budget_id"
    _waiting_fields = ("state", "proposed_by_id")

    _server_fields = {"state": "draft", "confirmed_by_id": False, "confirmed_at": False, "before": False}
    _countersigned_fields = ("budget_id", "document_id", *TERMS, *SHARES.values())

    budget_id = fields.Many2one("bphs.fund.budget", required=True, index=True, ondelete="restrict")
    institution_id = fields.Many2one(
        related="budget_id.institution_id", store=True, precompute=True, required=False, string="Bureau"
    )
    document_id = fields.Many2one("bphs.document", required=True, index=True, ondelete="restrict")
    standard = fields.Monetary(string="Standard per Person", required=True, help="Yuan per person and year.")
    population = fields.Integer(required=True, aggregator=None)
    population_basis = fields.Char(required=True)
    share_central = fields.Float(string="Share of the Central Government", digits=(5, 4), aggregator=None)
    share_province = fields.Float(string="Share of the Province", digits=(5, 4), aggregator=None)
    share_city = fields.Float(string="Share of the City", digits=(5, 4), aggregator=None)
    share_county = fields.Float(string="Share of the County", digits=(5, 4), aggregator=None)
    present = fields.Text(
        string="What Stands Now", compute="_compute_present", help="To be compared before confirming."
    )
    before = fields.Text(string="What Stood Before", readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("confirmed", "Confirmed")], required=True, readonly=True, copy=False, default="draft"
    )
    proposed_by_id = fields.Many2one(required=True)
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    confirmed_at = fields.Datetime(readonly=True, copy=False)

    _draft_uniq = models.UniqueIndex(
        "(budget_id) WHERE state = 'draft'", "A change of this budget waits for a second person already."
    )
    _terms_sign = models.Constraint(
        "CHECK(standard > 0 AND population > 0 AND share_central >= 0 AND share_province >= 0 AND share_city >= 0"
        " AND share_county >= 0)",
        "Standard and population must be above zero, shares not below.",
    )
    _two_persons = models.Constraint(
        "CHECK((state = 'confirmed') = (confirmed_by_id IS NOT NULL)"
        " AND (confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id))",
        "Who entered a change of a budget cannot confirm it: a second person is needed.",
    )

    @api.depends("budget_id")
    def _compute_present(self):
        for change in self:
            change.present = change._words(change.budget_id._terms()) if change.budget_id else False

    @api.onchange("budget_id")
    def _onchange_budget_id(self):
        """Begin with the terms as they stand: one of them is what changes."""
        if self.budget_id:
            self.update(self.budget_id._terms())

    @api.constrains(*SHARES.values())
    def _check_shares(self):
        for change in self:
            total = sum(to_decimal(change[name]) for name in SHARES.values())
            if total != 1:
                raise UserError(
                    self.env._(
                        "The shares of the sources of %(budget)s must sum to 100%%; they sum to %(total)s.",
                        budget=change.budget_id.display_name,
                        total=percent_text(total),
                    )
                )

    def action_confirm(self, seen=None):
        """Confirm changes: the budgets have these terms from now on.

        :param dict seen: {id: `content_hash` of what was compared with the document}
        :raise UserError: confirmed already, entered by the same person, changed since it was looked at, or nothing in
            it differs from the budget
        """
        self._check_countersign(seen)
        for change in self:
            before = change.budget_id._terms()
            if before == change._terms():
                raise UserError(self.env._("%(budget)s has these terms already.", budget=change.display_name))
            change._take_step(
                "confirm",
                {
                    "confirmed_by_id": self.env.uid,
                    "confirmed_at": fields.Datetime.now(),
                    "before": change._words(before),
                },
            )
            change._apply()

    def _terms(self):
        """:return dict: what is changed, by the names of the fields here"""
        return {name: self[name] for name in (*TERMS, *SHARES.values())}

    def _words(self, terms):
        return "\n".join(f"{self._fields[name]._description_string(self.env)}：{terms[name]}" for name in terms)

    def _apply(self):
        # sudo: terms by which money was moved are written by this step alone, which two persons stand behind
        budget = self.budget_id.sudo()
        known = {source.level: source for source in budget.source_ids}
        commands = []
        for level, name in SHARES.items():
            if level in known:
                commands.append(fields.Command.update(known[level].id, {"share": self[name]}))
            elif self[name]:
                commands.append(fields.Command.create({"level": level, "share": self[name]}))
        budget.write({**{name: self[name] for name in TERMS}, "source_ids": commands})


class BphsFundBudget(models.Model):
    _inherit = "bphs.fund.budget"

    change_ids = fields.One2many("bphs.fund.budget.change", "budget_id", string="Changes", readonly=True)
    has_entries = fields.Boolean(compute="_compute_has_entries")

    def _compute_has_entries(self):
        moved = self._with_entries()
        for budget in self:
            budget.has_entries = budget._origin in moved

    def write(self, vals):
        if not self.env.su and any(name in vals and budget[name] != vals[name] for budget in self for name in TERMS):
            self._check_terms_free()
        return super().write(vals)

    def action_change_terms(self):
        """Enter new terms of a budget by which money was moved, for a second person to confirm.

        :return dict: the form of the change, with the terms as they are
        """
        self.ensure_one()
        self.check_access("write")
        change = self.change_ids.filtered(lambda change: change.state == "draft")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change of a Budget"),
            "res_model": "bphs.fund.budget.change",
            "res_id": change.id,
            "views": [(False, "form")],
            "context": {f"default_{name}": value for name, value in {"budget_id": self.id, **self._terms()}.items()},
        }

    def _terms(self):
        """:return dict: terms by the names of the fields of a change"""
        self.ensure_one()
        shares = {source.level: source.share for source in self.source_ids}
        return {
            **{name: self[name] for name in TERMS},
            **{name: shares.get(level, 0.0) for level, name in SHARES.items()},
        }

    def _with_entries(self):
        # sudo: the question is whether there is any entry, whoever may see it
        found = self.env["bphs.fund.entry"].sudo()._read_group([("budget_id", "in", self.ids)], ["budget_id"])
        return self.browse(budget.id for (budget,) in found)

    def _check_terms_free(self):
        """:raise UserError: money was moved by these terms, names the budget"""
        for budget in self._with_entries():
            raise UserError(
                self.env._(
                    "Money of %(budget)s stands in the ledger: its standard, population and shares are changed by"
                    " “Change Terms”, which a second person of finance confirms.",
                    budget=budget.display_name,
                )
            )


class BphsFundSource(models.Model):
    _inherit = "bphs.fund.source"

    @api.model_create_multi
    def create(self, vals_list):
        sources = super().create(vals_list)
        if not self.env.su:
            # After creation, because the budget may come from a default.
            sources.budget_id._check_terms_free()
        return sources

    def write(self, vals):
        share = to_decimal(vals.get("share") or 0)
        if not self.env.su and any("share" in vals and to_decimal(source.share) != share for source in self):
            self.budget_id._check_terms_free()
        return super().write(vals)

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_moved(self):
        if not self.env.su:
            self.budget_id._check_terms_free()
