"""Watches a search: only the calls of one function, each with the grid it was given and the choice that led to it.

A search makes many thousands of steps, of which a tree shows none. So this takes the place of the tracer: it is
told of nothing but the beginning and the end of that function. What comes out is a trace with a step for each.
"""

import sys

import show
import tracer

CALLS_MAX = tracer.CALLS_MAX
# Frames between two calls of the search, in which a choice may stand: a helper, a generator expression.
FRAMES_BETWEEN_MAX = 6
SIZES = {16: 4, 36: 6, 81: 9}
DEFAULT_NAME = "search"
NO_VALUE = (".", "0", " ", "_")

_monitoring = sys.monitoring
_frame = sys._getframe
_len = len
EVENT = _monitoring.events
NOTHING_INSIDE = (int, float, str, list, tuple, dict)


class SearchTracer:
    """The same from outside as tracer.Tracer."""

    def __init__(self, code, session, room, of=None):
        name = of or DEFAULT_NAME
        self.of = name
        self.main_file = code.co_filename
        self.own_files = session.own_files
        self.printer = session.printer
        self.is_stopped = session.is_stopped
        self.calls = []
        self.steps = []
        self.frames = [_record("f0", "Global", None, None, 0)]
        self.stack = []
        self.cut = None
        self.ended = False

    def start(self):
        _monitoring.use_tool_id(tracer.TOOL, "stacklab")
        for event, callback in (
            (EVENT.PY_START, self.on_start),
            (EVENT.PY_RETURN, self.on_return),
            (EVENT.PY_UNWIND, self.on_unwind),
        ):
            _monitoring.register_callback(tracer.TOOL, event, callback)
        self._step("start", "f0", 0)
        # The code of the cell's other files is not there before they are imported.
        _monitoring.set_events(tracer.TOOL, EVENT.PY_START | EVENT.PY_RETURN | EVENT.PY_UNWIND)

    def stop(self):
        _monitoring.set_events(tracer.TOOL, 0)
        _monitoring.clear_tool_id(tracer.TOOL)
        _monitoring.free_tool_id(tracer.TOOL)
        self._step("end", "f0", 0)

    def _is_watched(self, code):
        return code.co_name == self.of and code.co_filename in self.own_files

    def on_start(self, code, offset):
        if not self._is_watched(code):
            # Python does not tell of this code again.
            return _monitoring.DISABLE
        if self.cut:
            return
        if _len(self.calls) >= CALLS_MAX:
            self.cut = tracer.LIMIT_SENTENCE.format(max=f"{CALLS_MAX:,}".replace(",", " "), what="calls")
            return
        frame = _frame(1)
        number = _len(self.calls)
        parent = self.stack[-1][0] if self.stack else None
        grid = _grid_in(frame)
        choice = self._choice(frame, parent)
        self.calls.append({"parent": parent, "grid": grid, "choice": choice, "text": _text_in(frame), "result": None, "begins": _len(self.steps), "ends": None, **self._more(frame)})
        frame_id = f"f{number + 1}"
        caller = "f0" if parent is None else f"f{parent + 1}"
        self.frames.append(_record(frame_id, self.of, "f0", caller, _len(self.steps)))
        self.stack.append((number, frame))
        self._step("call", frame_id, code.co_firstlineno if code.co_filename == self.main_file else self._line(frame))

    def on_return(self, code, offset, value):
        if not self._is_watched(code):
            return _monitoring.DISABLE
        if self.stack and self.stack[-1][1] is _frame(1):
            self._end("return", _result_of(value), show.show(value))

    def on_unwind(self, code, offset, error):
        if not self.cut and self.is_stopped():
            # What unwinds the frames is no exception of the program.
            self.cut = tracer.STOP_SENTENCE
        if self.stack and self.stack[-1][1] is _frame(1) and not self.is_stopped():
            self._end("raise", "raised", None, error)

    def _more(self, frame):
        """What another picture wants to know of a call that begins."""
        return {}

    def _left(self, frame):
        """Another picture may look at a call that ends."""

    def _line(self, frame):
        """The line of the program: its own, or the one that waits for a file which it imports."""
        while frame is not None and frame.f_code.co_filename != self.main_file:
            frame = frame.f_back
        return 0 if frame is None else frame.f_lineno or 0

    def _end(self, kind, result, text, error=None):
        number, frame = self.stack.pop()
        self._left(frame)
        self.calls[number]["result"] = result
        self.calls[number]["ends"] = _len(self.steps)
        self.frames[number + 1]["lastStep"] = _len(self.steps)
        more = {} if text is None else {"value": {"text": text, "type": ""}}
        if error is not None:
            more["error"] = {"type": type(error).__name__, "message": tracer._message(error)}
        self._step(kind, f"f{number + 1}", self._line(frame), more)

    def _step(self, kind, frame_id, line, more=None):
        self.steps.append({"kind": kind, "frameId": frame_id, "line": line, "printed": self.printer.characters, **(more or {})})

    def _choice(self, frame, parent):
        """The square and the value that the caller was trying: the names in its frames that hold such things."""
        if parent is None:
            return None
        above = self.stack[-1][1]
        names = _squares_of(above)
        square = value = None
        at = frame.f_back
        for _ in range(FRAMES_BETWEEN_MAX):
            if at is None:
                break
            for held in at.f_locals.values():
                if value is None and _is_digit(held) and held not in names:
                    value = str(held)
                if square is None and type(held) in (str, int, tuple) and held in names:
                    square = names[held]
            if at is above:
                break
            at = at.f_back
        return None if value is None else [square, value]

    def result(self):
        return {
            "version": 1,
            "frames": self.frames,
            "functions": [],
            "cells": [],
            "steps": self.steps,
            "search": {"name": self.of, "calls": self.calls},
            "cut": self.cut,
        }


def _record(frame_id, name, parent, caller, first):
    return {
        "id": frame_id,
        "name": name,
        "functionId": None,
        "parentId": parent,
        "callerId": caller,
        "callLine": None,
        "throughC": False,
        "exact": True,
        "cellNames": [],
        "firstStep": first,
        "lastStep": None,
        "returned": None,
        "raised": None,
    }


def _result_of(value):
    """A count of 0 or an empty list is neither a dead end nor an answer: what it means only the program knows."""
    if value is None or value is False:
        return "nothing"
    return "value" if type(value) in NOTHING_INSIDE and not value else "found"


def _is_digit(value):
    return (type(value) is str and _len(value) == 1 and value.isdigit()) or (type(value) is int and 0 < value < 10)


def _grid_in(frame):
    """The first argument that is a grid, as a list of texts: `5`, `137` for what is still possible, `` for nothing."""
    _, cells = _cells_in(frame)
    return None if cells is None else [text for _, text in cells]


def _cells_in(frame):
    """(name of the first argument that is a grid, its squares), or twice None."""
    code, local = frame.f_code, frame.f_locals
    for name in code.co_varnames[: code.co_argcount]:
        cells = _cells(local.get(name))
        if cells is not None:
            return name, cells
    return None, None


def _text_in(frame):
    """The first argument as it is drawn, for a search that has no grid."""
    code = frame.f_code
    return show.show(frame.f_locals.get(code.co_varnames[0])) if code.co_argcount else ""


def _squares_of(frame):
    """Name of a square -> its place; names are the keys of a dict, or numbers."""
    _, cells = _cells_in(frame)
    return {key: at for at, (key, _) in enumerate(cells or ())}


def _cells(value):
    """[(name of the square, text)] in rows, or None when this is no grid."""
    if type(value) is dict and _len(value) in SIZES and all(type(key) in (str, tuple) for key in value):
        keys = sorted(value, key=str)
        texts = [_cell(value[key]) for key in keys]
        return None if None in texts else [*zip(keys, texts)]
    if type(value) is str and _len(value) in SIZES:
        texts = [_cell(each) for each in value]
        return None if None in texts else [*enumerate(texts)]
    if type(value) in (list, tuple):
        flat = value
        if _len(value) in SIZES.values() and all(type(row) in (list, tuple) and _len(row) == _len(value) for row in value):
            flat = [each for row in value for each in row]
            size = _len(value)
            texts = [_cell(each) for each in flat]
            return None if None in texts else [((at // size, at % size), text) for at, text in enumerate(texts)]
        if _len(flat) in SIZES:
            texts = [_cell(each) for each in flat]
            return None if None in texts else [*enumerate(texts)]
    return None


def _cell(value):
    if value is None or (type(value) in (str, int) and str(value) in NO_VALUE):
        return ""
    if type(value) is int:
        return str(value) if 0 < value < 10 else None
    if type(value) in (set, frozenset, list, tuple):
        if not all(_is_digit(each) for each in value):
            return None
        return "".join(sorted(str(each) for each in value))
    if type(value) is str and (value == "" or value.isdigit()):
        return value
    return None
