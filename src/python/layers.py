"""The layers around a name: what its decorators made of it, and what later lines bound it to.

    @noted                  layer 0  pulse      the function itself
    def pulse(): ...        layer 1  wrapper    noted was applied to it
    pulse = timed(pulse)    layer 2  measure    a line bound the name to it

All layers of one definition, each time that it runs, are a pile. A layer stands on the one that it holds; what holds
none stands on the one that the name was bound to before.
"""

import gc
import types

import expressions
import show
import tracer

# A wrapper holds what it wraps in a cell of its closure; an object of a class, in its names.
LEADS_DEEP = 4
LEADS_MAX = 200
# More boxes inside one another do not fit on a phone.
LAYERS_MAX = 8
NO_HOLDERS = (types.ModuleType, types.CodeType)

_len, _type, _id, _next, _iter = len, type, id, next, iter
_inside = gc.get_referents
_bases, _names_of_class, _name_of_class = (type.__dict__[name].__get__ for name in ("__mro__", "__dict__", "__name__"))
NOTHING = expressions.NOTHING


class Pile:
    def __init__(self, number):
        self.number = number
        self.values = []
        # Of each layer: the one that it stands on, and whether it leads there.
        self.on = []
        self.leads = []
        # The layer that the name is bound to.
        self.top = -1

    def chain(self):
        """The layers from the top to the definition itself."""
        at = self.top
        while at >= 0:
            yield at
            at = self.on[at]


class Layers(expressions.Expressions):
    """An extra (extras.py): adds `layers` to the expressions, and `piles` to the trace."""

    def __init__(self, source):
        super().__init__(source)
        self.piles = []
        self.bound = []
        self.failed = []
        self.runs = []
        # (frame, statement) -> the pile of a definition that runs; (frame, name) -> the pile of that name.
        self.made = {}
        self.pile_of = {}
        # Code that runs for an object -> (the object, pile, layer).
        self.objects = {}
        self.waiting = []

    def result(self):
        self._settle()
        told = {"piles": self.piles, "bound": self.bound, "failed": self.failed, "runs": self.runs}
        return {**super().result(), "layering": told}

    # -- definitions ---------------------------------------------------------------------------

    def _note_layer(self, entry, applies, value, step):
        """What a decorated definition was after so many decorators."""
        statement, number = applies
        if value is NOTHING:
            return
        key = entry["record"]["id"], statement
        if number == 0:
            self.made[key] = self._new_pile(*key)
        pile = self.made.get(key)
        if pile is None:
            return
        below = pile.values[-1] if number > 0 else None
        leads = "same" if value is below else "holds" if number == 0 or _leads(self.watch, value, below) else "lost"
        self._add(pile, statement, number, value, leads, number - 1, step)

    def _new_pile(self, frame_id, statement):
        pile = Pile(_len(self.piles))
        told = {"name": self.tree.defined[statement], "frameId": frame_id, "statement": statement}
        self.piles.append(told)
        return pile

    def _add(self, pile, statement, number, value, leads, on, step):
        if show.is_function(value) and value.__code__ in self.steps:
            # Its calls are part of the picture.
            self.watch._function(value)
        function, first = _runs(value)
        if first is not NOTHING:
            self.objects.setdefault(function.__code__, []).append((first, pile.number, _len(pile.values)))
        pile.values.append(value)
        pile.on.append(on)
        pile.leads.append(leads)
        pile.top = _len(pile.values) - 1
        self.layers.append(
            {
                "pile": pile.number,
                "statement": statement,
                "layer": number,
                "on": on,
                "step": step,
                "evaluation": _len(self.evaluations),
                "value": self._drawn_layer(value),
                "leads": leads,
                "about": _about(value, self._drawn_layer),
                "written": self._written(value),
                "isCalled": self._is_called(value),
            }
        )

    def _drawn_layer(self, value):
        drawn = self._drawn(value)
        # What has layers has a name, by which the tracer keeps it anyway: its state is drawn at each step.
        held = self.watch._object(value) if show.is_instance_of_own_class(value) else None
        if held is not None:
            drawn["objectId"] = held[0]
        return drawn

    def _written(self, value):
        """Where the code stands that runs when it is called."""
        function, _ = _runs(value)
        if function is None or function.__code__ not in self.steps:
            return None
        code = function.__code__
        parts = [each for each in code.co_qualname.split(".") if each != "<locals>"]
        line = self.tree.lines_of_definitions.get((code.co_name, code.co_firstlineno), code.co_firstlineno)
        return {"name": code.co_name, "of": parts[-2] if _len(parts) > 1 else None, "line": line}

    def _is_called(self, value):
        """Whether a call of it is seen, is done where no steps are seen, or is an error."""
        function, _ = _runs(value)
        if function is not None:
            return "seen" if function.__code__ in self.steps else "unseen"
        return "unseen" if show.is_class(value) or _method(_type(value), "__call__") is not None else "never"

    # -- names ---------------------------------------------------------------------------------

    def _about_to_bind(self, entry, frame, step):
        kind, names = step.stores
        for depth, name in enumerate(names):
            if name in self._names():
                value = NOTHING if kind.startswith("DELETE") else expressions._peek(frame, depth)
                owner = self._owner(entry, kind, name)
                self.waiting.append((entry["record"]["id"], owner, name, value, step.statement, kind))

    def _names(self):
        """Those that have layers: decorated, or bound once more."""
        tree = self.tree
        decorated = {each["name"] for each in tree.statements if "decorators" in each}
        names = decorated | tree.assigned.intersection(tree.defined.values())
        self._names = lambda: names
        return names

    def _owner(self, entry, kind, name):
        """The frame that the name belongs to."""
        if kind.endswith("_GLOBAL"):
            return "f0"
        if kind.endswith("_DEREF") and name not in entry["code"].co_cellvars and entry["function"] is not None:
            cell = self.watch.functions[entry["function"]]["cells"].get(name)
            return None if cell is None else self.watch.cells[int(cell[1:])]["record"]["frameId"]
        return entry["record"]["id"]

    def _settle(self):
        while self.waiting:
            frame_id, owner, name, value, statement, kind = self.waiting.pop(0)
            if kind.startswith("DELETE"):
                pile = self.pile_of.get((owner, name))
                if pile is not None:
                    self._tell_bound(pile, None, statement)
            elif value is not NOTHING:
                self._bind(frame_id, (owner, name), value, statement)

    def _bind(self, frame_id, key, value, statement):
        made, pile = self.made.pop((frame_id, statement), None), self.pile_of.get(key)
        if pile is not None:
            self._bind_again(pile, value, statement)
        elif self.tree.defined.get(statement) == key[1]:
            if made is None:
                made = self._new_pile(frame_id, statement)
                self._add(made, statement, 0, value, "holds", -1, _len(self.watch.steps) - 1)
            self.pile_of[key] = made
            self._tell_bound(made, made.top, statement)

    def _bind_again(self, pile, value, statement):
        """A line binds a name that has layers: to one more, or back to one that it had."""
        known = [at for at in pile.chain() if pile.values[at] is value]
        if known and known[0] != pile.top:
            pile.top = known[0]
        else:
            self._add_by_hand(pile, value, statement, bool(known))
        self._tell_bound(pile, pile.top, statement)
        if sum(1 for _ in pile.chain()) > LAYERS_MAX:
            self.cut = tracer.limit_sentence(LAYERS_MAX, "layers")

    def _add_by_hand(self, pile, value, statement, is_same):
        on, leads = pile.top, "same"
        if not is_same:
            held = [at for at in pile.chain() if _leads(self.watch, value, pile.values[at])]
            leads = "holds" if held else "lost"
            if held:
                on = held[0]
            elif pile.leads[on] == "lost":
                # What nobody holds any more is forgotten with it.
                on = pile.on[on]
        self._add(pile, statement, None, value, leads, on, _len(self.watch.steps) - 1)

    def _tell_bound(self, pile, at, statement):
        step = _len(self.watch.steps) - 1
        self.bound.append({"pile": pile.number, "at": at, "step": step, "statement": statement})

    # -- exceptions and calls ------------------------------------------------------------------

    def _on_raise(self, code, offset, error):
        super()._on_raise(code, offset, error)
        if code not in self.steps or self._is_over() or self.watch._top_code() is not code:
            return
        entry = self.watch.stack[-1]
        found = self._broken(self.steps[code][offset // 2])
        if found is not None:
            statement, number = found
            words = {"type": show.name_of_type(error), "message": tracer._message(error)}
            pile = self.made.pop((entry["record"]["id"], statement), None)
            if pile is not None:
                # Once it is made, it is only handed from one decorator to the next.
                number = _len(pile.values)
            self.failed.append(
                {
                    "pile": None if pile is None else pile.number,
                    "statement": statement,
                    "frameId": entry["record"]["id"],
                    "layer": number,
                    "isApplied": pile is not None,
                    "step": _len(self.watch.steps) - 1,
                    "error": words,
                }
            )

    def _broken(self, step):
        """(statement, the decorator that has failed, or None) of a decorated definition that ends here."""
        if step.applies is not None:
            return step.applies
        statement = step.statement
        if step.at is not None:
            whole = [*step.at.around()][-1]
            if whole.place in self.tree.decorators:
                return self.tree.decorators[whole.place]
            if whole.number >= 0:
                statement = self.tree.nodes[whole.number]["statement"]
        is_definition = statement is not None and "decorators" in self.tree.statements[statement]
        return (statement, None) if is_definition else None

    def started(self, record):
        """A call of an object that is a layer: which object that is, its function alone does not say."""
        super().started(record)
        entry = self.watch.stack[-1]
        for first, pile, at in self.objects.get(entry["code"], ()):
            if _first_argument(entry) is first:
                self.runs.append([record["id"], pile, at])


def _runs(value):
    """(the function that a call of the value runs, the object that is handed over in front), as far as Python code does it."""
    if show.is_function(value):
        return value, NOTHING
    if _type(value) is types.MethodType:
        return (value.__func__, value.__self__) if show.is_function(value.__func__) else (None, NOTHING)
    method = None if show.is_class(value) else _method(_type(value), "__call__")
    return (method, value) if show.is_function(method) else (None, NOTHING)


def _method(kind, name):
    for each in _bases(kind):
        if name in _names_of_class(each):
            return _names_of_class(each)[name]
    return None


def _first_argument(entry):
    code, local = entry["code"], entry["frame"].f_locals
    if code.co_argcount > 0:
        return local.get(code.co_varnames[0], NOTHING)
    rest = local.get(code.co_varnames[0]) if code.co_flags & tracer.VARARGS and not code.co_kwonlyargcount else None
    return _next(_iter(rest or ()), NOTHING)


def _leads(watch, value, below):
    """Whether `value` holds `below`: in a cell, an attribute, a base class, a container."""
    # Names of Global are held by every function.
    seen = {_id(watch.names), _id(watch.names.get("__builtins__"))}
    todo = [value]
    for _ in range(LEADS_DEEP):
        inside = []
        for each in todo:
            is_class = show.is_class(each)
            for inner in _inside(each):
                if inner is below:
                    return True
                # An object leads to its class, and by that to everything.
                if _id(inner) not in seen and (is_class or not show.is_class(inner)) and _type(inner) not in NO_HOLDERS:
                    seen.add(_id(inner))
                    inside.append(inner)
        todo = inside[:LEADS_MAX]
    return False


def _about(value, drawn):
    """What a decorated name tells of itself, without running code of the program."""
    told = {"name": None, "doc": None, "wraps": None, "type": show.name_of_type(value)}
    if show.is_class(value):
        names = _names_of_class(value)
        told["name"] = _name_of_class(value)
    elif show.is_function(value):
        names = value.__dict__
        told["name"], told["doc"] = value.__name__, _first_line(value.__doc__)
    elif show.is_instance_of_own_class(value):
        # What update_wrapper(self, function) wrote into it.
        names = show.own_names(value)
        told["name"] = names["__name__"] if _type(names.get("__name__")) is str else None
    else:
        return told
    told["doc"] = told["doc"] or _first_line(names.get("__doc__"))
    if names.get("__wrapped__") is not None:
        told["wraps"] = drawn(names["__wrapped__"])
    return told


def _first_line(doc):
    return doc.strip().split("\n")[0] if _type(doc) is str else None
