from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import moves

MOVE_KINDS = [
    ("within", "Moved Within the County"),
    ("out", "Moved Out of the County"),
    ("lost", "Lost to Follow-Up"),
    ("died", "Died"),
    ("back", "Back in the Register"),
]


class BphsResidentMove(models.Model):
    """A step in the life of a file: moved, died, lost, found again (迁移与变动). Written once."""

    _name = "bphs.resident.move"
    _description = "Move or Change of a Resident"
    _inherit = ["bphs.append.only.mixin", "bphs.logged.reading.mixin"]
    _order = "id desc"
    _rec_name = "kind"
    _tells_of = "resident_id"

    resident_id = fields.Many2one("bphs.resident", required=True, index=True, ondelete="restrict")
    # Whoever gave the file away and whoever got it both see the move: see the rule.
    institution_id = fields.Many2one(
        "bphs.institution", string="From Institution", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(MOVE_KINDS, string="What Happened", required=True)
    date = fields.Date(string="On", required=True)
    from_division_id = fields.Many2one("bphs.division", string="From Village", index=True, ondelete="restrict")
    to_division_id = fields.Many2one("bphs.division", string="To Village", index=True, ondelete="restrict")
    to_institution_id = fields.Many2one("bphs.institution", index=True, ondelete="restrict")
    elsewhere = fields.Char(string="Place Outside the County", size=200)
    evidence = fields.Char(size=200, help="What proves it: certificate, notice, who said so.")
    user_id = fields.Many2one("res.users", string="By", required=True, ondelete="restrict")


class BphsResident(models.Model):
    """Moves, deaths and losses, each with its day and its evidence."""

    _inherit = "bphs.resident"

    move_ids = fields.One2many("bphs.resident.move", "resident_id", string="Moves", readonly=True)

    # === CRUD METHODS === #

    def write(self, vals):
        if "division_id" not in vals:
            return super().write(vals)
        # A village corrected in the form is a move too: nobody's history has a gap.
        before = {resident.id: (resident.division_id, resident.institution_id) for resident in self}
        result = super().write(vals)
        for resident in self:
            if before[resident.id][0] != resident.division_id:
                resident._log_move("within", self._county_today(), *before[resident.id])
        return result

    # === ACTIONS === #

    def action_move(self):
        """Enter a move, a death or a loss.

        :return: the action that opens the dialog
        """
        self.ensure_one()
        self.check_access("write")
        kinds = moves.fitting(self.status)
        if not kinds:
            raise UserError(self._move_problems()["status"])
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Move or Change"),
            "res_model": "bphs.resident.moving",
            "views": [(False, "form")],
            "target": "new",
            # Where one step alone fits, it is chosen.
            "context": {"default_resident_id": self.id, "default_kind": len(kinds) == 1 and kinds[0]},
        }

    # === BUSINESS METHODS === #

    def _move(self, kind, day, division=None, household=None, relation=None, elsewhere="", evidence=""):
        """Take a step of `tools.moves.STEPS` for each of these residents.

        :param str kind: of MOVE_KINDS
        :param date day: when it happened
        :param division: the new village, where there is one
        :param household: a household in it
        :param str elsewhere: a place outside the county
        :param str evidence: what proves it
        :raise AccessError: one of the files is not for this user to change
        :raise UserError: the step does not fit the file, or something it needs is wanting
        """
        self.check_access("write")
        self._lock_rows()
        today = self._county_today()
        for resident in self:
            wrong = moves.problem(
                kind, resident.status, day, today, resident.birth_date, bool(division), elsewhere or "", evidence or ""
            )
            if wrong:
                problem = self._move_problems()[wrong]
                raise UserError(self.env._("%(name)s: %(problem)s", name=resident.name, problem=problem))
        target = moves.STEPS[kind].status
        # sudo: status is nobody's to type, and the new village may lie beyond the scope of who gives the file away; the
        # right to each file was checked above
        for resident in self.sudo():
            left = resident.division_id, resident.institution_id
            vals = {"status": target, "status_date": day, "status_evidence": evidence or False}
            moves_on = division and division != resident.division_id
            if moves_on or household:
                vals |= {"household_id": household and household.id, "relation": household and relation}
            if moves_on:
                resident._write_village({**vals, "division_id": division.id})
            else:
                resident.write(vals)
            resident.with_env(self.env)._log_move(kind, day, *left, elsewhere=elsewhere, evidence=evidence)
        if target in moves.ENDED:
            self.sudo()._on_resident_ended(target)  # sudo: plans of any module end with the file
        elif kind == "back":
            self.sudo()._on_resident_back()  # sudo: as above
        self.env["bphs.resident.access"]._record(self, "change", reason=evidence or None, what=self._move_words(kind))

    def _write_village(self, vals):
        """Write a new village without the entry that a correction in the form makes."""
        # `write` of this class makes that entry, so it is passed by.
        return super().write(vals)  # pylint: disable=super-method-mismatch

    def _move_household(self, day, division, evidence=""):
        """Move a whole household, with everybody living in it, to another village.

        :param str evidence: what proves it, where something does
        :raise ValueError: there is none
        :raise AccessError: the household or one of the members this user sees is not for them to change
        """
        self.ensure_one()
        household = self.household_id.ensure_one()
        living_here = [("household_id", "=", household.id), ("status", "=", moves.ACTIVE)]
        # Of those this user sees alone: an error for want of a right to others would tell that there are any.
        (self | self.search(living_here)).check_access("write")
        household.check_access("write")
        # sudo: members this user may not see move with their home, and nothing is told of them
        everybody = self.sudo().with_context(active_test=False).search([("household_id", "=", household.id)])
        members = everybody.filtered_domain(living_here)
        left = {member.id: (member.division_id, member.institution_id) for member in members}
        # Whose file has ended stays where it ended, and is no longer of this household. The others leave it for as long
        # as it takes to move it: at no moment do they live in another village than their household.
        (everybody - members).write({"household_id": False, "relation": False})
        members._write_village({"division_id": division.id, "household_id": False, "status_date": day})
        household.sudo().division_id = division  # sudo: the village may lie beyond the scope of who gives it away
        members.write({"household_id": household.id})
        for member in members.with_env(self.env):
            member._log_move("within", day, *left[member.id], evidence=evidence)
        log, words = self.env["bphs.resident.access"], self._move_words("within")
        log._record(everybody.with_env(self.env), "change", reason=evidence or None, what=words)

    def _log_move(self, kind, day, division, institution, elsewhere="", evidence=""):
        here = self.sudo()  # sudo: it may have left the scope of who moved it; nobody has the right to write moves
        self.env["bphs.resident.move"].sudo().create(  # sudo: as above
            {
                "resident_id": here.id,
                "institution_id": institution.id,
                "kind": kind,
                "date": day,
                "from_division_id": division.id,
                "to_division_id": here.division_id.id if here.division_id != division else False,
                "to_institution_id": here.institution_id.id if here.division_id != division else False,
                "elsewhere": elsewhere or False,
                "evidence": evidence or False,
                "user_id": self.env.uid,
            }
        )

    def _on_resident_ended(self, reason):
        """Hook: these residents are no longer here to be served. Modules end their plans, contracts and due lists.

        :param str reason: ``moved_out``, ``died``, ``lost`` or ``merged``
        """

    def _on_resident_back(self):
        """Hook: these residents are here again. Modules may plan for them anew."""

    def _move_words(self, kind):
        return dict(self.env["bphs.resident.move"]._fields["kind"]._description_selection(self.env))[kind]

    @api.model
    def _move_problems(self):
        return {
            "status": self.env._(
                "this step does not fit the present status of the file. Open it again: the steps that fit are offered."
            ),
            "future": self.env._("the day lies in the future."),
            "before_birth": self.env._("the day lies before the birth."),
            "village": self.env._("name the new village."),
            "elsewhere": self.env._("name the place outside the county."),
            "evidence": self.env._("say what proves it."),
        }
