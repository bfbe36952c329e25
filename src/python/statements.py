"""The statements of a program, and the names in each: which it reads and binds, in Python's order.

Walk(scope, nodes, statements) goes through the nodes of one scope and adds their statements; the scopes inside are
left for scopes.py. Nothing here calls itself: a program may hold expressions inside one another by the thousand.
"""

import ast

COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp)
_BODIES = ("body", "orelse", "finalbody", "handlers", "cases")
_FIRST, _LAST = (0, 0), (10**9, 0)


class Statement:
    """The names of one statement in one frame: of a compound one without its body."""

    def __init__(self, line, end, scope, among):
        self.line, self.end, self.scope = line, end, scope
        self.is_call = False
        self.uses = []
        among.append(self)

    def add(self, scope, name, use, node):
        place, name = (node.lineno, node.col_offset), mangled(scope, name)
        if use == "r":
            comes_at = place
        elif name in scope.own:
            # A comprehension binds its names before it works out what stands in front of `for`.
            comes_at = _FIRST
        else:
            # What a line binds it binds last; only := and the like bind in the middle.
            comes_at = getattr(node, "binds_at", _LAST)
        self.uses.append((place, comes_at, name, use, scope))

    def place(self):
        """Two statements may stand in one line."""
        return self.line, min((each[0] for each in self.uses), default=_FIRST)

    def told(self, program):
        rows = {}
        for _, _, name, _, scope in sorted(self.uses, key=lambda each: each[0]):
            program.note(scope, name)
            rows.setdefault((scope, name), [name, "", *([scope.index] if scope is not self.scope else [])])
        for _, _, name, use, scope in sorted(self.uses, key=lambda each: each[1]):
            row = rows[scope, name]
            if use not in row[1]:
                row[1] += use
        return {
            "line": self.line,
            "end": self.end,
            "scope": self.scope.index,
            "names": list(rows.values()),
            **({"isCall": True} if self.is_call else {}),
        }


class Walk:
    """Goes through the nodes of one scope. `inner` are the scopes inside, with the statements that they stand in."""

    def __init__(self, scope, nodes, statements):
        self.scope, self.statements, self.inner = scope, statements, []
        self.todo = list(nodes)
        while self.todo:
            node, statement = self.todo.pop()
            if isinstance(node, (ast.stmt, ast.ExceptHandler, ast.match_case)):
                statement = Statement(*_header(node), scope, statements)
            self._visit(node, statement)

    def _later(self, nodes, statement):
        self.todo += [(each, statement) for each in nodes if each is not None]

    def _use(self, statement, name, use, node, by=None):
        statement.add(self.scope, name, use, node)
        held = mangled(self.scope, name)
        if by is not None and held not in self.scope.own:
            holder = self.scope.function() if by == "walrus" else self.scope
            if held not in holder.bound or holder.bound[held][0] > node.lineno:
                holder.bound[held] = (node.lineno, by)

    def _visit(self, node, statement):
        visit = _VISITS.get(type(node))
        if visit is None:
            self._children(node, statement)
        else:
            visit(self, node, statement)

    def _children(self, node, statement):
        for field, value in ast.iter_fields(node):
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, ast.AST):
                    self.todo.append((each, None if field in _BODIES and isinstance(value, list) else statement))

    def _name(self, node, statement):
        if isinstance(node.ctx, ast.Load):
            self._use(statement, node.id, "r", node)
        elif isinstance(node.ctx, ast.Del):
            self._use(statement, node.id, "d", node, "del")
        else:
            self._use(statement, node.id, "b", node, getattr(node, "by", "assignment"))

    def _targets(self, node, by):
        for each in ast.walk(node):
            if isinstance(each, ast.Name):
                each.by = by

    def _function(self, node, statement):
        self._use(statement, node.name, "b", _at_name(node), "def")
        self._later([*node.decorator_list, *node.args.defaults, *node.args.kw_defaults], statement)
        self.inner.append((node, statement))

    def _class(self, node, statement):
        self._use(statement, node.name, "b", _at_name(node), "class")
        self._later([*node.decorator_list, *node.bases, *(each.value for each in node.keywords)], statement)
        self.inner.append((node, statement))

    def _lambda(self, node, statement):
        self._later([*node.args.defaults, *node.args.kw_defaults], statement)
        self.inner.append((node, statement))

    def _comprehension(self, node, statement):
        # Its first list is worked out outside of it.
        self._later([node.generators[0].iter], statement)
        self.inner.append((node, statement))

    def _for(self, node, statement):
        self._targets(node.target, "for")
        self._children(node, statement)

    def _with(self, node, statement):
        for item in node.items:
            if item.optional_vars is not None:
                self._targets(item.optional_vars, "with")
                for each in ast.walk(item.optional_vars):
                    if isinstance(each, ast.Name):
                        # The next part of the with may read it.
                        each.binds_at = (each.lineno, each.col_offset)
        self._children(node, statement)

    def _except(self, node, statement):
        if node.name is not None:
            self._use(statement, node.name, "b", _after(node.type or node), "except")
        self._children(node, statement)

    def _walrus(self, node, statement):
        node.target.by = "walrus"
        node.target.binds_at = (node.end_lineno, node.end_col_offset)
        self._children(node, statement)

    def _augmented(self, node, statement):
        if isinstance(node.target, ast.Name):
            self._use(statement, node.target.id, "r", node.target)
        self._children(node, statement)

    def _annotated(self, node, statement):
        # Python 3.14 does not work out the annotation here.
        if isinstance(node.target, ast.Name) and node.value is None:
            self._use(statement, node.target.id, "s", node.target, "annotation")
        else:
            self._later([node.target, node.value], statement)

    def _import(self, node, statement):
        for each in node.names:
            if each.name != "*":
                self._use(statement, each.asname or each.name.partition(".")[0], "b", each, "import")

    def _declare(self, node, statement):
        for name in node.names:
            self.scope.said.setdefault(mangled(self.scope, name), node.lineno)
            self._use(statement, name, "s", node)

    def _pattern(self, node, statement):
        name = node.rest if isinstance(node, ast.MatchMapping) else node.name
        if name is not None:
            # The if of the case may read it.
            node.binds_at = (node.lineno, node.col_offset)
            self._use(statement, name, "b", node, "pattern")
        self._children(node, statement)

    def _type_alias(self, node, statement):
        self._use(statement, node.name.id, "b", node.name, "assignment")


_VISITS = {
    ast.Name: Walk._name,
    ast.FunctionDef: Walk._function,
    ast.AsyncFunctionDef: Walk._function,
    ast.ClassDef: Walk._class,
    ast.Lambda: Walk._lambda,
    ast.GeneratorExp: Walk._comprehension,
    ast.For: Walk._for,
    ast.AsyncFor: Walk._for,
    ast.With: Walk._with,
    ast.AsyncWith: Walk._with,
    ast.ExceptHandler: Walk._except,
    ast.NamedExpr: Walk._walrus,
    ast.AugAssign: Walk._augmented,
    ast.AnnAssign: Walk._annotated,
    ast.Import: Walk._import,
    ast.ImportFrom: Walk._import,
    ast.Global: Walk._declare,
    ast.Nonlocal: Walk._declare,
    ast.MatchAs: Walk._pattern,
    ast.MatchStar: Walk._pattern,
    ast.MatchMapping: Walk._pattern,
    ast.TypeAlias: Walk._type_alias,
    **{each: Walk._comprehension for each in COMPREHENSIONS},
}


class _Place:
    """Where a name stands that is no node of its own."""

    def __init__(self, lineno, col_offset):
        self.lineno, self.col_offset = lineno, col_offset


def _at_name(node):
    return _Place(node.lineno, node.col_offset)


def _after(node):
    return _Place(node.end_lineno if isinstance(node, ast.expr) else node.lineno, 10_000)


def first_line(node):
    decorators = getattr(node, "decorator_list", None)
    return min([node.lineno, *(each.lineno for each in decorators or ())])


def _header(node):
    """First and last line of a statement without the statements inside."""
    if isinstance(node, ast.match_case):
        first = node.pattern.lineno
    else:
        first = first_line(node)
    body = getattr(node, "body", None) or getattr(node, "cases", None)
    if not isinstance(body, list):
        return first, node.end_lineno
    inner = body[0].pattern if isinstance(body[0], ast.match_case) else body[0]
    return first, max(first, getattr(node, "lineno", first), first_line(inner) - 1)


def parameters(given):
    rest = [each for each in (given.vararg, given.kwarg) if each is not None]
    return [*given.posonlyargs, *given.args, *given.kwonlyargs, *rest]


def comprehension_parts(node, statement):
    values = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    # A dict comprehension may leave its value out: {**each for each in many}.
    parts = [each for each in values if each is not None]
    for at, each in enumerate(node.generators):
        parts += [each.target, *each.ifs, *([each.iter] if at > 0 else [])]
    return [(each, statement) for each in parts]


def mangled(scope, name):
    """Two underscores in front make a name of a class its own."""
    if not name.startswith("__") or name.endswith("__"):
        return name
    while scope is not None and scope.kind != "class":
        scope = scope.around
    own = scope.name.lstrip("_") if scope is not None else ""
    return f"_{own}{name}" if own else name
