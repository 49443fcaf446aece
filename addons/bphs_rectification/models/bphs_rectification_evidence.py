import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.mimetypes import guess_mimetype

from ..tools.states import WORKING_STATES

KINDS = [("photo", "Photo"), ("file", "File"), ("text", "Text")]
PHOTOS = ("image/jpeg", "image/png", "image/webp")
# What can be read and not run: no web pages, no pictures that hold scripts.
FILES = (
    *PHOTOS,
    "application/pdf",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
UPLOAD_FIELDS = {"rectification_id", "name", "kind", "attachment", "text", "taken_on", "upload_key"}


class BphsRectificationEvidence(models.Model):
    """Proof (佐证) that a task was put right: a photo, a file or a text. Fixed once it was handed in."""

    _name = "bphs.rectification.evidence"
    _description = "Rectification Evidence"
    _inherit = ["bphs.scope.mixin", "bphs.upload.limit.mixin"]
    _order = "id"

    rectification_id = fields.Many2one(
        "bphs.rectification", string="Task", required=True, index=True, ondelete="restrict"
    )
    institution_id = fields.Many2one(related="rectification_id.institution_id", store=True, precompute=True)
    name = fields.Char(required=True)
    kind = fields.Selection(KINDS, required=True, default="photo")
    attachment = fields.Binary(string="Photo or File", attachment=True)
    text = fields.Text()
    taken_on = fields.Datetime(string="Taken")
    uploaded_by_id = fields.Many2one(
        "res.users",
        string="Handed In By",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    round = fields.Integer(readonly=True, aggregator=None, help="Handed in for the first time is round 0.")
    upload_key = fields.Char(copy=False, help="Given by the phone: sent twice, it is kept once.")

    _upload_key_uniq = models.UniqueIndex(
        "(rectification_id, upload_key) WHERE upload_key IS NOT NULL", "This photo has arrived already."
    )
    _holds_something = models.Constraint(
        "CHECK(kind <> 'text' OR btrim(coalesce(text, '')) <> '')", "A text without words proves nothing."
    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        if not all(vals.get("rectification_id") for vals in vals_list):
            raise UserError(self.env._("Evidence belongs to a task: say which."))
        tasks = self.env["bphs.rectification"].browse({vals["rectification_id"] for vals in vals_list})
        tasks._check_evidence_open()
        rounds = {task.id: task.round for task in tasks}
        prepared = []
        for vals in vals_list:
            for name in sorted(set(vals) - UPLOAD_FIELDS):
                raise UserError(self.env._("%(field)s of evidence cannot be set.", field=name))
            self._check_content(vals)
            # Said outright, because defaults may come from the client's context.
            said = {**dict.fromkeys(UPLOAD_FIELDS, False), "kind": "photo", **vals}
            prepared.append({**said, "round": rounds[vals["rectification_id"]], "uploaded_by_id": self.env.uid})
        return super().create(prepared)

    def write(self, vals):
        if self and vals:
            raise UserError(self.env._("Evidence is not changed: remove it and add it anew before handing it in."))
        return super().write(vals)

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_handed_in(self):
        self.rectification_id._check_evidence_open()
        for proof in self:
            if proof.round < proof.rectification_id.round:
                raise UserError(self.env._("%(name)s was handed in already and stays.", name=proof.name))
            if proof.uploaded_by_id != self.env.user:
                raise AccessError(self.env._("%(name)s is removed by whoever added it.", name=proof.name))

    # === BUSINESS METHODS === #

    @api.model
    def upload(self, rectification_id, upload_key, name, kind, attachment=False, text=False, taken_on=False):
        """Keep one piece of evidence; the same key sent again, after a lost connection, changes nothing.

        :param int rectification_id: the task
        :param str upload_key: made by the phone, unique for each piece
        :param str attachment: base64
        :param str taken_on: UTC, ``YYYY-MM-DD HH:MM:SS``
        :return int: id of the evidence
        """
        if not upload_key:
            raise UserError(self.env._("An upload needs its key."))
        known = self.search([("rectification_id", "=", rectification_id), ("upload_key", "=", upload_key)], limit=1)
        return (
            known
            or self.create(
                {
                    "rectification_id": rectification_id,
                    "upload_key": upload_key,
                    "name": name,
                    "kind": kind,
                    "attachment": attachment,
                    "text": text,
                    "taken_on": taken_on,
                }
            )
        ).id

    @api.model
    def _check_content(self, vals):
        kind = vals.get("kind") or "photo"
        if kind == "text":
            if vals.get("attachment"):
                raise UserError(self.env._("A text holds no file: hand the file in by itself."))
            return
        try:
            content = base64.b64decode(vals.get("attachment") or b"", validate=True)
        except (binascii.Error, ValueError) as error:
            raise UserError(self.env._("The file did not arrive whole. Send it again.")) from error
        if not content:
            raise UserError(self.env._("Choose a photo or a file first."))
        if guess_mimetype(content) not in (PHOTOS if kind == "photo" else FILES):
            raise UserError(self.env._("A photo is JPEG, PNG or WebP; a file is a photo, PDF, Word or Excel."))


class BphsRectification(models.Model):
    _inherit = "bphs.rectification"

    def _check_evidence_open(self):
        """Raise unless the user may add and remove evidence of these tasks now.

        :raise AccessError: out of scope, or not on the responsible side
        :raise UserError: the state closes it
        """
        self.check_access("read")
        if not self.env.su and not all(task._is_on_side("responsible") for task in self):
            raise AccessError(self.env._("Evidence is handed in by those who put the task right."))
        # The right was checked just above. Held, so that nothing slips in beside a submission.
        self.sudo()._lock_rows()
        self._check_state(WORKING_STATES)
