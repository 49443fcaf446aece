from odoo import Command, api, fields, models
from odoo.tools import SQL

from ...tools.steps import Step


def publishing_steps(roles):
    """The steps of rules that one person proposes and another publishes.

    :param roles: of who writes, proposes and publishes them
    """
    return {
        "propose": Step(("draft",), "submitted", roles=roles),
        "return": Step(("submitted",), "draft", roles=roles, reason_required=True, access="read"),
        "publish": Step(
            ("submitted",), "published", roles=roles, apart_from=("proposed_by_id", "editor_ids"), access="read"
        ),
    }


class BphsPublishedMixin(models.AbstractModel):
    """Rules a county lays down (评价方案, 分级规则): written by some, published by another, never changed afterwards.

    A draft remembers who wrote in it. Proposed, it stands still; a second person publishes it, and the next version is
    a copy with the next code. Its parts inherit `bphs.draft.part.mixin`.

    A model sets `_steps = publishing_steps(ROLES)`, says in `_writable` what its draft holds, declares the words of
    `state` once more (those of another module are not exported with it) and the table of `editor_ids`; `_check_whole`
    says what is still wrong with a draft.
    """

    _name = "bphs.published.mixin"
    _description = "Published by a second person"
    _inherit = ["bphs.steps.mixin"]
    _step_sets = ("version", "proposed_by_id", "published_by_id", "published_at", "editor_ids", "return_reason")
    _part_refusal = ": what was proposed or published does not change"

    code = fields.Char(required=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("submitted", "Proposed"), ("published", "Published")],
        required=True, readonly=True, default="draft", copy=False, index=True,
    )  # fmt: skip
    version = fields.Integer(readonly=True, copy=False, aggregator=None, help="Drawn when it is published.")
    editor_ids = fields.Many2many("res.users", string="Edited By", readonly=True, copy=False)
    proposed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    published_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    published_at = fields.Datetime(readonly=True, copy=False)
    return_reason = fields.Char(string="Returned Because", readonly=True, copy=False)

    def init(self):
        super().init()
        if self._abstract or not self._auto:
            return
        self.env.execute_query(
            SQL(
                """
                CREATE OR REPLACE FUNCTION bphs_published() RETURNS trigger AS $$
                BEGIN
                    IF OLD.state = 'published' THEN
                        RAISE EXCEPTION USING
                            MESSAGE = TG_TABLE_NAME || ': what was published does not change',
                            ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                END $$ LANGUAGE plpgsql
                """
            )
        )
        self.env.execute_query(
            SQL(
                """
                CREATE OR REPLACE TRIGGER %s BEFORE UPDATE OR DELETE ON %s
                FOR EACH ROW EXECUTE FUNCTION bphs_published()
                """,
                SQL.identifier(f"{self._table}_fixed"),
                SQL.identifier(self._table),
            )
        )

    # === COMPUTE METHODS === #

    @api.depends("code", "name")
    def _compute_display_name(self):
        for rules in self:
            rules.display_name = f"{rules.code or ''} {rules.name or ''}".strip()

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        made = super().create(vals_list)
        made._note_editor()
        return made

    def write(self, vals):
        done = super().write(vals)
        self._note_editor()
        return done

    @api.private
    def copy_data(self, default=None):
        """What was published is copied as the draft of the next version."""
        copied = super().copy_data(default)
        for rules, vals in zip(self, copied, strict=True):
            vals.setdefault("code", rules._next_code())
        return copied

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_proposed(self):
        self._check_in_state(("draft",))

    # === ACTIONS === #

    def action_propose(self):
        """Hand a draft over to be published: from now on it stands still.

        :raise UserError: what is still wrong with it
        """
        self._check_step("propose")
        for rules in self:
            rules._check_whole()
        # What is still to be written down is written while the draft is open: afterwards the trigger refuses it.
        self.env.flush_all()
        self._take_step("propose", {"proposed_by_id": self.env.uid, "return_reason": False})

    def action_return(self, reason):
        """Give it back to be changed."""
        self._check_step("return", reason)
        self._take_step("return", {"return_reason": reason}, reason)

    def action_publish(self):
        """Put it to use; it never changes again.

        :raise UserError: it can no longer be published as it was proposed
        """
        self._check_step("publish")
        for rules in self:
            rules._check_publishing()
            # sudo: the number runs over all of them, whoever may see them
            last = self.sudo().search([("state", "=", "published")], order="version desc", limit=1)
            rules._take_step(
                "publish",
                {"version": last.version + 1, "published_by_id": self.env.uid, "published_at": self._now()},
            )

    # === HELPERS === #

    def _check_whole(self):
        """:raise UserError: says what keeps a draft from being proposed"""
        raise NotImplementedError

    def _check_publishing(self):
        """:raise UserError: says what has come in the way since it was proposed"""

    def _note_editor(self):
        """Remember who wrote in a draft, so that somebody else publishes it.

        :raise UserError: one of them is no draft any more
        """
        # sudo: the rule must hold for whoever writes, and who wrote is nobody's to set
        for rules in self.sudo():
            rules._check_in_state(("draft",))
            if self.env.user not in rules.editor_ids:
                rules._write_state({"editor_ids": [Command.link(self.env.uid)]})

    def _part_written(self):
        self._note_editor()

    def _next_code(self):
        """XJ1000 → XJ1000-2, XJ1000-3 …"""
        # sudo: codes are unique over all of them, whoever may see them
        taken = set(self.sudo().search([("code", "=like", f"{self.code}%")]).mapped("code"))
        return next(code for number in range(2, len(taken) + 3) if (code := f"{self.code}-{number}") not in taken)
