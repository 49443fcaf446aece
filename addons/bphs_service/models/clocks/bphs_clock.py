from odoo import SUPERUSER_ID, api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_base.tools.replay_reader import ReplayError

from ...tools.clocks.reading import read_clock
from ...tools.clocks.terms import FIXED, LAST

KINDS = [("interval", "Every So Often"), ("schedule", "At Certain Ages"), ("yearly", "Once a Year")]
MODES = [(FIXED, "From the Plan's Start"), (LAST, "From the Last Visit")]
UNITS = [("months", "Months"), ("days", "Days")]
COMMON = ("face_to_face", "min_gap_days")
INTERVAL = ("mode", "every_number", "every_unit", "before_days", "after_days", "recheck_days", "recheck_after_days")
# Results that may ask for a recheck, and the field that says how many in a row are referred.
REFERRED = ("uncontrolled", "reaction", "complication")
TYPED = (
    *("name", "code", "sequence", "source", "kind", *COMMON, *INTERVAL),
    *(f"refer_{result}" for result in REFERRED),
    *("step_ids", "year_starts", "least_days"),
    *("form_codes", "for_groups", "by_age", "from_age", "to_age"),
)


class BphsClock(models.Model):
    """How often a service is due (随访时钟): the rules of `tools/clocks`, as a county sets them.

    Once published a version stays as it is: what it made due must come out the same years later.
    """

    _name = "bphs.clock"
    _description = "Follow-Up Clock"
    _inherit = ["bphs.versioned.mixin"]
    _order = "sequence, code, version desc"
    _rec_names_search = ["name", "code"]
    _writable = {"draft": {ANYBODY: TYPED}, "published": {ANYBODY: ("sequence",)}}
    _given_at_creation = (*TYPED, "version")

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="The same for all versions of a clock.")
    sequence = fields.Integer(default=10)
    source = fields.Text(translate=True, help="What it stands on: a specification, a notice, a habit.")
    kind = fields.Selection(KINDS, required=True, default="interval")
    face_to_face = fields.Boolean(help="Only visits face to face close its steps.")
    min_gap_days = fields.Integer(
        string="Days Between Closings", help="So many days must lie between two visits that close a step; 0: none."
    )
    # Every so often.
    mode = fields.Selection(MODES, string="Counted", default=FIXED)
    every_number = fields.Integer(string="Every", aggregator=None)
    every_unit = fields.Selection(UNITS, default="months")
    before_days = fields.Integer(string="Opens Before", aggregator=None, help="Days before it is due.")
    after_days = fields.Integer(string="Closes After", aggregator=None, help="Days after it is due.")
    recheck_days = fields.Integer(string="Recheck Within", default=14, aggregator=None, help="Days after the visit.")
    recheck_after_days = fields.Integer(string="Recheck Closes After", default=7, aggregator=None)
    refer_uncontrolled = fields.Integer(
        aggregator=None, help="In a row, until it is referred; before that it is rechecked. 0: it asks for nothing."
    )
    refer_reaction = fields.Integer(string="Refer After Drug Reactions", aggregator=None)
    refer_complication = fields.Integer(string="Refer After Complications", aggregator=None)
    # At certain ages.
    step_ids = fields.One2many("bphs.clock.step", "clock_id", string="Steps", copy=True)
    # Once a year.
    year_starts = fields.Char(size=5, default="01-01", help="Month and day on which the management year begins.")
    least_days = fields.Integer(
        aggregator=None,
        help="A plan that has fewer days left in its first year begins with the next.",
    )

    # Whose plans it makes, and what closes their steps.
    sensitive = fields.Boolean(
        string="For Named Persons", compute="_compute_sensitive", search="_search_sensitive",
        help="Whoever is under it has a severe mental illness or tuberculosis.",
    )  # fmt: skip
    form_codes = fields.Char(string="Forms", help="Codes of the forms whose records count for it, parted by blanks.")
    for_groups = fields.Char(string="Key Groups", help="Whoever belongs to one of these has a plan; codes, by blanks.")
    forms_told = fields.Char(string="Forms Counted", compute="_compute_told")
    groups_told = fields.Char(string="Key Groups Planned", compute="_compute_told")
    by_age = fields.Boolean(help="Whoever is of this age has a plan.")
    from_age = fields.Integer(aggregator=None)
    to_age = fields.Integer(aggregator=None, help="The last year of age; 0: without end.")

    _code_version_uniq = models.Constraint("UNIQUE(code, version)", "This version of the clock exists already.")

    # === COMPUTE METHODS === #

    @tools.ormcache()
    def _sensitive_ids(self):
        # Asked by the record rules at each reading; kept until a clock or a form changes.
        # sudo: whoever reads
        forms = self.env["bphs.form.template"].sudo().search([("sensitive", "=", True)])
        codes, clocks = set(forms.mapped("code")), self.sudo().search([("state", "!=", False)])  # sudo: as above
        return tuple(
            clock.id
            for clock in clocks
            if codes & set((clock.form_codes or "").split()) or {"smi", "tb"} & set((clock.for_groups or "").split())
        )

    def _compute_sensitive(self):
        ids = set(self._sensitive_ids())
        for clock in self:
            clock.sensitive = clock._origin.id in ids

    def _search_sensitive(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("id", "in" if True in value else "not in", list(self._sensitive_ids()))]

    @api.depends("form_codes", "for_groups")
    @api.depends_context("lang")
    def _compute_told(self):
        """The forms and key groups in the words people use, for whoever reads it."""
        named = [code for clock in self for code in (clock.form_codes or "").split()]
        # sudo: what forms are called tells of nobody
        forms = self.env["bphs.form.template"].sudo().search([("code", "in", named)], order="version")
        form_names = {form.code: form.name for form in forms}  # as the last version calls it
        group_names = dict(self.env["bphs.resident.group"]._fields["kind"]._description_selection(self.env))
        for clock in self:
            clock.forms_told = _told(clock.form_codes, form_names)
            clock.groups_told = _told(clock.for_groups, group_names)

    @api.depends("name")
    def _compute_display_name(self):
        for clock in self:
            clock.display_name = clock.name

    # === ACTIONS === #

    def action_publish(self):
        """Put a version into force: from now on it stays as it is.

        :raise ValidationError: it is no clock, with the field and what is wrong with it
        """
        self._check_step("publish")
        for clock in self:
            clock._core()
            clock._check_groups()
        self._take_step("publish")
        # As the clock does it at night: plans follow from clocks and are nobody's to write.
        self.env["bphs.plan"].with_user(SUPERUSER_ID)._cron_bring_up()

    # === HELPERS === #

    def _check_groups(self):
        known = {kind for kind, _words in self.env["bphs.resident.group"]._fields["kind"].selection}
        for group in (self.for_groups or "").split():
            if group not in known:
                raise ValidationError(self.env._("%(group)s is no key group.", group=group))

    def _all_in_force(self):
        """:return: the latest published version of each clock"""
        published = self.search([("state", "=", "published")], order="code, version")
        return self.browse({clock.code: clock.id for clock in published}.values())

    def _in_force(self, code):
        """The latest published version of a clock.

        :raise UserError: there is none
        """
        clock = self._in_use(code)
        if not clock:
            raise UserError(self.env._("No version of the clock %(code)s is published.", code=code))
        return clock

    def _core(self):
        """The clock as the rules read it.

        :raise ValidationError: it is none
        """
        self.ensure_one()
        try:
            return read_clock(self._document(), "clock")
        except ReplayError as error:
            raise ValidationError(
                self.env._("%(name)s is no clock yet. %(problem)s", name=self.display_name, problem=error)
            ) from error

    def _document(self):
        """The clock as its replay document writes it (clocks rules, section 4)."""
        self.ensure_one()
        document = {
            "code": self.code,
            "kind": self.kind,
            "face_to_face": self.face_to_face,
            "min_gap_days": self.min_gap_days,
        }
        return document | {"interval": self._interval, "schedule": self._schedule, "yearly": self._yearly}[self.kind]()

    def _interval(self):
        refer_after = {result: self[f"refer_{result}"] for result in REFERRED if self[f"refer_{result}"]}
        return {
            "mode": self.mode,
            "every": {self.every_unit: self.every_number},
            "before_days": self.before_days,
            "after_days": self.after_days,
            "recheck_on": list(refer_after),
            "recheck_days": self.recheck_days,
            "recheck_after_days": self.recheck_after_days,
            "refer_after": refer_after,
        }

    def _schedule(self):
        return {"steps": [step._document() for step in self.step_ids]}

    def _yearly(self):
        return {"year_starts": self.year_starts or "", "least_days": self.least_days}

    def _step_words(self):
        return super()._step_words() | {
            "role": self.env._("Clocks are published by the section for primary care."),
            "state": self.env._(
                '%(name)s is "%(state)s": what it made due must come out the same. Begin a new version.'
            ),
            "closed": self.env._(
                '%(name)s is "%(state)s": what it made due must come out the same. Begin a new version.'
            ),
        }

    @api.model
    def _publish_shipped(self):
        """Publish what the module brings, but what is named and empty."""
        shipped = self.search([("state", "=", "draft"), ("version", "=", 1)])
        for clock in shipped.filtered(lambda clock: clock.kind != "interval" or clock.every_number):
            clock.action_publish()


def _told(codes, names):
    return "、".join(names.get(code, code) for code in (codes or "").split())
