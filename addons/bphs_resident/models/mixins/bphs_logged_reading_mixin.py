from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .one_reading import is_one_reading, one_reading

# What many files share. Grouped by anything finer, or gathered into a list, a register would come out unlogged.
_SHARED_TYPES = {"selection", "boolean", "many2one"}
_SHARED_PERIODS = {"month", "quarter", "year"}
_SUMS = {"count", "count_distinct", "sum", "avg", "bool_and", "bool_or"}


def _writes(method):
    """Mark a reading method as one that writes as well: the log. Odoo would give it a cursor that cannot."""
    method._readonly = False
    return method


class BphsLoggedReadingMixin(models.AbstractModel):
    """Records through which residents' files are read: their reading goes into the access log."""

    _name = "bphs.logged.reading.mixin"
    _description = "Reading Is Logged"
    _inherit = ["bphs.spread.ids.mixin"]

    # The way to the people these records tell of, whose files the log names at each reading; None where a model logs
    # by itself.
    _tells_of = None

    # Whether names of it are found for a field without an entry, as those of people themselves are.
    _names_found_unlogged = False
    # Then by what a domain may find them without one: where somebody belongs, not what is known of them.
    _names_found_by = frozenset({"division_id", "institution_id", "township_id", "status", "active"})

    @_writes
    def read(self, fields=None, load="_classic_read"):
        return super().read(fields=fields, load=load)

    @api.model
    @_writes
    def search_read(self, domain=None, fields=None, offset=0, limit=None, order=None, **read_kwargs):
        return super().search_read(domain, fields, offset=offset, limit=limit, order=order, **read_kwargs)

    @_writes
    def web_read(self, specification):
        with one_reading():
            self._before_reading(specification)
            return super().web_read(specification)

    def _before_reading(self, names):
        """Hook: a page with these fields is about to be read; nothing of rights was asked yet."""

    @api.private
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        if is_one_reading():
            # Lines of a page are found by one statement and read by another, each with all rules: one does for both.
            field_names = None
        return super().search_fetch(domain, field_names, offset=offset, limit=limit, order=order)

    @api.model
    @_writes
    def web_search_read(self, domain, specification, offset=0, limit=None, order=None, count_limit=None):
        return super().web_search_read(
            domain, specification, offset=offset, limit=limit, order=order, count_limit=count_limit
        )

    @api.model
    @_writes
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        found = super().name_search(name, domain, operator, limit)
        if not self.env.su and (not self._names_found_unlogged or self._asks_of_facts(domain)):
            # Named after people, by a domain of what is known of them: it is a list of those, entered like one.
            self.browse([id_ for id_, __ in found])._read_format(["display_name"])
        return found

    def _asks_of_facts(self, domain):
        """Whether a domain finds people by more than where they belong; a form leaves out who stands in it already."""
        return any(
            condition.field_expr not in self._names_found_by
            and (condition.field_expr, condition.operator) not in (("id", "not in"), ("id", "!="))
            for condition in Domain(domain or []).iter_conditions()
        )

    def _tell_names(self):
        # One name of a file is told as a search tells it.
        if not self.env.su and self and not (self._names_found_unlogged and len(self) == 1):
            self._read_format(["display_name"])

    @api.model
    @_writes
    def web_name_search(self, *args, **kwargs):
        return super().web_name_search(*args, **kwargs)

    @api.model
    @_writes
    def web_read_group(self, *args, **kwargs):
        return super().web_read_group(*args, **kwargs)

    def action_archive(self):
        # What is to change is looked for among them: whoever may read none of it is told so first.
        self.check_access("write")
        return super().action_archive()

    def action_unarchive(self):
        self.check_access("write")
        return super().action_unarchive()

    def _read_format(self, fnames, load="_classic_read"):
        values = super()._read_format(fnames, load=load)
        if not self.env.su and self._tells_of:  # last: whoever is hidden or absent is refused alike
            residents = self._origin.sudo().mapped(self._tells_of)  # sudo: the rules were asked already
            self._origin._log_reading_of(residents.sudo(False))  # sudo: back to the reader
        return values

    def _log_reading_of(self, residents):
        """Enter that these records were read, which tell of residents without being their files.

        One record is entered with each file as an opening, several as a list. Where the file is not the reader's to
        open (it was given away, or is one to search for) the entry is no opening: that would be the ticket to the file.

        :param residents: bphs.resident that these records tell of
        """
        if self.env.su:
            return
        if len(self) > 1 and len(residents) > 1:
            residents._log_access("list")
            return
        readable = residents._filtered_access("read")
        for resident in readable:
            resident._log_opening()
        (residents - readable)._log_access("history")

    # === COPIES === #

    # Both read what they give out past the log.
    @api.private
    def copy_data(self, default=None):
        return super().copy_data(default)

    def copy(self, default=None):
        if not self.env.su:
            raise UserError(self.env._("What tells of residents is not duplicated. Enter the new one by itself."))
        return super().copy(default)

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        # Odoo's own export asks for no reason and no second person; it comes here from other models' exports too.
        if not self.env.su:
            raise AccessError(self.env._("Residents are exported on the page made for it, with a reason."))
        return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)

    @api.model
    def load(self, fields, data):
        # Odoo's import undoes a row that was refused and goes on, so that nothing counts what the row asked about: a
        # thousand rows with a number each told at once which of them the county knows.
        if not self.env.su:
            raise AccessError(
                self.env._("Residents are brought in by the import of rolls, which checks and logs them.")
            )
        return super().load(fields, data)

    # === GROUPING === #

    # These two see every grouping and aggregate, also those another model reaches through a field.
    def _read_group_groupby(self, alias, groupby_spec, query):
        self._check_not_listing(groupby_spec, self._is_shared(groupby_spec))
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _read_group_select(self, aggregate_spec, query):
        self._check_not_listing(aggregate_spec, aggregate_spec.partition(":")[2] in _SUMS | {""})
        return super()._read_group_select(aggregate_spec, query)

    def _check_not_listing(self, spec, shared):
        """:raise AccessError: a grouping would tell of single persons, past the log"""
        if not shared and not self.env.su:
            raise AccessError(
                self.env._(
                    "Residents are counted by what many share, not by “%(field)s”: that would list them past the "
                    "access log.",
                    field=spec,
                )
            )

    def _is_shared(self, spec):
        name, __, period = spec.partition(":")
        name, __, path = name.partition(".")
        field = self._fields.get(name)
        if field is None:
            return True  # Odoo itself says that there is no such field
        if path:
            # Asked of the model at the end of the path; an answer on a form has none.
            return field.type != "properties"
        if field.type in ("date", "datetime"):
            return (period or "month") in _SHARED_PERIODS
        logged = self.env.registry["bphs.logged.reading.mixin"]
        if field.type == "many2one" and isinstance(self.env[field.comodel_name], logged):
            return False
        return field.type in _SHARED_TYPES
