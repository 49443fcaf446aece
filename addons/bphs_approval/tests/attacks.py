"""What a client may try against an approval, one entry a trick."""

from .documents import Order, OrderLine
from .test_decision import PDF

FLAGS = {
    "_force_unlink": True,
    "bphs_approval_pass": True,
    "install_mode": True,
    "active_test": False,
    "tracking_disable": True,
    "default_approval_state": "approved",
    "default_state": "approved",
    "tz": "Pacific/Kiritimati",
    "uid": 1,
    "su": True,
}


class Attacks:
    """For a case that has `order`, `request`, `other` and `returned`."""

    def attacks(self):
        """:return: dict of what is tried -> (model, method, ids, body)"""
        order, line, request = self.order, self.order.line_ids[:1], self.request
        decision, stage = request.decision_ids[-1], request.stage_ids[-1]
        forged = {
            "request_id": request.id,
            "number": 9,
            "stage_id": stage.id,
            "verdict": "approve",
            "user_id": self.user["leader"].id,
            "decided_at": "2025-01-01 00:00:00",
            "content_hash": decision.content_hash,
            "hash": "0" * 64,
        }
        attacks = {
            "edit late": (Order._name, "write", order.ids, {"vals": {"amount": 1}}),
            "save late": (
                Order._name,
                "web_save",
                order.ids,
                {"vals": {"amount": 1}, "specification": {}},
            ),
            "archive late": (Order._name, "action_archive", order.ids, {}),
            "translate late": (
                Order._name,
                "web_override_translations",
                order.ids,
                {"values": {"label": "x"}},
            ),
            "translate a field late": (
                Order._name,
                "update_field_translations",
                order.ids,
                {"field_name": "label", "translations": {"en_US": "x"}},
            ),
            "edit a line through its order": (
                Order._name,
                "write",
                order.ids,
                {"vals": {"line_ids": [[1, line.id, {"quantity": 9}]]}},
            ),
            "load over it": (
                Order._name,
                "load",
                (),
                {"fields": [".id", "amount"], "data": [[str(order.id), "1"]]},
            ),
            "set the state": (
                Order._name,
                "write",
                order.ids,
                {"vals": {"approval_state": "draft"}},
            ),
            "set the state of a draft": (
                Order._name,
                "write",
                self.returned.ids,
                {"vals": {"approval_state": "approved"}},
            ),
            "take another's request": (
                Order._name,
                "write",
                self.returned.ids,
                {"vals": {"approval_request_id": self.other.id}},
            ),
            "decide through the draft": (
                Order._name,
                "write",
                self.returned.ids,
                {"vals": {"approval_decision_ids": [[0, 0, forged]]}},
            ),
            "create it approved": (
                Order._name,
                "create",
                (),
                {
                    "vals_list": [
                        {
                            "name": "x",
                            "institution_id": self.township_a.id,
                            "approval_state": "approved",
                        }
                    ]
                },
            ),
            "delete": (Order._name, "unlink", order.ids, {}),
            "delete what was submitted": (Order._name, "unlink", self.returned.ids, {}),
            "edit a line": (OrderLine._name, "write", line.ids, {"vals": {"quantity": 9}}),
            "add a line": (
                OrderLine._name,
                "create",
                (),
                {"vals_list": [{"order_id": order.id, "name": "x"}]},
            ),
            "copy a line": (OrderLine._name, "copy", line.ids, {}),
            "delete a line": (OrderLine._name, "unlink", line.ids, {}),
            "submit again": (Order._name, "action_approval_submit", order.ids, {}),
            "approve a draft": (Order._name, "action_approval_approve", self.returned.ids, {}),
            "return a draft": (
                Order._name,
                "action_approval_return",
                self.returned.ids,
                {"comment": "x"},
            ),
            "move the stage": (
                request._name,
                "write",
                request.ids,
                {"vals": {"stage_id": stage.id}},
            ),
            "end the request": (
                request._name,
                "write",
                request.ids,
                {"vals": {"state": "approved"}},
            ),
            "make a request": (
                request._name,
                "create",
                (),
                {"vals_list": [{"title": "x", "res_model": Order._name, "res_id": order.id}]},
            ),
            "copy the request": (request._name, "copy", request.ids, {}),
            "delete the request": (request._name, "unlink", request.ids, {}),
            "forge a decision": (decision._name, "create", (), {"vals_list": [forged]}),
            "copy a decision": (decision._name, "copy", decision.ids, {}),
            "edit a decision": (decision._name, "write", decision.ids, {"vals": {"comment": "x"}}),
            "swap the scan": (
                decision._name,
                "write",
                decision.ids,
                {"vals": {"external_scan": PDF}},
            ),
            "delete a decision": (decision._name, "unlink", decision.ids, {}),
            "edit the snapshot": (stage._name, "write", stage.ids, {"vals": {"external": True}}),
            "add to the snapshot": (
                stage._name,
                "create",
                (),
                {
                    "vals_list": [
                        {
                            "request_id": request.id,
                            "sequence": 9,
                            "name": "x",
                            "group_id": self._group("leader"),
                            "level": "own",
                        }
                    ]
                },
            ),
            "shorten the snapshot": (stage._name, "unlink", stage.ids, {}),
            "forget a contributor": (
                "bphs.approval.contributor",
                "unlink",
                self.env["bphs.approval.contributor"].search([]).ids,
                {},
            ),
            "delegate another's role": (
                "bphs.approval.delegation",
                "create",
                (),
                {
                    "vals_list": [
                        {
                            "from_user_id": self.env.ref("base.user_admin").id,
                            "to_user_id": self.user["auditor"].id,
                            "group_id": self._group("leader"),
                            "date_from": "2020-01-01",
                            "date_to": "2030-01-01",
                            "reason": "x",
                        }
                    ]
                },
            ),
            "attach a scan": (
                "ir.attachment",
                "create",
                (),
                {
                    "vals_list": [
                        {
                            "name": "x",
                            "res_model": decision._name,
                            "res_id": decision.id,
                            "res_field": "external_scan",
                            "datas": PDF,
                        }
                    ]
                },
            ),
            "plant an activity": (
                "mail.activity",
                "create",
                (),
                {
                    "vals_list": [
                        {
                            "res_model_id": self.env["ir.model"]._get_id(request._name),
                            "res_id": request.id,
                            "user_id": self.user["leader"].id,
                        }
                    ]
                },
            ),
            "post on the request": (request._name, "message_post", request.ids, {"body": "x"}),
            "forged dialog": (
                "bphs.approval.decide",
                "create",
                (),
                {
                    "vals_list": [
                        {
                            "res_model": "res.users",
                            "res_id": 2,
                            "verdict": "approve",
                            "stage_id": 0,
                        }
                    ]
                },
            ),
        }
        private = {
            Order._name: (
                order,
                "_approval_write",
                "_approval_record_contributors",
                "_on_approval_approved",
                "_write",
                "sudo",
                "with_user",
                "with_context",
            ),
            OrderLine._name: (line, "_approval_write", "_approval_create"),
            request._name: (request, "_approve", "_end", "_append_decision", "_open", "sudo"),
            decision._name: (decision, "_append", "_write"),
        }
        for model, (records, *methods) in private.items():
            for method in methods:
                attacks[f"{model}.{method}"] = (model, method, records.ids, {})
        return attacks
