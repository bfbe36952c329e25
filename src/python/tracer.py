"""Watches one run of a program and writes down its steps (trace.ts says what a trace is).

It uses sys.monitoring. Python tells about every call first which function object is called (CALL) and
then that its code starts (PY_START): so the function object of a frame, and with it the parent frame and
the cells, are known, and nobody has to guess them from names.

Steps hold only what changed. Only the names of the frame that was running, and of Global, can have
changed, apart from objects that several names share: those are noted once, by object.
"""

import functools
import sys
import types

import caches
import show

STEPS_MAX = 5_000
CALLS_MAX = 2_000
OBJECTS_MAX = 2_000
# Lists inside of lists are looked at so deep.
INSIDE_MAX = 2
# Below this many frames of the program, its real depth need not be counted.
DEEP = 100

_monitoring = sys.monitoring
_frame = sys._getframe
_len = len
_names_of_class = type.__dict__["__dict__"].__get__
TOOL = _monitoring.DEBUGGER_ID
EVENT = _monitoring.events
OWN_EVENTS = EVENT.LINE | EVENT.PY_START | EVENT.PY_RETURN | EVENT.PY_YIELD | EVENT.PY_RESUME
# These two cannot be asked for one code object alone; CALL is wanted from the standard library too,
# since a wrapper there (lru_cache) calls the learner's function.
ALL_EVENTS = EVENT.CALL | EVENT.PY_UNWIND | EVENT.PY_THROW
OPTIMIZED, VARARGS, VARKEYWORDS = 0x1, 0x4, 0x8
LIMIT_SENTENCE = "The picture stops here: it holds {max} {what}. The program itself ran on."
STOP_SENTENCE = "The picture ends where the program was stopped."
_EMPTY = object()


class Tracer:
    """One trace. Call start(), run the code object given to it, call stop(), read result()."""

    def __init__(self, code, session, room):
        self.names = session.names
        self.printer = session.printer
        self.is_stopped = session.is_stopped
        self.hidden = frozenset(session.names)
        self.codes = _enclosing_codes(code)
        # Code object -> index of its scope, when somebody wants to know that (scopes.py).
        self.scope_of = {}
        self.main_code = code
        self.room = room
        self.frames = []
        self.functions = []
        self.cells = []
        self.steps = []
        self.stack = []
        self.waiting = {}
        self.cut = None
        self.pending = None
        self.last_printed = 0
        self.function_by_id = {}
        self.cell_by_id = {}
        # id -> [`o0`, the object, how it was drawn last, the step at which it was looked at last]
        self.object_by_id = {}
        # Objects that were found inside of others since the last step.
        self.found_inside = {}
        self.kept = []
        self.caches = caches.Caches(self, TOOL)
        # An extra that wants to know of calls: called(code, offset, function, its first argument), started(record of a frame).
        self.listener = None

    # -- the events ---------------------------------------------------------------------------

    def start(self):
        _monitoring.use_tool_id(TOOL, "stacklab")
        callbacks = {
            EVENT.LINE: self.on_line,
            EVENT.CALL: self.on_call,
            EVENT.PY_START: self.on_start,
            EVENT.PY_RETURN: self.on_return,
            EVENT.PY_YIELD: self.on_yield,
            EVENT.PY_RESUME: self.on_resume,
            EVENT.PY_THROW: self.on_throw,
            EVENT.PY_UNWIND: self.on_unwind,
        }
        for event, callback in callbacks.items():
            _monitoring.register_callback(TOOL, event, callback)
        self._push(None, self.main_code, "Global", None, None, True)
        self._step("start", 0)
        for code in self.codes:
            _monitoring.set_local_events(TOOL, code, OWN_EVENTS)
        _monitoring.set_events(TOOL, ALL_EVENTS)

    def stop(self):
        self._be_quiet()
        _monitoring.clear_tool_id(TOOL)
        _monitoring.free_tool_id(TOOL)

    def _be_quiet(self):
        _monitoring.set_events(TOOL, 0)
        for code in (*self.codes, *self.caches.codes):
            _monitoring.set_local_events(TOOL, code, 0)

    def on_call(self, code, offset, function, argument):
        self.pending = function
        if self.listener is not None and not self.cut:
            self.listener.called(code, offset, function, argument)
        if not self.cut:
            self.caches.called(function)

    def on_start(self, code, offset):
        frame = _frame(1)
        if code in self.caches.codes:
            self.caches.entered(self.pending, frame)
            return
        if code is self.main_code:
            self.stack[0]["frame"] = frame
        if code is self.main_code or self.cut:
            return
        if _len(self.frames) > CALLS_MAX:
            self._cut_at(CALLS_MAX, "calls")
            return
        if _len(self.stack) > DEEP and _depth(frame) > self.room:
            raise RecursionError("maximum recursion depth exceeded")
        # The arguments were there before the frame: functions among them belong to frames further out.
        self._look_at_arguments(frame, code)
        function, through_c, exact = self._called(code, frame)
        self._push(frame, code, code.co_name, function, through_c, exact)
        if self.listener is not None:
            self.listener.started(self.stack[-1]["record"])
        self._step("call", code.co_firstlineno)

    def on_line(self, code, line):
        if self.cut or not self.stack or self._top_code() is not code:
            return
        self._step("line", line)

    def on_return(self, code, offset, value):
        if code in self.caches.codes:
            self.caches.left(value)
            return
        if self.cut or self._top_code() is not code:
            return
        if code is self.main_code:
            self._step("end", self._line())
            return
        seen = self._drawn(value)
        self._step("return", self._line(), value=seen)
        self._pop("returned", seen)

    def on_yield(self, code, offset, value):
        if self.cut or self._top_code() is not code:
            return
        self._step("yield", self._line(), value=self._drawn(value))
        entry = self.stack.pop()
        self.waiting[id(entry["frame"])] = entry

    def on_resume(self, code, offset):
        if self.cut:
            return
        entry = self.waiting.pop(id(_frame(1)), None)
        if entry is not None:
            self.stack.append(entry)
            self._step("resume", entry["frame"].f_lineno)

    def on_throw(self, code, offset, error):
        if code in self.codes:
            entry = None if self.cut else self.waiting.pop(id(_frame(1)), None)
            if entry is not None:
                self.stack.append(entry)

    def on_unwind(self, code, offset, error):
        if code in self.caches.codes:
            self.caches.thrown()
        if self.cut or code not in self.codes or self._top_code() is not code:
            return
        if self.is_stopped():
            # What unwinds the frames is no exception of the program: they stay as they were.
            self._cut(STOP_SENTENCE)
            return
        seen = {"type": type(error).__name__, "message": _message(error)}
        self._step("raise", self._line(), error=seen)
        if code is not self.main_code:
            self._pop("raised", seen)

    # -- frames -------------------------------------------------------------------------------

    def _push(self, frame, code, name, function, through_c, exact):
        number = _len(self.frames)
        caller = self.stack[-1] if self.stack else None
        record = {
            "id": f"f{number}",
            "name": name,
            "functionId": self.functions[function]["id"] if function is not None else None,
            "parentId": self._parent_of(function, code) if caller else None,
            "callerId": caller["record"]["id"] if caller else None,
            "callLine": caller["frame"].f_lineno if caller else None,
            "throughC": bool(through_c),
            "exact": exact,
            "cellNames": [] if number == 0 else list(code.co_cellvars),
            "firstStep": _len(self.steps),
            "lastStep": None,
            "returned": None,
            "raised": None,
        }
        if code in self.scope_of:
            record["scope"] = self.scope_of[code]
        self.frames.append(record)
        own = [each for each in code.co_varnames if each not in code.co_cellvars]
        entry = {"record": record, "frame": frame, "code": code, "function": function, "seen": {}, "own": own}
        entry["cells"] = {} if number == 0 else {each: self._new_cell(each, record["id"]) for each in code.co_cellvars}
        self.stack.append(entry)

    def _pop(self, how, seen):
        entry = self.stack.pop()
        entry["record"][how] = seen
        entry["record"]["lastStep"] = _len(self.steps) - 1
        # The frame object is let go: keeping it would keep alive what the program let go.
        entry["frame"] = None

    def _top_code(self):
        return self.stack[-1]["code"] if self.stack else None

    def _line(self):
        frame = self.stack[-1]["frame"]
        return frame.f_lineno or 0 if frame is not None else 0

    def _called(self, code, frame):
        """(index of the function object that runs `code`, whether C code called it, whether that is sure)."""
        pending, self.pending = self.pending, None
        function = _function_with_code(pending, code)
        if function is not None:
            return self._function(function), False, True
        through_c = pending is not None and not show.is_class(pending)
        known = [at for at, held in enumerate(self.kept) if held.__code__ is code]
        if not known:
            return None, through_c, not code.co_freevars
        return known[-1], through_c, _len(known) == 1

    def _parent_of(self, function, code):
        if function is not None:
            return self.functions[function]["parentId"]
        return self._defining_frame(code)

    def _defining_frame(self, code):
        """The innermost frame of the function around `code`. Class bodies are skipped, as Python skips them."""
        around = self.codes.get(code)
        while around is not None and not around.co_flags & OPTIMIZED and around is not self.main_code:
            around = self.codes.get(around)
        for entry in reversed(self.stack):
            if entry["code"] is around:
                return entry["record"]["id"]
        return "f0"

    # -- function objects and cells -----------------------------------------------------------

    def _function(self, function):
        """The index of a learner's function object; makes its record when it is new."""
        at = self.function_by_id.get(id(function))
        if at is not None:
            return at
        at = _len(self.functions)
        self.function_by_id[id(function)] = at
        self.kept.append(function)
        code = function.__code__
        record = {
            "id": f"fn{at}",
            "name": code.co_name,
            "parameters": _parameters(function),
            "line": code.co_firstlineno,
            "parentId": self._defining_frame(code),
            "cells": {},
            "firstStep": _len(self.steps),
            "holds": [],
        }
        self.functions.append(record)
        cells = zip(code.co_freevars, function.__closure__ or ())
        record["cells"] = {name: self._cell(cell, name, record["parentId"]) for name, cell in cells}
        held = [function.__defaults__, function.__kwdefaults__, function.__dict__]
        record["holds"] = self._holds([each for each in held if each])
        return at

    def _holds(self, value):
        found = []
        show.show(value, found)
        own = [each for each in found if each.__code__ in self.codes]
        return list(dict.fromkeys(self.functions[self._function(each)]["id"] for each in own))

    def _new_cell(self, name, frame_id):
        record = {"id": f"c{_len(self.cells)}", "name": name, "frameId": frame_id}
        self.cells.append({"record": record, "cell": None, "seen": _EMPTY})
        return _len(self.cells) - 1

    def _cell(self, cell, name, parent_id):
        """The id of a real cell. The first time, it is matched with the frame that owns the variable."""
        at = self.cell_by_id.get(id(cell))
        if at is None:
            at = self._unmatched_cell(name, parent_id)
            self.cell_by_id[id(cell)] = at
            self.cells[at]["cell"] = cell
        return self.cells[at]["record"]["id"]

    def _unmatched_cell(self, name, parent_id):
        frame = self._record(parent_id)
        while frame is not None and name not in frame["cellNames"]:
            frame = self._record(frame["parentId"]) if frame["parentId"] else None
        owner = frame["id"] if frame is not None else None
        for at, held in enumerate(self.cells):
            same = held["record"]["frameId"] == owner and held["record"]["name"] == name
            if same and held["cell"] is None:
                return at
        # A comprehension that ran before in the same frame had a cell of its own for this name.
        return self._new_cell(name, owner)

    def _record(self, frame_id):
        return self.frames[int(frame_id[1:])] if frame_id else None

    # -- values -------------------------------------------------------------------------------

    def _value(self, value, depth=0):
        """A value as it is drawn (TraceValue)."""
        if show.is_atom(value):
            return {"text": show.show(value), "type": show.name_of_type(value)}
        found = []
        seen = {"text": show.show(value, found), "type": show.name_of_type(value)}
        if show.is_function(value) and value.__code__ in self.codes:
            seen["functionId"] = self.functions[self._function(value)]["id"]
            return seen
        if show.is_class(value):
            found.extend(each for each in _names_of_class(value).values() if show.is_function(each))
        own = [each for each in found if each.__code__ in self.codes]
        if own:
            seen["holds"] = list(dict.fromkeys(self.functions[self._function(each)]["id"] for each in own))
        if show.is_changeable(value):
            held = self._object(value)
            if held is not None:
                seen["objectId"] = held[0]
        inside = [self._inside(each, depth + 1) for each in show.changeable_inside(value)]
        if inside:
            seen["inside"] = [each for each in inside if each is not None]
        return seen

    def _drawn(self, value):
        """A value that goes into a step."""
        seen = self._value(value)
        if "objectId" in seen:
            self.object_by_id[id(value)][2] = seen
        return seen

    def _object(self, value):
        held = self.object_by_id.get(id(value))
        if held is None and _len(self.object_by_id) < OBJECTS_MAX:
            # Holding the object keeps Python from giving its id to another one.
            held = self.object_by_id[id(value)] = [f"o{_len(self.object_by_id)}", value, None, -1]
        return held

    def _inside(self, value, depth):
        """The id of an object inside of another. It may have no name, so that a step must bring it."""
        held = self._object(value)
        if held is None:
            return None
        if held[2] is None and depth <= INSIDE_MAX:
            # A list can hold itself.
            held[2] = {}
            held[2] = self.found_inside[held[0]] = self._value(value, depth)
        return held[0]

    def _look_at_arguments(self, frame, code):
        count = code.co_argcount + code.co_kwonlyargcount + bool(code.co_flags & VARARGS) + bool(code.co_flags & VARKEYWORDS)
        local = frame.f_locals
        for name in code.co_varnames[:count]:
            if name in local:
                self._value(local[name])

    # -- steps --------------------------------------------------------------------------------

    def _step(self, kind, line, value=None, error=None):
        if _len(self.steps) >= STEPS_MAX:
            self._cut_at(STEPS_MAX, "steps")
            return
        if self.caches.is_cleared:
            self.caches.look()
        entry = self.stack[-1]
        step = {"kind": kind, "frameId": entry["record"]["id"], "line": line}
        found, self.found_inside = self.found_inside, {}
        changes = {"locals": {}, "cells": {}, "objects": found}
        self._changed_globals(changes)
        if entry["code"] is not self.main_code and entry["frame"] is not None:
            self._changed_locals(entry, changes)
        self._changed_cells(entry, changes)
        if changes["objects"] and _len(self.stack) > 2:
            self._changed_in_waiting(changes)
        if self.found_inside:
            changes["objects"].update(self.found_inside)
            self.found_inside = {}
        step.update((name, change) for name, change in changes.items() if change)
        if value is not None:
            step["value"] = value
        if error is not None:
            step["error"] = error
        printed = self.printer.characters
        if printed != self.last_printed:
            self.last_printed = step["printed"] = printed
        self.steps.append(step)

    def _changed_globals(self, changes):
        entry = self.stack[0]
        now = {name: held for name, held in self.names.items() if _is_drawn(name) and name not in self.hidden}
        self._note(entry, now, changes)

    def _changed_locals(self, entry, changes):
        local = entry["frame"].f_locals
        names = entry["own"]
        if not entry["code"].co_flags & OPTIMIZED:
            names = [name for name in local if _is_drawn(name)]
        self._note(entry, {name: local[name] for name in names if name in local}, changes)

    def _note(self, entry, now, changes):
        seen, changed = entry["seen"], {}
        for name, value in now.items():
            held = seen.get(name)
            if held is None or held[0] is not value:
                changed[name] = self._drawn(value)
                seen[name] = [value, changed[name]]
            elif self._is_new_inside(held, changes):
                changed[name] = held[1]
        if _len(seen) != _len(now):
            for name in [each for each in seen if each not in now]:
                del seen[name]
                changed[name] = None
        if changed:
            changes["locals"].setdefault(entry["record"]["id"], {}).update(changed)

    def _is_new_inside(self, held, changes):
        """The name is bound to the same value as before, which may have changed inside.

        An object is noted once for all its names; a tuple cannot change, but what it holds can.
        """
        value, drawn = held
        if "objectId" in drawn:
            self._note_object(value, changes, 0)
        elif "inside" in drawn:
            held[1] = self._value(value)
            self._note_inside(value, changes, 0)
            return held[1] != drawn
        return False

    def _note_object(self, value, changes, depth):
        held = self.object_by_id[id(value)]
        step = _len(self.steps)
        if held[3] == step:
            return
        held[3] = step
        drawn = self._value(value)
        is_new = drawn != held[2]
        if is_new:
            held[2] = changes["objects"][held[0]] = drawn
        # A text that is cut may hide what changed inside.
        if is_new or "inside" in drawn and "..." in drawn["text"]:
            self._note_inside(value, changes, depth)

    def _note_inside(self, value, changes, depth):
        for each in show.changeable_inside(value):
            if depth < INSIDE_MAX and id(each) in self.object_by_id:
                self._note_object(each, changes, depth + 1)

    def _changed_in_waiting(self, changes):
        """An object changed: names of frames that wait may hold it in another one."""
        for entry in self.stack[1:-1]:
            self._note(entry, {name: held[0] for name, held in entry["seen"].items()}, changes)
            for at in entry["cells"].values():
                held = self.cells[at]
                if held["seen"] is not _EMPTY and self._is_new_inside(held["seen"], changes):
                    changes["cells"][held["record"]["id"]] = held["seen"][1]

    def _changed_cells(self, entry, changes):
        own = dict(entry["cells"])
        function = entry["function"]
        free = []
        if function is not None:
            free = [int(each[1:]) for each in self.functions[function]["cells"].values()]
        local = entry["frame"].f_locals if entry["frame"] is not None else {}
        for at in [*own.values(), *free]:
            held = self.cells[at]
            if held["cell"] is None:
                value = local.get(held["record"]["name"], _EMPTY)
            else:
                value = _contents(held["cell"])
            self._note_cell(held, value, changes)

    def _note_cell(self, held, value, changes):
        before = held["seen"]
        if value is _EMPTY:
            if before is not _EMPTY:
                held["seen"] = _EMPTY
                changes["cells"][held["record"]["id"]] = None
        elif before is _EMPTY or before[0] is not value:
            held["seen"] = [value, self._drawn(value)]
            changes["cells"][held["record"]["id"]] = held["seen"][1]
        elif self._is_new_inside(before, changes):
            changes["cells"][held["record"]["id"]] = before[1]

    def _cut_at(self, most, what):
        self._cut(limit_sentence(most, what))

    def _cut(self, sentence):
        self.cut = sentence
        self._be_quiet()

    def result(self):
        """The trace as plain data (Trace in trace.ts)."""
        return {
            "version": 1,
            # A frame made at the very limit has no step of its own.
            "frames": [frame for frame in self.frames if frame["firstStep"] < _len(self.steps)],
            "functions": self.functions,
            "cells": [held["record"] for held in self.cells],
            "steps": self.steps,
            **self.caches.result(),
            "cut": self.cut,
        }


def limit_sentence(most, what):
    return LIMIT_SENTENCE.format(max=f"{most:,}".replace(",", " "), what=what)


def _enclosing_codes(main):
    """Every code object of the program, with the code object around it."""
    around, todo = {main: None}, [main]
    while todo:
        code = todo.pop()
        for const in code.co_consts:
            if isinstance(const, types.CodeType):
                around[const] = code
                todo.append(const)
    return around


def _is_drawn(name):
    """Python's own names are not; and a program may put anything into globals()."""
    return type(name) is str and name[:2] != "__"


def _depth(frame):
    depth = 0
    while frame is not None:
        depth += 1
        frame = frame.f_back
    return depth


def _contents(cell):
    try:
        return cell.cell_contents
    except ValueError:
        return _EMPTY


def _message(error):
    """The words of an exception, without running a learner's __str__."""
    if type(error).__str__ in (BaseException.__str__, KeyError.__str__, OSError.__str__, SyntaxError.__str__):
        return str(error)
    return ", ".join(each if type(each) is str else show.show(each) for each in error.args)


def _function_with_code(called, code):
    """The function object with `code` behind whatever was called, or None: a method, a class, a partial ..."""
    for _ in range(4):
        if show.is_function(called):
            return called if called.__code__ is code else None
        if type(called) is types.MethodType:
            called = called.__func__
        elif type(called) is functools.partial:
            called = called.func
        else:
            break
    kind = called if show.is_class(called) else type(called)
    for parent in type.__dict__["__mro__"].__get__(kind):
        for name in ("__init__", "__new__", "__call__", "__post_init__"):
            found = _names_of_class(parent).get(name)
            found = found.__func__ if type(found) is staticmethod else found
            if show.is_function(found) and found.__code__ is code:
                return found
    return None


def _parameters(function):
    """The parameters as the learner wrote them, with `/`, `*` and defaults."""
    code = function.__code__
    names = code.co_varnames
    positional, keyword = code.co_argcount, code.co_kwonlyargcount
    defaults = function.__defaults__ or ()
    written = []
    for at in range(positional):
        from_end = at - (positional - _len(defaults))
        written.append(names[at] if from_end < 0 else f"{names[at]}={show.show(defaults[from_end])}")
        if at == code.co_posonlyargcount - 1:
            written.append("/")
    rest = positional + keyword
    if code.co_flags & VARARGS:
        written.append("*" + names[rest])
        rest += 1
    elif keyword:
        written.append("*")
    named = function.__kwdefaults__ or {}
    for at in range(positional, positional + keyword):
        written.append(f"{names[at]}={show.show(named[names[at]])}" if names[at] in named else names[at])
    if code.co_flags & VARKEYWORDS:
        written.append("**" + names[rest])
    return written
