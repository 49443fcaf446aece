import random

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.orm.models import NO_ACCESS

from odoo.addons.bphs_base.models.mixins.bphs_steps_mixin import ANYBODY
from odoo.addons.bphs_base.tools.steps import Step

from ...tools.authenticity import verdicts
from ...tools.authenticity.seen import without

STATES = [
    ("found", "To Be Looked At"),
    ("sampled", "Being Verified"),
    ("verified", "Checked"),
    ("closed", "Cleared Up"),
]
VERDICTS = [
    (verdicts.TRUE, "True"),
    (verdicts.PARTLY, "True in Part"),
    (verdicts.FALSE, "Not True"),
    (verdicts.UNKNOWN, "Cannot Be Verified"),
]
VERIFIERS = ("primary_care_officer", "township_public_health")
STEPS = {
    "sample": Step(("found",), "sampled", VERIFIERS),
    "verify": Step(("sampled",), "verified", VERIFIERS, apart_from=("worker",)),
    "close": Step(("found", "verified"), "closed", VERIFIERS, reason_required=True, apart_from=("worker",)),
    "reopen": Step(("verified", "closed"), "sampled", VERIFIERS, reason_required=True, apart_from=("worker",)),
}
SAMPLE = 10


# In the context: as everybody is told, also where the user is a named person; for what others come to read.
FOR_ALL = "bphs_for_all"


class BphsAuthenticityFinding(models.Model):
    """A doubt about records (真实性疑点): which check found it, of whom, in which days; looked into, verified, closed.

    It names an institution and a worker; the people stand in the records behind it alone.
    """

    _name = "bphs.authenticity.finding"
    _description = "Doubt About Records"
    _inherit = ["bphs.steps.mixin", "bphs.scope.mixin", "bphs.spread.ids.mixin"]
    _order = "date_to desc, hard desc, institution_id, id desc"
    _steps = STEPS
    _step_sets = ("step_reason", "sampled_by_id", "verified_by_id", "verified_on")
    _writable = {"sampled": {ANYBODY: ("evidence_ids",)}, "found": {}, "verified": {}, "closed": {}}
    _given_at_creation = ("check_id", "institution_id", "worker_id", "date_from", "date_to", "key", "seen")

    check_id = fields.Many2one(
        "bphs.authenticity.check",
        string="Check of Authenticity",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    hard = fields.Boolean(related="check_id.hard", store=True, precompute=True)
    words = fields.Char(related="check_id.words")
    institution_id = fields.Many2one(readonly=True)
    worker_id = fields.Many2one("bphs.worker", readonly=True, index="btree_not_null", ondelete="restrict")
    date_from = fields.Date(required=True, readonly=True)
    date_to = fields.Date(required=True, readonly=True)
    # By which the same doubt is found again: it may name a record, or a person.
    key = fields.Char(readonly=True, groups=NO_ACCESS)
    seen = fields.Char(string="Seen, of All Files", readonly=True, groups=NO_ACCESS)
    seen_words = fields.Char(string="Seen", compute="_compute_evidence")
    state = fields.Selection(STATES, required=True, readonly=True, default="found", copy=False, index=True)
    evidence_ids = fields.One2many("bphs.authenticity.evidence", "finding_id", string="Records")
    # The same for the record rule alone: what a rule reads would stay in the field above.
    rule_evidence_ids = fields.One2many(
        "bphs.authenticity.evidence", "finding_id", string="Records, for the Rule", groups=NO_ACCESS
    )
    evidence_count = fields.Integer(string="Number of Records", compute="_compute_evidence")
    sampled_count = fields.Integer(string="To Be Verified", compute="_compute_evidence")
    false_count = fields.Integer(string="Not True", compute="_compute_evidence")
    verdict = fields.Selection(VERDICTS, string="Came to", compute="_compute_evidence")
    sampled_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    verified_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    verified_on = fields.Date(readonly=True, copy=False)
    step_reason = fields.Char(string="Conclusion", readonly=True, copy=False)

    _key_uniq = models.UniqueIndex("(check_id, institution_id, coalesce(worker_id, 0), date_from, key)")

    # === COMPUTE METHODS === #

    @api.depends("check_id", "institution_id")
    def _compute_display_name(self):
        for finding in self:
            finding.display_name = f"{finding.institution_id.name or ''} {finding.check_id.name or ''}".strip()

    @api.depends("evidence_ids.verdict", "evidence_ids.sampled", "state")
    @api.depends_context("uid", FOR_ALL)
    def _compute_evidence(self):
        # sudo: how many there are is told with the doubt, whoever may open which file
        evidence = self.env["bphs.authenticity.evidence"].sudo()
        of_these = Domain("finding_id", "in", self.ids)
        whole = self.env.su or self.env.user.has_group("bphs_resident.group_sensitive")
        whole = whole and not self.env.context.get(FOR_ALL)
        seen = Domain.TRUE if whole else evidence._seen_by_all()
        counts, hidden = {}, {}
        for finding, sampled, verdict, count in evidence._read_group(
            of_these & seen, ["finding_id", "sampled", "verdict"], ["__count"]
        ):
            counts.setdefault(finding.id, []).append((sampled, verdict, count))
        if not whole:
            hidden = dict(evidence._read_group(of_these & ~seen, ["finding_id"], ["__count"]))
        for finding in self:
            rows = counts.get(finding._origin.id, ())
            told = finding.state in ("verified", "closed")
            # sudo: what was seen, less what is not for this user
            seen = without(finding.sudo().seen or "", hidden.get(finding._origin, 0))
            finding.seen_words = finding._in_words(seen)
            finding.evidence_count = sum(count for *__, count in rows)
            finding.sampled_count = sum(count for sampled, __, count in rows if sampled)
            finding.false_count = sum(count for __, one, count in rows if told and one == verdicts.FALSE)
            finding.verdict = verdicts.outcome([one for __, one, _count in rows if one]) if told else False

    # === CRUD METHODS === #

    # Whatever the context says: what was once doubted is kept.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_never(self):
        raise UserError(self.env._("A doubt is never deleted. Close it, with the conclusion."))

    # === ACTIONS === #

    def action_sample(self):
        """Draw which records are looked at: all of few, ten of many; the system chooses."""
        self._check_step("sample")
        for finding in self:
            records = finding._to_look_at()
            drawn = random.SystemRandom().sample(list(records), verdicts.sample_size(len(records), SAMPLE))
            self.env["bphs.authenticity.evidence"].sudo().union(*drawn)._write_drawn()  # sudo: as above
        self._take_step("sample", {"sampled_by_id": self.env.uid})

    def action_verify(self):
        """End the verifying: what was found not true leaves the workload.

        :raise UserError: a record that was drawn has no verdict yet
        """
        self._check_step("verify")
        for finding in self:
            open_ = finding._to_look_at().filtered(lambda one: one.sampled and not one.verdict)
            if open_:
                raise UserError(
                    self.env._(
                        "%(doubt)s: %(count)s records have no verdict yet.",
                        doubt=finding.display_name,
                        count=len(open_),
                    )
                )
        self._take_step("verify", {"verified_by_id": self.env.uid, "verified_on": self._county_today()})

    def action_close(self, reason):
        """Close a doubt, with the conclusion; one that explains itself need not be looked into."""
        self._check_step("close", reason)
        self._take_step("close", {"step_reason": reason}, reason)

    def action_reopen(self, reason):
        """Look into it again: until it is verified anew nothing of it counts as not true."""
        self._check_step("reopen", reason)
        self._take_step("reopen", {"step_reason": reason}, reason)

    def _asked_steps(self):
        return {
            "close": (self.env._("Close the Doubt"), self.env._("What it came to."), True),
            "reopen": (self.env._("Look into It Again"), self.env._("What was overlooked."), True),
        }

    # === HELPERS === #

    def _to_look_at(self):
        """:return: the records behind a doubt of which some are drawn: where others than named persons see the doubt,
        what these see of it; how many are left open would tell of more"""
        # sudo: whom the lot falls on is not for the drawer to see or to choose, and each must have been looked at by
        # somebody, whoever ends it; searched, for what a user sees of them is kept
        records = self.env["bphs.authenticity.evidence"].sudo()
        of_these = Domain("finding_id", "in", self.ids)
        return records.search(of_these & records._seen_by_all()) or records.search(of_these)

    def _people_apart(self, name):
        # sudo: whose work it is counts, whoever asks
        return {finding.id: set(finding.worker_id.user_id.ids) for finding in self._origin.sudo()}

    def _step_words(self):
        return super()._step_words() | {
            "role": self.env._("Doubts are looked into by the township's public health office and the bureau."),
            "apart": self.env._("%(name)s: it is about your own work; another person looks into it."),
        }
