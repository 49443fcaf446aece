from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.orm.models import NO_ACCESS
from odoo.tools import format_list

from odoo.addons.bphs_base.tools.steps import Step

from ..register.bphs_resident_group import KINDS as GROUP_KINDS

STATES = [
    ("draft", "Being Prepared"),
    ("waiting", "To Approve"),
    ("ready", "Ready"),
    ("refused", "Refused"),
]
FILE_STATES = [("not_standardised", "Not up to Standard"), ("not_dynamic", "Not in Use")]
ROWS_WITHOUT_APPROVAL = 200
MOST_ROWS = 20_000
DAYS_TO_DOWNLOAD = 7
MINOR_YEARS = 14
APPROVERS = ("township_director", "primary_care_officer", "administrator")
STEPS = {
    "submit": Step(("draft",), "waiting", side="asker", access="read"),
    # Few rows, masked, of grown people: no second person is needed.
    "submit_free": Step(("draft",), "ready", side="asker", access="read"),
    "approve": Step(("waiting",), "ready", APPROVERS, apart_from=("user_id",), access="read"),
    "refuse": Step(("waiting",), "refused", APPROVERS, reason_required=True, apart_from=("user_id",), access="read"),
    "download": Step(("ready",), None, side="asker", access="read"),
}
ASKED_FIELDS = {"reason", "division_ids", "group", "file_state", "with_ended", "unmasked"}


class BphsResidentExport(models.Model):
    """A list of residents taken out of the register (导出): why, which, how many, who allowed it.

    Numbers are masked unless whole ones are asked for. More than 200 rows, whole numbers, children under 14 and files
    for named persons need a second person. The list is fixed when it is asked for; the file is made when it is
    downloaded, carries who took it, and its hash stands in the log. No copy of it stays on the server.
    """

    _name = "bphs.resident.export"
    _description = "Export of Residents"
    _inherit = ["bphs.steps.mixin", "bphs.scope.mixin", "bphs.print.mixin", "bphs.spread.ids.mixin"]
    _order = "id desc"
    _steps = STEPS
    _step_sets = (
        "row_count",
        "grounds",
        "resident_ids_asked",
        "asked_on",
        "approved_by_id",
        "approved_on",
        "answer",
    )
    _steps_follow = ("user_id", "asked_on", "approved_on")
    _writable = {"draft": {"asker": ASKED_FIELDS}}

    institution_id = fields.Many2one(readonly=True, string="Institution of the One Who Asks")
    user_id = fields.Many2one(
        "res.users",
        string="Asked By",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.user,
    )
    reason = fields.Char(string="Purpose", required=True, size=200, help="What the list is for.")
    division_ids = fields.Many2many("bphs.division", string="Villages", domain=[("level", "=", "village")])
    group = fields.Selection(GROUP_KINDS, string="Key Group")
    file_state = fields.Selection(FILE_STATES)
    with_ended = fields.Boolean(string="Also Moved Out, Died and Lost")
    unmasked = fields.Boolean(string="Whole Numbers", help="ID and telephone numbers in full. Needs approval.")
    state = fields.Selection(STATES, required=True, default="draft", readonly=True, copy=False, index=True)
    row_count = fields.Integer(string="Rows", readonly=True, copy=False, aggregator=None)
    # Why a second person is needed: rows, numbers, minors, restricted.
    grounds = fields.Char(readonly=True, copy=False, groups=NO_ACCESS)
    grounds_text = fields.Char(string="Approval Needed For", compute="_compute_grounds_text")
    # The files as they were when asked for; nobody's to read.
    resident_ids_asked = fields.Json(readonly=True, copy=False, groups="base.group_system")
    asked_on = fields.Datetime(readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", string="Decided By", readonly=True, copy=False, ondelete="restrict")
    approved_on = fields.Datetime(string="Decided On", readonly=True, copy=False)
    answer = fields.Char(readonly=True, copy=False, size=200, help="Why it is refused.")
    downloaded_on = fields.Datetime(compute="_compute_downloaded_on", help="For the last time.")
    can_approve = fields.Boolean(compute="_compute_rights")
    can_download = fields.Boolean(compute="_compute_rights")

    # === COMPUTE METHODS === #

    @api.depends("reason", "user_id")
    def _compute_display_name(self):
        for export in self:
            export.display_name = f"{export.user_id.name or ''} {export.reason or ''}".strip()

    @api.depends("grounds")
    @api.depends_context("uid")
    def _compute_grounds_text(self):
        words = {
            "rows": self.env._("more than %(count)s rows", count=ROWS_WITHOUT_APPROVAL),
            "numbers": self.env._("whole numbers"),
            "minors": self.env._("children under 14"),
            "restricted": self.env._("files for named persons only"),
        }
        named = self.env.user.has_group("bphs_resident.group_sensitive")
        for export, stored in zip(self, self.sudo(), strict=True):  # sudo: shown is only what stands in the next lines
            # Whoever is no named person is not told that such files are among them.
            shown = [code for code in (stored.grounds or "").split(",") if code and (named or code != "restricted")]
            export.grounds_text = format_list(self.env, [words[code] for code in shown])

    def _compute_downloaded_on(self):
        # sudo: of the log of printed files, which is not everybody's, the time alone
        log = self.env["bphs.print.log"].sudo()
        mine = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        taken = dict(log._read_group(mine, ["res_id"], ["date:max"]))
        for export in self:
            export.downloaded_on = taken.get(export.id)

    @api.depends("allowed_steps")
    @api.depends_context("uid")
    def _compute_rights(self):
        for export in self:
            export.can_approve = "approve" in export.allowed_steps
            export.can_download = "download" in export.allowed_steps

    # === CRUD METHODS === #

    @api.model_create_multi
    # What is asked is checked here; who asks is the server's to say.
    def create(self, vals_list):  # pylint: disable=method-required-super
        for vals in vals_list:
            self._check_given(vals)
        scope = self.env.user.sudo().bphs_institution_ids[:1]  # sudo: one's own scope
        common = {"user_id": self.env.uid, "institution_id": scope.id}
        return self._create_past_steps([{**vals, **common} for vals in vals_list])

    # Whatever the context says: what was asked for is part of the record of who took what.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_asked(self):
        self._check_mine()
        if any(export.state not in self._writable for export in self):
            raise UserError(self._step_word("closed"))

    # === ACTIONS === #

    def action_submit(self):
        """Fix the list as it is now; it is ready at once, or waits for a second person.

        :raise UserError: nobody is found, or more than 20,000
        """
        self.ensure_one()
        self._check_step("submit")
        self.env["bphs.resident"]._checked_reason(self.reason, self.env._("Say in words what the list is for."))
        if self.unmasked and not self.env.user.has_group("bphs_resident.group_unmask"):
            raise AccessError(self.env._("Your role does not see whole numbers."))
        residents = self.env["bphs.resident"].search(self._domain(), order="division_id, id", limit=MOST_ROWS + 1)
        if not residents:
            raise UserError(self.env._("Nobody you may see fits these conditions."))
        if len(residents) > MOST_ROWS:
            raise UserError(self.env._("More than %(count)s rows: choose villages or a group.", count=f"{MOST_ROWS:,}"))
        grounds = self._find_grounds(residents)
        self._take_step(
            "submit" if grounds else "submit_free",
            {
                "row_count": len(residents),
                "grounds": ",".join(grounds),
                "resident_ids_asked": residents.ids,
                "asked_on": fields.Datetime.now(),
            },
        )

    def action_approve(self):
        """Allow a list that somebody else has asked for."""
        self._decide("approve")

    def action_refuse(self, answer=None):
        """Refuse a list.

        :param str answer: why
        """
        resident = self.env["bphs.resident"]
        answer = resident._checked_reason(answer, self.env._("Say in words why the list is refused."))
        self._decide("refuse", answer)

    def action_download(self):
        """Download the list, once more logged each time."""
        self._check_downloadable()
        return self.with_context(print_code="RESIDENTS", print_kind="xlsx").action_print()

    # === BUSINESS METHODS === #

    def _decide(self, step, answer=None):
        self._check_step(step, answer)
        self._take_step(
            step, {"answer": answer, "approved_by_id": self.env.uid, "approved_on": fields.Datetime.now()}, answer
        )

    def _is_on_side(self, side):
        return self.user_id == self.env.user if side == "asker" else super()._is_on_side(side)

    def _is_step_due(self, name):
        return name != "download" or not self._is_over()

    def _step_words(self):
        other = self.env._("This list was asked for by somebody else.")
        return super()._step_words() | {
            "role": self.env._("Your role does not approve exports."),
            "role:submit": other,
            "role:download": other,
            "side": other,
            "reason": self.env._("Say why the list is refused."),
            "apart": self.env._("You have asked for this list yourself: a second person approves it."),
            "state": self.env._("%(name)s is “%(state)s”: this step is not possible now."),
            "closed": self.env._("What has been asked for stays as it is. Ask for a new list instead."),
            "set": self.env._("%(field)s of an export cannot be set directly."),
        }

    def _asked_steps(self):
        return {"refuse": (self.env._("Refuse the List"), self.env._("Why it is refused."), True)}

    def _domain(self):
        domain = Domain.TRUE if self.with_ended else Domain("status", "=", "active")
        if self.division_ids:
            domain &= Domain("division_id", "in", self.division_ids.ids)
        if self.group:
            domain &= self.env["bphs.resident"]._group_domain(self.group)
        if self.file_state == "not_standardised":
            domain &= Domain("standardised", "=", False)
        elif self.file_state == "not_dynamic":
            domain &= Domain("dynamic", "=", False)
        return domain

    def _find_grounds(self, residents):
        """Why a second person is needed for this list; empty where none is.

        :return: list of codes
        """
        files = residents.sudo()  # sudo: asked only to have the list approved
        checks = {
            "rows": len(files) > ROWS_WITHOUT_APPROVAL,
            "numbers": self.unmasked,
            "minors": any(not file.birth_date or file.age < MINOR_YEARS for file in files),
            "restricted": any(files.mapped("restricted")),
        }
        return [code for code, holds in checks.items() if holds]

    def _print_file(self, code, kind):
        """The workbook, logged with its rows and its hash. Called by the common address of printed files.

        :return: (file name, bytes)
        """
        self.ensure_one()
        if code != "RESIDENTS" or kind != "xlsx":
            raise UserError(self.env._("There is no such form."))
        self._check_downloadable()
        # Whoever has lost sight of a file since then does not get it.
        asked = self.sudo().resident_ids_asked  # sudo: the list itself is nobody's to read
        residents = self.env["bphs.resident"].with_context(active_test=False).search([("id", "in", asked)], order="id")
        content = self.with_context(lang="zh_CN")._workbook(residents)
        day = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        file_name = f"居民名单 {day:%Y%m%d-%H%M}.xlsx"
        # sudo: the log of printed files is read by more than the named persons, as the access log is
        plain = residents.sudo().filtered(lambda resident: not resident.restricted)
        digest = self.env["bphs.print.log"]._record(self, code, file_name, content, rows=len(plain))
        self.env["bphs.resident.access"]._record(residents, "export", reason=self.reason, what=f"{file_name} {digest}")
        return file_name, content

    def _is_over(self):
        last = self.approved_on or self.asked_on
        return not last or last < fields.Datetime.now() - timedelta(days=DAYS_TO_DOWNLOAD)

    # === CHECKS === #

    def _check_downloadable(self):
        self.ensure_one()
        self._check_mine()
        self._check_in_state(STEPS["download"].sources)
        if self._is_over():
            raise UserError(
                self.env._("A list can be downloaded for %(days)s days. Ask for a new one.", days=DAYS_TO_DOWNLOAD)
            )

    def _check_mine(self):
        self.check_access("read")
        if any(export.user_id != self.env.user for export in self):
            raise AccessError(self.env._("This list was asked for by somebody else."))
