from odoo import api, models
from odoo.fields import Domain

from ..registers.bphs_institution import CLINIC_KINDS, NEUTRAL_NAME, ODOO_NAME, TOWNSHIP_KINDS
from .bphs_setup import Button, Check, Step

# Who must be there before money moves: two of finance, as one enters and another confirms.
NEEDED_ROLES = (("finance_officer", 2), ("primary_care_officer", 1), ("deputy_leader", 1), ("leader", 1))


class BphsSetup(models.AbstractModel):
    """The steps of the registers."""

    _inherit = "bphs.setup"

    @api.model
    def _steps(self):
        return [
            *super()._steps(),
            self._step_county(),
            self._step_divisions(),
            self._step_institutions(),
            self._step_people(),
            self._step_year(),
        ]

    def _step_county(self):
        _ = self.env._
        return Step(
            "county",
            10,
            _("County and Name"),
            _(
                "The bureau's name stands on the sign-in page and on every paper. The county's code is the first six"
                " digits."
            ),
            [
                Check(_("Health bureau: {count}"), "bphs.institution", Domain("kind", "=", "health_bureau"), 1),
                Check(
                    _("System's name: the county's own"),
                    "res.company",
                    Domain("name", "in", (ODOO_NAME, NEUTRAL_NAME)),
                ),
            ],
            [Button(_("Name the County"), "bphs_base.bphs_setup_county_action")],
        )

    def _step_divisions(self):
        _ = self.env._
        return Step(
            "divisions",
            20,
            _("Divisions"),
            _("Townships and villages by their twelve-digit codes, from a workbook."),
            [
                Check(_("Townships: {count}"), "bphs.division", Domain("level", "=", "township"), 1),
                Check(_("Villages: {count}"), "bphs.division", Domain("level", "=", "village"), 1),
                Check(
                    _("Townships without a village: {count}"),
                    "bphs.division",
                    Domain("level", "=", "township") & Domain("child_ids", "=", False),
                ),
            ],
            [
                Button(_("Import Divisions"), "bphs_base.bphs_division_import_action"),
                Button(_("Divisions"), "bphs_base.bphs_division_action"),
            ],
        )

    def _step_institutions(self):
        _ = self.env._
        institutions = self.env["bphs.institution"]
        return Step(
            "institutions",
            30,
            _("Institutions"),
            _("Who leads whom: the bureau the township hospitals, they their clinics. From a workbook."),
            [
                Check(_("Township institutions: {count}"), "bphs.institution", Domain("kind", "in", TOWNSHIP_KINDS), 1),
                Check(_("Clinics: {count}"), "bphs.institution", Domain("kind", "in", CLINIC_KINDS), 1),
                Check(
                    _("Clinics led by no township institution: {count}"),
                    "bphs.institution",
                    Domain("kind", "in", CLINIC_KINDS) & Domain("township_id", "=", False),
                ),
                Check(
                    _("Villages no clinic serves: {count}"),
                    "bphs.division",
                    lambda: (
                        Domain("level", "=", "village")
                        & Domain("id", "not in", institutions.search([]).village_ids.ids)  # pylint: disable=no-search-all
                    ),
                    required=False,
                ),
            ],
            [
                Button(_("Import Institutions"), "bphs_base.bphs_institution_import_action"),
                Button(_("Institutions"), "bphs_base.bphs_institution_action"),
            ],
        )

    def _step_people(self):
        _ = self.env._
        return Step(
            "people",
            40,
            _("People"),
            _(
                "Import the workers, choose them in the list and press “Make Sign-ins”: each gets a role, a scope and a"
                " printed first password."
            ),
            [
                Check(_("Workers: {count}"), "bphs.worker", Domain.TRUE, 1, list_view="bphs_base.bphs_worker_action"),
                *(self._role_check(role, least) for role, least in NEEDED_ROLES),
                Check(
                    _("Institutions without a worker: {count}"),
                    "bphs.institution",
                    self._unstaffed,
                    required=False,
                ),
            ],
            [
                Button(_("Import Workers"), "bphs_base.bphs_worker_import_action"),
                Button(_("Workers"), "bphs_base.bphs_worker_action"),
                Button(_("Users and Roles"), "bphs_base.res_users_action_bureau"),
            ],
        )

    def _unstaffed(self):
        workers = self.env["bphs.worker"]
        staffed = workers.search([]).institution_id.ids if workers.has_access("read") else []  # pylint: disable=no-search-all
        return Domain("kind", "in", (*TOWNSHIP_KINDS, *CLINIC_KINDS)) & Domain("id", "not in", staffed)

    def _role_check(self, role, least):
        held = self.env.ref(f"bphs_base.role_{role}")
        name = held.sudo().name  # sudo: how the role is called, for finance too
        group = self.env.ref(f"bphs_base.group_{role}").sudo()  # sudo: how many hold it, for finance too
        return Check(
            f"{name}：{{count}}/{{least}}",
            "res.users",
            Domain("id", "in", group.all_user_ids.filtered("active").ids),
            least,
            list_view="bphs_base.res_users_action_bureau" if self.env.user._holds_role(("administrator",)) else "",
        )

    def _step_year(self):
        _ = self.env._
        year = self._county_today().year
        return Step(
            "year",
            50,
            _("Year and Holidays"),
            _("The budget year with its quarters, and the holidays working days are counted by."),
            [
                Check(
                    _("Year %(year)s: {count}", year=year),
                    "bphs.period",
                    Domain("kind", "=", "year") & Domain("code", "=", str(year)),
                    1,
                ),
                Check(
                    _("Holidays and worked weekends of %(year)s: {count}", year=year),
                    "bphs.working.day",
                    Domain("date", ">=", f"{year}-01-01") & Domain("date", "<=", f"{year}-12-31"),
                    1,
                ),
            ],
            [
                Button(_("Periods"), "bphs_base.bphs_period_action"),
                Button(_("Holidays"), "bphs_base.bphs_working_day_action"),
            ],
        )
