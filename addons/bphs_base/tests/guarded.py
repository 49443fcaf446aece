"""Tables that exist in tests alone, to hold the guards to their word."""

from odoo import fields, models
from odoo.orm.model_classes import add_to_registry
from odoo.tests import TransactionCase


class GuardedFigure(models.Model):
    _name = "bphs.test.guarded"
    _inherit = ["bphs.period.guard.mixin", "bphs.scope.mixin"]
    _description = "Guarded Figure"
    _module = "bphs_base"

    period_id = fields.Many2one("bphs.period", required=True, ondelete="restrict")
    quantity = fields.Integer()


class LedgerLine(models.Model):
    _name = "bphs.test.ledger"
    _inherit = ["bphs.append.only.mixin"]
    _description = "Ledger Line"
    _module = "bphs_base"

    quantity = fields.Integer()


def add_test_models(case: type[TransactionCase], *definitions):
    """Create the tables within the test class's transaction."""
    names = [definition._name for definition in definitions]
    for definition in definitions:
        add_to_registry(case.registry, definition)
    case.registry._setup_models__(case.env.cr, names)
    case.registry.init_models(case.env.cr, names, {"models_to_check": True})
    case.addClassCleanup(case.registry.__delitem__, names[0])
    for name in names[1:]:
        case.addClassCleanup(case.registry.__delitem__, name)
