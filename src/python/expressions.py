"""Sees the values inside of expressions: of every name, call and operation, in the order in which Python comes to it.

The program runs as it is. At each of its instructions we look whether the instruction before has worked out an
expression (instructions.py), and read its value where CPython has put it (value_stack.py).
"""

import sys
import types
import warnings

import expression_tree
import instructions
import show
import tracer
import value_stack

EVALUATIONS_MAX = 20_000
INSTRUCTIONS_MAX = 500_000
CALLS_MAX = tracer.CALLS_MAX
DEEP_SENTENCE = "There is no picture of this program: its expressions are nested too deep."
VERSION_SENTENCE = "There is no picture of this program: this Python keeps its values in another way."
TOOL = 4
NAME = "stacklab expressions"
GENERATES = 0x20 | 0x80 | 0x200
# What the instructions of a comprehension run in is no function of the program.
GENERATOR_EXPRESSION = "<genexpr>"
ENDS_LOOP = (StopIteration, StopAsyncIteration)
SPREADS = ("star", "mapping")

_monitoring = sys.monitoring
_frame = sys._getframe
_len, _type, _id, _is_kind = len, type, id, issubclass
_tuple_items, _dict_items = tuple.__iter__, dict.items
_bases, _names_of_class = (type.__dict__[name].__get__ for name in ("__mro__", "__dict__"))
_peek, NOTHING = value_stack.peek, value_stack.NOTHING
_sized = frozenset(map(id, (list, tuple, range, str, bytes, set, frozenset, dict)))


class Expressions:
    """An extra (extras.py): adds `expressions` to the trace."""

    def __init__(self, source):
        self.source = source
        self.watch = None
        self.tree = None
        # Code object -> its steps, and (step before, step) -> what is worked out between them.
        self.steps = {}
        self.moves = {}
        self.instructions = 0
        self.evaluations = []
        self.calls = []
        self.layers = []
        self.open = None
        # The sentence that says why nothing is seen any more.
        self.cut = None

    def start(self, watch):
        try:
            with warnings.catch_warnings(action="ignore"):
                # Python has warned already, when it compiled the program.
                self.tree = expression_tree.Tree(self.source)
        except (RecursionError, MemoryError):
            # Python compiles expressions that are too deep to be read as a tree.
            self.cut = DEEP_SENTENCE
            return
        if not value_stack.is_known():
            self.cut = VERSION_SENTENCE
            return
        self.watch = watch
        watch.listener = self
        event = _monitoring.events
        _monitoring.use_tool_id(TOOL, NAME)
        _monitoring.register_callback(TOOL, event.INSTRUCTION, self._on_instruction)
        _monitoring.register_callback(TOOL, event.RAISE, self._on_raise)
        _monitoring.register_callback(TOOL, event.PY_THROW, self._on_throw)
        for code in watch.codes:
            self.steps[code] = instructions.steps_of(self.tree, code)
            self.moves[code] = {}
            _monitoring.set_local_events(TOOL, code, event.INSTRUCTION)
        _monitoring.set_events(TOOL, event.RAISE | event.PY_THROW)

    def stop(self):
        if _monitoring.get_tool(TOOL) == NAME:
            self._be_quiet()
            _monitoring.clear_tool_id(TOOL)
            _monitoring.free_tool_id(TOOL)

    def _be_quiet(self):
        _monitoring.set_events(TOOL, 0)
        for code in self.steps:
            _monitoring.set_local_events(TOOL, code, 0)

    def result(self):
        return {
            "expressions": {
                "nodes": [] if self.tree is None else self.tree.told(),
                "statements": [] if self.tree is None else self.tree.statements,
                "evaluations": self.evaluations,
                "calls": self.calls,
                "layers": self.layers,
                "cut": self.cut,
            }
        }

    def _is_over(self):
        if self.watch.cut or not self.watch.stack or not self.watch.steps or self.cut:
            return True
        if _len(self.evaluations) >= EVALUATIONS_MAX:
            self.cut = tracer.limit_sentence(EVALUATIONS_MAX, "values")
        elif self.instructions >= INSTRUCTIONS_MAX:
            self.cut = tracer.limit_sentence(INSTRUCTIONS_MAX, "instructions")
        elif _len(self.calls) >= CALLS_MAX:
            self.cut = tracer.limit_sentence(CALLS_MAX, "calls")
        return self.cut is not None

    def _drawn(self, value):
        """A value as it is drawn. The tracer would keep an object alive; a program may wait for the end of one."""
        drawn = {"text": show.show(value), "type": show.name_of_type(value)}
        known = self.watch.function_by_id.get(_id(value)) if show.is_function(value) else None
        if known is not None:
            drawn["functionId"] = self.watch.functions[known]["id"]
        return drawn

    # -- instructions --------------------------------------------------------------------------

    def _on_instruction(self, code, offset):
        """`offset` is run next: whatever came before has left its value on the stack."""
        if self._is_over():
            self._be_quiet()
            return None
        self._settle()
        step = self.steps[code][offset // 2]
        if step.is_silent:
            return _monitoring.DISABLE
        self.instructions += 1
        entry = self.watch.stack[-1]
        if entry["code"] is not code:
            return None
        frame, before = _frame(1), entry.get("at")
        if before is not None:
            at = self._step_of(entry)
            if before.applies is not None:
                self._note_layer(entry, before.applies, _peek(frame, 0), at)
            for node, value in before.folded:
                self.evaluations.append([node.number, at, entry["record"]["id"], self._drawn(value)])
            done = self._between(code, before, step)
            for node, depth in done:
                self._work_out(entry, frame, at, node, depth)
            if done:
                entry["truth"] = None
        if step.before is not None:
            self._look_ahead(entry, frame, step)
        if step.applies is not None and step.applies[1] == 1:
            self._note_layer(entry, (step.applies[0], 0), _peek(frame, 0), _len(self.watch.steps) - 1)
        if step.stores is not None:
            self._about_to_bind(entry, frame, step)
        entry["at"], entry["steps"] = step, _len(self.watch.steps)
        return None

    def _step_of(self, entry):
        """The step in which the value came: a line that begins with the next instruction is one later."""
        steps = self.watch.steps
        is_new = _len(steps) > entry["steps"] and steps[-1]["kind"] == "line"
        return _len(steps) - 1 - is_new

    def _between(self, code, before, step):
        """[(node, how deep its value lies, or None when it is kept for it)]: what is worked out between two steps."""
        found = self.moves[code].get((before, step))
        if found is None:
            found = self.moves[code][before, step] = list(_left(before, step))
        return found

    def _work_out(self, entry, frame, at, node, depth):
        kept = entry.setdefault("kept", {})
        if depth is not None:
            value = _peek(frame, depth)
            if value is NOTHING:
                return
            drawn = self._drawn(value)
            if node.is_spread:
                kept[node, "size"] = _len(value) if _id(_type(value)) in _sized else None
                kept[node, "drawn"] = drawn
            if node.is_kept:
                kept[node] = drawn
                return
        elif node in kept:
            drawn = kept.pop(node)
        elif node.is_not and node.is_condition and entry.get("truth") is not None:
            entry["truth"] = not entry["truth"]
            drawn = self._drawn(entry["truth"])
        else:
            return
        if node.parent is not None and node.parent.passes_on(node):
            kept[node.parent] = drawn
        if node.number >= 0 and node.is_seen:
            self.evaluations.append([node.number, at, entry["record"]["id"], drawn])

    def _look_ahead(self, entry, frame, step):
        """Python is about to jump by the value on top, and lets it go."""
        value = _peek(frame, 0)
        if step.before is instructions.TRUTH:
            entry["truth"] = value is True
        else:
            entry["truth"] = (value is None) == step.owner.is_same
            entry.setdefault("kept", {})[step.owner] = self._drawn(entry["truth"])

    def _on_raise(self, code, offset, error):
        if code not in self.watch.codes or self._is_over() or self.watch._top_code() is not code:
            return
        step, entry = self.steps[code][offset // 2], self.watch.stack[-1]
        if step.iterates and _is_kind(_type(error), ENDS_LOOP):
            # It only ends a loop, or what `await` and `yield from` wait for.
            return
        # Expressions that were on their way are given up; a comprehension still puts its names back.
        entry["at"], entry["kept"] = None, {}
        words = {"type": show.name_of_type(error), "message": tracer._message(error)}
        if self.open is not None and self.open["error"] is None and _type(error) is TypeError:
            self.open["error"] = words
        self.open = None
        node = step.at
        if node is not None and node.number >= 0:
            self.evaluations.append([node.number, _len(self.watch.steps) - 1, entry["record"]["id"], {"error": words}])

    def _on_throw(self, code, offset, error):
        """Into a generator that waits: what it yielded gives nothing."""
        entry = self.watch.waiting.get(_id(_frame(1))) or (self.watch.stack or [None])[-1]
        if entry is not None and entry["code"] is code:
            entry["at"], entry["kept"] = None, {}

    # -- what only the picture of decorators wants to know (layers.py) --------------------------

    def _note_layer(self, entry, applies, value, step):
        """A definition was made, or a decorator was applied to it."""

    def _about_to_bind(self, entry, frame, step):
        """A name is bound next, or taken away."""

    def _settle(self):
        """What was about to happen has happened."""

    # -- calls, told by the tracer -------------------------------------------------------------

    def called(self, code, offset, function, argument):
        """Some code is about to call something: the values of its arguments lie on the stack."""
        self.open = None
        if code not in self.steps or self._is_over() or self.watch._top_code() is not code:
            return
        target, bound = _target(function)
        if target is None or target.__code__ not in self.steps or target.__code__.co_name == GENERATOR_EXPRESSION:
            return
        step, entry, frame = self.steps[code][offset // 2], self.watch.stack[-1], _frame(2)
        node = step.owner if step.gives else None
        if step.applies is not None:
            arguments = [{"how": "position", "name": None, "value": self._drawn(argument)}]
        else:
            arguments = self._arguments(node, step, entry, frame)
            # `patient.age()` calls the function of the class, and hands the object over in front.
            if bound is None and step.count is not None and _peek(frame, step.count) is not NOTHING:
                bound = "self"
        self.open = {
            "node": -1 if node is None else node.number,
            "applies": step.applies,
            "functionId": self.watch.functions[self.watch._function(target)]["id"],
            "callerId": entry["record"]["id"],
            "step": _len(self.watch.steps) - 1,
            "evaluation": _len(self.evaluations),
            "self": bound,
            "arguments": arguments,
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

    def _arguments(self, node, step, entry, frame):
        """What each argument of a call gives; None for a call that nobody wrote."""
        written = self.tree.arguments.get(node)
        if written is None:
            return None
        if step.count is None:
            given, named = _peek(frame, 1), _peek(frame, 0)
            return self._spread(written, entry.get("kept", {}), given, {} if named is NOTHING else named)
        depth = step.count - 1
        values = [self._drawn(_peek(frame, depth - at)) for at in range(_len(written))]
        return [{"how": how, "name": name, "value": value} for (how, name, _), value in zip(written, values)]

    def _spread(self, written, kept, given, named):
        """Python has put all values into one tuple and one dict: which of them came from which argument."""
        nodes = [self.tree.at.get(place) for _, _, place in written]
        sizes = [kept.get((node, "size")) if how in SPREADS else 1 for (how, _, _), node in zip(written, nodes)]
        places = [at for at, (how, _, _) in enumerate(written) if how in ("position", "star")]
        unknown = [at for at in places if sizes[at] is None]
        if unknown:
            # How much an iterator gave is seen by what is left over.
            sizes[unknown[0]] = _len(given) - sum(sizes[at] or 0 for at in places)
        names = {name for how, name, _ in written if how == "name"}
        values, pairs = _tuple_items(given), [*_dict_items(named)]
        told = []
        for (how, name, _), node, size in zip(written, nodes, sizes):
            drawn = kept.get((node, "drawn"))
            if how == "position":
                drawn = self._drawn(next(values))
            elif how == "name":
                drawn = self._drawn(pairs.pop(0)[1])
            elif how == "star":
                items = [next(values) for _ in range(size or 0)]
                drawn = {**(drawn or self._drawn(items)), "items": [self._drawn(each) for each in items]}
            else:
                own = []
                while pairs and (_len(own) < size if size is not None else pairs[0][0] not in names):
                    own.append(pairs.pop(0))
                shown = [[show.show(key), self._drawn(each)] for key, each in own]
                drawn = {**(drawn or self._drawn(dict(own))), "pairs": shown}
            told.append({"how": how, "name": name, "value": drawn})
        return told

    def _defaults(self, function):
        code = function.__code__
        names = code.co_varnames[: code.co_argcount]
        given = function.__defaults__ or ()
        defaults = dict(zip(names[_len(names) - _len(given) :], given))
        defaults.update(function.__kwdefaults__ or {})
        return {name: self._drawn(each) for name, each in defaults.items()}


def _left(before, step):
    """The expressions that are worked out when Python comes from one step to another: (node, depth of its value).

    Without a depth its value is kept for it, or follows from a jump.
    """
    stays = set() if step.owner is None else set(step.owner.around())
    if before.second is None:
        yield from _done(before.owner, before.gives, stays, before.depth)
    else:
        yield from _done(before.owner, before.gives, set(before.second.around()), 1)
        yield from _done(before.second, True, stays, 0)


def _done(owner, gives, stays, depth):
    for node in () if owner is None else owner.around():
        is_given = gives and node is owner
        if is_given and node.is_kept:
            yield node, depth
        if node in stays:
            break
        yield node, depth if is_given and not node.is_kept else None


def _target(function):
    """(the function that a call runs, what it puts in front of the arguments: a word for it, or None)"""
    if show.is_function(function):
        return function, None
    bound = function.__func__ if _type(function) is types.MethodType else None
    if show.is_function(bound):
        return bound, "self"
    is_class = show.is_class(function)
    kind = function if is_class else _type(function)
    for each in _bases(kind):
        method = _names_of_class(each).get("__init__" if is_class else "__call__")
        if method is not None:
            return (method, "self") if show.is_function(method) else (None, None)
    return None, None
