from odoo import models

STEP = "replay_export"


class BphsTakenOutMixin(models.AbstractModel):
    """Rows about residents that go out as documents by which somebody computes them again.

    They name nobody, but tell what is known of each. So of several people they are taken out as a list of residents is:
    with a reason that the auditor reads, and so many as need no second person. Beyond that there is the list, which
    asks for one; of one person they go out as a printed form does.
    """

    _name = "bphs.taken.out.mixin"
    _description = "Taken out as Documents"
    _inherit = ["bphs.asked.mixin"]

    # === HOOKS === #

    def _replay_files(self):
        """Hook, called with records one may read.

        :return: dict of name -> bytes, and the name of the archive in which several come
        :raise UserError: there is nothing to take out
        """
        raise NotImplementedError

    def _people_taken_out(self):
        """:return bphs.resident: of whom these records tell"""
        return self[self._tells_of]

    # === ACTIONS === #

    def action_replay_export(self, reason=None):
        """Download these as the documents that `scripts/replay` computes again.

        :param str reason: what several people's are for; where it is wanting, the window that asks for it is returned
        :raise UserError: there is none, or these are more people than go out without a second person
        """
        self._check_before_asking(STEP)
        people = self._people_taken_out()
        if len(people) > 1:
            if reason is None:
                return self.with_context(step=STEP).action_ask_step()
            reason = people._checked_reason(reason, self.env._("Say in words what the documents are for."))
        return people._take_out(*self._replay_files(), reason=reason)

    def _asked_steps(self):
        asked = (self.env._("Export for Replay"), self.env._("What it is for; the auditor reads it."), True)
        return {**super()._asked_steps(), STEP: asked}

    def _check_before_asking(self, step):
        super()._check_before_asking(step)
        if step == STEP:
            self.check_access("read")
            self._people_taken_out()._check_taken_out()
