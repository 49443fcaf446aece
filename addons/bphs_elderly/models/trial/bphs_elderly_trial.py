from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.queue_job.delay import group

from ...tools.grading.grade import Grader
from ...tools.grading.lines import read_person
from ...tools.grading.needs import needs_of
from ...tools.trial import COLOURS, Tried, add_person, share_alarm
from ...tools.visits import ALL_CLOCKS, Coloured, Rhythm
from ..grading.bphs_elderly_grader import CHUNK
from ..plans.bphs_plan import DISEASES, MONTH_DAYS, _rhythm
from ..rulesets.bphs_elderly_ruleset import EDITORS

STATES = [("working", "Under Way"), ("done", "Done")]
LIMITS = ("red_least", "red_most", "yellow_least", "yellow_most")


class BphsElderlyTrial(models.Model):
    """A rule set tried on the whole county before it is published: only what came out is kept, a row an institution.

    Everybody is graded by it as of today, past nobody's standing colour: today's grade beside the grade it would be.
    What is for named persons alone is left out, facts and whole files, so that its figures are everybody's of the
    section: set against the board they tell of nobody.
    """

    _name = "bphs.elderly.trial"
    _description = "Trial of a Rule Set"
    _order = "id desc"

    ruleset_id = fields.Many2one("bphs.elderly.ruleset", required=True, readonly=True, index=True, ondelete="cascade")
    day = fields.Date(required=True, readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="working")
    institutions = fields.Integer(string="How Many Institutions", readonly=True, aggregator=None)
    progress = fields.Float(compute="_compute_progress", help="Institutions done of all.")
    line_ids = fields.One2many("bphs.elderly.trial.line", "trial_id", string="Institutions", readonly=True)
    township_ids = fields.One2many(
        "bphs.elderly.trial.line", "trial_id", string="Townships", domain=[("is_township", "=", True)], readonly=True
    )
    red_least = fields.Integer(string="Red at Least %", default=3, aggregator=None)
    red_most = fields.Integer(string="Red at Most %", default=20, aggregator=None)
    yellow_least = fields.Integer(string="Yellow at Least %", default=10, aggregator=None)
    yellow_most = fields.Integer(string="Yellow at Most %", default=50, aggregator=None)
    flow_words = fields.Text(string="From Today's Colour to the New One", compute="_compute_outcome")
    changed = fields.Integer(string="Would Change", compute="_compute_outcome")
    alarm = fields.Char(compute="_compute_outcome")

    # === COMPUTE METHODS === #

    @api.depends("ruleset_id", "day")
    def _compute_display_name(self):
        for trial in self:
            trial.display_name = f"{trial.ruleset_id.display_name or ''} {trial.day or ''}".strip()

    @api.depends("institutions", "line_ids")
    def _compute_progress(self):
        for trial in self:
            done = len(trial.line_ids.filtered(lambda line: not line.is_township))
            trial.progress = 100 * done / trial.institutions if trial.institutions else 100

    @api.depends("line_ids", *LIMITS)
    @api.depends_context("lang")
    def _compute_outcome(self):
        names = dict(self.env["bphs.elderly.standing"]._fields["colour"]._description_selection(self.env))
        names["none"] = self.env._("None yet")
        for trial in self:
            tried = trial._together(trial.line_ids.filtered(lambda line: not line.is_township))
            trial.changed = tried.changed
            trial.flow_words = "\n".join(
                f"{names[now]} → {names[then]}: {count}"
                for (now, then), count in sorted(tried.flow.items(), key=lambda item: -item[1])
                if now != then
            )
            rated = sum(tried.of(colour, True) for colour in COLOURS)
            trial.alarm = "、".join(
                self.env._(
                    "%(colour)s is %(part)s of %(whole)s, outside %(least)s to %(most)s per cent",
                    colour=names[colour],
                    part=tried.of(colour, True),
                    whole=rated,
                    least=trial[f"{colour}_least"],
                    most=trial[f"{colour}_most"],
                )
                for colour in ("red", "yellow")
                if share_alarm(tried.of(colour, True), rated, trial[f"{colour}_least"], trial[f"{colour}_most"])
            )

    # === CRUD METHODS === #

    def write(self, vals):
        if not self.env.su and (others := set(vals) - set(LIMITS)):
            self.check_access("write")
            raise UserError(self.env._("What came out of a trial is not written by hand: %(names)s.", names=others))
        return super().write(vals)

    # === RUNNING === #

    def _start(self):
        """One job an institution, and one when all are done: of two that end at once, each would wait for the other."""
        residents = self.env["bphs.resident"].sudo()  # sudo: everybody, whoever tries
        elders = residents._read_group(
            [
                ("status", "not in", ("died", "moved_out", "lost", "merged")),
                ("birth_date", "!=", False),
                ("restricted", "=", False),
            ],
            ["institution_id"],
        )
        for trial in self.sudo():  # sudo: everybody, whoever tries; what comes out is nobody's to write
            trial.institutions = len(elders)
            jobs = [
                trial.delayable(
                    description=self.env._("Trial of grading: %(institution)s", institution=institution.display_name)
                )._try_institution(institution.id)
                for (institution,) in elders
            ]
            last = trial.delayable(description=self.env._("Trial of grading: sums"))._finish()
            (group(*jobs).on_done(last) if jobs else last).delay()

    def _try_institution(self, institution_id):
        """Grade everybody of one institution by the set and by today's; done again it replaces its row."""
        self.ensure_one()
        query = SQL(
            "SELECT id FROM bphs_resident"
            " WHERE institution_id = %s AND birth_date <= %s - interval '64 years' AND NOT restricted",
            institution_id,
            SQL("%s::date", self.day),
        )
        ids = [id_ for (id_,) in self.env.execute_query(query)]
        tried = self._tried(ids)
        self.env["bphs.elderly.trial.line"]._keep(self, institution_id, tried)

    def _finish(self):
        """Sum up townships once every institution was tried; done again it changes nothing."""
        self.line_ids._sum_townships()
        self.state = "done"

    def _tried(self, ids):
        rulesets = self.env["bphs.elderly.ruleset"]
        now, then = rulesets._in_force_on(self.day).sudo(), self.ruleset_id  # sudo: it rules whoever asks
        # It may have been written on since it was asked for.
        then._check_ages_of_many()
        graders = {ruleset: Grader(ruleset._core(), self.day) for ruleset in (now, then) if ruleset}
        clocks = self.env["bphs.clock"]._all_in_force().filtered(lambda clock: clock.code in ALL_CLOCKS)
        rhythms = {clock.code: _rhythm(clock) for clock in clocks if clock.kind == "interval"}
        tried = Tried()
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            diseases = {}
            asked = {"ids": chunk, "own": list(ALL_CLOCKS), "today": self.day, "month": MONTH_DAYS}
            for id_, *rhythm in self.env.execute_query(SQL(DISEASES, **asked)):
                diseases.setdefault(id_, []).append(Rhythm(*rhythm))
            coloured = {ruleset: self._coloured(ruleset, grader, chunk) for ruleset, grader in graders.items()}
            nobody = Coloured(None, self.day, False, False)
            for id_, person in coloured[then].items():
                before = coloured[now].get(id_, nobody) if now else nobody
                if before.colour or person.colour:
                    add_person(tried, before, person, rhythms, diseases.get(id_, []))
        return tried

    def _coloured(self, ruleset, grader, ids):
        """:return dict: id -> the colour this set gives today"""
        query = self.env["bphs.elderly.grader"]._people(needs_of(ruleset._core()), self.day, ids)
        found = {}
        for id_, birth_date, living, lines in self.env.execute_query(query):
            if living:
                grade = grader.grade(read_person(str(id_), birth_date, lines)[0])
                found[id_] = Coloured(grade.colour, self.day, False, grade.assessed)
        return found

    @api.model
    def _together(self, lines):
        tried = Tried()
        for line in lines:
            tried.flow.update({tuple(pair.split(">")): count for pair, count in (line.flow or {}).items()})
        return tried

    @api.model
    def _may_try(self):
        return self.env.su or self.env.user._holds_role(EDITORS)
