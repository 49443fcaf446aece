from odoo import models
from odoo.exceptions import AccessError, UserError

from ..tools import demands, states
from ..tools.canonical import canonical, changed_keys, fingerprint

OUTCOMES = {states.APPROVE: "approved", states.RETURN: "returned", states.WITHDRAW: "withdrawn"}


class BphsApprovalRequest(models.Model):
    """The four steps: submit, approve, return, withdraw. Called by the document's public methods.

    `self` stays in the user's environment; `sudo()` appears only where a step that was allowed
    is written down.
    """

    _inherit = "bphs.approval.request"

    # === SUBMIT === #

    def _open(self, document, comment):
        """Freeze the flow for `document` and hand it to its first stage. The document is locked
        by the caller.

        :return: the request, with elevated rights
        """
        institution = document._approval_institution()
        amount = document._approval_amount()
        flow = self.env["bphs.approval.flow"]._find(document._approval_flow_code(), document._name, institution)
        stages = flow.stage_ids._applying(amount)
        if not stages:
            raise UserError(
                self.env._(
                    "The approval flow %(flow)s has no stage for this amount. An administrator must add one.",
                    flow=flow.name,
                )
            )
        # No role may create requests; that the user may submit this document was checked.
        Request = self.sudo().with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
        request = Request.create(
            {
                "title": document._approval_title(),
                "res_model": document._name,
                "res_id": document.id,
                "flow_id": flow.id,
                "institution_id": institution.id,
                "amount": amount,
                "result": document._approval_result(),
                "submitted_by_id": self.env.uid,
                "submitted_at": self._now(),
            }
        )
        snapshot = request.stage_ids.create(stages._prepare_snapshot(request, amount))
        request.stage_id = snapshot.sorted("sequence")[:1]
        self.env["bphs.approval.contributor"]._record(document._name, document.ids, self.env.user)
        document._approval_write({"approval_state": states.SUBMITTED, "approval_request_id": request.id})
        document._on_approval_submitted()
        content = document._approval_current_content()
        request.write({"content": canonical(content), "content_hash": fingerprint(content)})
        request._append_decision(states.SUBMIT, {"comment": comment, "content_hash": request.content_hash})
        return request

    # === APPROVE, RETURN, WITHDRAW === #

    def _approve(self, document, vals, expected_stage_id=False):
        """Approve the current stage as the user of this environment.

        :param dict vals: comment, minutes_number, external_number, external_scan (base64),
            external_scan_name
        :param expected_stage_id: the stage the user saw; refused where the request has moved on
        :return: whether this was the last stage
        """
        request, on_behalf_of_id = self._locked(self._check_decider)
        stage = request.stage_id
        if expected_stage_id and expected_stage_id != stage.id:
            raise UserError(self.env._("%(title)s has moved on to another stage. Refresh to see it.", title=self.title))
        vals = self._check_demands(states.APPROVE, stage, vals)
        content_hash = self._check_content(document)
        last = not stage._next()
        state = states.next_state(states.SUBMITTED, states.APPROVE, last)
        request._append_decision(
            states.APPROVE,
            {**vals, "on_behalf_of_id": on_behalf_of_id, "content_hash": content_hash},
        )
        if last:
            request.write({"state": "approved", "stage_id": False})
        else:
            request.stage_id = stage._next()
        document._approval_write({"approval_state": state})
        return last

    def _end(self, document, verdict, comment):
        """Return or withdraw: the document is its author's again."""
        check = self._check_withdrawer if verdict == states.WITHDRAW else self._check_decider
        request, on_behalf_of_id = self._locked(check)
        vals = self._check_demands(verdict, request.stage_id, {"comment": comment})
        state = states.next_state(states.SUBMITTED, verdict)
        request._append_decision(
            verdict,
            {**vals, "on_behalf_of_id": on_behalf_of_id, "content_hash": request.content_hash},
        )
        request.write({"state": OUTCOMES[verdict], "stage_id": False})
        document._approval_write({"approval_state": state})

    def _append_decision(self, verdict, vals):
        self.decision_ids._append(
            {
                "request_id": self.id,
                "stage_id": self.stage_id.id if verdict != states.SUBMIT else False,
                "verdict": verdict,
                "user_id": self.env.uid,
                "decided_at": self._now(),
                **vals,
            }
        )
        self.invalidate_recordset(["decision_ids"])

    # === CHECKS === #

    def _locked(self, check):
        """This request with elevated rights, its row held until the transaction ends.

        :param check: raises for whoever has not the right to the step. It is asked before the row
            is held, lest somebody without the right keep out who has it, and again on the row as
            it then is.
        :return: the request, and what `check` returned
        :raises UserError: where another transaction holds it, or nothing is waiting
        """
        check()
        request = self.sudo()  # roles only read requests; the right was checked just above
        request._lock_rows(
            self.env._(
                "Someone else is deciding on %(title)s at this moment. Refresh to see the decision.",
                title=request.title,
            )
        )
        request.invalidate_recordset()
        if request.state != "pending":
            raise UserError(
                self.env._(
                    "%(title)s does not wait for a decision: it is %(state)s.",
                    title=request.title,
                    state=dict(request._fields["state"]._description_selection(self.env))[request.state].lower(),
                )
            )
        return request, check()

    def _check_decider(self):
        """:return: id of the user on whose behalf, or False :raises AccessError: saying why not"""
        deciders = self._deciders(self.env.user)
        if deciders:
            return deciders[0][2] or False
        # The reason names people and roles that the refused user may not look up.
        request = self.sudo()
        contributors = request.env["bphs.approval.contributor"].search(
            [("res_model", "=", request.res_model), ("res_id", "=", request.res_id)]
        )
        if self.env.user in contributors.user_id:
            raise AccessError(
                self.env._(
                    "You computed, edited or submitted %(title)s: someone else approves it.",
                    title=request.title,
                )
            )
        if not request.external and request.decision_ids.filtered(
            lambda decision: (
                decision.verdict == states.APPROVE
                and not decision.external_number
                and self.env.user in decision.user_id | decision.on_behalf_of_id
            )
        ):
            raise AccessError(
                self.env._(
                    "You had part in an earlier approval of %(title)s: nobody approves two stages.",
                    title=request.title,
                )
            )
        raise AccessError(
            self.env._(
                "%(title)s waits at the stage %(stage)s for the role %(role)s of its level, which is not yours.",
                title=request.title,
                stage=request.stage_id.name,
                role=request.group_id.name,
            )
        )

    def _check_withdrawer(self):
        """:return: False, for nobody withdraws on behalf of another"""
        # Decisions may name people outside the user's scope.
        request = self.sudo()
        if request.submitted_by_id != self.env.user:
            raise AccessError(
                self.env._(
                    "Only %(name)s, who submitted it, can withdraw it.",
                    name=request.submitted_by_id.name,
                )
            )
        if states.APPROVE in request.decision_ids.mapped("verdict"):
            raise UserError(
                self.env._(
                    "A stage has approved %(title)s: ask the next one to return it.",
                    title=request.title,
                )
            )
        return False

    def _check_demands(self, verdict, stage, vals):
        """The vals of a decision, once all the stage asks for is there.

        :raises UserError: naming each field that is missing
        """
        texts = {name: value for name, value in vals.items() if name != "external_scan"}
        for name, value in texts.items():
            if value and not isinstance(value, str):
                raise UserError(self.env._("%(field)s must be text.", field=name))
            texts[name] = value.strip() if value else False
        lacking = demands.missing(
            verdict,
            external=stage.external,
            minutes_required=stage.minutes_required,
            comment=texts.get("comment"),
            minutes_number=texts.get("minutes_number"),
            external_number=texts.get("external_number"),
            external_scan=vals.get("external_scan"),
        )
        if lacking:
            labels = [self.decision_ids._fields[name]._description_string(self.env) for name in lacking]
            raise UserError(
                self.env._(
                    "The stage %(stage)s needs: %(fields)s.",
                    stage=stage.name,
                    fields=", ".join(labels),
                )
            )
        if not stage.external or verdict != states.APPROVE:
            return {name: value for name, value in texts.items() if not name.startswith("external_")}
        return {**texts, "external_scan": self._read_scan(vals["external_scan"])}

    def _read_scan(self, encoded):
        try:
            return demands.read_scan(encoded)
        except ValueError as error:
            texts = {
                "base64": self.env._("The scan is not a file that can be read."),
                "size": self.env._("The scan is larger than 10 MB."),
                "kind": self.env._("The scan must be a PDF, PNG or JPEG file."),
            }
            raise UserError(texts[str(error)]) from error

    def _check_content(self, document):
        """:return: the hash of the document's content :raises UserError: where it is not what
        was submitted"""
        current = document._approval_current_content()
        content_hash = fingerprint(current)
        request = self.sudo()  # the content is shown to nobody, and compared for everybody
        submitted = request.decision_ids.filtered(lambda decision: decision.verdict == states.SUBMIT)
        if content_hash == submitted.content_hash:
            return content_hash
        raise UserError(
            self.env._(
                "%(title)s has changed since it was submitted (%(keys)s). Return it, so that it is submitted anew.",
                title=request.title,
                keys=", ".join(
                    document._fields[key]._description_string(self.env) if key in document._fields else key
                    for key in changed_keys(request.content, canonical(current))
                )
                or self.env._("content"),
            )
        )
