"""The expressions of a program, and which instructions of its bytecode work each of them out.

    2 * double(n)       LOAD_GLOBAL  double    part of the call
                        LOAD_FAST    n         gives n
                        CALL         1         gives double(n)
                        BINARY_OP    *         gives 2 * double(n)

Python keeps the place in the text of every instruction. Most expressions end with an instruction at their own
place, which leaves the value on the stack. A few are never on the stack, since Python jumps instead: `a and b` in an
if is the last of its parts that was looked at.
"""

import ast
import itertools

import _opcode_metadata

_NAMES = {number: name for name, number in _opcode_metadata.opmap.items()}

# Expressions whose value is worth a step of its own.
SHOWN = (
    *(ast.Name, ast.Attribute, ast.Subscript, ast.Call, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp),
    *(ast.List, ast.Tuple, ast.Dict, ast.Set, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
    *(ast.JoinedStr, ast.TemplateStr, ast.NamedExpr, ast.Lambda, ast.Await, ast.Yield, ast.YieldFrom),
)
INLINED = (ast.ListComp, ast.SetComp, ast.DictComp)
LOOPS = (*INLINED, ast.GeneratorExp)
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

_LOADS = frozenset(
    ("LOAD_FAST", "LOAD_FAST_BORROW", "LOAD_FAST_CHECK", "LOAD_NAME", "LOAD_GLOBAL", "LOAD_DEREF")
    + ("LOAD_FROM_DICT_OR_DEREF", "LOAD_FROM_DICT_OR_GLOBALS")
)
# Where StopIteration is no error.
_ITERATES = frozenset(("FOR_ITER", "SEND"))
# Two steps in one instruction: the second one is a load of a name that has lost its place.
_DOUBLE_LOADS = frozenset(("LOAD_FAST_LOAD_FAST", "LOAD_FAST_BORROW_LOAD_FAST_BORROW"))
_DOUBLE = _DOUBLE_LOADS | {"STORE_FAST_LOAD_FAST"}
_CONSTANTS = frozenset(("LOAD_CONST", "LOAD_SMALL_INT"))
_LIST = frozenset(("BUILD_LIST", "LIST_EXTEND", "LIST_APPEND"))
_TEXT = frozenset(("BUILD_STRING", "FORMAT_SIMPLE", "FORMAT_WITH_SPEC", "CALL"))
# A comprehension puts back the names that it had taken.
_RESTORES = frozenset(("STORE_FAST", "STORE_FAST_STORE_FAST", "STORE_FAST_LOAD_FAST", "STORE_DEREF"))
# What leaves the value of an expression on the stack.
GIVES = {
    ast.Name: _LOADS | _DOUBLE_LOADS,
    ast.Attribute: frozenset(("LOAD_ATTR", "LOAD_SUPER_ATTR")),
    ast.Subscript: frozenset(("BINARY_OP", "BINARY_SLICE")),
    ast.Call: frozenset(("CALL", "CALL_KW", "CALL_FUNCTION_EX")),
    # "%s" % x is put together as f"{x}" is.
    ast.BinOp: frozenset(("BINARY_OP", *_TEXT)) - {"CALL"},
    # `not a in b` is worked out as `a not in b`.
    ast.UnaryOp: frozenset(
        ("UNARY_NEGATIVE", "UNARY_INVERT", "UNARY_NOT", "CALL_INTRINSIC_1", "IS_OP", "CONTAINS_OP")
    ),
    ast.Compare: frozenset(("COMPARE_OP", "IS_OP", "CONTAINS_OP")),
    ast.List: _LIST,
    ast.Tuple: _LIST | {"BUILD_TUPLE", "CALL_INTRINSIC_1"},
    ast.Set: frozenset(("BUILD_SET", "SET_UPDATE", "SET_ADD")),
    ast.Dict: frozenset(("BUILD_MAP", "DICT_UPDATE", "MAP_ADD")),
    **dict.fromkeys(INLINED, frozenset(("POP_ITER", "END_ASYNC_FOR"))),
    ast.GeneratorExp: frozenset(("CALL",)),
    ast.JoinedStr: _TEXT,
    ast.TemplateStr: frozenset(("BUILD_TEMPLATE",)),
    ast.Lambda: frozenset(("MAKE_FUNCTION", "SET_FUNCTION_ATTRIBUTE")),
    ast.Await: frozenset(("END_SEND",)),
    # What is sent lies there when the frame goes on.
    ast.Yield: frozenset(("YIELD_VALUE",)),
    ast.YieldFrom: frozenset(("END_SEND",)),
    ast.Constant: _CONSTANTS,
}

# These stand at the place of an expression and use its value: they belong to what is around it.
_TAKES = frozenset(
    ("TO_BOOL", "GET_ITER", "GET_AITER", "GET_ANEXT", "FOR_ITER", "POP_ITER", "END_FOR", "END_ASYNC_FOR", "POP_TOP")
    + ("CONVERT_VALUE", "FORMAT_SIMPLE", "FORMAT_WITH_SPEC", "PUSH_NULL", "LOAD_SPECIAL", "COPY", "SWAP")
    + ("YIELD_VALUE", "CHECK_EG_MATCH", "CHECK_EXC_MATCH")
    + ("POP_JUMP_IF_TRUE", "POP_JUMP_IF_FALSE", "POP_JUMP_IF_NONE", "POP_JUMP_IF_NOT_NONE")
    + ("STORE_FAST", "STORE_NAME", "STORE_GLOBAL", "STORE_DEREF", "STORE_FAST_STORE_FAST", "UNPACK_SEQUENCE")
)
_JUMPS_ON_NONE = frozenset(("POP_JUMP_IF_NONE", "POP_JUMP_IF_NOT_NONE"))
_TRUTHS = frozenset(("POP_JUMP_IF_TRUE", "POP_JUMP_IF_FALSE"))
# Into the list that a comprehension makes; the lists of `[*a, b]` lie on top of the stack.
_COLLECTS = frozenset(("LIST_APPEND", "SET_ADD"))
# Instructions that take nothing and give nothing.
_SILENT = frozenset(
    ("EXTENDED_ARG", "RESUME", "NOP", "NOT_TAKEN")
    + ("JUMP_FORWARD", "JUMP_BACKWARD", "JUMP_BACKWARD_NO_INTERRUPT")
)
# What `with` does at the place of its manager, before it calls __enter__ and __exit__.
_OF_WITH = frozenset(("LOAD_SPECIAL", "LOAD_CONST"))
# What an expression does at its own place, although it looks like a use of its value.
_OWN = {
    **dict.fromkeys(INLINED, _RESTORES | {"SWAP", "COPY"}),
    ast.BoolOp: _TRUTHS | {"COPY", "TO_BOOL"},
    ast.Compare: _JUMPS_ON_NONE,
    ast.NamedExpr: frozenset(("COPY",)),
    **dict.fromkeys((ast.Await, ast.Yield, ast.YieldFrom), frozenset(("YIELD_VALUE",))),
}
_OWN_OF_CHAIN = _TRUTHS | {"COPY", "SWAP", "TO_BOOL", "POP_TOP"}
# Python works these out once and for all when all of their parts are constants.
_FOLDED = (ast.Constant, ast.BinOp, ast.UnaryOp, ast.Tuple, ast.Subscript, ast.JoinedStr)

# What is looked at before an instruction runs.
TRUTH, IS_NONE = "truth", "is none"


class Node:
    """One expression."""

    def __init__(self, node, parent, number, place, is_condition):
        self.kind = type(node)
        self.parent = parent
        # Its index in what is told; -1 for constants, which are what they are.
        self.number = number
        self.place = place
        # Python jumps by its truth: what only joins others is never on the stack.
        self.is_condition = is_condition
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
            if not each.is_condition or each.kind not in PASSING and not each.is_not:
                break
            each.is_seen = False


class Step:
    """One instruction."""

    __slots__ = ("at", "owner", "gives", "depth", "folded", "second", "applies", "before", "count", "iterates", "is_silent")

    def __init__(self, at, owner, is_silent=False):
        # The expression at its place, where an exception is shown, and the one that it works for.
        self.at = at
        self.owner = owner
        # Whether it leaves the value of its owner on the stack.
        self.gives = False
        # How deep that lies: a name that is loaded for a call may bring an empty place with it, on top.
        self.depth = 0
        # The parts of a constant that Python worked out before the program ran, inner ones first: (node, value).
        self.folded = ()
        # The name that it loads too, on top of that.
        self.second = None
        # (statement, layer) of a decorator that is called here.
        self.applies = None
        self.before = None
        # How many arguments lie on the stack when it calls something.
        self.count = None
        self.iterates = False
        self.is_silent = is_silent


class Around:
    """What a walk through the tree knows of the part that it comes to."""

    def __init__(self, statement, parent=None, loop=-1, is_condition=False):
        self.statement, self.parent, self.loop, self.is_condition = statement, parent, loop, is_condition


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
            self._note_decorators(node, statement)
            return _parts(node, Around(statement))
        is_value = isinstance(node, (*SHOWN, ast.Constant)) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
        if is_value and not hasattr(node, "is_format"):
            return self._expression(node, place, around)
        if place is not None:
            self.inside.setdefault(place, around.parent)
        return _parts(node, around)

    def _statement(self, node, kind):
        shown = node.pattern if isinstance(node, ast.match_case) else node
        start, end = self.places.range(shown)
        if shown is not node:
            start = self.places.text.rfind("case", 0, start)
        self.statements.append({"start": start, "end": end, "line": shown.lineno, "kind": kind})
        return len(self.statements) - 1

    def _note_decorators(self, node, statement):
        decorators = getattr(node, "decorator_list", None)
        if decorators:
            texts = [" ".join(self.places.cut(each).split()) for each in decorators]
            kind = "class" if isinstance(node, ast.ClassDef) else "function"
            self.statements[statement].update(name=node.name, decorators=texts, defines=kind)
            for at, each in enumerate(decorators):
                self.decorators[_place(each)] = statement, len(decorators) - at

    def _expression(self, node, place, around):
        number = -1 if isinstance(node, ast.Constant) else len(self.nodes)
        made = self.at[place] = Node(node, around.parent, number, place, around.is_condition)
        made.is_spread = place in self.spreads
        if number >= 0:
            start, end = self.places.range(node)
            parent = -1 if around.parent is None else around.parent.number
            told = {"start": start, "end": end, "statement": around.statement, "parent": parent, "loop": around.loop}
            self.nodes.append(told)
        if around.is_condition and around.parent is not None and made.is_constant:
            around.parent.forget()
        if hasattr(node, "is_test"):
            around.parent.test = made
        loop = number if isinstance(node, LOOPS) else around.loop
        inner = Around(around.statement, made, loop, around.is_condition)
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

    # -- the instructions -----------------------------------------------------------------------

    def steps(self, code):
        """Index of an instruction of that code -> Step."""
        found, places = {}, [*code.co_positions()]
        argument, awaits, before = 0, 0, ("", None)
        for at, (number, low) in enumerate(itertools.batched(code.co_code, 2)):
            name, place = _NAMES[number], places[at]
            argument = argument << 8 | low
            if name == "CACHE":
                # Room that belongs to the instruction before: an exception may say that it comes from there.
                found[at] = found[at - 1]
            elif name in _SILENT or place[2] is None:
                found[at] = Step(None, None, is_silent=name in _SILENT)
            else:
                awaits = argument if name == "GET_AWAITABLE" else awaits
                found[at] = self._step(code, name, argument, place, before, is_of_with=awaits > 0)
                before = name, place
            if name != "EXTENDED_ARG":
                argument = 0
        return found

    def _step(self, code, name, argument, place, before, is_of_with):
        node = self.at.get(place)
        is_none = name == "LOAD_CONST" and code.co_consts[argument] is None
        owner = self._owner(name, is_none, argument, place, node, before)
        # A generator that is closed is left where it waits: that is no fault of what it gave.
        is_waiting = name == "YIELD_VALUE" and owner is not node
        step = Step(None if is_waiting else node or owner, owner)
        step.iterates = name in _ITERATES
        step.depth = argument & 1 if name == "LOAD_GLOBAL" else 0
        if name in ("CALL", "CALL_KW"):
            # The names of CALL_KW lie on top.
            step.count = argument + (name == "CALL_KW")
        if name in _DOUBLE:
            step.second = self._next_load(place, code.co_varnames[argument & 15])
        if name in _TRUTHS:
            step.before = TRUTH
        if name == "CALL" and place in self.decorators and not _is_within(before[1], place):
            step.owner, step.applies = None, self.decorators[place]
        elif name in _JUMPS_ON_NONE and owner is not None and owner is node:
            step.before = IS_NONE
            owner.is_seen = True
        elif owner is not None:
            step.gives = self._gives(name, place, owner, is_of_with)
            if step.gives and name in _CONSTANTS and owner.is_constant:
                step.folded = self._folded(place)
        for each in (step.gives and owner, step.second):
            if each:
                each.is_seen = True
        return step

    def _gives(self, name, place, owner, is_of_with):
        is_own = self.at.get(place) is owner
        if name in _CONSTANTS and is_own:
            return owner.is_constant
        if self.called.get(place) is owner:
            # any(), all() and tuple() of a generator run as a loop: what they give is loaded here.
            return name in _CONSTANTS or name == "CALL_INTRINSIC_1"
        if name not in GIVES.get(owner.kind, ()):
            return False
        if owner.kind is ast.Await and is_of_with:
            return False
        return is_own or owner.kind not in (ast.Call, ast.Name, ast.GeneratorExp)

    def _folded(self, place):
        found = []
        for other, part in self.order[self.order_at[place] + 1 :]:
            if not _is_within(other, place):
                break
            node = self.at.get(other)
            if node is not None and node.number >= 0:
                node.is_seen = True
                found.append((node, eval(compile(ast.Expression(part), "constant", "eval"))))
        # In the order of their ends the inner parts come first, from left to right.
        return sorted(found, key=lambda each: (each[0].place[1], each[0].place[3], -each[0].number))

    def _owner(self, name, is_none, argument, place, node, before):
        """The innermost expression that an instruction works for; None = a statement."""
        if name == "RETURN_VALUE":
            return None
        if node is None:
            return self.called.get(place) or self._around(place)
        if is_none and node.kind not in (ast.Constant, ast.Await, ast.YieldFrom):
            # A function that just ends gives None back, and does so at the place of the last expression.
            return None
        own = _OWN_OF_CHAIN if node.is_chain else _OWN.get(node.kind, ())
        is_own = name in own or node.is_not and name == "TO_BOOL"
        if node.kind is ast.BoolOp and name == "POP_TOP":
            # `a and b` drops a when it goes on to b.
            is_own = before[0] in _TRUTHS
        is_of_with = name == "CALL" and before[0] in _OF_WITH and before[1] == place
        if not is_own and (name in _TAKES or is_of_with or name in _COLLECTS and argument > 1):
            return node.parent
        return node

    def _around(self, place):
        if place not in self.inside:
            around = [each for each in self.at if _is_within(place, each)]
            # The one that begins last is the innermost.
            innermost = max(around, key=lambda each: (each[0], each[2], -each[1], -each[3]), default=None)
            self.inside[place] = self.at.get(innermost)
        return self.inside[place]

    def _next_load(self, place, variable):
        """The node of the name that is loaded right after what stands at `place`; None when it is no step."""
        for other, node in self.order[self.order_at.get(place, len(self.order)) :]:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and not _is_within(other, place):
                # In a class a private name is called _Class__name.
                if node.id == variable or node.id[:2] == "__" and variable.endswith(node.id):
                    return self.at.get(other)
        return None


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
        inner = Around(around.statement, around.parent, around.loop, is_condition)
        for each in held if isinstance(held, list) else [held]:
            if field not in WAITING and isinstance(each, ast.AST):
                if field == "format_spec":
                    each.is_format = True
                found.append((each, inner))
    return found


def _is_constant(node):
    """Whether Python knows its value before the program runs."""
    if not isinstance(node, _FOLDED):
        return False
    return all(not isinstance(each, SHOWN) or isinstance(each, _FOLDED) for each in ast.walk(node))


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


def _is_within(inner, outer):
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
