from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

KINDS = [
    ("year", "Budget Year"),
    ("quarter", "Quarter"),
    ("mch_year", "Maternal and Child Health Year"),
]
# Who may lock, unlock and grant exceptions.
KEEPERS = ("bphs_base.group_administrator", "bphs_base.group_finance_officer")
LOCK_FIELDS = {"locked", "locked_by_id", "locked_at", "lock_reason", "lock_version"}
# What a locked period is must not change either, or the lock would mean something else.
FROZEN_FIELDS = {"code", "kind", "date_start", "date_end", "parent_id"}


class BphsPeriod(models.Model):
    """A period work and money are counted in: code `2025`, `2025Q1`, `2025MCH` (1 October 2024 to 30 September 2025).

    The maternal and child health year (妇幼年度) is that of the national statistics: 1 October to 30 September.
    """

    _name = "bphs.period"
    _description = "Period"
    _order = "date_start desc, code desc"
    _rec_name = "code"

    code = fields.Char(required=True, index=True)
    kind = fields.Selection(KINDS, required=True)
    date_start = fields.Date(string="First Day", required=True)
    date_end = fields.Date(string="Last Day", required=True)
    parent_id = fields.Many2one("bphs.period", string="Year", index=True, ondelete="restrict")
    child_ids = fields.One2many("bphs.period", "parent_id", string="Quarters")
    locked = fields.Boolean(readonly=True, copy=False)
    locked_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    locked_at = fields.Datetime(readonly=True, copy=False)
    lock_reason = fields.Char(readonly=True, copy=False)
    # Raised with every change of a lock of this period, also of a lock on one institution: a
    # transaction that holds the row FOR SHARE then either comes first or fails.
    lock_version = fields.Integer(readonly=True, copy=False)
    lock_ids = fields.One2many("bphs.period.lock", "period_id", string="Locks of Institutions")
    exception_ids = fields.One2many("bphs.period.exception", "period_id", string="Exceptions")
    event_ids = fields.One2many("bphs.period.event", "period_id", string="Lock History")

    _code_uniq = models.Constraint("UNIQUE(code)", "A period with this code exists already.")
    _dates_order = models.Constraint("CHECK(date_start <= date_end)", "A period cannot end before it starts.")

    @api.depends("code", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for period in self:
            period.display_name = period._words()

    def _words(self):
        """The period as it is said and printed: 2025Q1 is 2025年第一季度 in Chinese."""
        self.ensure_one()
        year, __, quarter = (self.code or "").partition("Q")
        words = {
            "1": self.env._("%(year)sQ1", year=year),
            "2": self.env._("%(year)sQ2", year=year),
            "3": self.env._("%(year)sQ3", year=year),
            "4": self.env._("%(year)sQ4", year=year),
        }
        if self.kind == "quarter":
            return words.get(quarter, self.code)
        if self.kind == "year":
            return self.env._("%(year)s", year=self.code)
        if self.kind == "mch_year":
            return self.env._("%(year)sMCH", year=year.removesuffix("MCH"))
        return self.code

    @api.model
    def _search_display_name(self, operator, value):
        """Found by code and by words alike: 2025Q1, 第一季度. Periods are few."""
        if operator not in ("ilike", "=") or not isinstance(value, str) or not value:
            return super()._search_display_name(operator, value)
        wanted = value.strip().lower()
        found = self.search([]).filtered(  # pylint: disable=no-search-all
            lambda period: any(
                wanted == text.lower() if operator == "=" else wanted in text.lower()
                for text in (period.code, period.display_name)
            )
        )
        return [("id", "in", found.ids)]

    @api.constrains("date_start", "date_end", "parent_id")
    def _check_within_parent(self):
        for period in self.filtered("parent_id"):
            year = period.parent_id
            if year.kind != "year" or period.kind != "quarter":
                raise ValidationError(
                    self.env._("%(period)s: only a quarter lies within a year.", period=period.display_name)
                )
            if period.date_start < year.date_start or period.date_end > year.date_end:
                raise ValidationError(
                    self.env._(
                        "%(period)s does not lie within %(year)s.",
                        period=period.display_name,
                        year=year.display_name,
                    )
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_lock_fields(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_lock_fields(vals)
        if FROZEN_FIELDS & set(vals):
            self._check_not_locked()
        return super().write(vals)

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_locked(self):
        self._check_not_locked()

    def _check_lock_fields(self, vals):
        if LOCK_FIELDS & set(vals):
            raise UserError(self.env._("A period is locked and unlocked by its buttons, with a reason."))

    def _check_not_locked(self):
        for period in self:
            if period.locked:
                raise UserError(
                    self.env._("Period %(code)s is locked and cannot be changed.", code=period.display_name)
                )

    # === ACTION METHODS === #

    def action_lock(self, reason, institution_id=False):
        """Lock the periods, for everyone or for one institution and all below it.

        :param str reason: why, kept in the history
        :param int institution_id: lock for this institution alone
        :raise AccessError: the user keeps no periods, or the institution is not theirs
        """
        self._set_lock(True, reason, institution_id)

    def action_unlock(self, reason, institution_id=False):
        """Undo :meth:`action_lock`, with a reason."""
        self._set_lock(False, reason, institution_id)

    def action_create_next_year(self):
        """Create the periods of the year after the latest."""
        latest = self.search([("kind", "=", "year")], order="date_start desc", limit=1)
        year = latest.date_start.year + 1 if latest else self._county_today().year
        self._create_year(year)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_open_lock_wizard(self):
        """Ask for the reason, then lock or unlock."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "bphs.period.lock.change",
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Lock or Unlock"),
            "context": {
                "default_period_id": self.id,
                "default_operation": "unlock" if self.locked else "lock",
            },
        }

    def action_open_exception(self):
        """Grant an exception of this period."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "bphs.period.exception",
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Grant an Exception"),
            "context": {"default_period_id": self.id},
        }

    # === BUSINESS METHODS === #

    @api.model
    def _create_year(self, year):
        """Create the periods of a year where they are missing: 2025, 2025Q1 to 2025Q4, 2025MCH.

        :param int year: calendar year of the budget
        :return: the budget year
        """
        wanted = [(f"{year}", "year", date(year, 1, 1), date(year, 12, 31))]
        for quarter, (month, day) in enumerate(((3, 31), (6, 30), (9, 30), (12, 31)), start=1):
            wanted.append(
                (
                    f"{year}Q{quarter}",
                    "quarter",
                    date(year, 3 * quarter - 2, 1),
                    date(year, month, day),
                )
            )
        wanted.append((f"{year}MCH", "mch_year", date(year - 1, 10, 1), date(year, 9, 30)))
        known = {period.code: period for period in self.search([("code", "in", [code for code, *__ in wanted])])}
        for code, kind, start, end in wanted:
            if code not in known:
                known[code] = self.create(
                    {
                        "code": code,
                        "kind": kind,
                        "date_start": start,
                        "date_end": end,
                        "parent_id": known[f"{year}"].id if kind == "quarter" else False,
                    }
                )
        return known[f"{year}"]

    @api.model
    def _check_open(self, pairs):
        """Refuse when something of a locked period is about to change. To be asked before bulk SQL
        too.

        :param pairs: iterable of (period id, institution id or False)
        :raise UserError: naming the first locked period and institution
        """
        pairs = sorted({(period, institution or 0) for period, institution in pairs if period})
        if not pairs:
            return
        # A lock, an exception or a moved institution of this transaction must be in the database first.
        self.env.flush_all()
        closed = self.env.execute_query(
            SQL(
                "SELECT period_id, institution_id FROM unnest(%s::integer[], %s::integer[])"
                " AS pair(period_id, institution_id) WHERE bphs_period_closed(period_id, "
                "institution_id) LIMIT 1",
                [period for period, __ in pairs],
                [institution for __, institution in pairs],
            )
        )
        if closed:
            period_id, institution_id = closed[0]
            # Only the names of what the user asked to change are shown.
            period = self.sudo().browse(period_id)
            # The same of the institution.
            institution = self.env["bphs.institution"].sudo().browse(institution_id or [])
            raise UserError(
                self.env._(
                    "Period %(period)s is locked for %(institution)s: nothing may be added, "
                    "changed or deleted."
                    " Ask the finance office for an exception.",
                    period=period.display_name,
                    institution=institution.name or self.env._("everyone"),
                )
            )

    def _check_keeper(self):
        if not self.env.su and not any(self.env.user.has_group(group) for group in KEEPERS):
            raise AccessError(
                self.env._("Only the bureau administrator or a finance officer locks periods and opens them.")
            )

    def _set_lock(self, locked, reason, institution_id):
        self._check_keeper()
        self.check_access("read")
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Give the reason."))
        institution = self.env["bphs.institution"].browse(institution_id or [])
        institution.check_access("read")
        # What this transaction wrote before the lock goes to the database before it too.
        self.env.flush_all()
        # The keeper's right was checked above; nobody writes these tables by their own right.
        events = self.env["bphs.period.event"].sudo()
        for period in self.sudo():  # as above
            vals = {"lock_version": period.lock_version + 1}
            if institution:
                period.lock_ids._set(period, institution, locked)
            elif period.locked == locked:
                continue
            else:
                vals |= {
                    "locked": locked,
                    "locked_by_id": locked and self.env.uid,
                    "locked_at": locked and fields.Datetime.now(),
                    "lock_reason": locked and reason,
                }
            # Past this model's own `write`, which refuses these fields to everyone.
            models.Model.write(period, vals)
            # Waits here for those who are writing in the period, see the guard.
            period.flush_recordset()
            events.create(
                {
                    "period_id": period.id,
                    "institution_id": institution.id,
                    "kind": "lock" if locked else "unlock",
                    "reason": reason,
                    "user_id": self.env.uid,
                }
            )
