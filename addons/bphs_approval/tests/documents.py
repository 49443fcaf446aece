"""A document and its lines that exist in tests alone, approved by the flow the tests set up."""

from decimal import Decimal

from odoo import Command, fields, models
from odoo.orm.model_classes import add_to_registry

from odoo.addons.bphs_base.tests.common import CountyCase

FLOW_CODE = "test_order"
# Those who edit the document of the tests; the others have reading, as approvers have.
EDITORS = ("finance_officer", "township_accountant")


class Order(models.Model):
    _name = "bphs.test.order"
    _inherit = ["bphs.approval.mixin", "bphs.scope.mixin", "bphs.money.mixin"]
    _description = "Test Order"
    _module = "bphs_approval"

    name = fields.Char(required=True)
    label = fields.Char(translate=True)
    amount = fields.Monetary()
    active = fields.Boolean(default=True)
    effect = fields.Char()
    line_ids = fields.One2many("bphs.test.order.line", "order_id")

    def _approval_flow_code(self):
        return FLOW_CODE

    def _approval_content(self):
        return {
            "name": self.name,
            "amount": self.amount,
            "lines": [{"name": line.name, "quantity": line.quantity} for line in self.line_ids],
        }

    def _approval_amount(self):
        return Decimal(str(self.amount))

    def _on_approval_submitted(self):
        self._approval_write({"effect": "submitted"})

    def _on_approval_approved(self):
        self._approval_write({"effect": "approved"})
        self.line_ids._approval_write({"settled": True})

    def _on_approval_returned(self):
        self._approval_write({"effect": "returned"})


class OrderLine(models.Model):
    _name = "bphs.test.order.line"
    _inherit = ["bphs.approval.line.mixin"]
    _description = "Test Order Line"
    _module = "bphs_approval"
    _approval_parent_field = "order_id"

    order_id = fields.Many2one("bphs.test.order", required=True, index=True, ondelete="cascade")
    name = fields.Char(required=True)
    quantity = fields.Integer()
    settled = fields.Boolean()


class ApprovalSetup:
    """The test documents, their rights, and a flow of three stages; for any case that stands on
    `CountyCase`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        names = [Order._name, OrderLine._name]
        for definition in (Order, OrderLine):
            add_to_registry(cls.registry, definition)
        cls.registry._setup_models__(cls.env.cr, names)
        cls.registry.init_models(cls.env.cr, names, {"models_to_check": True})
        for name in names:
            cls.addClassCleanup(cls.registry.__delitem__, name)
        cls._grant_rights(names)
        cls.flow = cls.env["bphs.approval.flow"].create(
            {
                "name": "试验单据审批",
                "code": FLOW_CODE,
                "document_model": Order._name,
                "stage_ids": [
                    Command.create(cls._stage("卫生院院长", "township_director", level="township")),
                    Command.create(cls._stage("分管领导", "deputy_leader", sequence=20)),
                    Command.create(
                        cls._stage(
                            "主要领导",
                            "leader",
                            sequence=30,
                            amount_from=1000,
                            minutes_required=True,
                        )
                    ),
                ],
            }
        )

    @classmethod
    def _grant_rights(cls, names):
        Access = cls.env["ir.model.access"]
        for name in names:
            model = cls.env["ir.model"]._get(name)
            Access.create(
                {
                    "name": f"{name}.user",
                    "model_id": model.id,
                    "group_id": cls._group("user"),
                    "perm_read": True,
                }
            )
            for role in EDITORS:
                Access.create(
                    {
                        "name": f"{name}.{role}",
                        "model_id": model.id,
                        "group_id": cls._group(role),
                        "perm_read": True,
                        "perm_write": True,
                        "perm_create": True,
                        "perm_unlink": True,
                    }
                )
        cls.env["ir.rule"].create(
            {
                "name": "Test orders: own institutions and below",
                "model_id": cls.env["ir.model"]._get_id(Order._name),
                "domain_force": "[('institution_id', 'child_of', user.bphs_institution_ids.ids)]",
            }
        )

    @classmethod
    def _group(cls, role):
        return cls.env.ref(f"bphs_base.group_{role}").id

    @classmethod
    def _stage(cls, name, role, **vals):
        return {
            "name": name,
            "group_id": cls._group(role),
            "sequence": 10,
            "level": "county",
            **vals,
        }

    @classmethod
    def _order(cls, amount=100, institution=None, author="finance_officer"):
        """A draft of `author`, for township A unless said otherwise."""
        return cls.as_user(author, Order._name).create(
            {
                "name": "甲镇第一单",
                "amount": amount,
                "institution_id": (institution or cls.township_a).id,
                "line_ids": [Command.create({"name": "甲", "quantity": 1})],
            }
        )

    @classmethod
    def _submitted(cls, **kwargs):
        order = cls._order(**kwargs)
        order.action_approval_submit()
        return order

    def _approve(self, order, key, **kwargs):
        return self.as_user(key, order).action_approval_approve(**kwargs)


class ApprovalCase(ApprovalSetup, CountyCase):
    """In-process tests of approvals."""
