from odoo import api, models
from odoo.fields import Domain

from odoo.addons.bphs_base.tools.home import Card, Line, in_wan, per_cent
from odoo.addons.bphs_base.tools.money import to_decimal

from .bphs_home import BUREAU

ENTRY = "bphs.fund.entry"
LEDGER = "bphs_fund.bphs_fund_entry_action"
QUARTERS = 4


class BphsHome(models.AbstractModel):
    """The year's money, from the ledger: by where it stands, by source, by month, by township."""

    _inherit = "bphs.home"

    @api.model
    def _cards(self):
        cards, user = super()._cards(), self.env.user
        budget = user._holds_role(BUREAU) and self._home_budget()
        if not budget:
            return cards
        cards.append(self._card_money(budget))
        if user._holds_role(("finance_officer", "finance_bureau", "deputy_leader")):
            cards.append(self._card_sources(budget))
        if user._holds_role(("finance_bureau", "leader", "finance_officer")):
            cards.append(self._card_months(budget))
        if user._holds_role(("finance_officer", "primary_care_officer", "deputy_leader")):
            cards.append(self._card_prepaid())
        if user._holds_role(("leader", "deputy_leader", "primary_care_officer")):
            cards.append(self._card_ranking())
        return [card for card in cards if card]

    @api.model
    def _home_budget(self):
        """:return: the budget of the latest year that has begun"""
        return self.env["bphs.fund.budget"].search([("period_id.date_start", "<=", self._county_today())], limit=1)

    def _card_money(self, budget):
        """Where the year's money stands. The order is the way it takes; every figure is a sum over the ledger."""
        _ = self.env._
        of_year = Domain("budget_id", "=", budget.id)

        def ledger(label, kinds, sign=1, **more):
            domain = of_year & Domain("kind", "in", kinds)
            return Line(label, ENTRY, domain, LEDGER, measure="amount", money=True, sign=sign, **more)

        granted = Line(
            _("Allotted"),
            model="bphs.fund.payable",
            domain=of_year,
            action="bphs_fund.bphs_fund_payable_action",
            measure="amount",
            money=True,
        )
        available = Line(
            _("Available"),
            ENTRY,
            of_year & Domain("source_id", "!=", False),
            LEDGER,
            measure="amount",
            money=True,
            tone="success",
        )
        lines = [
            ledger(_("Arrived"), kinds=("arrival",)),
            granted,
            ledger(_("Prepaid"), kinds=("prepayment",)),
            ledger(_("Settled"), kinds=("prepayment", "settlement")),
            ledger(_("Paid"), kinds=("payment",), sign=-1),
            available,
        ]
        rate = self._execution_rate(budget)
        if rate:
            lines.insert(0, Line(_("Execution rate"), value=rate, unit="%", tone="info"))
        return Card(
            "money",
            _("Money of %(year)s", year=budget.period_id.display_name),
            tuple(lines),
            note=_("Execution rate: paid of what has arrived. Each figure opens what it is the sum of."),
            sequence=5,
            wide=True,
        )

    def _execution_rate(self, budget):
        sums = dict(
            self.env[ENTRY]._read_group(
                [("budget_id", "=", budget.id), ("kind", "in", ("arrival", "payment"))], ["kind"], ["amount:sum"]
            )
        )
        return per_cent(-to_decimal(sums.get("payment") or 0), sums.get("arrival") or 0)

    def _card_sources(self, budget):
        _ = self.env._
        sources = self.env["bphs.fund.standing"].search([("budget_id", "=", budget.id)])
        labels = dict(sources._fields["level"]._description_selection(self.env))
        series = {"due": _("Due"), "arrived": _("Arrived"), "paid": _("Paid")}
        tones = {"due": "muted", "arrived": "info", "paid": "success"}
        chart = {
            "kind": "bar",
            "labels": [labels[source.level] for source in sources],
            "series": [
                {"label": label, "data": [_bar(source[name]) for source in sources], "tone": tones[name]}
                for name, label in series.items()
            ],
            "stacked": False,
            "sideways": False,
            "unit": _("10,000 yuan"),
        }
        lines = tuple(
            Line(
                _("Still to come: %(level)s", level=labels[source.level]),
                "bphs.fund.standing",
                [("id", "=", source.id)],
                "bphs_fund.bphs_fund_standing_action",
                measure="outstanding",
                money=True,
                if_any="warning",
            )
            for source in sources
            if to_decimal(source.outstanding) > 0
        )
        return Card("sources", _("By Source"), lines, chart if sources else None, sequence=24)

    def _card_months(self, budget):
        """Paid month by month, taken together."""
        rows = self.env[ENTRY]._read_group(
            [("budget_id", "=", budget.id), ("kind", "=", "payment")], ["date:month"], ["amount:sum"]
        )
        labels, data, total = [], [], to_decimal(0)
        for month, amount in rows:
            total -= to_decimal(amount or 0)
            labels.append(f"{month:%Y-%m}")
            data.append(_bar(total))
        if not rows:
            return None
        _ = self.env._
        chart = {
            "kind": "line",
            "labels": labels,
            "series": [{"label": _("Paid in all"), "data": data, "tone": "success"}],
            "stacked": False,
            "sideways": False,
            "unit": _("10,000 yuan"),
        }
        return Card("months", _("Paid by Month"), (), chart, sequence=28)

    def _card_prepaid(self):
        """What was prepaid of what is needed, in the latest quarter that was prepaid."""
        _ = self.env._
        lines = self.env["bphs.fund.prepayment.line"]
        approved = Domain("prepayment_id.approval_state", "=", "approved")
        last = lines.search(approved, order="period_id", limit=1)
        latest = last.period_id
        if not latest:
            return None
        # sudo: the scheme is the bureau's, and its rules are open to whoever sees what was prepaid by them
        floor = to_decimal(last.prepayment_id.sudo().scheme_id.prepay_floor) * 100
        of_quarter = approved & Domain("period_id", "=", latest.id)
        share = self._share_prepaid(of_quarter)
        low = bool(share) and to_decimal(share) < floor
        prepaid = {"model": lines._name, "action": "bphs_fund.bphs_fund_prepayment_line_action"}
        return Card(
            "prepaid",
            _("Prepaid for %(period)s", period=latest.display_name),
            (
                Line(_("Of what is needed"), value=share or "0", unit="%", tone="danger" if low else "success"),
                Line(_("Prepaid"), domain=of_quarter, measure="amount", money=True, **prepaid),
                Line(_("Clinics"), domain=of_quarter, **prepaid),
            ),
            note=_("At least %(percent)s %% of what is needed is to be prepaid.", percent=f"{floor.normalize():f}"),
            sequence=22,
        )

    def _share_prepaid(self, of_quarter):
        """:return str: prepaid of what the quarter needs, in per cent; a plan says what the year needs"""
        needed = prepaid = to_decimal(0)
        for basis, whole, amount in self.env["bphs.fund.prepayment.line"]._read_group(
            of_quarter, ["basis"], ["needed:sum", "amount:sum"]
        ):
            needed += to_decimal(whole or 0) / (QUARTERS if basis == "plan" else 1)
            prepaid += to_decimal(amount or 0)
        return per_cent(prepaid, needed)

    def _card_ranking(self):
        """The townships by the mean score of their clinics in the latest settled quarter."""
        _ = self.env._
        lines = self.env["bphs.fund.settlement.line"]
        current = Domain("kind", "=", "quarter") & Domain("reversal_of_id", "=", False) & Domain("reversed", "=", False)
        latest = lines.search(current, order="period_id, id", limit=1).period_id
        if not latest:
            return None
        rows = lines._read_group(
            current & Domain("period_id", "=", latest.id), ["settlement_id"], ["score:sum", "__count"]
        )
        sums = {}
        for settlement, score, count in rows:
            before, number = sums.get(settlement.institution_id, (to_decimal(0), 0))
            sums[settlement.institution_id] = (before + to_decimal(round(score, 2)), number + count)
        ranked = sorted(
            ((total / number, township) for township, (total, number) in sums.items()), key=lambda row: -row[0]
        )
        chart = {
            "kind": "bar",
            # Scores lie close together: the figure tells more than the bar.
            "labels": [f"{round(mean, 1)} {township.name}" for mean, township in ranked],
            "series": [
                # The length of a bar alone.
                {"label": _("Mean score"), "data": [float(round(mean, 1)) for mean, __ in ranked], "tone": "info"}
            ],
            "stacked": False,
            "sideways": True,
            "unit": "",
        }
        line = Line(
            _("Clinics settled"),
            lines._name,
            current & Domain("period_id", "=", latest.id),
            "bphs_fund.bphs_fund_settlement_line_action",
        )
        title = _("Townships by Score, %(period)s", period=latest.display_name)
        return Card("ranking", title, (line,), chart, sequence=35)


def _bar(amount):
    """:return float: 万元, for the length of a bar alone; figures that people read are told by `in_wan`"""
    return float(in_wan(amount).replace(",", ""))  # the length of a bar alone
