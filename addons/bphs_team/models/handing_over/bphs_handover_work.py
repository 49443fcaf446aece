from odoo import Command, api, models
from odoo.fields import Domain

from odoo.addons.bphs_rectification.tools.states import OPEN_STATES

from ...tools.open_work import USER, WORKER, OpenWork


class BphsHandover(models.Model):
    """What is open: teams and tasks of rectification here; each module adds what it knows of."""

    _inherit = "bphs.handover"

    # === HOOKS === #

    @api.model
    def _open_work(self, worker, day):
        """What a worker has open. Modules add theirs to ``super()``'s.

        :param date day: the first day without them
        :return list: of :class:`odoo.addons.bphs_team.tools.open_work.OpenWork`
        """
        _ = self.env._
        going_on = Domain("date_to", "=", False) | Domain("date_to", ">=", day)
        tasks = Domain("responsible_worker_id", "=", worker.id)
        if worker.user_id:
            tasks |= Domain("responsible_worker_id", "=", False) & Domain("responsible_id", "=", worker.user_id.id)
        return [
            OpenWork(
                "leads",
                _("Teams Led"),
                model="bphs.team",
                domain=[("leader_id", "=", worker.id)],
                names={"leader_id": WORKER},
            ),
            OpenWork(
                "serves",
                _("Places in Teams"),
                "bphs.team.member",
                list(Domain("worker_id", "=", worker.id) & going_on),
                {"worker_id": WORKER},
                dated=True,
            ),
            OpenWork(
                "stands_in",
                _("Others They Stand In For"),
                model="bphs.team.absence",
                domain=[("substitute_id", "=", worker.id), ("date_to", ">=", day)],
                names={"substitute_id": WORKER},
                action="bphs_team.bphs_team_absence_action",
            ),
            OpenWork(
                "tasks",
                _("Rectification Tasks"),
                "bphs.rectification",
                list(Domain("state", "in", ("draft", *OPEN_STATES)) & tasks),
                {"responsible_worker_id": WORKER, "responsible_id": USER},
                action="bphs_rectification.bphs_rectification_action",
            ),
        ]  # fmt: skip

    def _work_given(self, key, records, back=False):
        """Called once records of a kind have been given, or put back: for what a module checks and writes down.

        :param records: with sudo
        """
        if key == "leads":
            for team in records:
                team._led_from(self.date)
        if key == "tasks":
            records._check_responsible()
            giver, taker = self.worker_id.name, self.successor_id.name
            if back:
                giver, taker = taker, giver
            records._add_events("note", self.env._("Handed over by %(giver)s to %(taker)s.", giver=giver, taker=taker))
            records._tell_waiting()

    # === HELPERS === #

    def _work(self):
        # sudo: what somebody has open is looked for by their sign-in, too, which not everybody sees
        return self._open_work(self.worker_id.sudo(), self.date) if self.worker_id else []

    def _how_many(self, work):
        """How much there is, without what tells of files for named persons: the number would tell of them."""
        records = self.env[work.model].sudo()  # sudo: all of it is counted, wherever it lies; it goes along
        return records.search_count([*work.domain, *self._seen_by_all(records)])

    @api.model
    def _seen_by_all(self, records):
        """Hook: what of such records everybody in their place sees, as the rules of their list say it.

        :return list: a domain
        """
        return [("resident_id.restricted", "=", False)] if "resident_id" in records._fields else []

    def _list(self):
        """Put down how much there is of each kind."""
        for handover in self:
            # sudo: lines are listed by the document itself; what a user keeps of them is `chosen`
            document = handover.sudo()
            works = document._work()
            counts = {work.key: self._how_many(work) for work in works}
            # These stand there with 0 too: that a line comes and goes would tell of somebody.
            always = {work.key for work in works if "resident_id" in self.env[work.model]._fields}
            kept = {line.key: line.chosen for line in document.line_ids}
            document.line_ids.unlink()
            document._write_state(
                {
                    "line_ids": [
                        Command.create({"key": key, "count": count, "chosen": kept.get(key, True)})
                        for key, count in counts.items()
                        if count or key in always
                    ]
                }
            )
