"""Rules about the text of a program, for tasks that ask how it is written: `calls print_label 3`, `no global`.

    found(files, rule) -> None when the rule holds, or what stands against it: "2 calls of print_label"

`files` are (name, text), the program first. Nothing runs. `rule` is a CodeRule of messages.ts; an author writes it as lesson/code-rule.ts says.
"""

import ast
import sys

_LIBRARY = sys.stdlib_module_names


def found(files, rule):
    if rule["rule"] == "changed-lines":
        return _changed_lines(files, rule)
    files = [files[rule["at"]]] if "at" in rule else [each for each in files if each[0].endswith(".py")]
    return _RULES[rule["rule"]](files, rule)


def _calls(files, rule):
    """At least `count` calls of `name`, as a function or as a method."""
    calls = [node.func for _, node in _nodes(files, ast.Call)]
    count = sum(getattr(each, "id", getattr(each, "attr", None)) == rule["name"] for each in calls)
    return None if count >= rule["count"] else _counted(count, f"call of {rule['name']}", f"calls of {rule['name']}")


def _no_global(files, rule):
    return _first_line(files, _nodes(files, ast.Global), "says global")


def _no_bare_name(files, rule):
    """No line that is a name and nothing else: it looks like a call, and calls nothing."""
    lines = [each for each in _nodes(files, ast.Expr) if isinstance(each[1].value, ast.Name)]
    return _first_line(files, lines, "is a name without parentheses")


def _no_library_name(files, rule):
    """No file is called like a module of the library: it would hide it."""
    for file, _ in files:
        module = file.split("/")[0].removesuffix(".py")
        if module in _LIBRARY:
            return f"{file}, which hides the library's {module}"
    return None


def _inner_parameters(files, rule):
    """Every function inside a function takes `count` parameters; a default value does not make one fewer."""
    for file, outer in _nodes(files, _FUNCTIONS):
        for inner in ast.walk(outer):
            if inner is outer or not isinstance(inner, _FUNCTIONS):
                continue
            count = _parameters(inner.args)
            if count != rule["count"]:
                name = getattr(inner, "name", "the lambda")
                where = _line(files, file, inner)
                return f"{name} in {where} takes {_counted(count, 'parameter', 'parameters')}"
    return None


def _no_repeated_block(files, rule):
    """No `count` lines in a row that stand there twice, whatever numbers and texts are in them."""
    size = rule["count"]
    first = {}
    for file, code in files:
        lines = [line.strip() for line in ast.unparse(_NoValues().visit(_tree(file, code))).split("\n")]
        lines = [line for line in lines if line]
        for at in range(len(lines) - size + 1):
            there, since = first.setdefault(tuple(lines[at : at + size]), (file, at))
            if there != file or at - since >= size:
                return f"the same {size} lines twice"
    return None


def _changed_lines(files, rule):
    """At most `count` lines that were changed, added or taken away; empty lines do not count."""
    count = 0
    for at, ((_, text), starter) in enumerate(zip(files, rule["starter"])):
        if rule.get("at", at) != at:
            continue
        before, after = _written(starter), _written(text)
        # Also keeps the work small, however long the program is.
        if abs(len(after) - len(before)) > rule["count"]:
            return f"more than {_counted(rule['count'], 'changed line', 'changed lines')}"
        count += _distance(before, after)
    return None if count <= rule["count"] else _counted(count, "changed line", "changed lines")


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_RULES = {
    "calls": _calls,
    "no-global": _no_global,
    "no-bare-name": _no_bare_name,
    "inner-parameters": _inner_parameters,
    "no-repeated-block": _no_repeated_block,
    "no-library-name": _no_library_name,
}


class _NoValues(ast.NodeTransformer):
    """Makes all numbers and texts alike."""

    def visit_Constant(self, node):
        return ast.Constant(0)

    def visit_JoinedStr(self, node):
        return ast.Constant(0)


def _tree(file, code):
    return ast.parse(code, file)


def _nodes(files, kinds):
    """(file, node), in the order in which they stand in the files."""
    found = []
    for file, code in files:
        nodes = [node for node in ast.walk(_tree(file, code)) if isinstance(node, kinds)]
        found += [(file, node) for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset))]
    return found


def _first_line(files, nodes, words):
    return f"{_line(files, *nodes[0])} {words}" if nodes else None


def _line(files, file, node):
    """Where there are several files, the learner has to know which."""
    return f"line {node.lineno}" if len(files) == 1 else f"line {node.lineno} of {file}"


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
