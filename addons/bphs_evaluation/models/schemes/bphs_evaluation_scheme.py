from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_base.tools.steps import Step

from ...tools.roles import SCHEMERS

STATES = [("draft", "Draft"), ("submitted", "Proposed"), ("published", "Published")]
CONTENT = frozenset(
    {"code", "name", "source", "total", "rescale", "min_assessable", "item_ids", "red_line_ids", "group_ids"}
)


class BphsEvaluationScheme(models.Model):
    """What a county scores by (评价方案): a tree of items with points and a method each, red lines, groups.

    A draft is the section's to edit. Proposed, it stands still; a second person publishes it, and from then it never
    changes: the next version is a copy. Its leaves are what the scoring reads (evaluation rules, section 1).
    """

    _name = "bphs.evaluation.scheme"
    _description = "Evaluation Scheme"
    _inherit = ["bphs.steps.mixin"]
    _order = "code desc, id desc"
    _rec_names_search = ["code", "name"]
    _steps = {
        "propose": Step(("draft",), "submitted", roles=SCHEMERS),
        "return": Step(("submitted",), "draft", roles=SCHEMERS, reason_required=True, access="read"),
        "publish": Step(
            ("submitted",), "published", roles=SCHEMERS, apart_from=("proposed_by_id", "editor_ids"), access="read"
        ),
    }
    _step_sets = ("version", "proposed_by_id", "published_by_id", "published_at", "editor_ids", "return_reason")
    _writable = {"draft": {ANYBODY: CONTENT}}

    code = fields.Char(required=True, copy=False, help="By which rounds and replay documents name it.")
    name = fields.Char(string="Name of the Scheme", required=True)
    source = fields.Char(help="The document that lays it down, or: county default.")
    total = fields.Float(string="Total Points", digits=(8, 2), required=True, default=100.0, aggregator=None)
    rescale = fields.Boolean(
        string="Scale Up What Is Assessable",
        default=True,
        help="Where items cannot be assessed, the others count for the whole; else they add nothing.",
    )
    min_assessable = fields.Float(
        string="Least Share Assessable",
        digits=(10, 4),
        default=0.6,
        aggregator=None,
        help="From 0 to 1: a unit of which less can be assessed has no final score.",
    )
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False, index=True)
    version = fields.Integer(readonly=True, copy=False, aggregator=None, help="Drawn when it is published.")
    editor_ids = fields.Many2many(
        "res.users", "bphs_evaluation_scheme_editor_rel", string="Edited By", readonly=True, copy=False
    )
    proposed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    published_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    published_at = fields.Datetime(readonly=True, copy=False)
    return_reason = fields.Char(string="Returned Because", readonly=True, copy=False)
    item_ids = fields.One2many("bphs.evaluation.item", "scheme_id", string="Items")
    red_line_ids = fields.One2many("bphs.evaluation.red.line", "scheme_id", string="Red Lines", copy=True)
    group_ids = fields.One2many("bphs.evaluation.group", "scheme_id", string="Groups", copy=True)
    item_count = fields.Integer(string="Scored Items", compute="_compute_points")
    points = fields.Float(string="Sum of Points", digits=(8, 2), compute="_compute_points")
    problem_text = fields.Char(string="Still Wrong", compute="_compute_problem_text")

    _code_uniq = models.UniqueIndex("(code)", "Another scheme has this code.")

    def init(self):
        super().init()
        self.env.execute_query(
            SQL(
                """
                CREATE OR REPLACE FUNCTION bphs_evaluation_fixed() RETURNS trigger AS $$
                DECLARE
                    parents int[] := ARRAY[]::int[];
                    fixed boolean;
                BEGIN
                    IF TG_ARGV[0] = 'id' THEN
                        fixed := OLD.state = 'published';
                    ELSE
                        IF TG_OP <> 'INSERT' THEN parents := parents || (to_jsonb(OLD) ->> TG_ARGV[0])::int; END IF;
                        IF TG_OP <> 'DELETE' THEN parents := parents || (to_jsonb(NEW) ->> TG_ARGV[0])::int; END IF;
                        -- FOR SHARE: who proposes the scheme meanwhile waits, or is waited for
                        SELECT bool_or(state <> 'draft') INTO fixed FROM
                            (SELECT state FROM bphs_evaluation_scheme WHERE id = ANY(parents) FOR SHARE) parent;
                    END IF;
                    IF fixed THEN
                        RAISE EXCEPTION USING
                            MESSAGE = TG_TABLE_NAME || ': a scheme that was proposed or published does not change',
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
                CREATE OR REPLACE TRIGGER bphs_evaluation_scheme_fixed BEFORE UPDATE OR DELETE
                ON bphs_evaluation_scheme FOR EACH ROW EXECUTE FUNCTION bphs_evaluation_fixed('id')
                """
            )
        )

    # === COMPUTE METHODS === #

    @api.depends("code", "name")
    def _compute_display_name(self):
        for scheme in self:
            scheme.display_name = f"{scheme.code or ''} {scheme.name or ''}".strip()

    @api.depends("item_ids.points", "item_ids.method")
    def _compute_points(self):
        for scheme in self:
            leaves = scheme._leaves()
            scheme.item_count = len(leaves)
            scheme.points = leaves._points()

    @api.depends("state", "total", "points", "item_ids", "red_line_ids", "group_ids")
    def _compute_problem_text(self):
        for scheme in self:
            scheme.problem_text = scheme.state == "draft" and scheme._origin and scheme._origin._problem()

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        schemes = super().create(vals_list)
        schemes._note_editor()
        return schemes

    def write(self, vals):
        done = super().write(vals)
        self._note_editor()
        return done

    @api.private
    def copy_data(self, default=None):
        """A scheme is copied as the draft of the next version."""
        copied = super().copy_data(default)
        for scheme, vals in zip(self, copied, strict=True):
            vals.setdefault("code", scheme._next_code())
        return copied

    def copy(self, default=None):
        copies = super().copy(default)
        for scheme, copied in zip(self, copies, strict=True):
            scheme.item_ids._copy_into(copied)
        return copies

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_proposed(self):
        self._check_in_state(("draft",))

    def _step_words(self):
        stands = self.env._('%(name)s is "%(state)s" and does not change; copy it to write the next version.')
        return super()._step_words() | {
            "role": self.env._("Schemes are proposed by the section and published by a second person."),
            "apart": self.env._("%(name)s: whoever wrote or proposed it does not publish it."),
            "state": stands,
            "closed": stands,
        }

    def _asked_steps(self):
        return {"return": (self.env._("Return Scheme"), self.env._("What is to be changed"), True)}

    # === ACTIONS === #

    def action_propose(self):
        """Hand a draft over to be published: from now on it stands still.

        :raise UserError: what the rules find wrong with it
        """
        self._check_step("propose")
        for scheme in self:
            scheme._core()
        # What is still to be written down is written while the draft is open: afterwards the trigger refuses it.
        self.env.flush_all()
        self._take_step("propose", {"proposed_by_id": self.env.uid, "return_reason": False})

    def action_return(self, reason):
        """Give it back to be changed."""
        self._check_step("return", reason)
        self._take_step("return", {"return_reason": reason}, reason)

    def action_publish(self):
        """Put it to use; it never changes again."""
        self._check_step("publish")
        for scheme in self:
            # sudo: the number runs over all schemes, whoever may see them
            last = self.sudo().search([("state", "=", "published")], order="version desc", limit=1)
            scheme._take_step(
                "publish",
                {
                    "version": last.version + 1,
                    "published_by_id": self.env.uid,
                    "published_at": self._now(),
                },
            )

    # === HELPERS === #

    def _leaves(self):
        """:return: the items that are scored, in their order"""
        return self.item_ids.filtered("method").sorted(lambda item: (item.sequence, item._origin.id))

    def _note_editor(self):
        """Remember who wrote in a draft, so that somebody else publishes it.

        :raise UserError: one of them is no draft any more
        """
        # sudo: the rule must hold for whoever writes, and who wrote is nobody's to set
        for scheme in self.sudo():
            scheme._check_in_state(("draft",))
            if self.env.user not in scheme.editor_ids:
                scheme._write_state({"editor_ids": [Command.link(self.env.uid)]})

    def _next_code(self):
        """XJ1000 → XJ1000-2, XJ1000-3 …"""
        # sudo: codes are unique over all schemes, whoever may see them
        taken = set(self.sudo().search([("code", "=like", f"{self.code}%")]).mapped("code"))
        return next(code for number in range(2, len(taken) + 3) if (code := f"{self.code}-{number}") not in taken)

    def _check_published(self):
        """:raise UserError: it is no scheme that rounds are scored by"""
        for scheme in self:
            if scheme.state != "published":
                raise UserError(self.env._("%(scheme)s is not published yet.", scheme=scheme.display_name))
