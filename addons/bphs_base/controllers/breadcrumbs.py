from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request, route
from odoo.tools import groupby

from odoo.addons.web.controllers.action import Action

from ..models.platform.client_requests import told_at_full_moments


class Breadcrumbs(Action):
    """The names of records on the way to a page: those of records one may read.

    Odoo takes any record's name, and a name is reckoned past the rights of whoever asks where it stands in a field of
    something they may read. Asked for here it told anybody the people of a county, one by one.
    """

    # Not read alone: names of people are entered in a log.
    @route(readonly=lambda *_asked: False)
    def load_breadcrumbs(self, actions):
        names, named = [], []
        with told_at_full_moments(lambda: any("error" in name for name in names)):
            names += [
                {"error": str(refusal)} if (refusal := self._refusal(action, told, named)) else told
                for action, told in zip(actions, super().load_breadcrumbs(actions), strict=True)
            ]
        for model, records in groupby(named, lambda one: one._name):
            request.env[model].union(*records)._tell_names()
        return names

    def _refusal(self, action, told, named):
        """:param list named: takes in the record whose name is told
        :return: why the record's name is not told, the same whether it is hidden or there is none; or None
        """
        one = action.get("resId")
        if not one or one == "new":
            return None
        model = action.get("model") or self._model_of(action["action"])
        if model not in request.env:
            return None  # no record at all: what a page of its own shows
        records = request.env[model].browse(one)
        try:
            records.check_access("read")
        except (AccessError, MissingError):
            return request.env["ir.rule"]._plain_access_error("read", records)
        if "error" in told:
            # Whoever may read all there is of it finds out that it is gone.
            return request.env["ir.rule"]._plain_access_error("read", records)
        named.append(records)
        return None

    def _model_of(self, action):
        try:
            return (self.load(action) or {}).get("res_model")
        except UserError:
            return None  # there is no such action, which was told
