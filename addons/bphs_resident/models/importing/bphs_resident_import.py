import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.orm.models import NO_ACCESS
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.steps import Step

from ...tools.roll_reader import LIMITS, expected_rows

STATES = [
    ("draft", "Choose a File"),
    ("checking", "Being Checked"),
    ("refused", "File Not Accepted"),
    ("checked", "Ready to Load"),
    ("loading", "Being Loaded"),
    ("done", "Loaded"),
]
STEPS = {
    "check": Step(("draft", "refused", "checked"), "checking", by_system=True),
    "refuse": Step(("checking",), "refused", by_system=True),
    "accept": Step(("checking",), "checked", by_system=True),
    "confirm": Step(("checked",), "loading"),
    "finish": Step(("loading",), "done", by_system=True),
    # Its file was kept its time: choose it again.
    "expire": Step(("checked", "refused"), "draft", by_system=True),
}
KEPT_DAYS = 30
# The auditor sees that a roll came in. How many files it held, beside those in the list, would tell of hidden ones.
NAMED = "bphs_resident.group_sensitive"


class BphsResidentImport(models.Model):
    """One roll of residents (居民档案名册) on its way into the register: read, checked, confirmed, loaded.

    Checking and loading are jobs. A job that was killed is started again by the runner and begins where the last
    committed one ended: the roll is loaded in parts, each whole. Between the two the rows wait in a table of the run's
    own, sealed, until the run is done.
    """

    _name = "bphs.resident.import"
    _description = "Import of Residents"
    _inherit = ["bphs.steps.mixin"]
    _steps = STEPS
    _step_sets = ("confirmed_on", "done_on")
    _order = "id desc"
    _rec_name = "file_name"

    file_name = fields.Char(readonly=True)
    file_size = fields.Integer(string="Bytes", readonly=True)
    sha256 = fields.Char(string="Fingerprint of the File", readonly=True)
    state = fields.Selection(STATES, readonly=True, required=True, default="draft")
    message = fields.Text(string="What Is Wrong", readonly=True)
    expected_count = fields.Integer(string="Rows Expected", readonly=True, groups=NAMED)
    row_count = fields.Integer(string="Rows", readonly=True, groups=NAMED)
    new_count = fields.Integer(string="New", readonly=True, groups=NAMED)
    changed_count = fields.Integer(string="Changed", readonly=True, groups=NAMED)
    unchanged_count = fields.Integer(string="Unchanged", readonly=True, groups=NAMED)
    rejected_count = fields.Integer(string="Rejected", readonly=True)
    loaded_until = fields.Integer(
        string="Loaded up to Row", readonly=True, groups=NAMED, help="Everything up to this row is loaded."
    )
    last_row = fields.Integer(readonly=True, groups=NAMED, help="Number of the last row, as the spreadsheet shows it.")
    key_name = fields.Char(readonly=True, groups=NO_ACCESS, help="The key the waiting rows are sealed with.")
    confirmed_on = fields.Datetime(readonly=True)
    done_on = fields.Datetime(string="Loaded On", readonly=True)
    finding_ids = fields.One2many(
        "bphs.resident.import.finding", "import_id", string="Rejected by Reason", readonly=True
    )
    # Both lie sealed: see `bphs_resident_import_files.py`.
    upload = fields.Binary(readonly=True, attachment=True, groups=NO_ACCESS)
    reject_file = fields.Binary(string="Rejected Rows with Reasons", readonly=True, attachment=True, groups=NO_ACCESS)
    reject_file_name = fields.Char(readonly=True)
    progress = fields.Integer(compute="_compute_progress", groups=NAMED, help="Per cent of the rows read, or loaded.")

    # === COMPUTE METHODS === #

    @api.depends("file_name")
    def _compute_display_name(self):
        for run in self:
            run.display_name = run.file_name or self.env._("New import")

    @api.depends("state", "loaded_until")
    def _compute_progress(self):
        for run in self:
            if run.state == "checking":
                done, whole = run._rows_read(), run.expected_count
            else:
                done, whole = run.loaded_until, run.last_row
            run.progress = 100 if run.state == "done" else min(99, 100 * done // whole) if whole else 0

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        self._check_importer()
        # What a run is, its file says; nothing of it is typed.
        return super().create([{} for _vals in vals_list])

    def write(self, vals):
        if not self.env.su:
            raise UserError(self.env._("What an import found is not changed by hand. Choose the file again."))
        return super().write(vals)

    # Whatever the context says: what was loaded stays known.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_loaded(self):
        if any(run.state in ("loading", "done") for run in self):
            raise UserError(self.env._("An import that was confirmed stays, as the proof of what came in."))

    def unlink(self):
        for run in self:
            run._drop_rows()
        self._files().unlink()
        return super().unlink()

    # === ACTIONS === #

    def action_confirm(self):
        """Load the rows that are in order. Pressed twice, or by two at once, it loads once.

        :raise UserError: the check has not ended, or found nothing to load
        """
        self.ensure_one()
        self._check_importer()
        self.check_access("write")
        if self.state in ("loading", "done"):
            return
        self._check_in_state(STEPS["confirm"].sources, "confirm")
        if not self.new_count + self.changed_count:
            raise UserError(self.env._("Nothing is new or changed: there is nothing to load."))
        # The row is updated, not only locked: whoever confirms at the same moment is made to look again.
        self._take_step("confirm", {"confirmed_on": fields.Datetime.now()})
        self._enqueue("_job_load", self.loaded_until)

    def action_check_again(self):
        """Check the file once more, after villages or files were put in order."""
        self.ensure_one()
        self._check_importer()
        self.check_access("write")
        if self.state in STEPS["expire"].sources:
            self._start_check()

    def action_download_rejects(self):
        """Download the rejected rows, each with its reasons.

        :raise UserError: there are none, or they were kept their time
        """
        self._check_rejects()
        return {
            "type": "ir.actions.act_url",
            "url": f"/bphs_resident/import/{self.id}/rejects",
            "target": "download",
        }

    # === RIGHTS === #

    @api.model
    def _check_importer(self):
        """A roll holds people of every kind, and what it does tells who is in the register: so whoever loads one may
        see all of them.

        :raise AccessError: the user does not keep the register, or is not appointed for all it holds
        """
        if self.env.su:
            return
        self.env["bphs.resident"].browse().check_access("create")
        groups = ("bphs_resident.group_sensitive", "bphs_resident.group_minor")
        if not all(self.env.user.has_group(group) for group in groups):
            raise AccessError(
                self.env._(
                    "A roll holds residents of every kind. Only somebody appointed as named person for severe mental "
                    "illness and tuberculosis imports one."
                )
            )

    def _step_words(self):
        return super()._step_words() | {
            "state:confirm": self.env._("The file has not been checked yet."),
            "state:check": self.env._("This import has a file already."),
        }

    # === FILES === #

    def _receive(self, name, content):
        """Keep an uploaded file and have it checked.

        :param bytes content: as it came
        """
        self.ensure_one()
        self._check_importer()
        self.check_access("write")
        self._check_in_state(STEPS["check"].sources, "check")
        if len(content) > LIMITS.size:
            raise UserError(self.env._("A file of more than %(size)s MB is not accepted.", size=LIMITS.size // 2**20))
        self._keep_file("upload", name, content)
        # sudo: nobody writes runs by hand; the right to import was checked
        self.sudo().write(
            {
                "file_name": name,
                "file_size": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "expected_count": expected_rows(content),
            }
        )
        self._start_check()

    @api.autovacuum
    def _expire_files(self):
        """Rolls and rejected rows hold people's numbers: after a month they go; the counts stay."""
        old = self.search([("write_date", "<", f"-{KEPT_DAYS}d"), ("reject_file_name", "!=", False)])
        old += self.search([("write_date", "<", f"-{KEPT_DAYS}d"), ("state", "in", ("draft", "refused", "checked"))])
        old._files().unlink()
        for run in old:
            run._drop_rows()
            run.write({"reject_file_name": False})
            if run.state in STEPS["expire"].sources:
                run._take_step("expire")

    # === JOBS === #

    def _start_check(self):
        self._make_rows_table()
        # sudo: findings belong to their run and nobody changes them by hand
        self.finding_ids.sudo().unlink()
        self._take_step("check", {"message": False, "row_count": 0, "reject_file_name": False})
        self._enqueue("_job_check", 0)

    def _enqueue(self, method, part):
        delayed = self.with_delay(
            identity_key=f"{self._name}-{self.id}-{method}-{part}",
            description=f"{self._description} {self.file_name}",
        )
        getattr(delayed, method)()

    def _rows_read(self):
        """How many rows the reading job has taken so far, as PostgreSQL itself counts them."""
        self.env.cr.execute(
            SQL(
                "SELECT coalesce(max(tuples_processed), 0) FROM pg_stat_progress_copy WHERE relid = to_regclass(%s)",
                self._rows_name(),
            )
        )
        return self.env.cr.fetchone()[0]
