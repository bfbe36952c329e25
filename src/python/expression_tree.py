"""The expressions of a program as they stand in its text: one node for each whose value is worth a step.

    2 * double(n)       node 0: the whole       node 1, inside of 0: double(n)       node 2, inside of 1: n

instructions.py says which instructions of the bytecode give their values.
"""

import ast

# Expressions whose value is worth a step of its own.
SHOWN = (
    *(ast.Name, ast.Attribute, ast.Subscript, ast.Call, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp),
    *(ast.List, ast.Tuple, ast.Dict, ast.Set, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
    *(ast.JoinedStr, ast.TemplateStr, ast.NamedExpr, ast.Lambda, ast.Await, ast.Yield, ast.YieldFrom),
)
INLINED = (ast.ListComp, ast.SetComp, ast.DictComp)
LOOPS = (*INLINED, ast.GeneratorExp)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
# Their value is that of the part which was worked out last.
PASSING = (ast.BoolOp, ast.IfExp, ast.NamedExpr)
# Never worked out where they stand: in CPython 3.14 annotations wait until somebody asks for them.
WAITING = ("annotation", "returns", "type_params", "type_comment")
# Where CPython's order is not that of the tree's own fields.
ORDER = {
    ast.Assign: ("value", "targets"),
    ast.AnnAssign: ("value", "target"),
    ast.NamedExpr: ("value", "target"),
    ast.IfExp: ("test", "body", "orelse"),
    ast.For: ("iter", "target", "body", "orelse"),
    ast.AsyncFor: ("iter", "target", "body", "orelse"),
    ast.comprehension: ("iter", "target", "ifs"),
    **dict.fromkeys((ast.ListComp, ast.SetComp, ast.GeneratorExp), ("generators", "elt")),
    ast.DictComp: ("generators", "key", "value"),
    ast.FunctionDef: ("decorator_list", "args", "body"),
    ast.AsyncFunctionDef: ("decorator_list", "args", "body"),
    ast.ClassDef: ("decorator_list", "bases", "keywords", "body"),
}

# Fields whose truth decides where Python goes on.
CONDITIONS = ("test", "ifs", "guard")

# Python works these out once and for all when all of their parts are constants.
FOLDED = (ast.Constant, ast.BinOp, ast.UnaryOp, ast.Tuple, ast.Subscript, ast.JoinedStr)


class Node:
    """One expression."""

    def __init__(self, node, parent, number, place, is_condition, is_dropped):
        self.kind = type(node)
        self.parent = parent
        # Its index in what is told; -1 for constants, which are what they are.
        self.number = number
        self.place = place
        # Python jumps by its truth: what only joins others is never on the stack.
        self.is_condition = is_condition
        # It stands alone in its line: a constant there is never loaded.
        self.is_dropped = is_dropped
        self.is_not = self.kind is ast.UnaryOp and isinstance(node.op, ast.Not)
        self.is_chain = self.kind is ast.Compare and len(node.ops) > 1
        # Its value may be gone when it is left: the last comparison is used for a jump, and what a comprehension made
        # is stored by the same instruction that puts a name back.
        self.is_kept = self.is_chain or self.kind in INLINED
        self.is_same = self.kind is ast.Compare and isinstance(node.ops[0], ast.Is)
        self.is_constant = _is_constant(node)
        # Of `a if test else b`: the part that is not its value.
        self.test = None
        # `*value` and `**value` in a call.
        self.is_spread = False
        # Whether any instruction gives its value.
        self.is_seen = self.kind in PASSING or self.is_chain or self.is_not and is_condition

    def around(self):
        """The expression and those around it, from the inside."""
        node = self
        while node is not None:
            yield node
            node = node.parent

    def passes_on(self, part):
        """Whether the value of this part is its own, as far as is known."""
        return self.kind in PASSING and part is not self.test

    def forget(self):
        """Of a condition with a constant part nobody knows which part was the last: Python does not look at it."""
        for each in self.around():
            if not (each.is_condition or each.is_dropped) or each.kind not in PASSING and not each.is_not:
                break
            each.is_seen = False


class Around:
    """What a walk through the tree knows of the part that it comes to."""

    def __init__(self, statement, parent=None, loop=-1, is_condition=False, is_dropped=False):
        self.statement, self.parent, self.loop = statement, parent, loop
        self.is_condition, self.is_dropped = is_condition, is_dropped


class Tree:
    def __init__(self, source):
        self.source = source
        self.places = _Places(source)
        self.nodes = []
        self.statements = []
        # Place of an expression -> its node; of something inside, such as a keyword -> the node around it.
        self.at = {}
        self.inside = {}
        # Place of the name of a function that is called -> the node of the call.
        self.called = {}
        # Node of a call -> (how, name, place of the value) of each argument.
        self.arguments = {}
        self.spreads = set()
        # Place of a decorator -> (statement, the layer that it makes).
        self.decorators = {}
        # Place of what binds a name -> its statement; of a definition also (its name, first line) -> line of the `def`.
        self.statement_at = {}
        self.lines_of_definitions = {}
        # Statement -> the name that it defines.
        self.defined = {}
        # Names that some line binds in another way.
        self.assigned = set()
        # Everything in the order in which Python comes to it, and where in there a place stands.
        self.order = []
        self.order_at = {}
        self._walk(ast.parse(source))

    def told(self):
        """Plain data, once all instructions are known (TraceNode in trace.ts)."""
        for node in self.at.values():
            if node.number >= 0 and not node.is_seen:
                self.nodes[node.number]["isUnseen"] = True
        return self.nodes

    # -- the tree -----------------------------------------------------------------------------

    def _walk(self, module):
        """Without recursion: a sum of a thousand parts is a thousand deep."""
        todo = [(each, Around(-1)) for each in reversed(module.body)]
        while todo:
            node, around = todo.pop()
            todo += reversed(self._enter(node, around))

    def _enter(self, node, around):
        """Writes the part down; hands back what stands in it."""
        place = _place(node)
        if place is not None:
            self.order_at.setdefault(place, len(self.order))
            self.order.append((place, node))
        if isinstance(node, (ast.stmt, ast.ExceptHandler, ast.match_case)):
            statement = self._statement(node, "statement")
            self.statement_at[place] = statement
            if isinstance(node, DEFINITIONS):
                self._note_definition(node, statement)
            return _parts(node, Around(statement))
        is_value = isinstance(node, (*SHOWN, ast.Constant)) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
        if is_value and not hasattr(node, "is_format"):
            return self._expression(node, place, around)
        if place is not None:
            self.inside.setdefault(place, around.parent)
        self._note_binding(node, place, around)
        return _parts(node, around)

    def _note_binding(self, node, place, around):
        # The names of a comprehension are its own, unless := binds them.
        is_own = around.loop >= 0 and around.parent.kind is not ast.NamedExpr
        if isinstance(node, ast.Name) and not is_own:
            self.assigned.add(node.id)
            self.statement_at[place] = around.statement
        elif isinstance(node, (ast.alias, ast.pattern)):
            self.assigned.add(getattr(node, "asname", None) or getattr(node, "name", None))
            self.statement_at.setdefault(place, around.statement)

    def _statement(self, node, kind):
        shown = node.pattern if isinstance(node, ast.match_case) else node
        start, end = self.places.range(shown)
        if shown is not node:
            start = self.places.text.rfind("case", 0, start)
        self.statements.append({"start": start, "end": end, "line": shown.lineno, "kind": kind})
        return len(self.statements) - 1

    def _note_definition(self, node, statement):
        decorators = node.decorator_list
        self.defined[statement] = node.name
        self.lines_of_definitions[node.name, min(each.lineno for each in (node, *decorators))] = node.lineno
        if decorators:
            texts = [" ".join(self.places.cut(each).split()) for each in decorators]
            kind = "class" if isinstance(node, ast.ClassDef) else "function"
            calls = [isinstance(each, ast.Call) for each in decorators]
            self.statements[statement].update(name=node.name, decorators=texts, factories=calls, defines=kind)
            for at, each in enumerate(decorators):
                self.decorators[_place(each)] = statement, len(decorators) - at

    def _expression(self, node, place, around):
        number = -1 if isinstance(node, ast.Constant) else len(self.nodes)
        made = self.at[place] = Node(node, around.parent, number, place, around.is_condition, around.is_dropped)
        made.is_spread = place in self.spreads
        if number >= 0:
            start, end = self.places.range(node)
            parent = -1 if around.parent is None else around.parent.number
            told = {"start": start, "end": end, "statement": around.statement, "parent": parent, "loop": around.loop}
            self.nodes.append(told)
        if (around.is_condition or around.is_dropped) and around.parent is not None and made.is_constant:
            around.parent.forget()
        if hasattr(node, "is_test"):
            around.parent.test = made
        loop = number if isinstance(node, LOOPS) else around.loop
        inner = Around(around.statement, made, loop, around.is_condition, around.is_dropped)
        if isinstance(node, ast.Lambda):
            return [(node.args, inner), (node.body, Around(self._statement(node.body, "lambda")))]
        if isinstance(node, ast.Attribute):
            self.at.setdefault(_place_of_name(node, node), made)
        if isinstance(node, ast.Call):
            return self._call(node, made, Around(around.statement, made, loop))
        return _parts(node, inner)

    def _call(self, node, made, inner):
        """The name of the function is no step, but what it is looked up in may be: `rows` in rows.append(1)."""
        function, parts = node.func, []
        if isinstance(function, ast.Name):
            self.called[_place(function)] = made
            self.order.append((_place(function), function))
        elif isinstance(function, ast.Attribute):
            self.inside[_place(function)] = self.inside[_place_of_name(function, function)] = made
            self.at.setdefault(_place_of_name(function, node), made)
            parts.append((function.value, inner))
        else:
            parts.append((function, inner))
        told = self.arguments[made] = []
        for each in node.args:
            is_star = isinstance(each, ast.Starred)
            told.append(("star" if is_star else "position", None, _place(each.value if is_star else each)))
        for each in node.keywords:
            told.append(("mapping" if each.arg is None else "name", each.arg, _place(each.value)))
        self.spreads.update(place for how, _, place in told if how in ("star", "mapping"))
        return [*parts, *((each, inner) for each in (*node.args, *node.keywords))]

    # -- asked by instructions.py ---------------------------------------------------------------

    def around(self, place):
        """The innermost expression around something that is none."""
        if place not in self.inside:
            around = [each for each in self.at if is_within(place, each)]
            # The one that begins last.
            innermost = max(around, key=lambda each: (each[0], each[2], -each[1], -each[3]), default=None)
            self.inside[place] = self.at.get(innermost)
        return self.inside[place]

    def behind(self, place):
        """Everything that Python comes to after what stands there, with its place."""
        for other, part in self.order[self.order_at.get(place, len(self.order)) :]:
            if not is_within(other, place):
                yield other, part

    def inside_constant(self, place):
        """[(node, value)] of the parts of a constant, in the order in which Python has worked them out."""
        found = []
        for other, part in self.order[self.order_at[place] + 1 :]:
            if not is_within(other, place):
                break
            node = self.at.get(other)
            if node is not None and node.number >= 0:
                node.is_seen = True
                found.append((node, eval(compile(ast.Expression(part), "constant", "eval"))))
        # In the order of their ends the inner parts come first, from left to right.
        return sorted(found, key=lambda each: (each[0].place[1], each[0].place[3], -each[0].number))


def _parts(node, around):
    """What stands in a part of the tree, in the order in which CPython comes to it."""
    if isinstance(node, ast.Dict):
        parts = [each for pair in zip(node.keys, node.values) for each in pair if each is not None]
        return [(each, Around(around.statement, around.parent, around.loop)) for each in parts]
    if isinstance(node, ast.IfExp):
        node.test.is_test = True
    joins = isinstance(node, (ast.BoolOp, ast.IfExp)) or isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    found = []
    for field in ORDER.get(type(node), node._fields):
        held = getattr(node, field, None)
        is_condition = field in CONDITIONS or joins and around.is_condition
        is_dropped = isinstance(node, ast.Expr) or joins and field != "test" and around.is_dropped
        inner = Around(around.statement, around.parent, around.loop, is_condition, is_dropped)
        for each in held if isinstance(held, list) else [held]:
            if field not in WAITING and isinstance(each, ast.AST):
                if field == "format_spec":
                    each.is_format = True
                found.append((each, inner))
    return found


def _is_constant(node):
    """Whether Python knows its value before the program runs."""
    if not isinstance(node, FOLDED):
        return False
    return all(not isinstance(each, SHOWN) or isinstance(each, FOLDED) for each in ast.walk(node))


def _place(node):
    """As instructions have it: line, last line, column, end column, columns in bytes."""
    if not hasattr(node, "lineno"):
        return None
    return node.lineno, node.end_lineno, node.col_offset, node.end_col_offset


def _place_of_name(attribute, whole):
    """Where the instructions of `whole` stand when its last dot is in another line than its beginning: at the name."""
    if attribute.lineno == attribute.end_lineno:
        return _place(whole)
    return attribute.end_lineno, whole.end_lineno, attribute.end_col_offset - len(attribute.attr), whole.end_col_offset


def is_within(inner, outer):
    return (outer[0], outer[2]) <= (inner[0], inner[2]) and (inner[1], inner[3]) <= (outer[1], outer[3])


class _Places:
    """From a line and a count of bytes, as trees have them, to a place in the text, counted as JavaScript counts."""

    def __init__(self, source):
        self.text = source
        self.lines = source.split("\n")
        self.starts, start = [], 0
        for line in self.lines:
            self.starts.append(start)
            start += _units(line) + 1

    def at(self, line, bytes_before):
        text = self.lines[line - 1].encode()[:bytes_before].decode(errors="ignore")
        return self.starts[line - 1] + _units(text)

    def range(self, node):
        return self.at(node.lineno, node.col_offset), self.at(node.end_lineno, node.end_col_offset)

    def cut(self, node):
        return ast.get_source_segment(self.text, node) or ""


def _units(text):
    return len(text.encode("utf-16-le")) // 2
