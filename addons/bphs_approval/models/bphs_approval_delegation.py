from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError


class BphsApprovalDelegation(models.Model):
    """Delegation (委托): someone else decides for me, in one role, for some days. Never changed,
    only ended early."""

    _name = "bphs.approval.delegation"
    _description = "Approval Delegation"
    _order = "date_from desc, id desc"
    _rec_name = "reason"

    from_user_id = fields.Many2one(
        "res.users",
        string="Delegated By",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.uid,
    )
    to_user_id = fields.Many2one("res.users", string="Delegated To", required=True, index=True, ondelete="restrict")
    group_id = fields.Many2one(
        "res.groups",
        string="Role",
        required=True,
        ondelete="restrict",
        domain=lambda self: [
            ("privilege_id", "=", self.env.ref("bphs_base.res_groups_privilege_bphs").id),
            ("id", "in", self.env.user.all_group_ids.ids),
        ],
    )
    date_from = fields.Date(string="From", required=True, default=lambda self: self._county_today())
    date_to = fields.Date(string="To", required=True, help="The last day.")
    reason = fields.Char(required=True)
    can_end = fields.Boolean(compute="_compute_can_end")

    _not_to_oneself = models.Constraint("CHECK(from_user_id != to_user_id)", "A role cannot be delegated to oneself.")

    @api.depends_context("uid")
    @api.depends("from_user_id", "date_to")
    def _compute_can_end(self):
        today = self._county_today()
        administrator = self.env.user.has_group("bphs_base.group_administrator")
        for delegation in self:
            mine = administrator or delegation.from_user_id == self.env.user
            delegation.can_end = mine and bool(delegation.date_to) and delegation.date_to >= today

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for delegation in self:
            # A delegation ended before its first day keeps its dates, and has none left.
            if delegation.date_to < delegation.date_from - timedelta(days=1):
                raise ValidationError(self.env._("A delegation cannot end before it starts."))

    @api.model_create_multi
    def create(self, vals_list):
        delegations = super().create(vals_list)
        for delegation in delegations:
            delegation._check_own_role()
        delegations._refresh_activities()
        return delegations

    def write(self, vals):
        # Only ending, which sets this one field after its own check, gets here with rights.
        if set(vals) - {"date_to"}:
            raise UserError(self.env._("A delegation is not changed. End it and make a new one."))
        return super().write(vals)

    def action_end(self):
        """End the delegation with yesterday. For the one who delegated, and administrators.

        :raises AccessError: for anybody else
        """
        self.check_access("read")
        administrator = self.env.user.has_group("bphs_base.group_administrator")
        if not administrator and self.from_user_id - self.env.user:
            raise AccessError(self.env._("Only the one who delegated can end a delegation."))
        yesterday = self._county_today() - timedelta(days=1)
        for delegation in self.filtered(lambda delegation: delegation.date_to > yesterday):
            # No role may write delegations; ending one's own was checked just now.
            delegation.sudo().date_to = max(yesterday, delegation.date_from - timedelta(days=1))
        self._refresh_activities()

    def _check_own_role(self):
        """Nobody delegates for others, nor a role they do not hold, nor to someone without
        access to the suite.

        :raises AccessError: for the first two
        :raises ValidationError: for the last
        """
        if self.from_user_id != self.env.user:
            raise AccessError(self.env._("Everyone delegates their own role only."))
        if self.group_id not in self.env.user.all_group_ids:
            raise AccessError(
                self.env._(
                    "You do not hold the role %(role)s, and cannot delegate it.",
                    role=self.group_id.name,
                )
            )
        delegate = self.to_user_id.sudo()  # groups of another user are not everyone's to read
        if not delegate.active or not delegate.has_group("bphs_base.group_user"):
            raise ValidationError(self.env._("%(name)s does not work with this suite.", name=delegate.name))

    def _refresh_activities(self):
        # What waits for the role is found whoever may see it.
        self.env["bphs.approval.request"].sudo().search(
            [("state", "=", "pending"), ("stage_id.group_id", "in", self.group_id.ids)]
        )._refresh_activities()
