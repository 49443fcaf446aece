from odoo import fields, models
from odoo.exceptions import AccessError

ADMINISTRATORS = "base.group_erp_manager,bphs_base.group_administrator"
# Groups that tell no role: Odoo asks for them to know whom one may write to in a channel.
KINDS_OF_USER = ("base.group_user", "base.group_portal", "base.group_public")


class ResUsers(models.Model):
    """Who holds which role is for administrators to read; one's own, for oneself.

    Odoo shows the groups of everybody to every internal user: as a field, as an answer, and as a search.
    """

    _inherit = "res.users"

    group_ids = fields.Many2many(groups=ADMINISTRATORS)
    role = fields.Selection(groups=ADMINISTRATORS)

    def has_group(self, group_ext_id):
        if not (self.env.su or self == self.env.user or self._reads_roles_of_others()):
            raise AccessError(self.env._("Roles of others are for administrators to see."))
        return super().has_group(group_ext_id)

    def _get_group_ids(self):
        # sudo: kept for everybody at once, whoever asked first; who may ask is for `has_group` to say
        return super(ResUsers, self.sudo())._get_group_ids()

    def _has_field_access(self, field, operation):
        if field.name == "all_group_ids" and self and not self.env.su:
            # Without records it is a search, whose value is looked at below.
            return self._origin == self.env.user or self._reads_roles_of_others()
        return super()._has_field_access(field, operation)

    def _search_all_group_ids(self, operator, value):
        if not self.env.su and not self._reads_roles_of_others():
            kinds = {self.env.ref(name).id for name in KINDS_OF_USER}
            asked = [value] if isinstance(value, int) else value
            if operator not in ("=", "in") or any(group not in kinds for group in asked):
                raise AccessError(self.env._("Roles of others are for administrators to see."))
            # sudo: which kind of user it is tells no role
            everybody = self.sudo().with_context(active_test=False)
            users = everybody.search([("group_ids.all_implied_ids", "in", list(asked))])
            return [("id", "in", users.ids)]
        return super()._search_all_group_ids(operator, value)

    def _reads_roles_of_others(self):
        return self.env.user.has_groups(ADMINISTRATORS)


class ResGroups(models.Model):
    _inherit = "res.groups"

    user_ids = fields.Many2many(groups=ADMINISTRATORS)
    all_user_ids = fields.Many2many(groups=ADMINISTRATORS)
    all_users_count = fields.Integer(groups=ADMINISTRATORS)


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    def _subscribe_users_automatically_get_members(self):
        # Whoever may not read who is in a group makes no channel of it either.
        of_groups = self.filtered("group_ids")
        members = super(DiscussChannel, of_groups)._subscribe_users_automatically_get_members() if of_groups else {}
        return {**dict.fromkeys((self - of_groups).ids, []), **members}

    def _get_allowed_message_partner_ids(self, partner_ids):
        # sudo: whether those mentioned may read the channel is asked of their groups
        return super(DiscussChannel, self.sudo())._get_allowed_message_partner_ids(partner_ids)
