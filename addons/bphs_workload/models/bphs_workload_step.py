from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class BphsWorkload(models.Model):
    """The steps of a statement: submit, verify, return, lock. Each is one row of `STEPS`."""

    _inherit = "bphs.workload"
    _apart_refusal = UserError

    # === ACTIONS === #

    def action_submit(self):
        """Hand the clinic's figures to the township. Flagged as late after the period's due
        date.
        """
        self._check_step("submit")
        for workload in self:
            if not workload.filled_count and not (workload.note or "").strip():
                raise UserError(
                    self.env._(
                        "%(name)s: every quantity is zero. Fill in the work done, "
                        "or say in the note why there was none.",
                        name=workload.display_name,
                    )
                )
        today = self._county_today()
        values = {"submitted_by_id": self.env.uid, "submitted_on": today}
        late = self.filtered(lambda workload: workload.due_date and workload.due_date < today)
        late._take_step("submit", {**values, "late": True})
        (self - late)._take_step("submit", {**values, "late": False})

    def action_verify(self):
        """Verify (核定) the reported work, less what was found invalid or false.

        :raise UserError: one's own report. An officer may report for a clinic without a doctor; a second person
            checks it then, the director where the hospital has one officer only.
        """
        self._check_step("verify")
        self._take_step("verify", {"verified_by_id": self.env.uid, "verified_on": self._county_today()})

    def action_return(self, reason):
        """Give the statements back to their clinics.

        :param str reason: kept in the history, required
        :raise UserError: no reason; a state that cannot be returned; locked, and no exception of
            its period open
        """
        locked = self.filtered(lambda workload: workload.state == "locked")
        for step, workloads in (("correct", locked), ("return", self - locked)):
            if not workloads:
                continue
            workloads._check_step(step, reason)
            if step == "correct":
                workloads._check_exception()
            workloads._take_step(step, workloads._cleared_steps(), reason)

    def action_lock(self):
        """Close verified statements for good, as settling them does."""
        self._check_step("lock")
        self._take_step("lock", {})

    def action_add_missing_items(self):
        """Add the items that came into the catalogue after the statements were opened.

        :raise AccessError: not one of the roles that plan
        :raise UserError: a statement that is not being filled in
        """
        self.check_access("write")
        self._check_quantities_open({"planned"})
        self._check_period_open()
        self._add_missing_items()

    # === BUSINESS METHODS === #

    @api.model
    def _verified_counts(self, periods, institutions=None):
        """The quantities that settlement pays for: one query, however many clinics.

        Reads past record rules, so callers check rights first.

        :param periods: `bphs.period` records
        :param institutions: `bphs.institution` records, or None for all
        :return: {(institution_id, period_id): [(item_id, reported, invalid, false_qty), ...]},
            only of statements
            that are verified or locked; every item of a statement is there, zeros too, in order
            of item id
        :rtype: dict
        """
        self.flush_model()
        self.env["bphs.workload.line"].flush_model()
        clinics = SQL("") if institutions is None else SQL("AND w.institution_id = ANY(%s)", institutions.ids)
        counts = {}
        for institution, period, *quantities in self.env.execute_query(
            SQL(
                """
                SELECT w.institution_id, w.period_id, l.item_id, l.reported, l.invalid, l.false_qty
                  FROM bphs_workload w
                  JOIN bphs_workload_line l ON l.workload_id = w.id
                 WHERE w.state IN ('verified', 'locked') AND w.period_id = ANY(%s) %s
                 ORDER BY w.institution_id, w.period_id, l.item_id
                """,
                periods.ids,
                clinics,
            )
        ):
            counts.setdefault((institution, period), []).append(tuple(quantities))
        return counts

    def _lock_for_settlement(self, reason=""):
        """Lock what an approved settlement was computed from; those locked already stay so.

        :param str reason: what locked them, kept in the history
        :raise UserError: a statement is neither verified nor locked
        """
        # Settlement is approved by people who hold no right on workload; the approval is what allows it.
        open_ones = self.sudo().filtered(lambda workload: workload.state != "locked")
        open_ones._check_step("lock")
        open_ones._take_step("lock", {}, reason)

    def _check_exception(self):
        """Raise unless a dated exception of today opens the period for each statement's
        institution.

        Asked although the period itself may be open: what was paid for changes only with a
        reason on record.
        """
        today = self._county_today()
        # Exceptions are granted above the township; whether one exists is no secret to its clinic.
        exceptions = self.env["bphs.period.exception"].sudo()
        for workload in self:
            periods = workload.period_id | workload.period_id.parent_id
            granted = exceptions.search_count(
                [
                    ("period_id", "in", periods.ids),
                    ("institution_id", "parent_of", workload.institution_id.id),
                    ("date_from", "<=", today),
                    ("date_to", ">=", today),
                ],
                limit=1,
            )
            if not granted:
                raise UserError(
                    self.env._(
                        "%(name)s has been settled. To correct it, ask the finance office "
                        "for an exception of period %(period)s first.",
                        name=workload.display_name,
                        period=workload.period_id.display_name,
                    )
                )

    def _write_state(self, vals):
        # Lines go first: once the state has changed, the database refuses them.
        self.env["bphs.workload.line"].flush_model()
        return super()._write_state(vals)

    def _record_step(self, name, reason):
        # sudo: history has no create right for anyone, so nobody can forge it
        self.env["bphs.workload.event"].sudo().create(
            [
                {
                    "workload_id": workload.id,
                    "institution_id": workload.institution_id.id,
                    "event": name,
                    "reason": reason,
                    "user_id": self.env.uid,
                    "quantities": workload._quantities(),
                }
                for workload in self.sudo()  # sudo: as above
            ]
        )

    def _asked_steps(self):
        return {
            "return": (self.env._("Return Statements"), self.env._("What the clinic has to correct"), True),
        }

    def _step_words(self):
        return super()._step_words() | {
            "role": self.env._("Your role may not take this step on a workload statement."),
            "reason": self.env._("Say why the statement is returned."),
            "busy": self.env._("Someone else is working on these statements at this moment. Try again shortly."),
            "apart": self.env._("%(name)s was submitted by you: another officer or the director verifies it."),
            "set": self.env._("%(field)s of a workload statement cannot be set directly."),
            "closed": self.env._("The note belongs to the clinic and is closed once submitted."),
        }

    def _quantities(self):
        """:return list: the lines as plain values, for the history"""
        return [
            {
                "item": line.item_id.code,
                "name": line.item_id.name,
                "planned": line.planned,
                "reported": line.reported,
                "invalid": line.invalid,
                "invalid_reason": line.invalid_reason or "",
                "false_qty": line.false_qty,
            }
            for line in self.line_ids
        ]

    @api.model
    def _cleared_steps(self):
        """:return dict: values of a statement that is back with its clinic"""
        return {
            "submitted_by_id": False,
            "submitted_on": False,
            "late": False,
            "verified_by_id": False,
            "verified_on": False,
        }
