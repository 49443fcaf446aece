import base64
import hashlib

from odoo import fields, models

from ..tools.canonical import fingerprint

VERDICTS = [
    ("submit", "Submitted"),
    ("approve", "Approved"),
    ("return", "Returned"),
    ("withdraw", "Withdrawn"),
]


class BphsApprovalDecision(models.Model):
    """Decision (审批意见) on a request: who, when, at which stage, on exactly what content.

    Each row carries a hash over itself and over the row before it: a row that was changed or
    taken out by other means than this suite is found. The scan lies in the row, not in a file
    beside it, so that it is as immutable as the rest.
    """

    _name = "bphs.approval.decision"
    _inherit = ["bphs.append.only.mixin"]
    _description = "Approval Decision"
    _order = "id"
    _rec_name = "verdict"

    request_id = fields.Many2one("bphs.approval.request", required=True, index=True, ondelete="restrict")
    number = fields.Integer(required=True, help="Place within the request, from 1.")
    stage_id = fields.Many2one("bphs.approval.request.stage", index="btree_not_null", ondelete="restrict")
    verdict = fields.Selection(VERDICTS, required=True)
    user_id = fields.Many2one("res.users", string="By", required=True, index=True, ondelete="restrict")
    on_behalf_of_id = fields.Many2one("res.users", index="btree_not_null", ondelete="restrict")
    decided_at = fields.Datetime(string="Time", required=True)
    comment = fields.Char()
    minutes_number = fields.Char(string="Number of Minutes")
    external_number = fields.Char(string="External Document Number")
    external_scan = fields.Binary(string="Scan", attachment=False)
    external_scan_name = fields.Char(string="File Name")
    scan_hash = fields.Char(string="Hash of the Scan")
    content_hash = fields.Char(required=True, help="SHA-256 of what was submitted or decided upon.")
    previous_hash = fields.Char()
    hash = fields.Char(required=True)

    # Two people who press at the same instant: one row, whatever both transactions saw.
    _number_uniq = models.Constraint(
        "UNIQUE(request_id, number)",
        "Someone else decided at the same moment. Refresh to see the decision.",
    )
    _stage_uniq = models.UniqueIndex(
        "(request_id, stage_id) WHERE verdict = 'approve'",
        "This stage has been approved already. Refresh to see by whom.",
    )
    # A decision with an outside number was taken outside: whoever recorded it approved nothing.
    _user_uniq = models.UniqueIndex(
        "(request_id, user_id) WHERE verdict = 'approve' AND external_number IS NULL",
        "Nobody approves two stages of one request.",
    )
    _on_behalf_of_uniq = models.UniqueIndex(
        "(request_id, on_behalf_of_id) WHERE verdict = 'approve' AND external_number IS NULL",
        "Nobody approves two stages of one request.",
    )

    def _append(self, vals):
        """Write the next decision of a request, chained to the one before it.

        :param dict vals: fields of the decision without number and hashes; `external_scan` as
            bytes or False
        """
        previous = self.search([("request_id", "=", vals["request_id"])], order="number DESC", limit=1)
        scan = vals.get("external_scan") or b""
        vals = {
            **vals,
            "number": previous.number + 1,
            "previous_hash": previous.hash,
            "external_scan": base64.b64encode(scan) if scan else False,
            "scan_hash": hashlib.sha256(scan).hexdigest() if scan else False,
        }
        vals["hash"] = self._fingerprint(vals)
        return self.create([vals])

    @staticmethod
    def _fingerprint(vals):
        """The hash of a decision; a missing text and an empty one are the same."""
        keys = (
            "request_id",
            "number",
            "stage_id",
            "verdict",
            "user_id",
            "on_behalf_of_id",
            "decided_at",
            "comment",
            "minutes_number",
            "external_number",
            "external_scan_name",
            "scan_hash",
            "content_hash",
            "previous_hash",
        )
        return fingerprint({key: vals.get(key) or None for key in keys})

    def _chain_is_intact(self):
        """Whether these decisions, all of one request, still are what was written.

        :rtype: bool
        """
        previous = self.browse()
        for number, decision in enumerate(self.sorted("number"), 1):
            vals = {
                name: decision[name].id if decision._fields[name].type == "many2one" else decision[name]
                for name in decision._fields
                if name not in ("external_scan", "display_name")
            }
            scan = decision.with_context(bin_size=False).external_scan
            if (
                decision.number != number
                or decision.previous_hash != previous.hash
                or decision.hash != self._fingerprint(vals)
                or (hashlib.sha256(base64.b64decode(scan)).hexdigest() if scan else False) != decision.scan_hash
            ):
                return False
            previous = decision
        return bool(self)
