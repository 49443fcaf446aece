from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_approval.tools.canonical import fingerprint
from odoo.addons.bphs_base.tools.money import to_decimal
from odoo.addons.bphs_base.tools.steps import Step

# Neither who entered it nor who changed it last confirms it.
CONFIRM = Step(("draft",), "confirmed", apart_from=("create_uid", "proposed_by_id"))


class BphsFundCountersignMixin(models.AbstractModel):
    """What one person of finance enters and another confirms, exactly as that one saw it (经办与复核).

    Neither who entered it nor who changed it last confirms it. The call of who confirms brings along the hash of the
    content that was looked at, so that nothing changed between looking and pressing is confirmed unseen.

    A model names in `_countersigned_fields` all that is confirmed, and holds two different persons to it by a
    constraint of its own.
    """

    _name = "bphs.fund.countersign.mixin"
    _inherit = ["bphs.fund.frozen.mixin"]
    _description = "Confirmed by a Second Person"

    _countersigned_fields = ()
    # The step by which it is confirmed.
    _countersign_step = "confirm"
    _steps = {"confirm": CONFIRM}
    _apart_refusal = UserError
    _system_stands_apart = False

    proposed_by_id = fields.Many2one(
        "res.users",
        string="Entered By",
        readonly=True,
        copy=False,
        ondelete="restrict",
        # For the form, which demands it where it is required; what counts is set on saving.
        default=lambda self: self.env.user,
        help="Or last changed by.",
    )
    content_hash = fields.Char(
        compute="_compute_content_hash", help="SHA-256 of what is confirmed: who confirms says by it what they saw."
    )
    can_countersign = fields.Boolean(compute="_compute_can_countersign")

    def _compute_content_hash(self):
        for record in self:
            record.content_hash = record._hash_now()

    @api.depends_context("uid")
    @api.depends("allowed_steps")
    def _compute_can_countersign(self):
        for record in self:
            record.can_countersign = bool(record._origin) and self._countersign_step in record.allowed_steps

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{**vals, "proposed_by_id": self.env.uid} for vals in vals_list])

    def write(self, vals):
        # Whoever changes a draft stands behind it, and can then no longer be the one who confirms it.
        return super().write({**vals, "proposed_by_id": self.env.uid})

    # === ACTIONS === #

    def action_open_countersign(self):
        """:return dict: the window that shows what is confirmed, as it stands now"""
        self.check_access("write")
        return self.env["bphs.fund.countersign"]._open(self)

    # === BUSINESS METHODS === #

    def _countersigned_content(self):
        """All that is confirmed; of a document what it says, its scan included.

        :rtype: dict
        """
        self.ensure_one()
        content = {name: self._fields[name].convert_to_write(self[name], self) for name in self._countersigned_fields}
        document = "document_id" in content and self.document_id
        if document:
            names = ("number", "title", "issuer", "co_issuer", "date")
            content["document"] = [*(document[name] or "" for name in names), document._scan_checksum()]
        return content

    def _hash_now(self):
        # sudo: the same text for everyone, whatever fields or documents they may read
        return fingerprint(self.sudo()._countersigned_content())

    def _countersigned_text(self):
        """:return str: all that is confirmed, a line a field, as people read it"""
        self.ensure_one()
        texts = []
        for name in self._countersigned_fields:
            field, value = self._fields[name], self[name]
            if field.type == "many2one":
                value = value.display_name
            elif field.type == "monetary":
                value = f"{to_decimal(value):,.2f}"
            if value:
                texts.append(f"{field._description_string(self.env)}：{value}")
        return "\n".join(texts)

    def _countersign(self, seen):
        """Confirm, by the model's own step."""
        return self.action_confirm(seen)

    def _seen(self):
        """:return dict: {id as text: content hash}, what the confirming step wants to be told"""
        return {str(record.id): record._hash_now() for record in self}

    def _check_countersign(self, seen):
        """Hold these rows, and refuse whoever may not confirm them or saw something else.

        :param dict seen: {id: the `content_hash` of what was looked at}; ids may be text, JSON has no other keys
        :raise AccessError: without the right to write them
        :raise UserError: confirmed already; entered or changed by the same person; money of a day to come;
            changed since
        """
        self._check_step(self._countersign_step)
        if "document_id" in self._countersigned_fields:
            # Held too: it must not change between this look and the end of the transaction. sudo: only locked.
            self.sudo().document_id._lock_rows()
        seen = {str(key): value for key, value in seen.items()} if isinstance(seen, dict) else {}
        for record in self:
            if "date" in self._countersigned_fields and record.date > self._county_today():
                raise UserError(
                    self.env._(
                        "%(record)s: the money comes on %(date)s. It is confirmed once it is there.",
                        record=record.display_name,
                        date=record.date,
                    )
                )
            if not seen.get(str(record.id)):
                raise UserError(
                    self.env._("Look at %(record)s first: it is confirmed as it was seen.", record=record.display_name)
                )
            if seen[str(record.id)] != record._hash_now():
                raise UserError(
                    self.env._(
                        "%(record)s has changed since you looked at it. Look at it again before you confirm it.",
                        record=record.display_name,
                    )
                )

    def _step_words(self):
        return super()._step_words() | {
            f"state:{self._countersign_step}": self.env._("%(name)s is confirmed already."),
            "apart": self.env._(
                "%(name)s was entered or changed by you: a second person of finance must confirm it, who"
                " neither entered nor changed it. Where nobody else is left, delete it and enter it anew."
            ),
        }
