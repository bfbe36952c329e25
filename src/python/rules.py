"""Rules about the text of a program, for tasks that ask how it is written: `calls print_label 3`, `no global`.

    found(code, rule) -> None when the rule holds, or what stands against it: "2 calls of print_label"

The program does not run. `rule` is a CodeRule of messages.ts; an author writes it as lesson/code-rule.ts says.
"""

import ast


def found(code, rule):
    return _RULES[rule["rule"]](code, rule)


def _calls(code, rule):
    """At least `count` calls of `name`, as a function or as a method."""
    calls = [node.func for node in _nodes(code, ast.Call)]
    count = sum(getattr(each, "id", getattr(each, "attr", None)) == rule["name"] for each in calls)
    return None if count >= rule["count"] else _counted(count, f"call of {rule['name']}", f"calls of {rule['name']}")


def _no_global(code, rule):
    return _first_line(_nodes(code, ast.Global), "says global")


def _no_bare_name(code, rule):
    """No line that is a name and nothing else: it looks like a call, and calls nothing."""
    lines = [node for node in _nodes(code, ast.Expr) if isinstance(node.value, ast.Name)]
    return _first_line(lines, "is a name without parentheses")


def _inner_parameters(code, rule):
    """Every function inside a function takes `count` parameters; a default value does not make one fewer."""
    for outer in _nodes(code, _FUNCTIONS):
        for inner in ast.walk(outer):
            if inner is outer or not isinstance(inner, _FUNCTIONS):
                continue
            count = _parameters(inner.args)
            if count != rule["count"]:
                name = getattr(inner, "name", "the lambda")
                return f"{name} in line {inner.lineno} takes {_counted(count, 'parameter', 'parameters')}"
    return None


def _no_repeated_block(code, rule):
    """No `count` lines in a row that stand there twice, whatever numbers and texts are in them."""
    size = rule["count"]
    lines = [line.strip() for line in ast.unparse(_NoValues().visit(ast.parse(code))).split("\n")]
    lines = [line for line in lines if line]
    first = {}
    for at in range(len(lines) - size + 1):
        block = tuple(lines[at : at + size])
        if at - first.setdefault(block, at) >= size:
            return f"the same {size} lines twice"
    return None


def _changed_lines(code, rule):
    """At most `count` lines that were changed, added or taken away; empty lines do not count."""
    before, after = _written(rule["starter"]), _written(code)
    # Also keeps the work small, however long the program is.
    if abs(len(after) - len(before)) > rule["count"]:
        return f"more than {_counted(rule['count'], 'changed line', 'changed lines')}"
    count = _distance(before, after)
    return None if count <= rule["count"] else _counted(count, "changed line", "changed lines")


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_RULES = {
    "calls": _calls,
    "no-global": _no_global,
    "no-bare-name": _no_bare_name,
    "inner-parameters": _inner_parameters,
    "no-repeated-block": _no_repeated_block,
    "changed-lines": _changed_lines,
}


class _NoValues(ast.NodeTransformer):
    """Makes all numbers and texts alike."""

    def visit_Constant(self, node):
        return ast.Constant(0)

    def visit_JoinedStr(self, node):
        return ast.Constant(0)


def _nodes(code, kinds):
    """In the order in which they stand in the program."""
    nodes = [node for node in ast.walk(ast.parse(code)) if isinstance(node, kinds)]
    return sorted(nodes, key=lambda node: (node.lineno, node.col_offset))


def _first_line(nodes, words):
    return f"line {nodes[0].lineno} {words}" if nodes else None


def _parameters(args):
    return len(args.posonlyargs + args.args + args.kwonlyargs) + (args.vararg is not None) + (args.kwarg is not None)


def _written(code):
    return [line.rstrip() for line in code.split("\n") if line.strip()]


def _distance(before, after):
    """The fewest lines to change, add or take away that make one text of the other."""
    row = list(range(len(after) + 1))
    for at, line in enumerate(before, 1):
        above, row = row, [at]
        for to, other in enumerate(after, 1):
            row.append(min(above[to] + 1, row[-1] + 1, above[to - 1] + (line != other)))
    return row[-1]


def _counted(count, one, many):
    return f"{count} {one if count == 1 else many}"
