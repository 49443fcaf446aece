import json

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.tools.money import MoneyError

from ...settling.replay import build_replay
from ...tools.replay import dump, input_document, replay


class BphsFundRun(models.Model):
    """Export: a run's year so far as one document that anyone computes again, offline, by the very same code."""

    _inherit = "bphs.fund.run"

    def _replay_document(self):
        """The replay document of the budget year up to this run's period, as JSON text.

        :raise UserError: the year cannot be said in one document
        """
        self.ensure_one()
        return self._replay_texts()[0]

    def _replay_texts(self):
        """(input text, result computed from it, result as stored, notes); the two results must be equal."""
        found = build_replay(self)
        if not found.document.clinics:
            raise UserError(self.env._("%(name)s settles no clinic yet.", name=self.display_name))
        try:
            written = dump(input_document(found.document))
            replayed = replay(written.encode())
        except MoneyError as error:
            raise UserError(self.env._("The export cannot be replayed: %(error)s", error=error)) from error
        if not found.has_annual:
            # All quarters are there, so the replay settles the year as well; here that is a later run.
            replayed = _without_year(replayed)
        return written, replayed, dump(found.stored), found.notes

    def action_replay_export(self):
        """Download the replay document."""
        self.ensure_one()
        self.check_access("read")
        name = f"settlement-{self.period_id.code}-{self.sequence}.json"
        return self.env["ir.attachment"]._for_download(name, self._replay_document().encode())

    def action_replay_check(self):
        """Compute the exported document again and compare it with the stored result, byte for byte."""
        self.ensure_one()
        self.check_access("read")
        __, replayed, stored, notes = self._replay_texts()
        equal = replayed == stored
        message = (
            self.env._("Computed again from the export: every amount is the same.")
            if equal
            else self.env._(
                "Computed again from the export, the result differs: %(line)s",
                line=_first_difference(stored, replayed),
            )
        )
        return self._notification(
            "\n".join([message, *notes]),
            "success" if equal else "danger",
            title=self.env._("Replay"),
            sticky=not equal,
        )


def _without_year(text):
    document = json.loads(text)
    for institution in document["institutions"]:
        institution["annual"] = None
    document["totals"]["final"] = None
    return dump(document)


def _first_difference(stored, replayed):
    pairs = zip(stored.splitlines(), replayed.splitlines(), strict=False)
    return next((f"{mine.strip()} ≠ {other.strip()}" for mine, other in pairs if mine != other), "")
