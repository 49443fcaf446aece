import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype

from ...tools.pictures import is_whole_picture

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
CONTENT_FIELDS = {"name", "kind", "attachment", "text", "taken_on", "upload_key"}


class BphsEvidenceMixin(models.AbstractModel):
    """A photo, a file or a text that shows something: of a problem, or of what was put right. Never changed.

    Its owner decides who may add and remove it, by ``_check_evidence_open``.
    """

    _name = "bphs.evidence.mixin"
    _description = "Piece of Evidence"
    _inherit = ["bphs.upload.limit.mixin"]
    _order = "id"
    # Name of the required many2one to the owner.
    _owner_field = None

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
    upload_key = fields.Char(copy=False, help="Given by the phone: sent twice, it is kept once.")

    _holds_something = models.Constraint(
        "CHECK(kind <> 'text' OR btrim(coalesce(text, '')) <> '')", "A text without words proves nothing."
    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        if not all(vals.get(self._owner_field) for vals in vals_list):
            raise UserError(self.env._("Evidence belongs to a task or to a problem: say which."))
        owners = self._owners_of(vals_list)
        owners._check_evidence_open()
        known = {owner.id: owner for owner in owners}
        open_fields = self._open_fields()
        prepared = []
        for vals in vals_list:
            for name in sorted(set(vals) - open_fields):
                raise UserError(self.env._("%(field)s of evidence cannot be set.", field=name))
            self._check_content(vals)
            # Said outright, because defaults may come from the client's context.
            said = {**dict.fromkeys(open_fields, False), "kind": "photo", **vals}
            prepared.append({**said, **self._fixed_values(known[vals[self._owner_field]])})
        return super().create(prepared)

    def write(self, vals):
        if self and vals:
            raise UserError(self.env._("Evidence is not changed: remove it and add it anew before handing it in."))
        return super().write(vals)

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_fixed(self):
        self[self._owner_field]._check_evidence_open()
        self._check_not_fixed()

    # === HOOKS === #

    @api.model
    def _open_fields(self):
        """:return set: what whoever adds it may say of a piece of evidence"""
        return CONTENT_FIELDS | {self._owner_field}

    @api.model
    def _fixed_values(self, _owner):
        """:return dict: what the system says of it"""
        return {"uploaded_by_id": self.env.uid}

    def _check_not_fixed(self):
        """Raise where one of these is to stay."""

    # === ACTIONS === #

    @api.model
    def upload(self, **vals):
        """Keep one piece of evidence; the same key sent again, after a lost connection, changes nothing.

        :param int rectification_id: the task, or else `problem_id`, the problem, with `line_id` where it shows one
            institution alone
        :param str upload_key: made by the phone, unique for each piece
        :param str name: what it is called
        :param str kind: `photo`, `file` or `text`
        :param str attachment: base64; or `text`, words
        :param str taken_on: UTC, ``YYYY-MM-DD HH:MM:SS``
        :return int: id of the evidence
        :raise AccessError: not who may add it
        :raise UserError: no key, no owner, or no content that can be kept
        """
        if not vals.get("upload_key"):
            raise UserError(self.env._("An upload needs its key."))
        same = [(name, "=", vals.get(name)) for name in (self._owner_field, "upload_key")]
        return (self.search(same, limit=1) or self.create(vals)).id

    # === BUSINESS METHODS === #

    @api.model
    def _owners_of(self, vals_list):
        comodel = self._fields[self._owner_field].comodel_name
        return self.env[comodel].browse({vals[self._owner_field] for vals in vals_list})

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
        if guess_mimetype(content) in PHOTOS and not is_whole_picture(content):
            raise UserError(self.env._("The photo is broken off and cannot be shown. Take it again and hand it in."))
