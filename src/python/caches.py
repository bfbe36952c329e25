"""What functools.cache and lru_cache keep while a program is watched: rows made, asked for, and let go.

    @lru_cache(maxsize=2)      row 0  fib(1)  kept at step 9, evicted at step 20
    def fib(n): ...            row 1  fib(0)  kept at step 12 ...
                               hit    row 1   at step 17

The wrapper is Python code here (boot.py), so its dict lies in a cell that can be read. Keys are told apart by
identity: comparing them could run a learner's __eq__.
"""

import functools
import sys
import types

import show

_monitoring = sys.monitoring
_len = len
EVENTS = _monitoring.events.PY_START | _monitoring.events.PY_RETURN


class Caches:
    def __init__(self, watch, tool):
        self.watch = watch
        self.tool = tool
        self.codes = set()
        self.hits = []
        self.rows = []
        # Calls of wrappers that have not come back: (what was asked, its wrapper), or (None, None).
        self.calls = []
        # id of a wrapper -> (the wrapper, {id of a key: (the key, number of its row)})
        self.held = {}
        self.is_cleared = False

    def called(self, function):
        """Something is called, perhaps a cache: its code is watched from now on."""
        if type(function) is not types.FunctionType or function.__code__.co_filename != functools.__file__:
            return
        name = function.__code__.co_name
        if name == "cache_clear":
            self.is_cleared = True
        elif name == "wrapper" and "cache_info" in function.__dict__ and function.__code__ not in self.codes:
            self.codes.add(function.__code__)
            _monitoring.set_local_events(self.tool, function.__code__, EVENTS)

    def entered(self, wrapper, frame):
        """A cache is asked. It is no frame of the program."""
        watch = self.watch
        function = getattr(wrapper, "__wrapped__", None)
        if not show.is_function(function) or function.__code__ not in watch.codes or watch.cut:
            self.calls.append((None, None))
            return
        local = frame.f_locals
        shown = [show.show(each) for each in local.get("args", ())]
        shown += [f"{name}={show.show(each)}" for name, each in local.get("kwds", {}).items()]
        asked = {
            "functionId": watch.functions[watch._function(function)]["id"],
            "callerId": watch.stack[-1]["record"]["id"],
            "step": _len(watch.steps) - 1,
            "arguments": ", ".join(shown),
            "frames": _len(watch.frames),
        }
        self.calls.append((asked, wrapper))

    def left(self, value):
        asked, wrapper = self.calls.pop() if self.calls else (None, None)
        if asked is None or self.watch.cut:
            return
        function_id, first = asked["functionId"], asked.pop("frames")
        ran = next((each for each in self.watch.frames[first:] if each["functionId"] == function_id), None)
        drawn = self.watch._value(value)
        if ran is None:
            self.hits.append({**asked, "value": drawn, "row": self._row_of(wrapper, asked)})
        else:
            self._compare(wrapper, {"functionId": function_id, "arguments": asked["arguments"], "value": drawn, "frameId": ran["id"]})

    def thrown(self):
        """An exception leaves a cache: it keeps nothing of that call."""
        if self.calls:
            self.calls.pop()

    def look(self):
        """After cache_clear(), before the next step."""
        self.is_cleared = False
        for wrapper, _ in [*self.held.values()]:
            self._compare(wrapper)

    def _compare(self, wrapper, row=None):
        """Notes the rows that are gone, and the one that is new: a dict has it last."""
        table = _table(wrapper)
        known = self.held.setdefault(id(wrapper), (wrapper, {}))[1]
        step = _len(self.watch.steps) - 1
        newest = next(reversed(table), None)
        is_new = row is not None and _len(table) > 0 and id(newest) not in known
        if _len(known) + is_new != _len(table):
            now = {id(key) for key in table}
            for gone in [each for each in known if each not in now]:
                self.rows[known.pop(gone)[1]]["until"] = step
        if is_new:
            known[id(newest)] = (newest, _len(self.rows))
            self.rows.append({**row, "from": step, "until": None})

    def _row_of(self, wrapper, asked):
        """The row that answered: the one with these arguments."""
        for _, row in self.held.get(id(wrapper), (None, {}))[1].values():
            if self.rows[row]["arguments"] == asked["arguments"]:
                return row
        return None

    def result(self):
        return {"cacheHits": self.hits, "cacheRows": self.rows} if self.hits or self.rows else {}


def _table(wrapper):
    """Its dict; an empty one for maxsize=0, which keeps nothing."""
    cells = dict(zip(wrapper.__code__.co_freevars, wrapper.__closure__ or ()))
    found = cells["cache"].cell_contents if "cache" in cells else None
    return found if type(found) is dict else {}
