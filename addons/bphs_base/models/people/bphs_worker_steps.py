from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError


class BphsWorker(models.Model):
    """What happens to a worker: moves to another institution, leaves, comes back."""

    _inherit = "bphs.worker"

    # === ACTION METHODS === #

    def action_open_move(self):
        """Ask where to and from when."""
        self.ensure_one()
        return self._dialog("bphs.worker.move", self.env._("Move or Return"), default_worker_id=self.id)

    def action_open_leave(self):
        """Ask for the last day."""
        return self._dialog("bphs.worker.leave", self.env._("Leave"), default_worker_ids=self.ids)

    def action_open_sign_in(self):
        """Make sign-ins, or new first passwords, for these workers."""
        return self._dialog("bphs.worker.sign.in", self.env._("Sign-ins of Workers"), sign_in_worker_ids=self.ids)

    # === BUSINESS METHODS === #

    def _move(self, institution, day):
        """Work at `institution` from `day` on.

        From the first day of the present post it is a correction of where they are; from a later day the present post
        ends the day before.

        :param institution: within the user's scope
        :param date day: first day there, not after today
        """
        self.ensure_one()
        self._check_may_change(day)
        institution.check_access("read")
        # sudo: the right to change this worker was checked; nobody writes posts by their own right
        worker = self.sudo()
        post = worker._present_post()
        if day < post.date_from or (post.date_to and day <= post.date_to):
            raise UserError(
                self.env._(
                    "%(name)s is at %(institution)s from %(first)s%(last)s: give a later day.",
                    name=worker.name,
                    institution=post.institution_id.name,
                    first=post.date_from,
                    last=self.env._(" to %(day)s", day=post.date_to) if post.date_to else "",
                )
            )
        if post.date_from == day:
            post.institution_id = institution
        else:
            if not post.date_to:
                post.date_to = day - timedelta(days=1)
            post.flush_recordset()
            post.create({"worker_id": worker.id, "institution_id": institution.id, "date_from": day})
        worker.write({"institution_id": institution.id, "since": day, "active": True, "date_left": False})
        self.with_env(self.env).check_access("read")

    def _leave(self, day):
        """Work nowhere in the county after `day`."""
        for worker in self:
            worker._check_may_change(day)
            if not worker.active:
                raise UserError(self.env._("%(name)s has left already.", name=worker.name))
            worker = worker.sudo()  # sudo: as above
            post = worker._present_post()
            if day < post.date_from:
                raise UserError(
                    self.env._(
                        "%(name)s is at %(institution)s from %(first)s: nobody leaves before.",
                        name=worker.name,
                        institution=post.institution_id.name,
                        first=post.date_from,
                    )
                )
            post.date_to = day
            worker.write({"active": False, "date_left": day})

    def _check_may_change(self, day):
        self.check_access("write")
        if day > self._county_today():
            raise UserError(self.env._("%(name)s: this day has not come yet.", name=self.name))

    def _dialog(self, model, title, **context):
        return {
            "type": "ir.actions.act_window",
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "name": title,
            "context": context,
        }
