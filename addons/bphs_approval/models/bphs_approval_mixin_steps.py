from odoo import SUPERUSER_ID, models
from odoo.exceptions import UserError

from ..tools import states


class BphsApprovalMixin(models.AbstractModel):
    """The steps a document takes: its public methods, each of which checks the right to take it."""

    _inherit = "bphs.approval.mixin"

    # === ACTIONS === #

    def action_approval_submit(self, comment=""):
        """Submit for approval: freezes the document and hands it to the first stage of its flow.

        :param str comment: optional
        :raises AccessError: without the right to edit the document
        :raises UserError: when it is not a draft, someone is editing it, or its own checks fail
        """
        self.check_access("write")
        requests = self.env["bphs.approval.request"]
        for document in self:
            document._approval_lock_row()
            document._approval_check_step(states.SUBMIT)
            document._approval_check_submit()
            requests |= requests._open(document, comment)
        requests._refresh_activities()
        return True

    def action_approval_approve(
        self,
        comment="",
        minutes_number=False,
        external_number=False,
        external_scan=False,
        external_scan_name=False,
        expected_stage_id=False,
    ):
        """Approve the current stage; after the last one the document takes effect.

        :param str minutes_number: number of the meeting's minutes, where the stage demands it
        :param str external_number: number of the outside decision, at an external stage
        :param str external_scan: its scan, base64, PDF, PNG or JPEG up to 10 MB
        :param int expected_stage_id: the stage the caller saw; refused where it is decided already
        :raises AccessError: for whoever may not decide this stage, saying why
        :raises UserError: when something the stage demands is missing, or the content is not
            what was submitted
        """
        self.check_access("read")
        vals = {
            "comment": comment,
            "minutes_number": minutes_number,
            "external_number": external_number,
            "external_scan": external_scan,
            "external_scan_name": external_scan_name,
        }
        for document in self:
            document._approval_check_step(states.APPROVE)
            if document.approval_request_id._approve(document, vals, expected_stage_id):
                document._on_approval_approved()
        self._approval_requests()._refresh_activities()
        return True

    def action_approval_return(self, comment):
        """Return the document to its author. For whoever may decide the current stage.

        :param str comment: why; demanded
        :raises AccessError: for whoever may not decide this stage
        """
        self.check_access("read")
        return self._approval_end(states.RETURN, comment)

    def action_approval_withdraw(self, comment):
        """Take back what one submitted, as long as no stage approved it.

        :param str comment: why; demanded
        :raises AccessError: for anybody but the one who submitted
        """
        self.check_access("read")
        return self._approval_end(states.WITHDRAW, comment)

    def action_approval_open_approve(self):
        """Open the dialog for approving the current stage."""
        return self._approval_open_dialog(states.APPROVE)

    def action_approval_open_record(self):
        """Open the dialog for recording what an office outside decided at the current stage."""
        return self._approval_open_dialog(states.APPROVE)

    def action_approval_open_return(self):
        """Open the dialog for returning the document."""
        return self._approval_open_dialog(states.RETURN)

    def action_approval_open_withdraw(self):
        """Open the dialog for withdrawing the document."""
        return self._approval_open_dialog(states.WITHDRAW)

    # === HELPERS === #

    def _approval_requests(self):
        # Activities are kept for all, whoever moves the request.
        return self.sudo().approval_request_id

    def _approval_check_step(self, verdict):
        # The state is the same for all who may read the document.
        state = self.sudo().approval_state
        if not any(states.next_state(state, verdict, last) for last in (False, True)):
            raise UserError(
                self.env._(
                    "%(name)s: this step is not possible, the document is: %(state)s.",
                    name=self.display_name,
                    state=dict(self._fields["approval_state"]._description_selection(self.env))[state],
                )
            )

    def _approval_lock_row(self):
        self._lock_rows(
            self.env._(
                "%(name)s is being edited or submitted by someone else at this moment. Try again shortly.",
                name=self.display_name,
            )
        )

    def _approval_current_content(self):
        """The content from the database, the same for every user, language and context."""
        self.env.flush_all()
        self.env.invalidate_all()
        # Nothing of the caller's context counts, so that two people hash the same text.
        document = self.with_context({})  # pylint: disable=context-overridden
        return document.with_user(SUPERUSER_ID)._approval_content()

    def _approval_end(self, verdict, comment):
        for document in self:
            document._approval_check_step(verdict)
            document.approval_request_id._end(document, verdict, comment)
            document._on_approval_returned()
        self._approval_requests()._refresh_activities()
        return True

    def _approval_open_dialog(self, verdict):
        self.ensure_one()
        self.check_access("read")
        return self.env["bphs.approval.decide"]._open(self, verdict)
