from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.orm.models import NO_ACCESS
from odoo.tools.misc import clean_context

from odoo.addons.bphs_base.tools.masking import mask_name

from ...tools.identity import age_on, is_ehr_number
from ..sealing.late_constraint import LateConstraint, check_late_constraints

SEXES = [("male", "Male"), ("female", "Female"), ("unknown", "Unknown"), ("unstated", "Not Stated")]
HEAD = "head"
RELATIONS = [
    (HEAD, "Head of the Household"),
    ("spouse", "Spouse"),
    ("child", "Child"),
    ("child_in_law", "Son- or Daughter-in-Law"),
    ("parent", "Parent"),
    ("grandchild", "Grandchild"),
    ("grandparent", "Grandparent"),
    ("sibling", "Brother or Sister"),
    ("other", "Other"),
]
STATUSES = [
    ("active", "Living Here"),
    ("moved_out", "Moved Out"),
    ("died", "Died"),
    ("lost", "Lost to Follow-Up"),
    ("merged", "Merged into Another File"),
]
# What ends a file is done by steps of its own, with evidence; nobody types it into the form.
STEP_FIELDS = {"status", "status_date", "status_evidence", "active", "merged_into_id", "ehr_number", "last_service_on"}


class BphsResident(models.Model):
    """Resident and health record (居民健康档案).

    Not a partner: that table is open to every user. Stored columns are written in bulk by the import and the
    generator too, so what they are and how they follow from a person's facts stands in `tools/columns.py`.
    """

    _name = "bphs.resident"
    _description = "Resident"
    _inherit = ["bphs.scope.mixin", "bphs.readable.links.mixin", "bphs.logged.reading.mixin"]
    _names_found_unlogged = True
    # Never by name: sorting a county costs more than any search.
    _order = "id desc"

    ehr_number = fields.Char(
        string="Health Record Number", size=17, readonly=True, copy=False, help="6 county + 3 township + 3 village + 5."
    )
    name = fields.Char(required=True, size=50)
    sex = fields.Selection(SEXES, required=True, default="unknown")
    birth_date = fields.Date()
    age = fields.Integer(compute="_compute_age")
    household_id = fields.Many2one("bphs.household", index="btree_not_null", ondelete="restrict")
    relation = fields.Selection(RELATIONS, string="Relation to the Head")
    # No index of its own: the one below begins with it.
    division_id = fields.Many2one(
        "bphs.division",
        string="Village",
        required=True,
        ondelete="restrict",
        domain=[("level", "=", "village")],
    )
    residence_kind = fields.Selection(
        [("registered", "Registered Here"), ("migrant", "Migrant, Half a Year or More")],
        required=True,
        default="registered",
    )
    group_ids = fields.One2many("bphs.resident.group", "resident_id", string="Key Groups")
    living_alone = fields.Boolean()
    empty_nest = fields.Boolean()
    extreme_poverty = fields.Boolean(string="Extreme Poverty Support")
    minimum_living = fields.Boolean(string="Minimum Living Allowance")
    disability_card = fields.Boolean()
    status = fields.Selection(STATUSES, required=True, default="active", readonly=True, copy=False)
    status_date = fields.Date(readonly=True, copy=False)
    status_evidence = fields.Char(readonly=True, copy=False, size=200)
    merged_into_id = fields.Many2one(
        "bphs.resident", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    file_created_on = fields.Date(string="File Created", default=lambda self: self._county_today(), copy=False)
    last_service_on = fields.Date(string="Last Service", readonly=True, copy=False)
    opened_on = fields.Date(string="Opened to the Resident", copy=False)
    access_ids = fields.One2many("bphs.resident.access", "resident_id", string="Access Log", readonly=True)
    # The same for the record rules alone, as in the household: openings of others would stay in the field above.
    rule_access_ids = fields.One2many("bphs.resident.access", "resident_id", groups=NO_ACCESS)
    active = fields.Boolean(default=True, copy=False)

    _ehr_number_uniq = models.Constraint("UNIQUE(ehr_number)", "A file with this health record number exists already.")
    # Whoever writes, and whoever else writes at the same moment. Odoo's own link on the first column is met by it too.
    _household_village = LateConstraint(
        "FOREIGN KEY (household_id, division_id) REFERENCES bphs_household (id, division_id)"
        " ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED",
        "A resident lives in the village of the household.",
    )
    _village_index = models.Index("(division_id, birth_date) INCLUDE (id)")  # who is how old is told without the files
    # The few that first pages count, without a walk through the whole register.
    _not_standardised_index = models.Index(
        "(institution_id) WHERE active IS TRUE AND standardised IS NOT TRUE AND status = 'active'"
    )
    # Who is counted where they live, by age and by id: read from the index alone, county-wide in a tenth of a second.
    _living_index = models.Index("(division_id, birth_date, id) WHERE status = 'active' AND NOT restricted")

    # === COMPUTE METHODS === #

    @api.depends("birth_date")
    def _compute_age(self):
        today = self._county_today()
        for resident in self:
            resident.age = age_on(resident.birth_date, today) if resident.birth_date else 0

    @api.depends("name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        # Odoo gives the name with every field that points here, to whoever reads that field, as superuser: whoever may
        # not read the file itself gets the name masked, and of a file for named persons nothing.
        readable = set(self._origin.sudo(False)._filtered_access("read").ids)
        for resident, stored in zip(self, self.sudo(), strict=True):  # sudo: as said
            if not resident._origin or resident._origin.id in readable:
                resident.display_name = resident.name
            else:
                resident.display_name = "" if stored.restricted else mask_name(stored.name)

    # === CONSTRAINTS === #

    @api.constrains("division_id")
    def _check_division_id(self):
        for resident in self:
            if resident.division_id.level != "village":
                raise ValidationError(self.env._("%(name)s is not a village.", name=resident.division_id.display_name))

    @api.constrains("birth_date", "file_created_on")
    def _check_dates(self):
        today = self._county_today()
        for resident in self:
            if resident.birth_date and resident.birth_date > today:
                raise ValidationError(self.env._("%(name)s: born in the future.", name=resident.name))

    @api.constrains("household_id", "division_id")
    def _check_household_id(self):
        for resident in self:
            household = resident.household_id
            if household and household.division_id != resident.division_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s lives in %(village)s, the household %(household)s does not.",
                        name=resident.name,
                        village=resident.division_id.name,
                        household=household.number,
                    )
                )

    @api.constrains("ehr_number")
    def _check_ehr_number(self):
        for resident in self:
            if not is_ehr_number(resident.ehr_number or ""):
                raise ValidationError(
                    self.env._("%(number)s is not a health record number.", number=resident.ehr_number or "")
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        Division = self.env["bphs.division"]
        prepared, drawn = [], []
        for vals in vals_list:
            self._check_no_steps(set(vals) - {"active"})
            vals = self._fill_from_id_number(vals)
            division = Division.browse(vals.get("division_id"))
            if division and not (self.env.su and vals.get("ehr_number")):
                # sudo: nobody draws numbers by hand
                counter = self.env["bphs.village.counter"].sudo()
                (vals["ehr_number"],) = counter._draw(division, "resident", reserved=drawn)
                drawn.append(vals["ehr_number"])
            prepared.append(vals)
        self._check_served({vals.get("division_id") for vals in prepared})
        # Nothing comes from the context's defaults: what stands above has not seen them.
        cleaned = self.with_context(clean_context(self.env.context))  # pylint: disable=context-overridden
        residents = super(BphsResident, cleaned).create(prepared)
        residents._forget_typed()
        residents._check_documents()
        residents._log_access("create")
        check_late_constraints(self.env.cr)
        return residents

    def write(self, vals):
        self._check_no_steps(set(vals))
        if "division_id" in vals:
            self._check_served({vals["division_id"]})
        result = super().write(vals)
        self._forget_typed()
        if {"id_number", "id_type", "id_reason", "birth_date", "sex"} & set(vals):
            self._check_documents()
        if "division_id" in vals:
            self.check_access("write")  # a village out of scope is nowhere to move a person to
        if {"division_id", "household_id"} & set(vals):
            check_late_constraints(self.env.cr)
        self._log_access("change", what=self._labels_of(vals))
        return result

    # Whatever the context says: a file is kept for life.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_never(self):
        raise UserError(self.env._("A resident's file is never deleted. Merge it, or end it with its reason."))

    # === HOOKS === #

    def _on_groups_changed(self):
        """Hook: these residents belong to other key groups now. Modules plan and grade them anew."""

    # === HELPERS === #

    def _step_fields(self):
        return super()._step_fields() | STEP_FIELDS

    def _checked_links(self):
        return ["household_id", "merged_into_id"]  # the others follow from the village

    def _check_no_steps(self, names):
        if self.env.su:
            return
        for name in sorted(names & STEP_FIELDS):
            raise UserError(
                self.env._(
                    "%(field)s of a resident cannot be set directly.",
                    field=self._fields[name]._description_string(self.env),
                )
            )

    def _check_served(self, division_ids):
        """Refuse a village nobody serves: its residents would be in nobody's scope."""
        wanting = self.env["bphs.division"].browse(
            filter(None, division_ids - set(self.env["bphs.institution"]._responsible(filter(None, division_ids))))
        )
        if wanting:
            raise UserError(
                self.env._(
                    "No institution serves %(village)s. Enter the village at the institution responsible for it first.",
                    village=wanting[0].display_name,
                )
            )

    def _labels_of(self, names):
        return "、".join(self._fields[name]._description_string(self.env) for name in names if name in self._fields)
