from odoo import api, models


def _writes(method):
    """Mark a reading method as one that writes as well: the log. Odoo would give it a cursor that cannot."""
    method._readonly = False
    return method


class BphsLoggedReadingMixin(models.AbstractModel):
    """Records through which residents' files are read: their reading goes into the access log."""

    _name = "bphs.logged.reading.mixin"
    _description = "Reading Is Logged"

    @_writes
    def read(self, fields=None, load="_classic_read"):
        return super().read(fields=fields, load=load)

    @api.model
    @_writes
    def search_read(self, domain=None, fields=None, offset=0, limit=None, order=None, **read_kwargs):
        return super().search_read(domain, fields, offset=offset, limit=limit, order=order, **read_kwargs)

    @_writes
    def web_read(self, specification):
        return super().web_read(specification)

    @api.model
    @_writes
    def web_search_read(self, domain, specification, offset=0, limit=None, order=None, count_limit=None):
        return super().web_search_read(
            domain, specification, offset=offset, limit=limit, order=order, count_limit=count_limit
        )

    @api.model
    @_writes
    def web_read_group(self, *args, **kwargs):
        return super().web_read_group(*args, **kwargs)
