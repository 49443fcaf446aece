from collections import defaultdict

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.money import ZERO, to_decimal

# Prepayments stay gross, so that every clinic gets its full part.
DEDUCTED_KINDS = ("pay", "release", "annual", "township")


class BphsFundOverpaid(models.Model):
    """What institutions were granted beyond what they are entitled to (应缴回): a reading of amounts to pay and ledger.

    It arises where a settlement is taken back and comes out lower after its money was paid, and where a clinic closes
    with something left to be deducted (待扣回). It is deducted from what opens next, or returned (缴回); until then it
    stands here.

    ``excess`` = granted - entitled - returned of a budget, with

    * granted: amounts opened for payment, less what is held by hand or deducted;
    * entitled: sum of the ledger's prepayment, settlement, carry, hold, release and cap entries;
    * returned: sum of its returns.

    ``to_carry`` is what the settled year of a closed clinic left to be deducted, which no later year takes up.
    """

    _name = "bphs.fund.overpaid"
    _description = "Money to Be Returned"
    _inherit = ["bphs.scope.mixin", "bphs.money.mixin"]
    _auto = False
    _order = "budget_id desc, institution_id"
    _rec_name = "institution_id"
    _depends = {
        "bphs.fund.entry": ["budget_id", "institution_id", "kind", "amount"],
        "bphs.fund.payable": ["budget_id", "institution_id", "amount", "held_amount", "deducted_amount"],
        "bphs.fund.settlement.line": ["institution_id", "period_id", "kind", "posted", "reversed", "carry"],
        "bphs.institution": ["active"],
    }

    budget_id = fields.Many2one("bphs.fund.budget", readonly=True)
    institution_id = fields.Many2one(readonly=True)
    township_id = fields.Many2one(related="institution_id.township_id", string="Township Institution")
    granted = fields.Monetary(readonly=True)
    entitled = fields.Monetary(readonly=True)
    returned = fields.Monetary(readonly=True)
    excess = fields.Monetary(string="Granted Beyond", readonly=True)
    to_carry = fields.Monetary(string="Left by a Closed Clinic", readonly=True)
    amount = fields.Monetary(string="To Be Returned", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT *, GREATEST(excess, 0) + to_carry AS amount
              FROM (SELECT entry.id, entry.budget_id, entry.institution_id, COALESCE(payable.granted, 0) AS granted,
                           entry.entitled, entry.returned,
                           COALESCE(payable.granted, 0) - entry.entitled - entry.returned AS excess,
                           CASE WHEN clinic.active THEN 0
                                ELSE LEAST(GREATEST(-COALESCE(year.carry, 0), 0), GREATEST(entry.carried, 0))
                            END AS to_carry
                      FROM (SELECT min(id) AS id, budget_id, institution_id,
                                   COALESCE(sum(amount) FILTER (WHERE kind <> 'return' AND kind <> 'payment'), 0)
                                   AS entitled,
                                   COALESCE(sum(amount) FILTER (WHERE kind = 'return'), 0) AS returned,
                                   COALESCE(sum(amount) FILTER (WHERE kind = 'carry'), 0) AS carried
                              FROM bphs_fund_entry
                             WHERE kind <> 'arrival'
                             GROUP BY budget_id, institution_id) entry
                      JOIN bphs_institution clinic ON clinic.id = entry.institution_id
                      JOIN bphs_fund_budget budget ON budget.id = entry.budget_id
                 LEFT JOIN (SELECT budget_id, institution_id, sum(amount - held_amount - deducted_amount) AS granted
                              FROM bphs_fund_payable
                             GROUP BY budget_id, institution_id) payable
                        ON payable.budget_id = entry.budget_id AND payable.institution_id = entry.institution_id
                 LEFT JOIN bphs_fund_settlement_line year
                        ON year.institution_id = entry.institution_id AND year.period_id = budget.period_id
                       AND year.kind = 'annual' AND year.posted AND year.reversed IS NOT TRUE
                       AND year.reversal_of_id IS NULL) figures
            """
        )

    def action_record_return(self):
        """:return dict: the form of a return (缴回) of all that is to be returned"""
        self.ensure_one()
        self.check_access("read")
        self.env["bphs.fund.return"].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Returned Money"),
            "res_model": "bphs.fund.return",
            "views": [(False, "form")],
            "context": {
                "default_institution_id": self.institution_id.id,
                "default_budget_id": self.budget_id.id,
                "default_amount": self.amount,
            },
        }

    def action_open_entries(self):
        """:return dict: the clinic's ledger entries of this budget"""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_fund.bphs_fund_entry_action")
        domain = [("budget_id", "=", self.budget_id.id), ("institution_id", "=", self.institution_id.id)]
        return {**action, "domain": domain, "context": {}}

    # === BUSINESS METHODS === #

    def _of(self, budget, clinics):
        """The rows of these clinics in a budget, read afresh."""
        for name in ("entry", "payable", "deduction", "hold", "settlement.line"):
            self.env[f"bphs.fund.{name}"].flush_model()
        self.invalidate_model()
        return self.search([("budget_id", "=", budget.id), ("institution_id", "in", clinics.ids)])

    def _settle(self, budget, clinics):
        """Deduct what clinics were granted too much from what is open for them; give back what was deducted too much.

        Called with elevated rights by the steps that open or take back money. Running it twice changes nothing.
        """
        rows = self._of(budget, clinics).filtered("excess")
        if not rows:
            return
        # Two steps that settle the same debt at once: the second one starts again and finds it settled.
        budget.source_ids._lock_available()
        payables = defaultdict(list)
        for payable in self.env["bphs.fund.payable"].search(
            [
                ("budget_id", "=", budget.id),
                ("institution_id", "in", rows.institution_id.ids),
                ("kind", "in", DEDUCTED_KINDS),
                "|",
                ("open_amount", ">", 0),
                ("deducted_amount", ">", 0),
            ],
            order="id",
        ):
            payables[payable.institution_id].append(payable)
        today = self._county_today()
        self.env["bphs.fund.deduction"].create(
            [
                {"payable_id": payable.id, "date": today, "amount": amount}
                for row in rows
                for payable, amount in self._parts(to_decimal(row.excess), payables[row.institution_id])
            ]
        )

    def _parts(self, excess, payables):
        """Yield (payable, Decimal): oldest first what is deducted, newest first (negative) what is given back."""
        for payable in payables if excess > 0 else payables[::-1]:
            if excess > 0:
                part = min(excess, to_decimal(payable.open_amount))
            else:
                part = max(excess, -to_decimal(payable.deducted_amount))
            excess -= part
            if part != ZERO:
                yield payable, part
