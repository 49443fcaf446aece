"""No float takes part in a sum, a product or a quotient of money or ratios.

Odoo reads Monetary columns and Float columns with digits as binary floats; they become Decimal at the door of the rules
(`to_decimal`) and are computed with there alone. So outside the rules no arithmetic is done on a field of such a kind,
and inside them no float is made or written down.
"""

import ast

# The management wing, which pays; what a person weighs is no money.
ADDONS = {
    "bphs_approval",
    "bphs_base",
    "bphs_evaluation",
    "bphs_fund",
    "bphs_rectification",
    "bphs_survey",
    "bphs_workload",
}
# Where numbers are Decimal already, which the rules themselves refuse to do without.
RULES = {"tools", "settling"}
# The paper kit reckons in points of a page, as PDF and as Word files.
GEOMETRY = ("pdf_", "word_official", "chart.")
OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)


def field_names(trees):
    """Names of the fields that hold money, ratios, prices or scores, and nothing else anywhere in the suite."""
    kinds = {}
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and _is_declared(node.value):
                kinds.setdefault(node.targets[0].id, set()).add(_holds_money(node.value))
    return {name for name, found in kinds.items() if found == {True}}


def _is_declared(value):
    return (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Attribute)
        and isinstance(value.func.value, ast.Name)
        and value.func.value.id == "fields"
    )


def _holds_money(field):
    kind = field.func.attr
    return kind == "Monetary" or kind == "Float" and any(keyword.arg == "digits" for keyword in field.keywords)


def problems(path, tree, names, lines=()):
    """(line, what to mend) of one file that is not a test.

    :param lines: of the file; outside the rules a float may be made where a comment says for what, as of a bar's length
    """
    addon = next(part for part in path.parts if part.startswith("bphs_"))
    if addon not in ADDONS or path.name.startswith(GEOMETRY):
        return
    rules = bool(RULES & set(path.parts))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float":
            if rules or not any("#" in line for line in lines[max(node.lineno - 2, 0) : node.lineno]):
                yield node.lineno, "float() where money is computed: to_decimal"
        elif not rules and any(_is_field(part, names) for part in _operands(node)):
            yield node.lineno, "arithmetic on a field that holds a float: to_decimal first"
        elif rules and any(
            isinstance(part, ast.Constant) and isinstance(part.value, float) for part in _operands(node)
        ):
            yield node.lineno, "a float written down where money is computed: Decimal"


def _operands(node):
    """What is reckoned with here."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, OPERATORS):
        return node.left, node.right
    if isinstance(node, ast.AugAssign) and isinstance(node.op, OPERATORS):
        return node.target, node.value
    if isinstance(node, ast.Compare) and not any(_is_zero(part) for part in node.comparators):
        return node.left, *node.comparators
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("sum", "round")
        and node.args
    ):
        first = node.args[0]
        return (first.elt,) if isinstance(first, (ast.GeneratorExp, ast.ListComp)) else (first,)
    return ()


def _is_zero(node):
    return isinstance(node, ast.Constant) and not node.value


def _is_field(node, names):
    if isinstance(node, ast.UnaryOp):
        return _is_field(node.operand, names)
    if isinstance(node, ast.Attribute):
        return node.attr in names
    # records.mapped("amount")
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "mapped"
        and bool(node.args)
        and isinstance(node.args[0], ast.Constant)
        and node.args[0].value in names
    )
