import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.bphs_base.tools.zipped import zipped

PRINTERS = ("bphs_base.group_finance_officer", "bphs_base.group_primary_care_officer")
STATES = [("working", "Being Made"), ("failed", "Stopped"), ("ready", "Ready")]


class BphsPrintPack(models.Model):
    """All forms of a settlement run in one file: a PDF a township, and the county's own.

    Each township is a job of its own, so that progress is seen, a failure names its township, and starting again makes
    only what is missing. The jobs run as whoever asked, under that person's rights, and each form is in the print log.
    """

    _name = "bphs.print.pack"
    _description = "All Forms of a Run"
    _inherit = ["bphs.scope.mixin"]
    _order = "id desc"

    run_id = fields.Many2one("bphs.fund.run", string="Settlement", required=True, readonly=True, ondelete="cascade")
    institution_id = fields.Many2one(related="run_id.institution_id", string="Bureau", store=True, required=False)
    part_ids = fields.One2many("bphs.print.pack.part", "pack_id", string="Townships", readonly=True)
    asked_by_id = fields.Many2one("res.users", readonly=True, required=True, ondelete="restrict")
    file = fields.Binary(string="All Forms", readonly=True, attachment=True)
    file_name = fields.Char(readonly=True)
    failure = fields.Char(string="What Is Wrong", readonly=True)
    state = fields.Selection(STATES, readonly=True, required=True, default="working")
    done_count = fields.Integer(string="Townships Made", compute="_compute_counts")
    part_count = fields.Integer(string="Number of Townships", compute="_compute_counts")
    progress = fields.Integer(compute="_compute_counts", help="Per cent.")

    _run_uniq = models.Constraint("UNIQUE(run_id)", "The forms of this run are being made already.")

    @api.depends("run_id")
    def _compute_display_name(self):
        for pack in self:
            pack.display_name = self.env._("Forms of %(run)s", run=pack.run_id.display_name or "")

    @api.depends("part_ids.state", "state")
    def _compute_counts(self):
        counts = {}
        for pack, state, count in self.env["bphs.print.pack.part"]._read_group(
            [("pack_id", "in", self.ids)], ["pack_id", "state"], ["__count"]
        ):
            counts.setdefault(pack.id, {})[state] = count
        for pack in self:
            of_pack = counts.get(pack.id, {})
            pack.part_count = sum(of_pack.values())
            pack.done_count = of_pack.get("done", 0)
            # The county's own forms come last.
            pack.progress = 100 if pack.state == "ready" else 100 * pack.done_count // (pack.part_count + 1)

    # === ACTIONS === #

    def action_start(self):
        """Make what is missing; pressing it twice makes nothing twice.

        :raise AccessError: for anybody but finance and the primary-care section
        """
        self._check_printer()
        for pack in self:
            missing = pack.part_ids.filtered(lambda part: part.state != "done")
            # sudo: nobody may write packs; the right to print was checked, the jobs themselves run without it
            pack.sudo().write({"state": "working", "failure": False, "asked_by_id": self.env.uid})
            missing.sudo().write({"state": "waiting", "failure": False})  # sudo: as above
            for part in missing:
                part._enqueue()
            if not missing:
                pack._enqueue()

    def action_renew(self):
        """Make all forms anew, from what the records say now."""
        self._check_printer()
        # sudo: as for starting
        packs = self.sudo()
        packs.part_ids.unlink()
        packs.write({"file": False, "file_name": False})
        packs._add_parts()
        self.action_start()

    def action_download(self):
        """Download the file; who takes it out stands in the print log.

        :raise UserError: it is not ready yet
        """
        self.ensure_one()
        self.check_access("read")
        if self.state != "ready":
            raise UserError(
                self.env._("The forms are not ready yet: %(progress)s %% are made.", progress=self.progress)
            )
        self._log(base64.b64decode(self.with_context(bin_size=False).file))
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file?filename_field=file_name&download=true",
            "target": "download",
        }

    # === BUSINESS METHODS === #

    def _check_printer(self):
        self.check_access("read")
        if not any(self.env.user.has_group(group) for group in PRINTERS):
            raise AccessError(self.env._("Only finance and the primary-care section have all forms made."))

    def _add_parts(self):
        self.env["bphs.print.pack.part"].create(
            [
                {"pack_id": pack.id, "settlement_id": settlement.id}
                for pack in self
                for settlement in pack.run_id.settlement_ids
            ]
        )

    def _enqueue(self):
        # Each township asks with a job of its own: one that runs already has not seen this township done.
        self.with_delay(description=self.display_name)._job_finish()

    def _job_finish(self):
        """Put the townships' files and the county's forms together, once the last township is done.

        Every township's job asks for it: the last to be committed sees all the others done.
        """
        self.ensure_one()
        if self.state == "ready" or not self.exists():
            return
        states = set(self.part_ids.mapped("state"))
        if "waiting" in states:
            return
        if "failed" in states:
            names = ", ".join(self.part_ids.filtered(lambda part: part.state == "failed").institution_id.mapped("name"))
            # sudo: nobody may write packs; this job was asked for by who may print
            self.sudo().write({"state": "failed", "failure": self.env._("Not made: %(townships)s.", townships=names)})
            return
        try:
            files = self._county_files() + self._township_files()
        except UserError as error:
            # sudo: as above
            self.sudo().write({"state": "failed", "failure": str(error)})
            return
        content = zipped(files)
        # sudo: as above
        self.sudo().write(
            {
                "file": base64.b64encode(content),
                "file_name": f"{self.run_id.display_name}.zip".replace("/", "-"),
                "state": "ready",
            }
        )
        self._log(content)

    def _county_files(self):
        """S7, S8 where the run was handed in, S10 where there is a public notice."""
        files = [self.run_id._print_file("S7", "pdf")]
        if self.run_id.approval_state != "draft":
            files.append(self.run_id._print_file("S8", "pdf"))
        notice = self.env["bphs.fund.notice"].search([("run_id", "=", self.run_id.id)])
        if notice:
            files.append(notice._print_file("S10", "pdf"))
        return files

    def _township_files(self):
        return [
            (part.file_name, base64.b64decode(part.file))
            for part in self.part_ids.with_context(bin_size=False).sorted(lambda part: part.institution_id.code)
        ]

    def _log(self, content):
        self.env["bphs.print.log"]._record(self, "ALL", self.file_name, content, rows=self.run_id.line_count)


class BphsFundRun(models.Model):
    _inherit = "bphs.fund.run"

    pack_ids = fields.One2many("bphs.print.pack", "run_id", string="All Forms", readonly=True)
    pack_progress = fields.Integer(string="% of Forms", compute="_compute_pack_progress")

    @api.depends("pack_ids.state", "pack_ids.part_ids.state")
    def _compute_pack_progress(self):
        for run in self:
            run.pack_progress = run.pack_ids[:1].progress

    def action_print_all(self):
        """Have all forms of the run made, or open what is made already.

        :return dict: the window that shows the progress
        :raise UserError: nothing is settled yet
        """
        self.ensure_one()
        self.check_access("read")
        pack = self.pack_ids
        if not pack:
            self.env["bphs.print.pack"]._check_printer()
            if not self.settlement_ids:
                raise UserError(self.env._("%(name)s settles no clinic yet.", name=self.display_name))
            # sudo: nobody may create packs; the right to print was checked
            pack = pack.sudo().create({"run_id": self.id, "asked_by_id": self.env.uid})
            pack._add_parts()
            pack = pack.sudo(self.env.su)  # sudo: back to the rights of whoever called
            pack.action_start()
        return {
            "type": "ir.actions.act_window",
            "name": pack.display_name,
            "res_model": pack._name,
            "res_id": pack.id,
            "views": [(False, "form")],
        }
