from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class BphsQuarterWorkMixin(models.AbstractModel):
    """Work that an institution reports at the end of the quarter: a training it held, guidance it gave.

    What stands in a report that was handed in stays as it was reported, until the report is returned.
    """

    _name = "bphs.quarter.work.mixin"
    _description = "Work of a Quarterly Report"
    _inherit = ["bphs.scope.mixin", "bphs.upload.limit.mixin"]

    institution_id = fields.Many2one(default=lambda self: self._default_institution_id())
    date = fields.Date(required=True, index=True, default=lambda self: self._county_today())
    period_id = fields.Many2one(
        "bphs.period", string="Quarter", compute="_compute_period_id", store=True, index=True, ondelete="restrict"
    )

    @api.model
    def _default_institution_id(self):
        """Whoever writes for one institution alone need not say which; the bureau writes for many."""
        own = self.env.user.bphs_institution_ids
        return own if len(own) == 1 and own.kind != "health_bureau" else own.browse()

    @api.depends("date")
    def _compute_period_id(self):
        days = [work.date for work in self if work.date]
        quarters = self.env["bphs.period"].search(
            [
                ("kind", "=", "quarter"),
                ("date_start", "<=", max(days, default=False)),
                ("date_end", ">=", min(days, default=False)),
            ]
            if days
            else [("id", "=", False)]
        )
        for work in self:
            work.period_id = quarters.filtered(
                lambda quarter, day=work.date: day and quarter.date_start <= day <= quarter.date_end
            )[:1]

    @api.constrains("date", "period_id")
    def _check_date(self):
        today = self._county_today()
        for work in self:
            if work.date > today:
                raise ValidationError(
                    self.env._("%(date)s is still to come: only what was done is recorded.", date=work.date)
                )
            if not work.period_id:
                raise ValidationError(
                    self.env._("No quarter is set up for %(date)s. Have its year created first.", date=work.date)
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        works = super().create(vals_list)
        works._check_not_reported()
        return works

    def write(self, vals):
        self._check_not_reported()
        result = super().write(vals)
        self._check_not_reported()
        self.check_access("write")  # an institution out of scope is nowhere to move work to
        return result

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_reported(self):
        self._check_not_reported()

    def _check_not_reported(self):
        """Raise where the institution has handed in its report of the quarter; one query for all."""
        if self.env.su or not self:
            return
        # sudo: whether it was reported counts, whoever asks
        reports = self.env["bphs.quarterly.report"].sudo()
        reported = reports._read_group(
            [
                ("state", "=", "submitted"),
                ("institution_id", "in", self.institution_id.ids),
                ("period_id", "in", self.period_id.ids),
            ],
            ["institution_id", "period_id"],
        )
        pairs = {(institution.id, period.id) for institution, period in reported}
        for work in self:
            if (work.institution_id.id, work.period_id.id) in pairs:
                raise UserError(
                    self.env._(
                        "%(institution)s has handed in its report of %(quarter)s. Have it returned first.",
                        institution=work.institution_id.name,
                        quarter=work.period_id.display_name,
                    )
                )


class BphsQuarterWorkLineMixin(models.AbstractModel):
    """A line of such work, about one institution; it is closed together with its work."""

    _name = "bphs.quarter.work.line.mixin"
    _description = "Line of a Quarterly Report's Work"
    _inherit = ["bphs.scope.mixin"]
    # Name of the many2one to the work.
    _work_field = None

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines[self._work_field]._check_not_reported()
        return lines

    def write(self, vals):
        self[self._work_field]._check_not_reported()
        result = super().write(vals)
        self[self._work_field]._check_not_reported()
        self.check_access("write")  # nor is the work of others, or a unit out of scope, for its lines
        return result

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_reported(self):
        self[self._work_field]._check_not_reported()
