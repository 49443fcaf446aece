from werkzeug.exceptions import NotFound

from odoo.http import request, route

from odoo.addons.mail.controllers.thread import ThreadController


class Threads(ThreadController):
    """The messages of a record are told to whoever may read it; to others that there are none is no answer.

    Odoo answers with what somebody may read elsewhere, as if nothing had been asked about.
    """

    @route()
    def mail_thread_messages(self, thread_model, thread_id, fetch_params=None):
        threads = request.env.get(thread_model) if isinstance(thread_model, str) else None
        # Hidden, absent, and of a kind that nobody writes messages about: refused alike.
        if not hasattr(threads, "_get_thread_with_access") or not self._get_thread_with_access(thread_model, thread_id):
            raise NotFound()
        return super().mail_thread_messages(thread_model, thread_id, fetch_params)
