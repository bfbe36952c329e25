"""Which instructions of the bytecode give the values of which expressions.

    2 * double(n)       LOAD_GLOBAL  double    part of the call
                        LOAD_FAST    n         gives n
                        CALL         1         gives double(n)
                        BINARY_OP    *         gives 2 * double(n)

Python keeps the place in the text of every instruction. Most expressions end with an instruction at their own
place, which leaves the value on the stack. A few are never on the stack, since Python jumps instead: `a and b` in an
if is the last of its parts that was looked at. The rules are those of CPython 3.14's Python/codegen.c and flowgraph.c.
"""

import ast
import collections
import itertools

import _opcode_metadata
from expression_tree import FOLDED, INLINED, is_within

_NAMES = {number: name for name, number in _opcode_metadata.opmap.items()}
NOTHING = object()

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

# They bind a name, or take it away.
_BOUND = ("NAME", "GLOBAL", "FAST", "DEREF")
BINDS = tuple(f"{does}_{what}" for does in ("STORE", "DELETE") for what in _BOUND)
# What is looked at before an instruction runs.
TRUTH, IS_NONE = "truth", "is none"


class Step:
    """One instruction."""

    __slots__ = (
        *("at", "owner", "gives", "depth", "folded", "second", "applies", "before", "count", "iterates", "is_silent"),
        *("statement", "stores"),
    )

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
        # The statement that binds or defines something at its place.
        self.statement = None
        # (kind of instruction, its names, the one on top of the stack first), when it binds names or takes them away.
        self.stores = None


class Instruction(collections.namedtuple("Instruction", "name argument place constant")):
    """As it stands in the code; `constant` is what it loads, or NOTHING."""


def steps_of(tree, code):
    """Index of an instruction of that code -> Step."""
    found, places = {}, [*code.co_positions()]
    argument, is_of_with, before, last = 0, False, Instruction("", 0, None, NOTHING), None
    for at, (number, low) in enumerate(itertools.batched(code.co_code, 2)):
        name, place = _NAMES[number], places[at]
        argument = argument << 8 | low
        if name == "CACHE":
            # Room that belongs to the instruction before: an exception may say that it comes from there.
            found[at] = found[at - 1]
        elif name in _SILENT or place[2] is None:
            found[at] = Step(None, None, is_silent=name in _SILENT)
        else:
            if name == "GET_AWAITABLE":
                is_of_with = argument > 0
            if name in _TRUTHS and before.place is not None and not is_within(before.place, place):
                # In `[x for x in m if not a]` Python turns the jump round, and gives it the place of x.
                place = before.place
            constant = code.co_consts[argument] if name == "LOAD_CONST" else NOTHING
            now = Instruction(name, argument, place, constant)
            step = found[at] = _step(tree, code, now, before, is_of_with)
            step.statement = tree.statement_at.get(place)
            if step.statement is not None and name.startswith(BINDS):
                step.stores = name, _bound_names(code, name, argument)
            if step.owner is not None and step.owner.kind is ast.BoolOp and name in _OWN[ast.BoolOp]:
                step.owner = _innermost_join(step.owner, last)
            before, last = now, step
        if name != "EXTENDED_ARG":
            argument = 0
    return found


def _bound_names(code, name, argument):
    if name.endswith(("_NAME", "_GLOBAL")):
        return (code.co_names[argument],)
    if name == "STORE_FAST_LOAD_FAST":
        argument >>= 4
    numbers = (argument >> 4, argument & 15) if name == "STORE_FAST_STORE_FAST" else (argument,)
    return tuple(code._varname_from_oparg(each) for each in numbers)


def _step(tree, code, now, before, is_of_with):
    name, argument, place, _ = now
    node = tree.at.get(place)
    owner = _owner(tree, now, before, node)
    # A generator that is closed is left where it waits: that is no fault of what it gave.
    is_waiting = name == "YIELD_VALUE" and owner is not node
    step = Step(None if is_waiting else node or owner, owner)
    step.iterates = name in _ITERATES
    step.depth = argument & 1 if name == "LOAD_GLOBAL" else 0
    if name in ("CALL", "CALL_KW"):
        # The names of CALL_KW lie on top.
        step.count = argument + (name == "CALL_KW")
    if name in _DOUBLE:
        step.second = _next_load(tree, place, code.co_varnames[argument & 15])
    if name in _TRUTHS:
        step.before = TRUTH
    if name == "CALL" and place in tree.decorators and not is_within(before.place, place):
        step.owner, step.applies = None, tree.decorators[place]
    elif name in _JUMPS_ON_NONE and owner is not None and owner is node:
        step.before = IS_NONE
        owner.is_seen = True
    elif owner is not None:
        step.gives = _gives(tree, now, owner, is_of_with)
        if step.gives and name in _CONSTANTS and owner.is_constant:
            step.folded = tree.inside_constant(place)
    for each in (step.gives and owner, step.second):
        if each:
            each.is_seen = True
    return step


def _gives(tree, now, owner, is_of_with):
    """Whether the instruction leaves the value of its owner on the stack."""
    name, _, place, constant = now
    is_own = tree.at.get(place) is owner
    if name in _CONSTANTS and is_own:
        return owner.is_constant
    if tree.called.get(place) is owner:
        # any(), all() and tuple() of a generator run as a loop: what they give is loaded here.
        return type(constant) is bool or name == "CALL_INTRINSIC_1"
    if name not in GIVES.get(owner.kind, ()):
        return False
    if owner.kind is ast.Await and is_of_with:
        return False
    return is_own or owner.kind not in (ast.Call, ast.Name, ast.GeneratorExp)


def _owner(tree, now, before, node):
    """The innermost expression that an instruction works for; None = a statement."""
    name, argument, place, constant = now
    if name == "RETURN_VALUE":
        return None
    if node is None:
        return tree.called.get(place) or tree.around(place)
    if constant is None and node.kind not in (ast.Constant, ast.Await, ast.YieldFrom):
        # A function that just ends gives None back, and does so at the place of the last expression.
        return None
    own = _OWN_OF_CHAIN if node.is_chain else _OWN.get(node.kind, ())
    is_own = name in own or node.is_not and name == "TO_BOOL"
    if node.kind is ast.BoolOp and name == "POP_TOP":
        # `a and b` drops a when it goes on to b.
        is_own = before.name in _TRUTHS
    is_again = before.place == place
    is_of_with = name == "CALL" and before.name in _OF_WITH and is_again
    # The text between the values of "%s-%s" % (a, b) has no place of its own, and takes that of a.
    is_between = type(constant) is str and is_again
    is_collected = name in _COLLECTS and argument > 1
    if not is_own and (name in _TAKES or is_of_with or is_between or is_collected):
        return node.parent
    return node


def _innermost_join(owner, last):
    """In `(a and b) and c` a jump to another jump becomes one, and takes the place of that: here, the part inside."""
    found = None
    for node in () if last.owner is None else last.owner.around():
        if found is None and node.kind is ast.BoolOp:
            found = node
        if node is owner:
            return found
    return owner


def _next_load(tree, place, variable):
    """The node of the name that is loaded right after what stands at `place`; None when it is no step."""
    for other, part in tree.behind(place):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
            # In a class a private name is called _Class__name.
            if part.id == variable or part.id[:2] == "__" and variable.endswith(part.id):
                return tree.at.get(other)
    return None
