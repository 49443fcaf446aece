from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.rate import Population, Rate
from odoo.addons.bphs_resident.models.register.bphs_resident_group import KINDS as GROUPS

from .bphs_contract_rates import ALL, BY, COUNTED, GROUP, ITEM, NEVER, OPEN, PERSON, RATES, RENEWED, SIGNED

BY_WHAT = [
    ("county", "The Whole Scope"),
    ("township", "Township"),
    ("institution", "Institution"),
    ("village", "Village"),
    ("team", "Team"),
    ("worker", "Doctor"),
]
MODELS = {
    "township": "bphs.institution",
    "institution": "bphs.institution",
    "village": "bphs.division",
    "team": "bphs.team",
    "worker": "bphs.worker",
}
# A month is fixed some days after its end: what was done is entered late.
FIXED_AFTER_DAYS = 5


class BphsContractFigure(models.Model):
    """A rate of a month as it was (签约履约月报): its two parts, and what it was reckoned over. Written once.

    Files, contracts and services entered later change what would be counted today, not what was told then.
    """

    _name = "bphs.contract.figure"
    _description = "Contract Figure of a Month"
    _inherit = ["bphs.append.only.mixin", "bphs.scope.mixin"]
    _order = "month desc, rate, by_what, id"

    month = fields.Date(required=True, help="Its first day.")
    rate = fields.Selection(RATES, required=True)
    by_what = fields.Selection(BY_WHAT, string="Told By", required=True)
    key_id = fields.Integer(string="Of (Id)", aggregator=None, help="Of the village, team, doctor or institution.")
    key_name = fields.Char(string="Of", required=True, help="As it was called then.")
    group_kind = fields.Selection(GROUPS, string="Key Group")
    # Rates of several kinds stand here: nothing of them makes a sum.
    counted = fields.Integer(required=True, aggregator=None)
    over = fields.Integer(aggregator=None, help="What it is reckoned over; empty where nobody answers for a number.")
    counted_whole = fields.Integer(string="Counted, All", aggregator=None, groups="bphs_resident.group_sensitive")
    over_whole = fields.Integer(string="Over, All", aggregator=None, groups="bphs_resident.group_sensitive")
    base = fields.Char(required=True, help="What it is reckoned over, by name.")
    shown = fields.Char(string="Per Cent", compute="_compute_shown")
    cut = fields.Char(
        string="Per Cent, Cut Off", compute="_compute_shown", help="Some reports cut the last decimal off."
    )

    _once = models.UniqueIndex(
        "(month, rate, by_what, coalesce(key_id, 0), coalesce(group_kind, ''))", "This figure is fixed already."
    )

    @api.depends("counted", "over")
    def _compute_shown(self):
        for figure in self:
            base = Population(figure.over, figure.base, "", figure.month) if figure.over else None
            rate = Rate(figure.counted, base)
            figure.shown, figure.cut = rate.shown(), rate.shown(rounding="truncate")

    @api.model
    def _cron_fix(self):
        """Fix the figures of the month before, once it is some days old."""
        today = self._county_today()
        month = today.replace(day=1) - relativedelta(months=1)
        if today.day > FIXED_AFTER_DAYS:
            self._fix(month)

    @api.model
    def _fix(self, month):
        """Fix a month's figures; one that is fixed stays as it is.

        :param date month: its first day
        """
        self.flush_model()
        if self.search_count([("month", "=", month)], limit=1):
            return
        last = month + relativedelta(months=1, days=-1)
        contracts = self.env["bphs.contract"]
        rows = []
        for by_what in BY:
            plain = contracts._told_rates(by_what, month, last, whole=False, everywhere=True)
            whole = contracts._told_rates(by_what, month, last, whole=True, everywhere=True)
            parts = {(one["rate"], one["key"], one["group"]): one for one in plain}
            for one in whole:
                hidden = one["group"] in ("smi", "tb")
                seen = parts.get((one["rate"], one["key"], one["group"]), {"counted": 0, "over": 0})
                rows.append(
                    {
                        "month": month,
                        "rate": one["rate"],
                        "by_what": by_what,
                        "key_id": one["key"] or False,
                        "key_name": one["name"],
                        "group_kind": one["group"],
                        "institution_id": one["institution_id"],
                        "counted": 0 if hidden else seen["counted"],
                        "over": 0 if hidden else seen["over"],
                        "counted_whole": one["counted"],
                        "over_whole": one["over"],
                        "base": one["base"],
                    }
                )
        kept = [row for row in rows if row["institution_id"]]
        # Those for named persons come last: a number missing among the others would tell of whom.
        self.create(sorted(kept, key=lambda row: not (row["counted"] or row["over"])))


class BphsContract(models.Model):
    """Rates as a page or a month row tells them: over what each is, by name."""

    _inherit = "bphs.contract"

    @api.model
    def _told_rates(self, by_what, first, last, rates=None, whole=True, everywhere=False):
        """Every rate of a period, by village, team and so on.

        :param rates: only these; all by default
        :param bool everywhere: for the server's own rows: of the whole county, whoever asks
        :return: list of dict: ``rate``, ``key``, ``name``, ``group``, ``counted``, ``over`` (0 where nothing is known),
            ``base``, ``shown`` (rounded), ``cut`` (cut off), ``alert``, ``institution_id``
        """
        last = min(last, self._county_today())
        told = []
        asked = rates or [value for value, __ in RATES]
        for rate, counts in self._rates(asked, by_what, first, last, whole, everywhere).items():
            keys = {count.key for count in counts}
            names = self._key_names(by_what, keys)
            over = self._bases(by_what, keys, last, whole, everywhere) if rate == SIGNED else {}
            for count in counts:
                if rate == SIGNED:
                    base = over.get(count.key)
                else:
                    base = Population(count.over, self._base_words()[rate], self.env._("this register"), last)
                known = Rate(count.counted, base)
                name, institution_id = names.get(count.key, ("", False))
                told.append(
                    {
                        "rate": rate,
                        "key": count.key,
                        "name": name,
                        "group": count.group,
                        "counted": count.counted,
                        "over": base.number if base else 0,
                        "base": base.label if base else self.env._("no population is known"),
                        "shown": known.shown(),
                        "cut": known.shown(rounding="truncate"),
                        "alert": known.alert if base else "",
                        "institution_id": institution_id,
                    }
                )
        return told

    def _base_words(self):
        return {
            GROUP: self.env._("living members of the group"),
            RENEWED: self.env._("contracts whose term ended in the period"),
            ITEM: self.env._("services due in the period"),
            PERSON: self.env._("people with a service due in the period"),
            NEVER: self.env._("people signed longer than the days allowed"),
        }

    def _key_names(self, by_what, keys):
        """:return dict: key -> (its name, the institution in whose scope it is)"""
        if by_what == "county":
            # sudo: the bureau above everybody
            bureau = self.env["bphs.institution"].sudo().search([("parent_id", "=", False)], order="id", limit=1)
            return {None: (self.env._("The whole scope"), bureau.id)}
        # sudo: names of what residents of one's own scope are counted by
        records = self.env[MODELS[by_what]].sudo().browse(sorted(key for key in keys if key)).exists()
        if by_what == "village":
            served = self.env["bphs.institution"].sudo()._responsible(records.ids)  # sudo: as above
            return {village.id: (village.name, served.get(village.id, (False,))[0]) for village in records}
        own = by_what in ("township", "institution")
        found = {one.id: (one.name, one.id if own else one.institution_id.id) for one in records}
        return found | {None: (self.env._("No doctor named"), False)}

    def _bases(self, by_what, keys, day, whole, everywhere):
        """What signing is reckoned over: the population for signing where somebody answers for one, else the files.

        :return dict: key -> Population; none for a doctor, of whose people nobody has a number
        """
        divisions = self._divisions_of(by_what, keys)
        # sudo: whoever may see a rate may see what it is reckoned over
        populations = self.env["bphs.population"].sudo()
        places = self.env["bphs.division"].browse([division for division in divisions.values() if division])
        figures = populations._for_each("signing", places, day)
        found = {key: figures[place]._as_population() for key, place in divisions.items() if place in figures}
        if keys - set(found):
            words, source = self.env._("residents with a file"), self.env._("this register")
            for key, number in self._living(by_what, day, whole, everywhere).items():
                found.setdefault(key, Population(number, words, source, day))
        return found

    def _divisions_of(self, by_what, keys):
        """:return dict: key -> id of the division whose population it is reckoned over"""
        if by_what == "village":
            return {key: key for key in keys}
        if by_what == "township":
            # sudo: of township institutions whose residents are counted
            townships = self.env["bphs.institution"].sudo().browse(filter(None, keys))
            return {one.id: one.division_id.id for one in townships}
        if by_what == "county":
            # sudo: one's own scope
            scope = self.env.user.sudo().bphs_institution_ids
            whole = not scope or any(not institution.parent_id for institution in scope)
            county = self.env["bphs.division"].sudo().search([("level", "=", "county")], limit=1)  # sudo: as above
            return {None: county.id if whole else scope[:1].division_id.id}
        return {}

    def _living(self, by_what, day, whole, everywhere):
        """How many live here on a day, by what is asked; of a team, in its villages."""
        if by_what == "worker":
            return {}
        by, join = BY[by_what], SQL()
        if by_what == "team":
            by, join = SQL("v.team_id"), self._team_of_village(SQL("r.division_id"), day)
        rows = self.env.execute_query(
            SQL(
                "SELECT %s AS key, count(*) FROM %s r %s WHERE %s GROUP BY 1",
                by,
                self._counted_files(whole, everywhere),
                join,
                self._here(day),
            )
        )
        return {key or None: count for key, count in rows}

    def _list_of(self, rate, part, by_what, key, group, first, last):
        """:return: the action that lists the contracts of one part of a figure"""
        value = "|".join(map(str, (rate, part, by_what, key or 0, group or "", first, last)))
        rates = dict(self._fields_of_rates())
        parts = {COUNTED: self.env._("counted"), OPEN: self.env._("not counted"), ALL: self.env._("all")}
        return {
            "type": "ir.actions.act_window",
            "name": f"{rates[rate]}：{parts[part]}",
            "res_model": self._name,
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
            "domain": [("rate_list", "=", value)],
        }

    def _fields_of_rates(self):
        return self.env["bphs.contract.figure"]._fields["rate"]._description_selection(self.env)
