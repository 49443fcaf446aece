from uuid import uuid4

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError, ValidationError

from odoo.addons.bphs_base.tools.steps import Step

MODES = [
    ("clinic", "At the Clinic"),
    ("station", "At a Service Point"),
    ("community", "In the Community"),
    ("home", "At Home"),
    ("group", "In a Group"),
    ("phone", "By Telephone"),
    ("wechat", "By WeChat"),
    ("device", "By Device"),
    ("other", "Other"),
]
FACE_TO_FACE = {"clinic", "station", "community", "home", "group"}
SOURCES = [("entered", "Entered"), ("imported", "Imported"), ("device", "Device"), ("outpatient", "Outpatient")]
STATES = [("draft", "Draft"), ("done", "Done"), ("voided", "Voided")]
STEPS = {
    "complete": Step(("draft",), "done"),
    "reopen": Step(("done",), "draft", reason_required=True),
    "void": Step(("draft", "done"), "voided", reason_required=True),
}
TOKEN = "client_token"
WRITTEN = ("done_on", "mode", "worker_id", "answers", "medicine_ids", "note")


class BphsVisit(models.Model):
    """What was done for a resident (随访、服务记录): when, by whom, how, and what the form of the service asks.

    It counts once it is done, by the day on which it was done, however late it was entered. It is never deleted: what
    was wrong is opened again or voided, with a reason.
    """

    _name = "bphs.visit"
    _description = "Service Record"
    _inherit = ["bphs.steps.mixin", "bphs.readable.links.mixin", "bphs.logged.reading.mixin"]
    _order = "done_on desc, id desc"
    _tells_of = "resident_id"
    _steps = STEPS
    _step_sets = ("step_reason",)

    resident_id = fields.Many2one("bphs.resident", required=True, index=True, ondelete="restrict")
    template_id = fields.Many2one("bphs.form.template", string="Form", required=True, index=True, ondelete="restrict")
    item_id = fields.Many2one(related="template_id.item_id", store=True, precompute=True, string="Service Item")
    sensitive = fields.Boolean(related="template_id.sensitive", store=True, precompute=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False)
    done_on = fields.Date(required=True, default=lambda self: self._county_today())
    entered_on = fields.Date(readonly=True, default=lambda self: self._county_today())
    mode = fields.Selection(MODES, required=True, default="clinic")
    face_to_face = fields.Boolean(compute="_compute_face_to_face", store=True, precompute=True)
    worker_id = fields.Many2one("bphs.worker", ondelete="restrict", default=lambda self: self._own_worker())
    institution_id = fields.Many2one(
        "bphs.institution",
        string="Institution Then",
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Where the worker stood when it was entered; it stays, wherever they go.",
    )
    source = fields.Selection(SOURCES, required=True, readonly=True, default="entered")
    client_token = fields.Char(
        size=64, copy=False, default=lambda self: uuid4().hex, help="What is sent twice with one token is one record."
    )
    step_reason = fields.Char(string="Why Reopened or Voided", readonly=True, copy=False)
    note = fields.Text()

    _client_token_uniq = models.UniqueIndex("(client_token) WHERE client_token IS NOT NULL")
    # What lists, plans and last values ask for; what due rows are reckoned from is read from the index alone.
    # Records come in the order of their days, nearly: a few pages tell where those of a quarter or a year lie.
    _day_index = models.Index("USING brin (done_on) WITH (autosummarize = on)")
    _resident_done_index = models.Index(
        "(resident_id, template_id, done_on DESC) INCLUDE (id, face_to_face, result, smi_class) WHERE state = 'done'"
    )

    # === COMPUTE METHODS === #

    @api.depends("template_id", "done_on")
    def _compute_display_name(self):
        for visit in self:
            visit.display_name = f"{visit.template_id.name or ''} {visit.done_on or ''}".strip()

    @api.depends("mode")
    def _compute_face_to_face(self):
        for visit in self:
            visit.face_to_face = visit.mode in FACE_TO_FACE

    # === CONSTRAINTS === #

    @api.constrains("done_on", "resident_id")
    def _check_done_on(self):
        today = self._county_today()
        for visit in self:
            resident = visit.resident_id
            if visit.done_on > today:
                raise ValidationError(self.env._("A service cannot have been done on a day to come."))
            if resident.birth_date and visit.done_on < resident.birth_date:
                raise ValidationError(self.env._("A service cannot have been done before the resident was born."))
            if resident.status == "died" and resident.status_date and visit.done_on > resident.status_date:
                raise ValidationError(
                    self.env._("The resident died on %(day)s: nothing was done after it.", day=resident.status_date)
                )

    @api.constrains("template_id")
    def _check_template_id(self):
        for visit in self:
            if visit.template_id.state != "published":
                raise ValidationError(self.env._("%(form)s is not published yet.", form=visit.template_id.name))

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Make records; what was made before with the same token by the same person is given back instead."""
        made = self._made_before([vals[TOKEN] for vals in vals_list if vals.get(TOKEN)])
        new = [
            {**vals, "institution_id": self._institution_then(vals), **({} if self.env.su else {"source": "entered"})}
            for vals in vals_list
            if vals.get(TOKEN) not in made
        ]
        try:
            fresh = super().create(new)
            fresh.flush_recordset()
        except UniqueViolation as error:
            if error.diag.constraint_name != "bphs_visit_client_token_uniq":
                raise
            # The other sending of it was at work: tried again, this one finds what that one made.
            raise ConcurrencyError("a record of this token was being made") from error
        fresh.resident_id._log_access("change", what=self._description_in_file())
        rest = iter(fresh)
        return self.browse([(made.get(vals.get(TOKEN)) or next(rest)).id for vals in vals_list])

    def write(self, vals):
        result = super().write(vals)
        self.resident_id._log_access("change", what=self._description_in_file())
        return result

    # Whatever the context says: a record is kept for life.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_never(self):
        raise UserError(self.env._("A service record is never deleted. Void it, with the reason."))

    # === ACTIONS === #

    def action_complete(self):
        """Let the record count. What is wanting in it is told, and keeps nobody from it."""
        self._check_step("complete")
        self._take_step("complete")
        self.resident_id._raise_last_service()

    def action_reopen(self, reason):
        """Open a record to put it right; until it is done again it does not count."""
        self._check_step("reopen", reason)
        self._take_step("reopen", {"step_reason": reason}, reason)
        self.resident_id._recount_last_service(self)

    def action_void(self, reason):
        """Void a record: it was never done, or stands twice. What was due before is due again."""
        self._check_step("void", reason)
        self._take_step("void", {"step_reason": reason}, reason)
        self.resident_id._recount_last_service(self)

    def _asked_steps(self):
        return {
            "reopen": (
                self.env._("Put the Record Right"),
                self.env._("Until it is done again it does not count."),
                True,
            ),
            "void": (self.env._("Void the Record"), self.env._("It stays to be read and never counts again."), True),
        }

    # === HELPERS === #

    def _record_step(self, name, reason):
        super()._record_step(name, reason)
        title = self._asked_steps().get(name, (None,))[0]
        if title:
            self.resident_id._log_access("change", what=f"{self._description_in_file()}: {title}", reason=reason)

    def _move_to_resident(self, name, survivor):
        # What was done stays as it was; whose file it is in is not part of it.
        self._write_state({name: survivor.id})
        return self.browse()

    def _description_in_file(self):
        return self.env._("Service record")

    def _own_worker(self):
        return self.env["bphs.worker"].search([("user_id", "=", self.env.uid)], limit=1)

    def _made_before(self, tokens):
        """:return: dict of token -> the record that this user made with it"""
        if not tokens:
            return {}
        # sudo: one's own, also where it is out of sight by now
        found = self.sudo().search([(TOKEN, "in", tokens)])
        if foreign := found.filtered(lambda visit: visit.create_uid != self.env.user):
            raise UserError(self.env._("This token is another record's: %(id)s.", id=foreign[0].client_token))
        return {visit.client_token: visit.sudo(False) for visit in found}  # sudo: back to the user

    def _institution_then(self, vals):
        worker = self.env["bphs.worker"].browse(vals.get("worker_id") or self._own_worker().id)
        own = self.env.user.sudo().bphs_institution_ids  # sudo: one's own scope
        resident = self.env["bphs.resident"].browse(vals.get("resident_id"))
        # sudo: what was named is checked by the mixin before anything is stored
        return (worker.sudo().institution_id or (own if len(own) == 1 else resident.sudo().institution_id)).id

    def _step_words(self):
        closed = self.env._('%(name)s is "%(state)s". Reopen it first, with the reason.')
        return super()._step_words() | {"closed": closed, "state": self.env._('%(name)s is "%(state)s".')}
