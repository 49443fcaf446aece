from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.steps import barred_as, steps_from

# In `_writable`: whoever has the right to write the record.
ANYBODY = "anybody"


class NameList(fields.Json):
    """A list of names that is never False, so that views and code may ask whether a name is in it."""

    def convert_to_record(self, value, record):
        return super().convert_to_record(value, record) or []


class BphsStepsMixin(models.AbstractModel):
    """A document with states: it says once, as data, which steps lead from one to another, and this does the rest.

    The steps are public methods of the document, `action_<name>`. Each calls `_check_step` first, looks at what is
    peculiar to it, and calls `_take_step`. State and whatever else steps alone set are refused to every other writer,
    whatever their rights, system or client; server code that must set them calls `_write_state`.

    It stands first in `_inherit`: `_write_state` passes by what comes before it and is still held to what comes after.
    Approvals in stages have an engine of their own, `bphs.approval.mixin`.
    """

    _name = "bphs.steps.mixin"
    _description = "Document With Steps"
    _inherit = ["bphs.asked.mixin"]

    _state_field = "state"
    # {name: Step}
    _steps = {}
    # What steps alone set, besides the state.
    _step_sets = ()
    # What may be written in each state, by whom: {state: {role, side or ANYBODY: names of fields}}. None: the document
    # says so itself, by its own checks.
    _writable = None
    # What may be given when it is made; None: all that `_writable` names.
    _given_at_creation = None
    # What Odoo itself writes through a record, whatever its state.
    _always_writable = ("activity_ids",)
    # What it is for somebody to judge their own work: most often a matter of rights.
    _apart_refusal = AccessError
    # Whether the system, acting for a person, may take steps that the person may not.
    _system_stands_apart = True
    # Fields, besides state and people, that decide on who may take a step.
    _steps_follow = ()

    allowed_steps = NameList(compute="_compute_allowed_steps", help="Names of the steps this user may take now.")
    writable_fields = NameList(compute="_compute_writable_fields", help="Names of the fields this user may write now.")

    # === COMPUTE METHODS === #

    def _allowed_steps_depends(self):
        people = {name for step in self._steps.values() for name in step.apart_from if name in self._fields}
        return (self._state_field, *sorted(people), *self._steps_follow) if self._steps else ()

    @api.depends_context("uid")
    @api.depends(lambda self: self._allowed_steps_depends())
    def _compute_allowed_steps(self):
        people = self._people_of_steps()
        # Whoever reads the list may read the record.
        writers = self._filtered_access("write") if any(s.access == "write" for s in self._steps.values()) else self
        for record in self:
            record.allowed_steps = [
                name
                for name in steps_from(self._steps, record[self._state_field])
                if not (step := self._steps[name]).by_system
                and (step.access == "read" or record in writers)
                and record._may_take(step)
                and record._is_step_due(name)
                and not barred_as(step, self.env.uid, people.get(record._origin.id, {}))
            ]

    @api.depends_context("uid")
    @api.depends(lambda self: self._allowed_steps_depends())
    def _compute_writable_fields(self):
        for record in self:
            by_side = (self._writable or {}).get(record[self._state_field], {})
            record.writable_fields = sorted(
                {name for side, names in by_side.items() if record._is_on_side(side) for name in names}
            )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_given(vals)
        return super().create(vals_list)

    # As in the mixins it stands before: what it gives out is read past their logs.
    @api.private
    def copy_data(self, default=None):
        """A copy begins its life anew."""
        kept = set(default or {})
        return [
            {name: value for name, value in vals.items() if name in kept or name not in self._step_fields()}
            for vals in super().copy_data(default)
        ]

    def write(self, vals):
        self._check_written(vals)
        return super().write(vals)

    def _write_state(self, vals):
        """Write what no client sets: state, and what steps set with it. Private, so that none reaches it."""
        # `write` of this class and of the document are what refuses these fields, so they are passed by.
        return super().write(vals)  # pylint: disable=super-method-mismatch

    @api.model
    def _create_past_steps(self, vals_list):
        """Make records with values that steps set. Private, as above; for what begins in the middle of its life."""
        return super().create(vals_list)  # pylint: disable=super-method-mismatch

    # === WHAT A DOCUMENT SAYS ABOUT ITSELF === #

    def _step_fields(self):
        """:return frozenset: the fields that steps alone set"""
        return super()._step_fields() | {self._state_field, *self._step_sets}

    def _is_on_side(self, side):
        """Whether the user stands on a side of this record: a role, or what the document makes of the word."""
        return side == ANYBODY or self.env.user._holds_role((side,))

    def _is_step_due(self, name):
        """Whether the document has come to the step, as far as its state does not say: its button stays away until
        then. What must hold is checked by the step itself.
        """
        return True

    def _people_apart(self, name):
        """Who is meant by a name of `apart_from`: by default, whoever stands in the field of that name.

        :return dict: record id -> ids of users
        """
        # sudo: who did what counts, whoever asks
        return {record.id: set(record[name].ids) for record in self._origin.sudo()}

    def _step_words(self):
        """What is said to whoever is refused, by what refused them; `<kind>:<step>` comes before `<kind>`.

        A document puts its own words over these. They may name `%(name)s`, and `%(state)s` or `%(field)s` where the
        words below do.
        """
        return {
            "role": self.env._("Your role may not take this step."),
            "reason": self.env._("Say why."),
            "busy": None,
            "state": self.env._('%(name)s is "%(state)s": this step does not apply to it.'),
            "apart": self.env._("%(name)s: whoever did this work does not judge it."),
            "set": self.env._("%(field)s is set by the steps of the document, not by writing it."),
            "closed": self.env._('%(name)s is "%(state)s": "%(field)s" cannot be changed now.'),
            "side": self.env._('%(name)s: "%(field)s" is not yours to write.'),
        }

    def _record_step(self, name, reason):
        """Write one line of history for each record, where the document keeps one. Called before the state changes.

        :param str name: of the step
        :param str reason: as it was given
        """

    # === FOR THE STEPS === #

    def _check_step(self, name, reason=""):
        """Raise unless every record may take the step ``name`` now, by this user. Holds the records until the end.

        :param str name: of `_steps`
        :param str reason: looked at where the step demands one
        :raise AccessError: out of scope, not this user's role or side, or a person who is to stand apart from it
        :raise UserError: wrong state, someone else at it, or no reason where one is needed
        """
        step = self._steps[name]
        self.check_access(step.access)
        barred = self.filtered(lambda record: step.by_system or not record._may_take(step))
        if barred and not self.env.su:
            raise AccessError(self._step_word("role", name, barred[0]))
        if step.reason_required and not (reason or "").strip():
            raise UserError(self._step_word("reason", name))
        # sudo: the right was checked just above; not every role that takes steps may write the record
        self.sudo()._lock_rows(self._step_word("busy", name))
        self._check_in_state(step.sources, name)
        if not self.env.su or not self._system_stands_apart:
            self._check_apart(name)

    def _take_step(self, name, values=None, reason=""):
        """Move to the target of ``name``, and write it down. Callers have called `_check_step`.

        :param dict values: what the step sets beside the state
        """
        if not self:
            return
        self._record_step(name, reason or "")
        # sudo: checked by `_check_step`; what steps set is nobody's to write
        self.sudo()._write_state({**(values or {}), self._state_field: self._steps[name].target})

    def _check_in_state(self, states, name=None):
        """:raise UserError: a record is in none of these states, names it"""
        for record in self:
            if record[self._state_field] not in states:
                raise UserError(self._step_word("state", name, record))

    # === HELPERS === #

    def _may_take(self, step):
        """Whether the user's role, or side of this record, is one that takes the step."""
        if step.side:
            return self._is_on_side(step.side)
        return not step.roles or self.env.user._holds_role(step.roles)

    def _people_of_steps(self):
        """:return dict: record id -> {name of `apart_from`: ids of users}"""
        found = {}
        for name in dict.fromkeys(name for step in self._steps.values() for name in step.apart_from):
            for record_id, people in self._people_apart(name).items():
                found.setdefault(record_id, {})[name] = people
        return found

    def _check_apart(self, name):
        step = self._steps[name]
        people = self._people_of_steps() if step.apart_from else {}
        for record in self:
            barred = barred_as(step, self.env.uid, people.get(record.id, {}))
            if barred:
                raise self._apart_refusal(self._step_word("apart", barred, record))

    def _step_word(self, kind, name=None, record=None, field=None):
        words = self._step_words()
        text = words.get(f"{kind}:{name}") or words[kind]
        if not text:
            return text
        values = {"field": field and self._field_words(field)}
        if record:
            states = dict(self._fields[self._state_field]._description_selection(self.env))
            values |= {"name": record.display_name, "state": states.get(record[self._state_field])}
        return text % values

    def _words_of_closed(self, name):
        # In the document's own words, whether a client or the system tries it.
        return self._step_word("set", field=name) if name in self._step_fields() else super()._words_of_closed(name)

    def _field_words(self, name):
        field = self._fields.get(name)
        return field._description_string(self.env) if field else name

    def _open_fields(self):
        """:return frozenset: what may be written in any state, by anybody"""
        return frozenset(name for sides in self._writable.values() for names in sides.values() for name in names)

    def _check_given(self, vals):
        if self._writable is None:
            refused = self._step_fields() & set(vals)
        else:
            given = self._open_fields() if self._given_at_creation is None else self._given_at_creation
            refused = set(vals) - set(given)
        self._refuse("create", refused)

    def _check_written(self, vals):
        names = set(vals) - set(self._always_writable)
        self._refuse("write", self._step_fields() & names if self._writable is None else names - self._open_fields())
        if names and self._writable is not None:
            self._check_writable(names)

    def _refuse(self, operation, names):
        """:raise UserError: there are any names: they are not for the caller to set"""
        for name in sorted(names):
            # Whoever has no right to the document is told that first.
            self.check_access(operation)
            raise UserError(self._step_word("set", field=name))

    def _check_writable(self, names):
        """Raise unless each of these fields may be written now, by this user.

        :raise UserError: the state closes the field, for everyone
        :raise AccessError: it is open, but not to this user's side
        """
        self.check_access("write")
        for record in self:
            for name in sorted(names):
                sides = [
                    side for side, open_ in self._writable.get(record[self._state_field], {}).items() if name in open_
                ]
                if not sides:
                    raise UserError(self._step_word("closed", name, record, name))
                if not self.env.su and not any(record._is_on_side(side) for side in sides):
                    raise AccessError(self._step_word("side", name, record, name))
