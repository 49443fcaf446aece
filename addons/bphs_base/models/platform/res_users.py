from odoo import Command, api, fields, models
from odoo.exceptions import AccessError

# What a bureau administrator may set on a user. Groups are not among them: roles bundle those.
ADMINISTERED_FIELDS = {
    "name",
    "login",
    "email",
    "phone",
    "active",
    "lang",
    "tz",
    "image_1920",
    "password",
    "new_password",
    "role_line_ids",
    "bphs_institution_ids",
}


class ResUsers(models.Model):
    _inherit = "res.users"

    # What record rules read: a user sees the records of these institutions and of all below them.
    bphs_institution_ids = fields.Many2many(
        "bphs.institution",
        "bphs_institution_user_rel",
        "user_id",
        "institution_id",
        string="Institutions in Scope",
        # A closed clinic keeps its past: its doctor still sees it.
        context={"active_test": False},
        groups="base.group_erp_manager,bphs_base.group_administrator",
    )
    role_line_ids = fields.One2many(groups="base.group_erp_manager,bphs_base.group_administrator")
    user_role_ids = fields.One2many(groups="base.group_erp_manager,bphs_base.group_administrator")

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        chinese = self.env["res.lang"]._get_data(code="zh_CN")
        defaults = {"tz": "Asia/Shanghai"} | ({"lang": "zh_CN"} if chinese else {})
        vals_list = [self.browse()._without_old_news(vals) for vals in vals_list]
        for vals in vals_list:
            self.browse()._check_administered(vals)
        users = super().create([{**defaults, **_with_typed_password(vals)} for vals in vals_list])
        users._check_scope_given(self.env["bphs.institution"])
        return users

    def write(self, vals):
        vals = self._without_old_news(vals)
        self._check_administered(vals)
        self._check_own_name(vals)
        if self != self.env.user:  # one's own is changed by Odoo's dialog alone, which asks for the old one
            vals = _with_typed_password(vals)
        if "bphs_institution_ids" not in vals:
            return super().write(vals)
        before = self.sudo().bphs_institution_ids  # to tell what is given now from what stood
        result = super().write(vals)
        self._check_scope_given(before)
        return result

    @api.model
    def _get_invalidation_fields(self):
        # Record rules are kept in memory with the scope they were read with: a scope taken away must go at once.
        return super()._get_invalidation_fields() | {"bphs_institution_ids"}

    def set_groups_from_roles(self, force=False):
        # Public, and would take from a system administrator the groups that no role gave.
        if self._is_limited_administrator():
            self._check_may_be_administered()
        return super().set_groups_from_roles(force=force)

    # === BUSINESS METHODS === #

    def _holds_role(self, roles):
        """:param roles: keys of the ``bphs_base.group_<role>`` groups
        :return bool: whether this user holds one of them
        """
        return any(self.has_group(f"bphs_base.group_{role}") for role in roles)

    def _is_limited_administrator(self):
        """Whether the current user administers users without being an administrator of the
        system."""
        user = self.env.user
        return (
            not self.env.su
            and user.has_group("bphs_base.group_administrator")
            and not user.has_group("base.group_erp_manager")
        )

    def _check_administered(self, vals):
        """Refuse what would lift a bureau administrator above their task.

        They set neither groups nor anything of a system administrator, whose password would be
        theirs next, and not their own roles and scope.
        """
        if not self._is_limited_administrator():
            return
        if self == self.env.user and set(vals) <= set(self._self_accessible_fields()[1]):
            return
        refused = set(vals) - ADMINISTERED_FIELDS
        if self._is_inbox_choice(vals.get("group_ids")):
            refused.discard("group_ids")
        if refused:
            raise AccessError(
                self.env._(
                    "A bureau administrator does not set: %(fields)s.",
                    fields=", ".join(sorted(refused)),
                )
            )
        self._check_may_be_administered()
        if self.env.user in self and {"role_line_ids", "bphs_institution_ids"} & set(vals):
            raise AccessError(self.env._("Nobody sets their own roles and scope."))
        if self.env.user in self and "password" in vals:
            # Whoever finds a session open would keep it by that. Odoo's dialog, which asks for the old one, has `su`.
            raise AccessError(
                self.env._("Your own password is changed in your preferences, where the old one is asked.")
            )

    def _without_old_news(self, vals):
        """The form sends fields back that nobody has touched: what says nothing new is no attempt to set it.

        :return dict: the same without what a bureau administrator does not set and has not changed
        """
        if not self._is_limited_administrator():
            return vals
        return self._drop_what_stands(vals, set(vals) - ADMINISTERED_FIELDS)

    def _check_own_name(self, vals):
        """Refuse a name of one's own choosing, which Odoo counts among the preferences.

        It stands beside decisions, on printed forms and as the mark of who took a list of residents.
        """
        user = self.env.user
        if self.env.su or "name" not in vals or user not in self or vals["name"] == user.name:
            return
        if user.has_group("bphs_base.group_user") and not user.has_group("base.group_erp_manager"):
            raise AccessError(
                self.env._(
                    "Your name stands on what you decide and take out: somebody else, an administrator, changes it."
                )
            )

    def _is_inbox_choice(self, commands):
        """Whether these are the commands by which Odoo itself keeps "notify in Odoo", a preference
        it holds as a group."""
        inbox = self.env.ref("mail.group_mail_notification_type_inbox")
        return bool(commands) and all(
            tuple(command)[:2] in ((Command.LINK, inbox.id), (Command.UNLINK, inbox.id)) for command in commands
        )

    def _check_may_be_administered(self):
        # The groups of others are asked with sudo only to protect them.
        for user in self.sudo():
            if user.has_group("base.group_erp_manager") or user._is_superuser():
                raise AccessError(
                    self.env._(
                        "%(name)s administers the system and is not changed by a bureau administrator.",
                        name=user.name,
                    )
                )

    def _check_scope_given(self, before):
        if self._is_limited_administrator():
            # What the administrator does not see themselves is not theirs to give.
            given = self.sudo().bphs_institution_ids - before
            given.with_env(self.env).check_access("read")


def _with_typed_password(vals):
    """Odoo keeps the password that was typed in a field beside the real one, which it forgets where the roles written
    along with it clear what is remembered of the user.

    :return dict: the same, with the typed password as the real one
    """
    vals = dict(vals)
    typed = vals.pop("new_password", None)
    return {**vals, "password": typed} if typed else vals


class ResUsersRoleLine(models.Model):
    _inherit = "res.users.role.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_administered()
        return lines

    def write(self, vals):
        self._check_administered()
        result = super().write(vals)
        self._check_administered()
        return result

    def unlink(self):
        self._check_administered()
        return super().unlink()

    def _check_administered(self):
        """Refuse a role of the system, and a role of one's own, to a bureau administrator."""
        if not self.user_id._is_limited_administrator():
            return
        self.user_id._check_may_be_administered()
        if self.env.user in self.user_id:
            raise AccessError(self.env._("Nobody sets their own roles and scope."))
        # Who edits mail templates writes code that runs with every right.
        system = self.env.ref("base.group_erp_manager") | self.env.ref("mail.group_mail_template_editor")
        for role in self.role_id.sudo():  # what a role implies is asked only to refuse it
            if system & role.all_implied_ids:
                raise AccessError(self.env._("The role %(role)s is given by the system administrator.", role=role.name))
