from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("health_bureau", "Health Bureau"),
    ("finance_bureau", "Finance Bureau"),
    ("medical_group", "County Medical Group"),
    ("county_hospital", "County Hospital"),
    ("cdc", "Centre for Disease Control"),
    ("mch_centre", "Maternal and Child Health Centre"),
    ("tcm_hospital", "Hospital of Traditional Chinese Medicine"),
    ("township_hospital", "Township Hospital"),
    ("community_centre", "Community Health Centre"),
    ("community_station", "Community Health Station"),
    ("village_clinic", "Village Clinic"),
    ("other", "Other"),
]
# The kinds that lead a township: clinics below them settle through them.
TOWNSHIP_KINDS = ("township_hospital", "community_centre")
# The kinds that do the village's work and are settled as clinics.
CLINIC_KINDS = ("village_clinic", "community_station")

# What the company is called before anyone names it: by Odoo, then by the installation of this module.
ODOO_NAME, NEUTRAL_NAME = "My Company", "卫生健康局"


class BphsInstitution(models.Model):
    """Institution (机构): bureau, hospital, centre or clinic, in one tree by who leads whom.

    The tree is what access follows: a user sees the institutions of their own and all below them.
    """

    _name = "bphs.institution"
    _description = "Institution"
    _parent_store = True
    _order = "code"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True)
    code = fields.Char(required=True, index=True)
    kind = fields.Selection(KINDS, required=True, index=True)
    parent_id = fields.Many2one("bphs.institution", string="Led By", index=True, ondelete="restrict")
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("bphs.institution", "parent_id")
    township_id = fields.Many2one(
        "bphs.institution",
        string="Township Institution",
        compute="_compute_township_id",
        store=True,
        recursive=True,
        index=True,
    )
    division_id = fields.Many2one("bphs.division", index=True, ondelete="restrict")
    village_ids = fields.Many2many("bphs.division", string="Villages Served", domain=[("level", "=", "village")])
    partner_id = fields.Many2one("res.partner", string="Address and Phone", ondelete="restrict")
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "An institution with this code exists already.")

    @api.depends("kind", "parent_id.township_id")
    def _compute_township_id(self):
        for institution in self:
            if institution.kind in TOWNSHIP_KINDS:
                institution.township_id = institution
            else:
                institution.township_id = institution.parent_id.township_id

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [{**self.default_get(["parent_id"]), **vals} for vals in vals_list]
        if self.env.su or all(vals.get("parent_id") for vals in vals_list):
            return super().create(vals_list)
        self.check_access("create")
        # An institution led by none lies in nobody's scope yet, so its own maker could not make it.
        # The maker's right was checked above; the scope of everything made is checked below.
        institutions = super(BphsInstitution, self.sudo()).create(
            [{name: value for name, value in vals.items() if not self._is_list(name)} for vals in vals_list]
        )
        roots = institutions.filtered(lambda institution: not institution.parent_id)
        # The maker administers what they made, and gains nothing that stood before.
        self.env.user.sudo().bphs_institution_ids |= roots
        institutions = institutions.with_env(self.env)
        institutions.check_access("create")
        for institution, vals in zip(institutions, vals_list, strict=True):
            # Commands reach records that stood before: they are obeyed with the maker's own rights.
            institution.write({name: value for name, value in vals.items() if self._is_list(name)})
        self._name_company(roots)
        return institutions

    def _is_list(self, name):
        field = self._fields.get(name)
        return bool(field) and field.type in ("one2many", "many2many")

    def _name_company(self, roots):
        """Head a new county's pages and mails with its bureau instead of the name Odoo starts with."""
        company = self.env.company.sudo()  # sudo: once, while it still has no name of its own
        bureau = roots.filtered(lambda root: root.kind == "health_bureau")[:1]
        if bureau and company.name in (ODOO_NAME, NEUTRAL_NAME):
            company.name = bureau.name

    @api.constrains("parent_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(self.env._("An institution cannot be led by itself."))
