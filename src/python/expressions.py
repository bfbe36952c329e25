"""Sees the values inside of expressions: of every name, call and operation, in the order in which Python comes to it.

CPython keeps these values on a stack that nobody can read. So the program that runs is compiled from a copy of its
tree, in which each expression passes through seen(number, value). The learner's text stays as it is, and so do all
positions: lines, errors and steps are those of the program as it stands.

    2 * double(n)   ->   seen(0, 2 * seen(1, double(seen(2, n))))
    @outer          ->   @layer(0, 1) @seen(3, outer) @layer(0, 0)       what stands between two decorators
"""

import ast
import builtins
import sys

import show
import tracer
import waiting

EVALUATIONS_MAX = 20_000
CALLS_MAX = tracer.CALLS_MAX
SEEN, STAR, LAYER = "__stacklab_seen__", "__stacklab_star__", "__stacklab_layer__"
TOOL = 4
NAME = "stacklab expressions"
GENERATES = 0x20 | 0x80 | 0x200

_monitoring = sys.monitoring
_len = len
_items_of = (list, tuple, range, str, set, frozenset, dict)


class Expressions:
    def __init__(self, source):
        self.source = source
        self.watch = None
        self.nodes = []
        self.statements = []
        # Place of an expression -> its number; code object -> the places of its instructions.
        self.calls_at = {}
        self.positions = {}
        self.evaluations = []
        self.calls = []
        self.layers = []
        self.open = None
        self.is_cut = False

    # -- the tree -----------------------------------------------------------------------------

    def compile(self, source, file):
        tree = ast.parse(source, file)
        places = _Places(source)
        tree = _Wrap(self, places).visit(tree)
        return compile(ast.fix_missing_locations(tree), file, "exec", waiting.TOP_LEVEL, dont_inherit=True)

    # -- the run ------------------------------------------------------------------------------

    def start(self, watch):
        self.watch = watch
        for name, function in ((SEEN, self._seen), (STAR, self._star), (LAYER, self._layer)):
            setattr(builtins, name, function)
        watch.listener = self
        _monitoring.use_tool_id(TOOL, NAME)
        _monitoring.register_callback(TOOL, _monitoring.events.RAISE, self._on_raise)
        _monitoring.set_events(TOOL, _monitoring.events.RAISE)

    def stop(self):
        for name in (SEEN, STAR, LAYER):
            if hasattr(builtins, name):
                delattr(builtins, name)
        if _monitoring.get_tool(TOOL) == NAME:
            _monitoring.clear_tool_id(TOOL)
            _monitoring.free_tool_id(TOOL)

    def result(self):
        return {
            "expressions": {
                "nodes": self.nodes,
                "statements": self.statements,
                "evaluations": self.evaluations,
                "calls": self.calls,
                "layers": self.layers,
                "isCut": self.is_cut,
            }
        }

    def _is_over(self):
        over = self.watch.cut or not self.watch.stack or not self.watch.steps
        if not over and _len(self.evaluations) >= EVALUATIONS_MAX:
            over = self.is_cut = True
        return over

    def _seen(self, number, value):
        if not self._is_over():
            self._note(number, self.watch._value(value))
            self.watch.stack[-1].setdefault("ids", {})[number] = id(value)
        return value

    def _star(self, number, value):
        """What `*value` spreads. An iterator can be asked once only: what it gave is handed on."""
        if type(value) not in _items_of and hasattr(type(value), "__iter__"):
            value = tuple(value)
        if not self._is_over():
            drawn = dict(self.watch._value(value))
            if isinstance(value, dict):
                drawn["pairs"] = [[show.show(key), self.watch._value(each)] for key, each in value.items()]
            if type(value) in _items_of:
                drawn["items"] = [self.watch._value(each) for each in value]
            self.watch.stack[-1].setdefault("values", {})[number] = drawn
        return value

    def _note(self, number, drawn):
        entry = self.watch.stack[-1]
        entry.setdefault("values", {})[number] = drawn
        self.evaluations.append([number, _len(self.watch.steps) - 1, entry["record"]["id"], drawn])

    def _layer(self, at, number):
        def note(value):
            if not self._is_over():
                self.layers.append(
                    {
                        "statement": at,
                        "layer": number,
                        "step": _len(self.watch.steps) - 1,
                        "evaluation": _len(self.evaluations),
                        "value": self.watch._value(value),
                        "about": _about(value, self.watch),
                    }
                )
            return value

        return note

    def _on_raise(self, code, offset, error):
        if code not in self.watch.codes or self._is_over() or self.watch._top_code() is not code:
            return
        words = {"type": type(error).__name__, "message": tracer._message(error)}
        if self.open is not None and self.open["error"] is None and isinstance(error, TypeError):
            self.open["error"] = words
        self.open = None
        number = self._node_at(code, offset)
        frame = self.watch.stack[-1]["record"]["id"]
        self.evaluations.append([number, _len(self.watch.steps) - 1, frame, {"error": words}])

    def _node_at(self, code, offset):
        if code not in self.positions:
            self.positions[code] = [*code.co_positions()]
        places = self.positions[code]
        return self.calls_at.get(places[offset // 2], -1) if offset // 2 < _len(places) else -1

    # -- calls, told by the tracer -------------------------------------------------------------

    def called(self, code, offset, function, argument):
        """Some code calls something. The values of its arguments have been seen just now."""
        self.open = None
        if code not in self.watch.codes or self._is_over() or _len(self.calls) >= CALLS_MAX:
            return
        target, bound = _target(function)
        if target is None or target.__code__ not in self.watch.codes:
            return
        number = self._node_at(code, offset)
        entry = self.watch.stack[-1]
        if bound is None and number >= 0:
            # `patient.age()` calls the function of the class, and hands the object over in front.
            receiver = self.nodes[number].get("receiver", -1)
            if entry.get("ids", {}).get(receiver) == id(argument) and type(argument) is not type(sys):
                bound = "self"
        self.open = {
            "node": number,
            "functionId": self.watch.functions[self.watch._function(target)]["id"],
            "callerId": entry["record"]["id"],
            "step": _len(self.watch.steps) - 1,
            "evaluation": _len(self.evaluations),
            "self": bound,
            "arguments": self._arguments(number, entry),
            "frameId": None,
            "isGenerator": bool(target.__code__.co_flags & GENERATES),
            "defaults": self._defaults(target),
            "error": None,
        }
        self.calls.append(self.open)

    def started(self, record):
        """A frame of the program was made: the call that was open has bound its arguments."""
        if self.open is not None and self.open["functionId"] == record["functionId"]:
            self.open["frameId"] = record["id"]
        self.open = None

    def _arguments(self, number, entry):
        # A decorator is called by its line, with what stands below it.
        if number < 0 or "arguments" not in self.nodes[number]:
            return None
        values, told = entry.get("values", {}), []
        for how, name, node, constant in self.nodes[number]["arguments"]:
            value = constant if node < 0 else values.get(node)
            told.append({"how": how, "name": name, "value": value})
        return told

    def _defaults(self, function):
        code = function.__code__
        names = code.co_varnames[: code.co_argcount]
        given = function.__defaults__ or ()
        defaults = dict(zip(names[_len(names) - _len(given) :], given))
        defaults.update(function.__kwdefaults__ or {})
        return {name: self.watch._value(each) for name, each in defaults.items()}


def _target(function):
    """(the function that a call runs, what it puts in front of the arguments: a word for it, or None)"""
    if show.is_function(function):
        return function, None
    bound = getattr(function, "__func__", None) if type(function) is tracer.types.MethodType else None
    if show.is_function(bound):
        return bound, "self"
    kind = function if isinstance(function, type) else type(function)
    name = "__init__" if isinstance(function, type) else "__call__"
    for each in kind.__mro__:
        method = vars(each).get(name)
        if method is not None:
            return (method, "self") if show.is_function(method) else (None, None)
    return None, None


def _about(value, watch):
    """What a decorated name tells of itself, without running code of the program."""
    if not show.is_function(value):
        return {"name": None, "doc": None, "wraps": None, "type": show.name_of_type(value)}
    doc = value.__doc__
    inner = value.__dict__.get("__wrapped__")
    return {
        "name": value.__name__,
        "doc": doc.split("\n")[0] if type(doc) is str else None,
        "wraps": watch._value(inner) if inner is not None else None,
        "type": "function",
    }


class _Places:
    """From a line and a count of bytes, as trees have them, to a place in the text, counted as JavaScript counts."""

    def __init__(self, source):
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


def _units(text):
    return _len(text.encode("utf-16-le")) // 2


# Expressions whose value is worth a step of its own. Constants are what they are.
_WRAPPED = (
    *(ast.Name, ast.Attribute, ast.Subscript, ast.Call, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp),
    *(ast.List, ast.Tuple, ast.Dict, ast.Set, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
    *(ast.JoinedStr, ast.NamedExpr, ast.Lambda, ast.Await, ast.Yield, ast.YieldFrom),
)
_LOOPS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_NOT_VALUES = ("annotation", "returns", "type_params", "format_spec", "type_comment", "pattern", "target", "targets")


class _Wrap(ast.NodeTransformer):
    def __init__(self, expressions, places):
        self.into = expressions
        self.places = places
        self.statement = -1
        self.parent = -1
        self.loop = -1

    def generic_visit(self, node):
        for field, old in ast.iter_fields(node):
            if field in _NOT_VALUES and not self._holds_values(field, old):
                continue
            if isinstance(old, list):
                old[:] = [self._visited(each) for each in old]
            elif isinstance(old, ast.AST):
                setattr(node, field, self._visited(old))
        return node

    @staticmethod
    def _holds_values(field, old):
        # In `rows[i].name = 1` the parts left of the last dot are looked up.
        parts = old if isinstance(old, list) else [old]
        return field in ("target", "targets") and all(isinstance(each, (ast.Subscript, ast.Attribute)) for each in parts)

    def _visited(self, node):
        return self.visit(node) if isinstance(node, ast.AST) else node

    def visit(self, node):
        if isinstance(node, ast.stmt):
            return self._visit_statement(node)
        if isinstance(node, _WRAPPED) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
            return self._wrapped(node)
        return super().visit(node)

    def _visit_statement(self, node):
        outer = self.statement, self.parent, self.loop
        self.statement, self.parent, self.loop = self._new_statement(node, "statement"), -1, -1
        decorators = getattr(node, "decorator_list", None)
        if decorators:
            self.into.statements[self.statement]["name"] = node.name
            node.decorator_list = []
        node = self.generic_visit(node)
        if decorators:
            node.decorator_list = self._with_layers(decorators)
        self.statement, self.parent, self.loop = outer
        return node

    def _new_statement(self, node, kind):
        start, end = self.places.range(node)
        self.into.statements.append({"start": start, "end": end, "line": node.lineno, "kind": kind})
        return _len(self.into.statements) - 1

    def _with_layers(self, decorators):
        count = _len(decorators)
        texts = [ast.unparse(each) for each in decorators]
        self.into.statements[self.statement]["decorators"] = texts
        wrapped = [self._visited(each) for each in decorators]
        layered = []
        for at, decorator in enumerate(wrapped):
            below = self._call(LAYER, [ast.Constant(self.statement), ast.Constant(count - at)], decorator)
            layered += [below, decorator]
        layered.append(self._call(LAYER, [ast.Constant(self.statement), ast.Constant(0)], wrapped[-1]))
        return layered

    def _wrapped(self, node):
        number = _len(self.into.nodes)
        start, end = self.places.range(node)
        self.into.nodes.append(
            {"start": start, "end": end, "statement": self.statement, "parent": self.parent, "loop": self.loop}
        )
        key = (node.lineno, node.end_lineno, node.col_offset, node.end_col_offset)
        self.into.calls_at[key] = number
        outer = self.parent, self.statement, self.loop
        self.parent = number
        if isinstance(node, _LOOPS):
            self.loop = number
        if isinstance(node, ast.Lambda):
            node.args = self._visited(node.args)
            self.parent, self.loop = -1, -1
            self.statement = self._new_statement(node.body, "lambda")
            node.body = self._visited(node.body)
        elif isinstance(node, ast.Call):
            self._visit_call(node, number)
        else:
            node = self.generic_visit(node)
        self.parent, self.statement, self.loop = outer
        return self._call(SEEN, [ast.Constant(number), node], node)

    def _visit_call(self, node, number):
        # The name of the function is no step, but what it is looked up in may be: `rows` in rows.append(1).
        if isinstance(node.func, ast.Name):
            pass
        elif isinstance(node.func, ast.Attribute):
            self.into.nodes[number]["receiver"] = self._argument(node.func.value)[0]
            node.func.value = self._visited(node.func.value)
        else:
            node.func = self._visited(node.func)
        arguments = []
        for at, each in enumerate(node.args):
            if isinstance(each, ast.Starred):
                arguments.append(self._spread(each, "star"))
            else:
                arguments.append(("position", None, *self._argument(each)))
                node.args[at] = self._visited(each)
        for keyword in node.keywords:
            if keyword.arg is None:
                arguments.append(self._spread(keyword, "mapping"))
            else:
                arguments.append(("name", keyword.arg, *self._argument(keyword.value)))
                keyword.value = self._visited(keyword.value)
        self.into.nodes[number]["arguments"] = arguments

    def _argument(self, node):
        """(number of the node, or -1; what a constant is)"""
        if isinstance(node, ast.Constant):
            return -1, {"text": show.show(node.value), "type": show.name_of_type(node.value)}
        return (_len(self.into.nodes) if isinstance(node, _WRAPPED) else -1), None

    def _spread(self, holder, how):
        number = _len(self.into.nodes)
        start, end = self.places.range(holder.value)
        self.into.nodes.append(
            {"start": start, "end": end, "statement": self.statement, "parent": self.parent, "loop": self.loop}
        )
        self.parent, outer = number, self.parent
        inner = self._visited(holder.value)
        self.parent = outer
        holder.value = self._call(STAR, [ast.Constant(number), inner], inner)
        return how, None, number, None

    @staticmethod
    def _call(name, arguments, at):
        call = ast.copy_location(ast.Call(ast.Name(name, ast.Load()), arguments, []), at)
        first = _first(at)
        for each in (call.func, *arguments):
            if not hasattr(each, "lineno"):
                ast.copy_location(each, first)
        return call


# Where the first instruction of an expression stands that goes over several lines.
_FIRST = {
    ast.Attribute: "value",
    ast.Subscript: "value",
    ast.Call: "func",
    ast.BinOp: "left",
    ast.Compare: "left",
    ast.UnaryOp: "operand",
    ast.IfExp: "test",
}


def _first(node):
    while True:
        if isinstance(node, ast.BoolOp):
            node = node.values[0]
        elif isinstance(node, (ast.List, ast.Tuple, ast.Set)) and node.elts:
            node = node.elts[0]
        elif isinstance(node, ast.Dict) and node.keys:
            node = node.keys[0] or node.values[0]
        elif isinstance(node, _LOOPS):
            node = node.generators[0].iter
        elif type(node) in _FIRST:
            node = getattr(node, _FIRST[type(node)])
        else:
            return node
