from werkzeug.exceptions import NotFound

from odoo.http import route

from odoo.addons.rpc.controllers import RPC


class RemoteCalls(RPC):
    """The old entries for programs are closed: nothing of ours uses them, and JSON-2 (`/json/2`) does all they did.

    They take a user's password with every call, beside the session and its limits, and Odoo 20 drops them. Where no
    database is chosen, Odoo asks only the modules that serve all databases: config/ does not name `rpc` among them.
    """

    @route()
    def jsonrpc(self, *_args, **_kwargs):
        raise NotFound()

    @route()
    def xmlrpc_1(self, *_args, **_kwargs):
        raise NotFound()

    @route()
    def xmlrpc_2(self, *_args, **_kwargs):
        raise NotFound()
