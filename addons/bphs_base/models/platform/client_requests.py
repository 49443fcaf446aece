import inspect
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from time import monotonic, sleep

from werkzeug.exceptions import NotFound

from odoo import api, models
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from ...tools import full_moment
from ...tools.plausible import are_ids, is_of_its_kind
from ...tools.said import holds_values, ids_of_lines, said_ids
from .base_client_values import OURS

# Whether what is written now was said by a client: Odoo's own code brings it, and none of ours has looked at it yet.
_said_by_client = ContextVar("bphs_said_by_client", default=False)


def said_by_client():
    """Whether what is done now was said by a client, and Odoo's own code brings it."""
    return _said_by_client.get()


def _called(params):
    return params.get("model"), params.get("method"), params.get("args"), params.get("kwargs")


def _called_by_program(params):
    said = {name: value for name, value in params.items() if name not in ("__model__", "__method__", "ids", "context")}
    return params.get("__model__"), params.get("__method__"), [params["ids"]] if "ids" in params else None, said


def _named_by_route(params):
    """Of a route that calls no method: the record whose messages, followers or files it is about."""
    model, one = params.get("thread_model") or params.get("res_model"), params.get("thread_id") or params.get("res_id")
    return (model, None, [one]) if model and one else ()


# Where a client names a method: which one, of which model, with which arguments, the ids of the records first; None
# where none are said in order.
CALLS = {
    "/web/dataset/call_kw": _called,
    "/web/dataset/call_button": _called,
    "/json/2/<__model__>/<__method__>": _called_by_program,
}


class Base(models.AbstractModel):
    """Records of the suite, where a request brings them: what no client sets is looked for before anything else.

    A model's own `create` and `write` may put in what they like, so the question is asked in front of the outermost of
    them, and once: what follows is the server's doing. Lines within the values are looked at with them.
    """

    _inherit = "base"

    def _register_hook(self):
        super()._register_hook()
        if self._name.startswith(OURS) and not self._abstract:
            _stand_before(type(self))

    def _without_what_no_client_sets(self, vals):
        """Of a client's values for these records, or for a new one, what says something new.

        :raise UserError: it sets what no client sets, here or in lines
        """
        closed = self._closed_fields() if self._name.startswith(OURS) and not self._transient else set()
        if self and self._name.startswith(OURS) and not self._transient:
            closed = closed | self._said_once()
        if not closed.isdisjoint(vals):
            # Whoever has no right to it is told that first, and nothing about what stands.
            self.check_access("write" if self else "create")
            vals = self._drop_what_stands(vals, closed)
            for name in sorted(closed.intersection(vals)):
                raise UserError(self._words_of_closed(name))
        return {name: self._without_in_lines(self._fields.get(name), value) for name, value in vals.items()}

    def _said_once(self):
        """Hook: names of the fields that a client says when it makes a record of these, and never again."""
        return frozenset()

    def _without_in_lines(self, field, value):
        if field is None or field.type not in ("one2many", "many2many") or not isinstance(value, (list, tuple)):
            return value
        lines = self.env[field.comodel_name]
        lines._check_named(value)
        if brought := self._lines_brought(field, value):
            # A link is a way to write what a line belongs to.
            brought._without_what_no_client_sets({field.inverse_name: self[:1].id})
        return [lines._line_without(command) if holds_values(command) else command for command in value]

    def _line_without(self, command):
        standing = self.browse(said_ids([command[1]]) if command[0] else ())
        return [*command[:2], standing._without_what_no_client_sets(command[2])]

    def _lines_brought(self, field, value):
        """:return: lines that a client links to this record, or to one it makes, which belong to another so far"""
        lines = self.env[field.comodel_name]
        if field.type != "one2many" or not field.inverse_name:
            return lines
        links = [one for one in value if _links(one)]
        # sudo: compared, not shown
        return lines.browse(ids_of_lines(links)) - self.sudo()[field.name].sudo(False)

    def _brought(self, vals):
        """:return list: lines that these values bring from elsewhere, on whichever level"""
        brought = []
        for name, value in vals.items():
            field = self._fields.get(name)
            if field is None or field.type != "one2many" or not isinstance(value, (list, tuple)):
                continue
            # Of none nothing is asked: whoever may add lines and change none links none.
            if found := self._lines_brought(field, value):
                brought.append(found)
            lines = self.env[field.comodel_name]
            for command in filter(holds_values, value):
                standing = lines.browse(said_ids([command[1]]) if command[0] else ())
                brought += standing._brought(command[2])
        return brought

    def _check_still_theirs(self, vals):
        """Odoo asks before it writes, and not after: a link that was said may have given a record to others.

        :raise AccessError: one of these, or a line of theirs, is no longer for this client to change
        """
        for name, value in vals.items():
            field = self._fields.get(name)
            if field is None:
                continue
            if field.type in ("many2one", "many2many") and field.comodel_name.startswith(OURS):
                self.check_access("write")
            elif field.type == "one2many" and isinstance(value, (list, tuple)):
                lines = self.env[field.comodel_name]
                for command in filter(holds_values, value):
                    if command[0] == 1:
                        lines.browse(said_ids([command[1]])).exists()._check_still_theirs(command[2])

    def _words_of_closed(self, name):
        """What is said to a client who sets this field."""
        field = self._fields[name]._description_string(self.env)
        if name in self._computed_columns():
            return self.env._("%(field)s follows from other values and cannot be set.", field=field)
        return self.env._("%(field)s is set by the system or by its buttons, not by hand.", field=field)


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _dispatch(cls, endpoint):
        routes = endpoint.routing["routes"]
        reading = next((reading for route, reading in CALLS.items() if route in routes), _named_by_route)
        with told_at_full_moments(), request.env["ir.http"]._asked_by_client(*reading(request.params)):
            return super()._dispatch(endpoint)

    @api.model
    @contextmanager
    def _asked_by_client(self, model=None, method=None, arguments=(), words=None):
        """What is done within was asked for by a client.

        :param model, method: of what it calls, or None for a method; nothing where it asks for something else
        :param arguments, words: what it says, as it sent that; the ids of the records come first
        :raise UserError: these are no records, or nothing that can be said
        """
        called = getattr(self.env.registry.get(model), method, None) if model and isinstance(method, str) else None
        of_ours = called is not None and _is_of_ours(self.env.registry[model], method)
        on_records = called is not None and not hasattr(called, "_api_model")
        records = None
        if of_ours or (called is not None and model.startswith(OURS)):
            said = list(arguments) if isinstance(arguments, (list, tuple)) else [()] * on_records
            if on_records:
                ids = said.pop(0) if said else 0
                if not are_ids(ids):
                    raise UserError(self.env._("There is no such record."))
                records = self.env[model].browse(ids or ())
            if of_ours:
                self._check_said(called, said, words if isinstance(words, dict) else {})
        elif method is None and isinstance(model, str) and model in self.env and model.startswith(OURS):
            records = self.env[model].browse(arguments) if are_ids(arguments) else None
        # A method of the suite looks at what it is told by itself, and writes as the server.
        before = _said_by_client.set(not of_ours)
        try:
            yield
        except (AccessError, MissingError) as refusal:
            if records and (isinstance(refusal, MissingError) or records.browse().has_access("read")):
                # What is hidden and what is not there are refused alike, whatever was asked of them, at whichever step
                # of it, and beside whichever others.
                records._check_read_alike()
            raise
        except ValueError as error:
            if not on_records or not str(error).startswith("Expected singleton"):
                raise
            raise UserError(self.env._("This is done for one record at a time: choose one.")) from error
        finally:
            _said_by_client.reset(before)

    def _check_said(self, method, arguments, words):
        """:raise UserError: something said for a parameter is of another kind"""
        names = list(inspect.signature(method).parameters)[1:]
        for name, value in (*zip(names, arguments, strict=False), *words.items()):
            if not is_of_its_kind(name, value):
                raise UserError(self.env._("What was said for “%(name)s” is of another kind.", name=name))


def _is_of_ours(cls, method):
    """Whether a module of ours brought this method into being, on this model."""
    owners = [owner for owner in cls.mro() if method in vars(owner)]
    # The registry's own class stands before all others and holds what is put in front of them.
    return owners[-1].__module__.startswith("odoo.addons.bphs_")


def _links(command):
    """Whether what is said of lines links those it names: an id alone is a link too."""
    if isinstance(command, (list, tuple)):
        return len(command) > 1 and command[0] in (4, 6)
    return not isinstance(command, dict)


def _stand_before(cls):
    """Put the question in front of everything a model does when records are made, written or deleted."""
    if "_without_clients_word" in vars(cls):
        return
    cls._without_clients_word = True
    made, written, deleted = cls.create, cls.write, cls.unlink

    @wraps(made)
    def create(self, vals_list):
        if not _said_by_client.get() or self.env.su:
            return made(self, vals_list)
        said = [vals_list] if isinstance(vals_list, dict) else vals_list
        # Who may make none at all is told that, and nothing about what is named.
        self.browse().check_access("create")
        said = [self.browse()._without_what_no_client_sets(vals) for vals in said]
        for vals in said:
            self._check_named_in(vals)
        brought = [lines for vals in said for lines in self.browse()._brought(vals)]
        with _servers_doing():
            records = made(self, said)
            # What is made Odoo asks about itself, after it was.
            for lines in brought:
                lines.exists().check_access("write")
        return records

    @wraps(written)
    def write(self, vals):
        if not _said_by_client.get() or self.env.su:
            return written(self, vals)
        self.browse().check_access("write")
        vals = self._without_what_no_client_sets(vals)
        self._check_named_in(vals)
        brought = self._brought(vals)
        with _servers_doing():
            result = written(self, vals)
            self._check_still_theirs(vals)
            for lines in brought:
                lines.exists().check_access("write")
        return result

    @wraps(deleted)
    def unlink(self):
        with _servers_doing():
            return deleted(self)

    cls.create, cls.write, cls.unlink = create, write, unlink


@contextmanager
def told_at_full_moments(refused=lambda: False):
    """What is refused within is told at a full moment: how long it took does not say why.

    :param refused: whether it was refused without an error
    """
    begun = monotonic()
    try:
        yield
    except (AccessError, MissingError, NotFound):
        sleep(full_moment.seconds_to_wait(monotonic() - begun))
        raise
    if refused():
        sleep(full_moment.seconds_to_wait(monotonic() - begun))


@contextmanager
def _servers_doing():
    before = _said_by_client.set(False)
    try:
        yield
    finally:
        _said_by_client.reset(before)
