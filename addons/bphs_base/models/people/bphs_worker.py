import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools.masking import mask_phone

PROFESSIONS = [
    ("gp", "General Practitioner"),
    ("specialist", "Specialist Physician"),
    ("tcm", "Physician of Traditional Chinese Medicine"),
    ("public_health", "Public-Health Physician"),
    ("village_doctor", "Village Doctor"),
    ("nurse", "Nurse"),
    ("pharmacist", "Pharmacist"),
    ("laboratory", "Laboratory Technician"),
    ("administrator", "Administrative Staff"),
    ("other", "Other"),
]
LICENCES = [
    ("physician", "Physician's Licence"),
    ("assistant_physician", "Assistant Physician's Licence"),
    ("village_doctor", "Village Doctor's Licence"),
    ("nurse", "Nurse's Licence"),
    ("pharmacist", "Pharmacist's Licence"),
    ("technician", "Technician's Certificate"),
    ("other", "Other"),
]
# Who sees a whole telephone number: those who keep the register and those who call people in.
PHONE_READERS = ",".join(
    f"bphs_base.group_{role}"
    for role in (
        "administrator",
        "primary_care_officer",
        "township_director",
        "township_public_health",
        "team_leader",
    )
)


class BphsWorker(models.Model):
    """Somebody who works in one of the county's institutions (工作人员): one person, one record.

    Most village doctors share a sign-in or have none; what names a person names their record here. Where they worked
    when stands in the posts, of which the institution here is the present one, or the last of who has left.
    """

    _name = "bphs.worker"
    _inherit = ["bphs.scope.mixin"]
    _description = "Worker"
    _order = "institution_id, name, id"
    _rec_names_search = ["name", "code"]

    code = fields.Char(string="Staff Number", readonly=True, copy=False, index=True)
    name = fields.Char(string="Full Name", required=True, index=True)
    since = fields.Date(
        string="Here Since",
        required=True,
        default=lambda self: self._county_today(),
        help="First day at the present institution.",
    )
    profession = fields.Selection(PROFESSIONS, required=True, index=True)
    licence_kind = fields.Selection(LICENCES)
    licence_number = fields.Char(copy=False)
    phone = fields.Char(groups=PHONE_READERS)
    phone_masked = fields.Char(string="Phone (masked)", compute="_compute_phone_masked", compute_sudo=True)
    user_id = fields.Many2one(
        "res.users",
        string="Sign-in",
        copy=False,
        ondelete="set null",
        domain=[("share", "=", False)],
        help="Empty: this person does not sign in.",
    )
    post_ids = fields.One2many("bphs.worker.post", "worker_id", string="Where They Worked", readonly=True, copy=False)
    date_left = fields.Date(string="Left On", readonly=True, copy=False)
    active = fields.Boolean(default=True, readonly=True, copy=False)

    _code_uniq = models.Constraint("UNIQUE(code)", "This staff number is another worker's.")
    _user_uniq = models.Constraint("UNIQUE(user_id)", "This sign-in is another worker's.")
    _licence_uniq = models.UniqueIndex(
        "(licence_kind, licence_number) WHERE licence_number IS NOT NULL",
        "A worker with this licence stands in the register already.",
    )
    _left_inactive = models.Constraint(
        "CHECK((date_left IS NULL) = active)", "Who has left has the day they left, and nobody else has."
    )

    @api.depends("name", "institution_id.name")
    @api.depends_context("formatted_display_name")
    def _compute_display_name(self):
        # Where one is chosen from a list people of one name are told apart by where they work.
        in_a_list = self.env.context.get("formatted_display_name")
        for worker in self:
            # sudo: the name alone, of the institution of a worker one may see
            place = in_a_list and worker.institution_id.sudo().name
            worker.display_name = f"{worker.name} \t --{place}--" if place else worker.name

    @api.depends("phone")
    def _compute_phone_masked(self):
        for worker in self:
            worker.phone_masked = mask_phone(worker.phone)

    @api.constrains("since")
    def _check_since(self):
        today = self._county_today()
        for worker in self:
            if worker.since > today:
                raise ValidationError(self.env._("%(name)s: this day has not come yet.", name=worker.name))

    @api.constrains("phone")
    def _check_phone(self):
        for worker in self.sudo():  # sudo: whoever may write a number may have it looked at
            if worker.phone and not re.fullmatch(r"\+?[0-9][0-9 -]{4,19}", worker.phone):
                raise ValidationError(
                    self.env._("%(name)s: “%(phone)s” is not a telephone number.", name=worker.name, phone=worker.phone)
                )

    @api.onchange("name", "institution_id")
    def _onchange_same_person(self):
        known = self.name and self.institution_id and self._same_name(self.name, self.institution_id) - self._origin
        if not known:
            return None
        return {
            "warning": {
                "title": self.env._("One person, one record"),
                "message": self.env._(
                    "%(name)s of %(institution)s stands in the register already, number %(code)s.",
                    name=self.name,
                    institution=self.institution_id.name,
                    code=known[0].code,
                ),
            }
        }

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        self._check_sign_in_given(vals_list)
        # sudo: the numbers run over the whole county
        sequence = self.env["ir.sequence"].sudo()
        vals_list = [
            {**vals, "code": sequence.next_by_code("bphs.worker"), "active": True, "date_left": False}
            for vals in vals_list
        ]
        workers = super().create(vals_list)
        # sudo: who may enter a worker was checked; the first post follows from it
        self.env["bphs.worker.post"].sudo().create(
            [
                {"worker_id": worker.id, "institution_id": worker.institution_id.id, "date_from": worker.since}
                for worker in workers
            ]
        )
        workers._link_texts()
        return workers

    def write(self, vals):
        self._check_sign_in_given([vals])
        if not self.env.su and {"code", "active", "date_left", "institution_id"} & set(vals):
            raise UserError(self.env._("Who moves to another institution, leaves or returns does so by its button."))
        result = super().write(vals)
        if "since" in vals and not self.env.su:
            for worker in self:
                # sudo: posts are kept by their workers' own steps
                worker.sudo()._present_post().date_from = worker.since
        if vals.get("user_id"):
            self._link_texts()
        return result

    def _check_sign_in_given(self, vals_list):
        # What a sign-in is named for follows the worker: only who gives sign-ins says whose it is.
        if self.env.su or self.env.user.has_group("bphs_base.group_administrator"):
            return
        if any("user_id" in vals for vals in vals_list if vals.get("user_id") or self):
            raise AccessError(self.env._("Which sign-in is whose, the bureau administrator says."))

    # === BUSINESS METHODS === #

    @api.model
    def _same_name(self, name, institution):
        """:return: who of this name works there"""
        return self.search([("name", "=", (name or "").strip()), ("institution_id", "=", institution.id)])

    def _present_post(self):
        """:return: the post that goes on; of who has left, the last"""
        self.ensure_one()
        return self.post_ids.sorted("date_from")[-1:]
