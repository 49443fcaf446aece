"""A test says what it expects, and can fail.

A refusal asserted by its class alone passes for any other refusal; what cannot be otherwise passes always.
"""

import ast

# Each has many reasons; which of them it is, its words say.
REFUSALS = {"AccessError", "MissingError", "UserError", "ValidationError"}
REFUSED = (
    "a refusal without its words: self.refused(…), self.denied(…) or self.no_right(…) of bphs_base/tests/refusals.py"
)


def problems(tree):
    """(line, what to mend) of one test file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and _never_fails(node.test):
            yield node.lineno, "a test that cannot fail"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield from _call_problems(node)
        elif isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield from _appended_and_found(node)


def _call_problems(call):
    name, arguments = call.func.attr, call.args
    if name == "assertRaises" and arguments and _names(arguments[0]) & REFUSALS:
        yield call.lineno, REFUSED
    elif (
        name in ("assertEqual", "assertIs", "assertIn", "assertGreaterEqual", "assertLessEqual") and len(arguments) > 1
    ):
        first, second = map(ast.dump, arguments[:2])
        if first == second or all(isinstance(each, ast.Constant) for each in arguments[:2]):
            yield call.lineno, "a comparison with itself"
    elif name in ("assertTrue", "assertIsNotNone") and arguments and _never_fails(arguments[0]):
        yield call.lineno, "a test that cannot fail"


def _names(node):
    parts = node.elts if isinstance(node, ast.Tuple) else [node]
    return {part.id for part in parts if isinstance(part, ast.Name)}


def _never_fails(test):
    """Texts, tuples and lists that hold something, a constant that is true, `x or True`, `len(x) >= 0`."""
    if isinstance(test, ast.Constant):
        return bool(test.value)
    if isinstance(test, (ast.Tuple, ast.List, ast.JoinedStr)):
        return bool(getattr(test, "elts", True))
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or):
        return any(_never_fails(value) for value in test.values)
    return (
        isinstance(test, ast.Compare)
        and isinstance(test.left, ast.Call)
        and isinstance(test.left.func, ast.Name)
        and test.left.func.id == "len"
        and isinstance(test.ops[0], ast.GtE)
        and isinstance(test.comparators[0], ast.Constant)
        and test.comparators[0].value == 0
    )


def _appended_and_found(function):
    """What a test puts into a list itself, and then asserts to be in it."""
    appended = {
        (ast.dump(node.func.value), ast.dump(node.args[0]))
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("append", "add")
        and node.args
    }
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "assertIn":
            if (ast.dump(node.args[1]), ast.dump(node.args[0])) in appended:
                yield node.lineno, "found is what the test put there itself"


RUNS_INHERITED = "allow_inherited_tests_method"


def idle_classes(trees):
    """Classes of which Odoo runs nothing: all their tests are inherited, and nothing tells it to run such.

    :param trees: {path: tree}
    :return: list of (path, line, what to mend)
    """
    classes = [(path, node) for path, tree in trees.items() for node in tree.body if isinstance(node, ast.ClassDef)]
    named = {}
    for _path, node in classes:
        named.setdefault(node.name, []).append(node)
    return [
        (path, node.lineno, f"every test is inherited, and none runs: {RUNS_INHERITED} = True where they stand")
        for path, node in classes
        if node.decorator_list and not _own_tests(node) and _is_idle(node, named)
    ]


def _own_tests(node):
    return [part.name for part in node.body if isinstance(part, ast.FunctionDef) and part.name.startswith("test_")]


def _is_idle(node, named):
    lineage, waiting = [], [node]
    while waiting:
        one = waiting.pop()
        if one not in lineage:
            lineage.append(one)
            waiting += [each for base in one.bases if isinstance(base, ast.Name) for each in named.get(base.id, ())]
    told = any(
        isinstance(target, ast.Name) and target.id == RUNS_INHERITED
        for one in lineage
        for part in one.body
        if isinstance(part, ast.Assign)
        for target in part.targets
    )
    return not told and any(_own_tests(one) for one in lineage)
