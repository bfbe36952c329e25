"""Where Python looks for each name of a program: the part that is known before it runs.

    result() -> {"scopes": {"scopes": [...], "statements": [...], "builtIn": [...]}}      (TraceScopes in trace.ts)

Python's own symtable says what a name of a function is; ast says in which line it stands. A comprehension has no
table of its own since it runs inside of its function, so its names are told apart here. Nothing here calls itself:
a program may hold expressions inside one another by the thousand.
"""

import ast
import builtins
import symtable
import warnings

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp)
_BODIES = ("body", "orelse", "finalbody", "handlers", "cases")
# Tables of symtable that are no scope of the notional machine: type parameters, annotations.
_REAL_TABLES = ("function", "class")
_FIRST, _LAST = (0, 0), (10**9, 0)
_TABLE_NAMES = {"<lambda>": "lambda", "<genexpr>": "genexpr"}


class Scopes:
    """An extra (extras.py): adds `scopes` to the trace, and tells the tracer which scope each frame runs."""

    def __init__(self, source):
        self.source = source
        self.told = {}

    def start(self, tracer):
        try:
            with warnings.catch_warnings(action="ignore"):
                # Python has warned already, when it compiled the program.
                program = Program(self.source)
        except RecursionError:
            # Python compiles expressions that are too deep to be read as a tree.
            return
        tracer.scope_of = program.scopes_of(tracer.codes)
        self.told = {"scopes": program.told(tracer.hidden)}

    def stop(self):
        pass

    def result(self):
        return self.told


class Scope:
    """Global, one function, class body, lambda, generator expression or comprehension."""

    def __init__(self, index, name, kind, node, around, table):
        self.index, self.name, self.kind = index, name, kind
        self.node, self.around, self.table = node, around, table
        # name -> (line, how it is bound) and name -> line of its global or nonlocal statement
        self.bound, self.said, self.names = {}, {}, {}
        self.own = frozenset()

    def function(self):
        """The function around a comprehension or a generator expression: := in there gives its names to it."""
        scope = self
        while scope.kind in ("comprehension", "generator"):
            scope = scope.around
        return scope


class Program:
    def __init__(self, source):
        tree = ast.parse(source)
        table = symtable.symtable(source, "main.py", "exec")
        self.scopes = [Scope(0, "Global", "global", tree, None, table)]
        self.statements = []
        # Table -> its inner tables that have found no scope yet.
        self.children = {}
        todo = [(self.scopes[0], [(each, None) for each in tree.body])]
        while todo:
            scope, nodes = todo.pop()
            todo += self._inner(scope, _Walk(scope, nodes, self.statements).inner)
        self.statements.sort(key=Statement.place)

    # -- scopes inside of scopes --------------------------------------------------------------

    def _inner(self, scope, found):
        found.sort(key=lambda each: (each[0].lineno, each[0].col_offset))
        return [self._enter(scope, node, statement) for node, statement in found]

    def _enter(self, around, node, statement):
        """(the scope that `node` opens, what is to be walked in it)"""
        if isinstance(node, _COMPREHENSIONS):
            scope = self._add("comprehension", "comprehension", node, around, around.table)
            self._own(scope, node)
            return scope, _comprehension_parts(node, statement)
        if isinstance(node, ast.GeneratorExp):
            scope = self._add("<genexpr>", "generator", node, around)
            self._own(scope, node)
            return scope, _comprehension_parts(node, Statement(node.lineno, node.end_lineno, scope, self.statements))
        if isinstance(node, ast.Lambda):
            scope = self._add("<lambda>", "lambda", node, around)
            body = [(node.body, Statement(node.body.lineno, node.body.end_lineno, scope, self.statements))]
        else:
            kind = "class" if isinstance(node, ast.ClassDef) else "function"
            scope = self._add(node.name, kind, node, around)
            body = [(each, None) for each in node.body]
        if scope.kind != "class":
            # The call itself binds the parameters: its line is that of the def.
            given = Statement(_first_line(node), node.lineno, scope, self.statements)
            given.is_call = True
            for each in _parameters(node.args):
                given.add(scope, each.arg, "b", each)
                scope.bound[_mangled(scope, each.arg)] = (each.lineno, "parameter")
        return scope, body

    def _add(self, name, kind, node, around, table=None):
        scope = Scope(len(self.scopes), name, kind, node, around, table or self._table(around, name, node))
        self.scopes.append(scope)
        return scope

    def _table(self, around, name, node):
        left = self.children.get(around.table)
        if left is None:
            left = self.children[around.table] = _real_tables(around.table)
        wanted = _TABLE_NAMES.get(name, name)
        for table in left:
            if table.get_name() == wanted and table.get_lineno() == node.lineno:
                left.remove(table)
                return table
        return None

    def _own(self, scope, node):
        targets = [each for part in node.generators for each in ast.walk(part.target)]
        names = [each for each in targets if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)]
        scope.own = frozenset(_mangled(scope, each.id) for each in names)
        for each in names:
            scope.bound.setdefault(_mangled(scope, each.id), (each.lineno, "for"))

    def scopes_of(self, codes):
        """Code object -> index of its scope."""
        by_line = {}
        for scope in self.scopes[1:]:
            if scope.kind != "comprehension":
                by_line.setdefault((scope.name, _first_line(scope.node)), []).append(scope)
        found = {code: 0 for code, around in codes.items() if around is None}
        for code in codes:
            those = by_line.get((code.co_name, code.co_firstlineno), ())
            inside = [each for each in those if len(those) == 1 or _stands_in(code, each.node)]
            if inside:
                # Of lambdas inside one another the innermost is the last.
                found[code] = max(inside, key=lambda each: (each.node.lineno, each.node.col_offset)).index
        return found

    # -- names --------------------------------------------------------------------------------

    def told(self, given):
        statements = [each.told(self) for each in self.statements]
        used = {name for scope in self.scopes for name in scope.names}
        return {
            "scopes": [
                {
                    "name": scope.name,
                    "kind": scope.kind,
                    "around": scope.around and scope.around.index,
                    "names": scope.names,
                }
                for scope in self.scopes
            ],
            "statements": statements,
            "given": sorted(used & given),
            "builtIn": sorted(used & set(vars(builtins))),
        }

    def note(self, scope, name):
        """Writes down, once, what `name` is in `scope`."""
        if name not in scope.names:
            known = self._what(scope, name)
            scope.names[name] = {key: value for key, value in known.items() if value is not None}

    def _what(self, scope, name):
        if scope.kind == "comprehension":
            if name in scope.own:
                return {"how": "comprehension", "line": scope.bound[name][0]}
            around = scope.around
            while around.kind == "comprehension" and name not in around.own:
                around = around.around
            if around.kind != "class":
                return {**self._what(around, name), **({"owner": around.index} if name in around.own else {})}
            return self._further_out(around, name, around)
        symbol = _symbol(scope, name)
        line, by = scope.bound.get(name, (None, None))
        if scope.kind == "global":
            return {"how": "global", "line": line, "by": by}
        if symbol is not None and symbol.is_declared_global():
            line, by = self.scopes[0].bound.get(name, (line, by))
            return {"how": "declared", "said": scope.said.get(name), "line": line, "by": by}
        if symbol is not None and symbol.is_parameter():
            return {"how": "parameter", "line": line}
        # symtable gives the names of a comprehension to the function around it as well.
        if symbol is not None and symbol.is_local() and name in scope.bound:
            return {"how": "class" if scope.kind == "class" else "local", "line": line, "by": by}
        told = self._further_out(scope, name, scope.around)
        if symbol is not None and symbol.is_nonlocal():
            told["how"], told["said"] = "nonlocal", scope.said.get(name)
        return told

    def _further_out(self, scope, name, around):
        """Not bound in `scope`: the function around that binds it, or Global. Class bodies on the way are skipped."""
        skipped = None
        while around is not None and around.kind != "global":
            symbol = _symbol(around, name)
            if around.kind == "class":
                if name in around.bound:
                    skipped = around.name
            elif name in around.own or around.kind != "comprehension" and symbol is not None:
                if name in around.own or symbol.is_local() and name in around.bound:
                    line, by = around.bound.get(name, (None, None))
                    return {"how": "enclosing", "owner": around.index, "line": line, "by": by, "skips": skipped}
                if symbol.is_declared_global():
                    break
            around = around.around
        line, by = self.scopes[0].bound.get(name, (None, None))
        return {"how": "global", "line": line, "by": by, "skips": skipped}


class Statement:
    """The names of one statement in one frame: of a compound one without its body."""

    def __init__(self, line, end, scope, among):
        self.line, self.end, self.scope = line, end, scope
        self.is_call = False
        self.uses = []
        among.append(self)

    def add(self, scope, name, use, node):
        place, name = (node.lineno, node.col_offset), _mangled(scope, name)
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


class _Walk:
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
        held = _mangled(self.scope, name)
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
            self.scope.said.setdefault(_mangled(self.scope, name), node.lineno)
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
    ast.Name: _Walk._name,
    ast.FunctionDef: _Walk._function,
    ast.AsyncFunctionDef: _Walk._function,
    ast.ClassDef: _Walk._class,
    ast.Lambda: _Walk._lambda,
    ast.GeneratorExp: _Walk._comprehension,
    ast.For: _Walk._for,
    ast.AsyncFor: _Walk._for,
    ast.With: _Walk._with,
    ast.AsyncWith: _Walk._with,
    ast.ExceptHandler: _Walk._except,
    ast.NamedExpr: _Walk._walrus,
    ast.AugAssign: _Walk._augmented,
    ast.AnnAssign: _Walk._annotated,
    ast.Import: _Walk._import,
    ast.ImportFrom: _Walk._import,
    ast.Global: _Walk._declare,
    ast.Nonlocal: _Walk._declare,
    ast.MatchAs: _Walk._pattern,
    ast.MatchStar: _Walk._pattern,
    ast.MatchMapping: _Walk._pattern,
    ast.TypeAlias: _Walk._type_alias,
    **{each: _Walk._comprehension for each in _COMPREHENSIONS},
}


class _Place:
    """Where a name stands that is no node of its own."""

    def __init__(self, lineno, col_offset):
        self.lineno, self.col_offset = lineno, col_offset


def _at_name(node):
    return _Place(node.lineno, node.col_offset)


def _after(node):
    return _Place(node.end_lineno if isinstance(node, ast.expr) else node.lineno, 10_000)


def _first_line(node):
    decorators = getattr(node, "decorator_list", None)
    return min([node.lineno, *(each.lineno for each in decorators or ())])


def _header(node):
    """First and last line of a statement without the statements inside."""
    if isinstance(node, ast.match_case):
        first = node.pattern.lineno
    else:
        first = _first_line(node)
    body = getattr(node, "body", None) or getattr(node, "cases", None)
    if not isinstance(body, list):
        return first, node.end_lineno
    inner = body[0].pattern if isinstance(body[0], ast.match_case) else body[0]
    return first, max(first, getattr(node, "lineno", first), _first_line(inner) - 1)


def _parameters(given):
    rest = [each for each in (given.vararg, given.kwarg) if each is not None]
    return [*given.posonlyargs, *given.args, *given.kwonlyargs, *rest]


def _comprehension_parts(node, statement):
    values = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    # A dict comprehension may leave its value out: {**each for each in many}.
    parts = [each for each in values if each is not None]
    for at, each in enumerate(node.generators):
        parts += [each.target, *each.ifs, *([each.iter] if at > 0 else [])]
    return [(each, statement) for each in parts]


def _real_tables(table):
    """The tables of functions and classes inside, also those that stand in type parameters."""
    found, todo = [], list(table.get_children())
    while todo:
        child = todo.pop(0)
        if str(child.get_type()) in _REAL_TABLES:
            found.append(child)
        elif child.get_name() != "__annotate__":
            todo = child.get_children() + todo
    return found


def _symbol(scope, name):
    if scope.table is None:
        return None
    try:
        return scope.table.lookup(name)
    except KeyError:
        return None


def _mangled(scope, name):
    """Two underscores in front make a name of a class its own."""
    if not name.startswith("__") or name.endswith("__"):
        return name
    while scope is not None and scope.kind != "class":
        scope = scope.around
    own = scope.name.lstrip("_") if scope is not None else ""
    return f"_{own}{name}" if own else name


def _stands_in(code, node):
    """Whether the code was compiled from this node: of two lambdas in one line."""
    places = [each for each in code.co_positions() if each[0] is not None and each[3]]
    if not places:
        return False
    line, _, column, _ = places[-1]
    return (node.lineno, node.col_offset) <= (line, column) <= (node.end_lineno, node.end_col_offset)
