from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_base.tools.replay_reader import ReplayError
from odoo.addons.bphs_base.tools.steps import Step

from ...tools.grading.ruleset_document import read_ruleset

STATES = [("draft", "Draft"), ("submitted", "Proposed"), ("published", "Published")]
EDITORS = ("primary_care_officer", "county_specialist")
CONTENT = frozenset({"code", "name", "source", "date_from", "gate_ids", "rule_ids"})


class BphsElderlyRuleset(models.Model):
    """A county's criteria of red, yellow and green, as rows a doctor edits (grading rules, section 1).

    A draft is anybody's of the section to edit. Proposed, it stands still; a second person of the county publishes it
    from a day on, and from then it never changes. The one in force on a day is the last that was published for it.
    """

    _name = "bphs.elderly.ruleset"
    _description = "Rule Set of Grading"
    _inherit = ["bphs.steps.mixin"]
    _order = "date_from desc, id desc"
    _steps = {
        "propose": Step(("draft",), "submitted", roles=EDITORS),
        "return": Step(("submitted",), "draft", roles=EDITORS, reason_required=True, access="read"),
        "publish": Step(
            ("submitted",), "published", roles=EDITORS, apart_from=("proposed_by_id", "editor_ids"), access="read"
        ),
    }
    _step_sets = ("version", "proposed_by_id", "published_by_id", "published_at", "editor_ids", "return_reason")
    _writable = {"draft": {ANYBODY: CONTENT}}

    code = fields.Char(required=True, copy=False, help="By which gradings name the set they were made by.")
    name = fields.Char(string="Name of the Rule Set", required=True)
    source = fields.Char(
        required=True, help="The document that lays the criteria down, or: county default, no public standard."
    )
    date_from = fields.Date(string="In Force From", copy=False)
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False, index=True)
    version = fields.Integer(readonly=True, copy=False, aggregator=None, help="Drawn when it is published.")
    editor_ids = fields.Many2many(
        "res.users", "bphs_elderly_ruleset_editor_rel", string="Edited By", readonly=True, copy=False
    )
    proposed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    published_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    published_at = fields.Datetime(readonly=True, copy=False)
    return_reason = fields.Char(string="Returned Because", readonly=True, copy=False)
    gate_ids = fields.One2many(
        "bphs.elderly.condition",
        "gate_of_id",
        string="Needed for Green",
        copy=True,
        help="Nobody is green unless all of these hold.",
    )
    rule_ids = fields.One2many("bphs.elderly.rule", "ruleset_id", string="Rules", copy=True)
    is_in_force = fields.Boolean(string="In Force Today", compute="_compute_is_in_force")

    _code_uniq = models.UniqueIndex("(code)", "Another rule set has this code.")
    _date_uniq = models.UniqueIndex(
        "(date_from) WHERE state = 'published'", "Another rule set is published from this day already."
    )

    def init(self):
        super().init()
        self.env.execute_query(
            SQL(
                """
                CREATE OR REPLACE FUNCTION bphs_elderly_fixed() RETURNS trigger AS $$
                DECLARE
                    parents int[] := ARRAY[]::int[];
                    fixed boolean;
                BEGIN
                    IF TG_ARGV[0] = 'id' THEN
                        fixed := OLD.state = 'published';
                    ELSE
                        IF TG_OP <> 'INSERT' THEN parents := parents || (to_jsonb(OLD) ->> TG_ARGV[0])::int; END IF;
                        IF TG_OP <> 'DELETE' THEN parents := parents || (to_jsonb(NEW) ->> TG_ARGV[0])::int; END IF;
                        -- FOR SHARE: who proposes the set meanwhile waits, or is waited for
                        SELECT bool_or(state <> 'draft') INTO fixed FROM
                            (SELECT state FROM bphs_elderly_ruleset WHERE id = ANY(parents) FOR SHARE) parent;
                    END IF;
                    IF fixed THEN
                        RAISE EXCEPTION USING
                            MESSAGE = TG_TABLE_NAME || ': a rule set that was proposed or published does not change',
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
                CREATE OR REPLACE TRIGGER bphs_elderly_ruleset_fixed BEFORE UPDATE OR DELETE ON bphs_elderly_ruleset
                FOR EACH ROW EXECUTE FUNCTION bphs_elderly_fixed('id')
                """
            )
        )

    # === COMPUTE METHODS === #

    @api.depends("code", "name")
    def _compute_display_name(self):
        for ruleset in self:
            ruleset.display_name = f"{ruleset.code or ''} {ruleset.name or ''}".strip()

    @api.depends("state", "date_from")
    def _compute_is_in_force(self):
        in_force = self._in_force_on(self._county_today())
        for ruleset in self:
            ruleset.is_in_force = ruleset._origin == in_force

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        rulesets = super().create(vals_list)
        rulesets._note_editor()
        return rulesets

    def write(self, vals):
        done = super().write(vals)
        self._note_editor()
        return done

    @api.private
    def copy_data(self, default=None):
        """A set is copied as the draft of the next one."""
        copied = super().copy_data(default)
        for ruleset, vals in zip(self, copied, strict=True):
            vals.setdefault("code", ruleset._next_code())
        return copied

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_proposed(self):
        self._check_in_state(("draft",))

    def _step_words(self):
        return super()._step_words() | {
            "role": self.env._("The county's rules are proposed by the section and published by a second person."),
            "apart": self.env._("%(name)s: whoever wrote or proposed it does not publish it."),
            "state": self.env._('%(name)s is "%(state)s" and does not change; copy it to write the next one.'),
            "closed": self.env._('%(name)s is "%(state)s" and does not change; copy it to write the next one.'),
        }

    def _asked_steps(self):
        return {"return": (self.env._("Return Rule Set"), self.env._("What is to be changed"), True)}

    # === ACTIONS === #

    def action_propose(self):
        """Hand a draft over to be published: from now on it stands still.

        :raise UserError: no day, or something that is no rule set yet
        """
        self._check_step("propose")
        for ruleset in self:
            ruleset._check_date()
            ruleset._core()
        # What is still to be written down is written while the draft is open: afterwards the trigger refuses it.
        self.env.flush_all()
        self._take_step("propose", {"proposed_by_id": self.env.uid, "return_reason": False})

    def action_return(self, reason):
        """Give it back to be changed."""
        self._check_step("return", reason)
        self._take_step("return", {"return_reason": reason}, reason)

    def action_publish(self):
        """Put a proposed set in force from its day; it never changes again.

        :raise UserError: its day has passed
        """
        self._check_step("publish")
        for ruleset in self:
            ruleset._check_date()
            # sudo: the number runs over all sets, whoever may see them
            last = self.sudo().search([("state", "=", "published")], order="version desc", limit=1)
            ruleset._take_step(
                "publish",
                {
                    "version": last.version + 1,
                    "published_by_id": self.env.uid,
                    "published_at": self._now(),
                },
            )

    # === HELPERS === #

    @api.model
    def _in_force_on(self, day):
        """:return: the set by which people are graded on a day; empty where none is"""
        # sudo: which set rules is no secret, and does not depend on who asks
        return self.sudo().search([("state", "=", "published"), ("date_from", "<=", day)], limit=1).sudo(False)

    def _core(self):
        """:return: the set as the rules of grading read it
        :raise UserError: says what is wrong with it
        """
        self.ensure_one()
        try:
            return read_ruleset(self._document(), "")
        except ReplayError as error:
            raise UserError(
                self.env._("%(ruleset)s is not complete: %(problem)s", ruleset=self.display_name, problem=error)
            ) from error

    def _check_date(self):
        if not self.date_from or self.date_from < self._county_today():
            raise UserError(
                self.env._(
                    "%(ruleset)s: say from which day it is in force, today or later: what was graded stays as it was.",
                    ruleset=self.display_name,
                )
            )

    def _note_editor(self):
        """Remember who wrote in a draft, so that somebody else publishes it.

        :raise UserError: one of them is no draft any more
        """
        # sudo: the rule must hold for whoever writes, and who wrote is nobody's to set
        for ruleset in self.sudo():
            ruleset._check_in_state(("draft",))
            if self.env.user not in ruleset.editor_ids:
                ruleset._write_state({"editor_ids": [Command.link(self.env.uid)]})

    def _next_code(self):
        """strict-2025 → strict-2025-2, strict-2025-3 …"""
        # sudo: codes are unique over all sets, whoever may see them
        taken = set(self.sudo().search([("code", "=like", f"{self.code}%")]).mapped("code"))
        return next(code for number in range(2, len(taken) + 3) if (code := f"{self.code}-{number}") not in taken)
