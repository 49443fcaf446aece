from odoo import api, models
from odoo.exceptions import AccessError

from .mail_thread import own_words, speaks_for_themselves


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        return super(MailMessage, _without_speaker(self)).create(own_words(self.env, vals_list))

    def write(self, vals):
        return super().write(own_words(self.env, [vals])[0])

    def _get_forbidden_access(self, operation):
        forbidden = super()._get_forbidden_access(operation)
        if operation in ("write", "unlink") and speaks_for_themselves(self.env):
            # Odoo lets whoever was written to, and whoever may write the document, change and delete another's words.
            me = self.env.user.partner_id
            # sudo: who wrote it counts, whoever may read it
            forbidden |= (self - forbidden).sudo().filtered(lambda message: message.author_id != me).sudo(False)
        return forbidden


class MailGuest(models.Model):
    """Whoever is not signed in takes part in no conversation: a guest says what they are called."""

    _inherit = "mail.guest"

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        # The server makes guests for whoever opens an invitation, so that it does not help to ask who it is.
        raise AccessError(self.env._("Only who is signed in takes part in a conversation."))


class MailScheduledMessage(models.Model):
    _inherit = "mail.scheduled.message"

    @api.model_create_multi
    def create(self, vals_list):
        if speaks_for_themselves(self.env):
            vals_list = [{**vals, "author_id": self.env.user.partner_id.id} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        return super().write(own_words(self.env, [vals])[0])


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    def _prepare_mail_values(self, res_ids):
        values = super()._prepare_mail_values(res_ids)
        if speaks_for_themselves(self.env):
            # What the dialog says of its author came from whoever opened it, or from their context.
            me = self.env.user.partner_id
            for mail in values.values():
                mail.update(author_id=me.id, email_from=me.email_formatted)
        return values


class MailTemplate(models.Model):
    """What is mailed in the bureau's name, and may hold code that runs with every right, is set up by the system."""

    _inherit = "mail.template"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_may_set_up()
        return super().create(vals_list)

    def write(self, vals):
        self._check_may_set_up()
        return super().write(vals)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        # The one way to change a text that does not come through `write`.
        self._check_may_set_up()
        return super()._update_field_translations(field_name, translations, digest, source_lang)

    def send_mail_batch(
        self, res_ids, force_send=False, raise_exception=False, email_values=None, email_layout_xmlid=False
    ):
        values = email_values and own_words(self.env, [email_values])[0]
        return super().send_mail_batch(res_ids, force_send, raise_exception, values, email_layout_xmlid)

    def _check_may_set_up(self):
        if speaks_for_themselves(self.env):
            raise AccessError(self.env._("Mail templates are set up by the system administrator."))


class MailRenderMixin(models.AbstractModel):
    _inherit = "mail.render.mixin"

    def _check_access_right_dynamic_template(self):
        # Odoo lets its group of editors write code here, which may call `sudo()`: it is the system's alone.
        if speaks_for_themselves(self.env) and self._has_unsafe_expression():
            raise AccessError(self.env._("Only the system administrator writes placeholders that run code."))
        return super()._check_access_right_dynamic_template()


def _without_speaker(messages):
    """:return: the model without what the context says of the author, where a person speaks for themselves"""
    if not speaks_for_themselves(messages.env):
        return messages
    return messages._without_defaults(("author_id", "author_guest_id", "email_from"))
