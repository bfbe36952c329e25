"""Where Python looks for each name of a program: the part that is known before it runs.

    result() -> {"scopes": {"scopes": [...], "statements": [...], "builtIn": [...]}}      (TraceScopes in trace.ts)

Python's own symtable says what a name of a function is; ast says in which line it stands. A comprehension has no
table of its own since it runs inside of its function, so its names are told apart here.
"""

import ast
import builtins
import symtable
import warnings

import statements

# Tables of symtable that are no scope of the notional machine: type parameters, annotations.
_REAL_TABLES = ("function", "class")
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
        except (RecursionError, SyntaxError):
            # Python compiles expressions that are too deep to be read as a tree, and `await` outside of functions, for
            # which its own tables of names have no switch.
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
        table = symtable.symtable(source, "<program>", "exec")
        self.scopes = [Scope(0, "Global", "global", tree, None, table)]
        self.statements = []
        # Table -> its inner tables that have found no scope yet.
        self.children = {}
        todo = [(self.scopes[0], [(each, None) for each in tree.body])]
        while todo:
            scope, nodes = todo.pop()
            todo += self._inner(scope, statements.Walk(scope, nodes, self.statements).inner)
        self.statements.sort(key=statements.Statement.place)

    # -- scopes inside of scopes --------------------------------------------------------------

    def _inner(self, scope, found):
        found.sort(key=lambda each: (each[0].lineno, each[0].col_offset))
        return [self._enter(scope, node, statement) for node, statement in found]

    def _enter(self, around, node, statement):
        """(the scope that `node` opens, what is to be walked in it)"""
        if isinstance(node, statements.COMPREHENSIONS):
            scope = self._add("comprehension", "comprehension", node, around, around.table)
            self._own(scope, node)
            return scope, statements.comprehension_parts(node, statement)
        if isinstance(node, ast.GeneratorExp):
            scope = self._add("<genexpr>", "generator", node, around)
            self._own(scope, node)
            own = statements.Statement(node.lineno, node.end_lineno, scope, self.statements)
            return scope, statements.comprehension_parts(node, own)
        if isinstance(node, ast.Lambda):
            scope = self._add("<lambda>", "lambda", node, around)
            body = [(node.body, statements.Statement(node.body.lineno, node.body.end_lineno, scope, self.statements))]
        else:
            kind = "class" if isinstance(node, ast.ClassDef) else "function"
            scope = self._add(node.name, kind, node, around)
            body = [(each, None) for each in node.body]
        if scope.kind != "class":
            # The call itself binds the parameters: its line is that of the def.
            given = statements.Statement(statements.first_line(node), node.lineno, scope, self.statements)
            given.is_call = True
            for each in statements.parameters(node.args):
                given.add(scope, each.arg, "b", each)
                scope.bound[statements.mangled(scope, each.arg)] = (each.lineno, "parameter")
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
        scope.own = frozenset(statements.mangled(scope, each.id) for each in names)
        for each in names:
            scope.bound.setdefault(statements.mangled(scope, each.id), (each.lineno, "for"))

    def scopes_of(self, codes):
        """Code object -> index of its scope."""
        by_line = {}
        for scope in self.scopes[1:]:
            if scope.kind != "comprehension":
                by_line.setdefault((scope.name, statements.first_line(scope.node)), []).append(scope)
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


def _stands_in(code, node):
    """Whether the code was compiled from this node: of two lambdas in one line."""
    places = [each for each in code.co_positions() if each[0] is not None and each[3]]
    if not places:
        return False
    line, _, column, _ = places[-1]
    return (node.lineno, node.col_offset) <= (line, column) <= (node.end_lineno, node.end_col_offset)
