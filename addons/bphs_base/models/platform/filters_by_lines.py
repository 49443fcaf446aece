"""What a filter asks of lines, and of what stands above or below a record, is asked within the rights of whoever asks.

Odoo takes ids of lines, and that there are none, as what no rule has to be asked about: a household told by the id who
lives in it, a lecture who took part, and a file that it has a line for named persons alone. It goes up and down past
the rules too, from whichever id is said, and breaks off where a model has nothing above it.
"""

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.orm.domains import OptimizationLevel, field_type_optimization, operator_optimization
from odoo.tools.misc import OrderedSet


@field_type_optimization(["one2many", "many2many"], level=OptimizationLevel.FULL)
def lines_that_are_seen(condition, model):
    """A condition on ids of lines, as one on lines that this user sees."""
    operator, ids = condition.operator, condition.value
    if model.env.su or operator not in ("in", "not in") or not isinstance(ids, (set, OrderedSet, list, tuple)):
        return condition
    if not model.env[condition._field(model).comodel_name]._hides_rows:
        return condition
    named = [one for one in ids if one]
    seen = Domain(condition.field_expr, "any", Domain("id", "in", named))
    if len(named) < len(ids):
        seen |= Domain(condition.field_expr, "not any", Domain.TRUE)
    return seen if operator == "in" else ~seen


@operator_optimization(["parent_of", "child_of"])
def what_one_sees_of_a_tree(condition, model):
    """Up and down from records that this user sees.

    :raise UserError: the model has nothing above or below its records
    """
    field = condition._field(model)
    above = model.env[field.comodel_name] if field.relational else model
    link = condition.field_expr if field.relational and above._name == model._name else above._parent_name
    if link not in above._fields:
        raise UserError(
            model.env._(
                "%(model)s: nothing stands above or below these records.",
                model=model.env["ir.model"]._get(above._name).name,
            )
        )
    ids = condition.value if isinstance(condition.value, (set, OrderedSet, list, tuple)) else [condition.value]
    named = [one for one in ids if isinstance(one, int) and one]
    if model.env.su or not above._hides_rows or not named:
        return condition
    seen = above.with_context(active_test=False).search([("id", "in", named)]).ids
    kept = OrderedSet(one for one in ids if one not in named or one in seen)
    if len(kept) == len(ids):
        return condition
    return Domain(condition.field_expr, condition.operator, kept) if kept else Domain.FALSE
