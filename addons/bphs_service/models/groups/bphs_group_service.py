from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_team.tools.promises import SERVICE_KINDS

from ..visits.bphs_visit import STATES, STEPS

KINDS = [("lecture", "Health Lecture"), ("consultation", "Public Consultation")]
# Which item of the catalogue one of each kind is.
ITEMS = {"lecture": "HEALTH_LECTURE", "consultation": "CONSULT"}
PARTICIPATION = "group_education"
TYPED = (
    *("kind", "topic", "done_on", "place", "organiser", "worker_id", "audience", "people_count", "participant_ids"),
    *("service_kind", "materials", "material_kinds", "material_copies", "content", "evaluation", "photo", "photo_name"),
)


class BphsGroupService(models.Model):
    """A health lecture or consultation (健康教育活动): one record, many people, counted once as work.

    Of those whose names are known each has a record of having been there in their own file, made when it is done: it
    shows in the timeline, keeps what the contract promised, and is voided with the whole.
    """

    _name = "bphs.group.service"
    _description = "Health Education Activity"
    # The names of participants are read as files, and logged there; here nobody groups by them past the log.
    _inherit = [
        *("bphs.steps.mixin", "bphs.readable.links.mixin", "bphs.scope.mixin", "bphs.upload.limit.mixin"),
        "bphs.logged.reading.mixin",
    ]
    _order = "done_on desc, id desc"
    _rec_name = "topic"
    _steps = STEPS
    _step_sets = ("step_reason",)
    _writable = {"draft": {ANYBODY: TYPED}, "done": {}, "voided": {}}
    _given_at_creation = (*TYPED, "institution_id")
    _follow_merging = ("participant_ids",)  # see `_present`

    kind = fields.Selection(KINDS, string="Form of Activity", required=True, default="lecture")
    item_id = fields.Many2one(
        "bphs.service.item", string="Service Item", compute="_compute_item_id", store=True, precompute=True
    )
    topic = fields.Char(required=True, size=100)
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False)
    done_on = fields.Date(string="Held On", required=True, index=True, default=lambda self: self._county_today())
    institution_id = fields.Many2one(default=lambda self: self.env["bphs.visit"]._institution_then({}))
    place = fields.Char(size=100)
    organiser = fields.Char(size=100)
    worker_id = fields.Many2one(
        "bphs.worker", string="Speaker", ondelete="restrict", default=lambda self: self.env["bphs.visit"]._own_worker()
    )
    audience = fields.Char(string="Who Came", size=100, help="As elders, or the parents of small children.")
    people_count = fields.Integer(string="People", aggregator="sum", help="All who were there, named or not.")
    participant_ids = fields.Many2many(
        "bphs.resident", "bphs_group_service_participant_rel", "group_id", "resident_id", string="Named Participants"
    )
    named_count = fields.Integer(string="People Named", compute="_compute_named_count")
    visit_ids = fields.One2many("bphs.visit", "group_id", string="Records of Participants", readonly=True)
    service_kind = fields.Selection(
        SERVICE_KINDS,
        string="Kind of Contract Service",
        help="What it is of the contracts of those named; what promises the item itself is kept anyway.",
    )
    materials = fields.Char(string="Materials Given Out", size=200)
    material_kinds = fields.Integer(string="Kinds of Materials", aggregator="sum")
    material_copies = fields.Integer(string="Copies Given Out", aggregator="sum")
    content = fields.Text(string="What Was Told")
    evaluation = fields.Text(string="Summary and Evaluation")
    photo = fields.Binary(attachment=True)
    photo_name = fields.Char()
    step_reason = fields.Char(string="Why Reopened or Voided", readonly=True, copy=False)

    _counts_sign = models.Constraint(
        "CHECK(people_count >= 0 AND material_kinds >= 0 AND material_copies >= 0)",
        "People and materials are not below zero.",
    )

    # === COMPUTE METHODS === #

    @api.depends("kind")
    def _compute_item_id(self):
        items = {item.code: item for item in self.env["bphs.service.item"].search([("code", "in", [*ITEMS.values()])])}
        for group in self:
            group.item_id = items.get(ITEMS.get(group.kind))

    @api.depends("participant_ids")
    @api.depends_context("uid")
    def _compute_named_count(self):
        residents = self.env["bphs.resident"]
        # Whoever is hidden is counted for nobody to whom they are hidden: beside the names it would tell of them.
        seen = [*residents._named_roles_domain(), *residents._age_domain()]
        for group in self:
            named = group._everybody() if group.id else group.participant_ids._origin
            # sudo: of a record that stands others are counted, whoever may open which file
            group.named_count = len(named.sudo().filtered_domain(seen))

    # === CONSTRAINTS === #

    @api.constrains("done_on")
    def _check_done_on(self):
        if any(group.done_on > self._county_today() for group in self):
            raise ValidationError(self.env._("An activity cannot have taken place on a day to come."))

    # === CRUD METHODS === #

    # Whatever the context says: records of people hang on it.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_never(self):
        raise UserError(self.env._("An activity is never deleted. Void it, with the reason."))

    # === ACTIONS === #

    def action_complete(self):
        """Let the activity count, and enter it in the file of everybody who is named."""
        self._check_step("complete")
        for group in self:
            if not group.people_count:
                raise UserError(self.env._("%(topic)s: say how many people were there.", topic=group.topic))
            if group.people_count < group.named_count:
                raise UserError(
                    self.env._(
                        "%(topic)s: %(named)s people are named, and only %(count)s were counted.",
                        topic=group.topic,
                        named=group.named_count,
                        count=group.people_count,
                    )
                )
        self._take_step("complete")
        for group in self:
            group._enter_in_files()

    def action_reopen(self, reason):
        """Open an activity to put it right; until it is done again it counts for nobody."""
        self._check_step("reopen", reason)
        self._take_step("reopen", {"step_reason": reason}, reason)
        self._undo_in_files("reopen", reason)

    def action_void(self, reason):
        """Void an activity, and what it entered in the files."""
        self._check_step("void", reason)
        self._take_step("void", {"step_reason": reason}, reason)
        self._undo_in_files("void", reason)

    def action_participants(self):
        """:return: the action that lists the records of those who are named"""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("bphs_service.bphs_visit_action")
        return {**action, "domain": [("group_id", "=", self.id)], "context": {}}

    def _asked_steps(self):
        return {
            "reopen": (
                self.env._("Put the Activity Right"),
                self.env._("Until it is done again it counts for nobody."),
                True,
            ),
            "void": (
                self.env._("Void the Activity"),
                self.env._("The records of its participants are voided with it."),
                True,
            ),
        }

    # === HELPERS === #

    def _everybody(self):
        """:return: the files of all who are named, also of those whom this user does not see"""
        self.flush_recordset(["participant_ids"])
        named = SQL("SELECT resident_id FROM bphs_group_service_participant_rel WHERE group_id = ANY(%s)", self.ids)
        return self.env["bphs.resident"].browse(sorted({id_ for (id_,) in self.env.execute_query(named)}))

    def _present(self):
        """:return: the files of those named as they stand now: of merged ones those that stayed"""
        # sudo: files are merged by whoever may, and who was named stays named
        present = self._everybody().sudo()
        while merged := present.filtered("merged_into_id"):
            present = (present - merged) | merged.merged_into_id
        return present

    def _enter_in_files(self):
        """Make, change, void and complete the records of participants until they are those that are named."""
        visits, present = self._visits_in(("draft",)), self._present()
        gone = visits.filtered(lambda visit: visit.resident_id not in present)
        gone._take_step("void", {"step_reason": self.topic}, self.topic)
        visits -= gone
        told = {"done_on": self.done_on, "worker_id": self.worker_id.id, "note": self.topic}
        told |= {"service_kind": self.service_kind, "answers": {"topic": self.topic, "place": self.place or ""}}
        visits._write_state(told)
        form = self.env["bphs.form.template"].sudo()._in_use(PARTICIPATION)  # sudo: it is the whole county's
        new = visits.create(
            [
                {**told, "resident_id": resident.id, "template_id": form.id, "mode": "group"}
                for resident in present - visits.resident_id
            ]
        )
        new._write_state({"group_id": self.id, "institution_id": self.institution_id.id})
        (visits | new)._take_step("complete")
        residents = (visits | new).resident_id
        residents._raise_last_service()
        residents.sudo(False)._log_access("change", what=new._description_in_file())  # sudo: back to who did it

    def _undo_in_files(self, step, reason):
        visits = self._visits_in(STEPS[step].sources)
        visits._take_step(step, {"step_reason": reason}, reason)
        visits.resident_id._recount_last_service(visits)

    def _visits_in(self, states):
        # sudo: what stands in the files follows from the activity, whose steps were this user's to take; searched, for
        # what a user sees of them is kept
        return self.env["bphs.visit"].sudo().search([("group_id", "in", self.ids), ("state", "in", states)])

    def _step_words(self):
        closed = self.env._('%(name)s is "%(state)s". Reopen it first, with the reason.')
        return super()._step_words() | {"closed": closed}
