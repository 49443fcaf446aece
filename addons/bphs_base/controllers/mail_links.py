from odoo.addons.mail.controllers.mail import MailController

from ..models.platform.client_requests import told_at_full_moments

# Where somebody is sent who is not led to the record.
ELSEWHERE = ("/odoo/action-mail.action_discuss", "/web/login")


class MailLinks(MailController):
    """The link in a mail leads to its record, or elsewhere where that is hidden or not there: at a full moment.

    No error leaves the request, and how long it took would say which of the two it was.
    """

    @classmethod
    def _redirect_to_record(cls, model, res_id, access_token=None, **kwargs):
        led = []
        with told_at_full_moments(lambda: led[0].location.partition("?")[0] in ELSEWHERE):
            led.append(super()._redirect_to_record(model, res_id, access_token=access_token, **kwargs))
        return led[0]
