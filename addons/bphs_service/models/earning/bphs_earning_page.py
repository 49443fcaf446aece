from odoo import api, models
from odoo.exceptions import AccessError

from odoo.addons.bphs_base.models.registers.bphs_institution import CLINIC_KINDS
from odoo.addons.bphs_base.tools.money import ZERO, round_half_up, to_decimal

from ...tools.earning import counting
from .bphs_workload import SENSITIVE

READERS = (
    *("village_doctor", "team_leader", "township_public_health", "township_director", "primary_care_officer"),
    *("administrator", "auditor"),
)


class BphsEarning(models.AbstractModel):
    """“Earned so far” (本季完成情况): what counted, what did not and why, what waits; what it is worth."""

    _inherit = "bphs.earning"

    # === FOR THE CLIENT === #

    @api.model
    @api.readonly
    def earned(self, period_id=False, institution_id=False):
        """The page of an institution in a quarter.

        :param int period_id: a quarter; empty: the one that runs
        :param int institution_id: empty: one's own
        :return: dict of ``period``, ``periods``, ``institution``, ``institutions``, ``items`` (each with its figures),
            ``equivalents``, ``mine``, ``money`` (empty where no price is known), ``deducted`` for false work (empty
            where nothing is), ``sharing`` and ``state``
        :raise AccessError: not a role that records services, or watches over it
        """
        if not self.env.user._holds_role(READERS):
            raise AccessError(self.env._("What was earned is told to those who record services or watch over it."))
        self.env["bphs.visit"].check_access("read")
        periods = self._quarters()
        period = periods.filtered(lambda one: one.id == self._asked_id(period_id)) if period_id else periods[:1]
        institutions = self.env["bphs.institution"].search([("kind", "in", CLINIC_KINDS)], order="code")
        chosen = self.env["bphs.institution"].browse(self._asked_id(institution_id) if institution_id else [])
        institution = chosen & institutions if chosen else self._own_institution(institutions)
        told = {
            "period": period.id,
            "periods": [{"id": one.id, "name": one.display_name} for one in periods],
            "institution": institution.id,
            "institutions": [{"id": one.id, "name": one.name} for one in institutions],
        }
        if not period or not institution:
            words = dict.fromkeys(("money", "deducted", "sharing", "state"), "")
            return {**told, "items": [], "equivalents": "0", "mine": "0", **words}
        return {**told, **self._page(period, institution)}

    @api.model
    def open_figure(self, period_id, institution_id, item_id, verdicts):
        """Open the records behind a figure of the page, those that the reader may see.

        :param list verdicts: of which kinds
        :return: the action that lists them
        :raise AccessError: as the page; or an item of mental illness or tuberculosis, and not a named person
        """
        if not self.env.user._holds_role(READERS):
            raise AccessError(self.env._("What was earned is told to those who record services or watch over it."))
        self.env["bphs.visit"].check_access("read")
        found = [
            self.env[model].search([("id", "=", self._asked_id(id_))])
            for model, id_ in (
                ("bphs.period", period_id), ("bphs.institution", institution_id), ("bphs.service.item", item_id),
            )
        ]  # fmt: skip
        period, institution, item = found
        if not all(found):
            raise AccessError(self.env._("There is no such figure."))
        if item.category in SENSITIVE and not self.env.user.has_group("bphs_resident.group_sensitive"):
            raise AccessError(self.env._("Records of mental illness and tuberculosis open to named persons alone."))
        asked = verdicts if isinstance(verdicts, list) else []
        return self._list_of(period, institution, item, [one for one in counting.VERDICTS if one in asked])

    # === HELPERS === #

    @api.model
    def _quarters(self):
        today = self._county_today()
        return self.env["bphs.period"].search(
            [("kind", "=", "quarter"), ("date_start", "<=", today)], order="date_start desc", limit=8
        )

    @api.model
    def _own_institution(self, institutions):
        own = self.env.user.sudo().bphs_institution_ids & institutions  # sudo: one's own scope
        return own[:1] or institutions[:1]

    @api.model
    def _list_of(self, period, institution, item, verdicts):
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_service.bphs_visit_action_counted")
        key = f"{period.id}/{institution.id}/{item.id}/{','.join(verdicts)}"
        name = f"{item.name} {period.display_name}"
        return {**action, "name": name, "domain": [("counted_in", "=", key)], "context": {}}

    def _page(self, period, institution):
        may_open = not self._hides()
        # What is paid counts everybody. What did not count, and what waits, opens as a list: one more would be hidden.
        counts, seen = self._counts_and_seen(period, institution, hide=not may_open)
        items = self.env["bphs.service.item"].browse(item for __, item in counts).sorted("sequence")
        day = min(period.date_end, max(period.date_start, self._county_today()))
        worth = {item: to_decimal(value) for item, value in self._worth_on(period.date_end).items()}
        prices = self.env["bphs.workload.price"]._prices_on(institution, day)
        times = self.env["bphs.workload.price"]._false_times_on(day) or ZERO
        way, percent = self._sharing_on(period.date_end)
        rows, equivalents, money, deducted = [], ZERO, ZERO, ZERO
        for item in items:
            found = counts[institution.id, item.id]
            quantity = counting.quantity(found, way, percent)
            points = worth.get(item.id, ZERO) * quantity
            price = prices.get(item.id)
            amount = None if price is None else round_half_up(price * quantity)
            equivalents += points
            money += amount or ZERO
            deducted += round_half_up((price or ZERO) * times * found[counting.FALSE])
            told = seen.get((institution.id, item.id)) or dict.fromkeys(counting.VERDICTS, 0)
            refused = {one: told[one] for one in counting.VERDICTS[1:-1] if told[one]}
            shared = told[counting.COUNTS] + told[counting.SHARED] - counting.quantity(told, way, percent)
            refused[counting.SHARED] = shared
            rows.append(
                {
                    "id": item.id,
                    "name": item.name,
                    "unit": item.unit,
                    "opens": may_open or item.category not in SENSITIVE,
                    "quantity": quantity,
                    "points": _short(points),
                    "amount": "" if amount is None else f"{amount:,.2f}",
                    "not": [
                        {"verdict": verdict, "label": self._reason_words()[verdict], "count": count}
                        for verdict, count in refused.items()
                        if count
                    ],
                    "waiting": told[counting.WAITING],
                }
            )
        return {
            "items": [row for row in rows if row["quantity"] or row["not"] or row["waiting"]],
            "equivalents": _short(equivalents),
            "mine": _short(self._mine(period, institution, worth)),
            "money": f"{money:,.2f}" if prices else "",
            "deducted": f"{deducted:,.2f}" if deducted else "",
            "sharing": self._sharing_words(period.date_end),
            "state": self._statement_words(period, institution),
        }

    @api.model
    def _reason_words(self):
        _ = self.env._
        return {
            counting.SHARED: _("shared contact"),
            counting.INCOMPLETE: _("not complete"),
            counting.DUPLICATE: _("twice on a day"),
            counting.OUTSIDE: _("outside the window"),
            counting.FALSE: _("found not true"),
            counting.CLOSED: _("after the quarter was closed"),
            counting.UNMET: _("not done as the item asks"),
        }

    def _mine(self, period, institution, worth):
        workers = self.env["bphs.worker"].sudo().search([("user_id", "=", self.env.uid)])  # sudo: one's own
        if not workers:
            return ZERO
        rows = self._worker_rows(period.date_start, period.date_end, institution)
        return sum((row["points"] for row in rows if row["worker"] in workers.ids), ZERO)

    @api.model
    def _statement_words(self, period, institution):
        statement = self.env["bphs.workload"].search(
            [("period_id", "=", period.id), ("institution_id", "=", institution.id)]
        )
        if not statement:
            return ""
        return dict(statement._fields["state"]._description_selection(self.env))[statement.state]


def _short(number):
    """A number of equivalents as people write it: no zeros behind."""
    return f"{round_half_up(number).normalize():,f}"
