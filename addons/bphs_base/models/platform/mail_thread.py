from odoo import api, models
from odoo.exceptions import AccessError

# What says who speaks, of a message and of a mail.
SPEAKER = ("author_id", "author_guest_id", "email_from", "create_uid")


def speaks_for_themselves(env):
    """Whether what is said now is a signed-in person's own word, and not the server's nor its administrator's."""
    return not env.su and not env.user.has_group("base.group_system")


def own_words(env, vals_list):
    """:return list: the values without what says who speaks, where the person speaks for themselves"""
    if not speaks_for_themselves(env):
        return vals_list
    return [{name: value for name, value in vals.items() if name not in SPEAKER} for vals in vals_list]


class MailThread(models.AbstractModel):
    """Whoever is signed in is the author of what they post, and the sender of what is mailed.

    Odoo takes `author_id` and `email_from` from the caller, and any internal user may call.
    """

    _inherit = "mail.thread"

    def _message_compute_author(self, author_id=None, email_from=None):
        if speaks_for_themselves(self.env):
            author_id = email_from = None
        return super()._message_compute_author(author_id, email_from)

    @api.model
    def message_process(
        self, model, message, custom_values=None, save_original=False, strip_attachments=False, thread_id=None
    ):
        # An incoming mail says itself who wrote it. It comes from the mail server's door, which is the system's.
        self._check_mail_door()
        return super().message_process(model, message, custom_values, save_original, strip_attachments, thread_id)

    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        self._check_mail_door()
        return super().message_route(message, message_dict, model, thread_id, custom_values)

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        self._check_mail_door()
        return super().message_new(msg_dict, custom_values)

    def message_update(self, msg_dict, update_vals=None):
        self._check_mail_door()
        return super().message_update(msg_dict, update_vals)

    def _check_mail_door(self):
        if speaks_for_themselves(self.env):
            raise AccessError(self.env._("Mails from outside come in by the mail server alone."))
