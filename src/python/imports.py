"""Watches which modules a program asks for, where Python looks for them, and which of its files run because of it.

It stands in front of __import__ while the program runs. Only what the learner's own files ask for is told: the
library imports hundreds of modules by itself.
"""

import builtins
import importlib.machinery
import sys

import micropip
import tracer
from place import HOME, KEPT, SITE

EVENTS_MAX = 300
MICROPIP = micropip.__file__

_import = builtins.__import__
_find = importlib.machinery.PathFinder.find_spec
_builtin = importlib.machinery.BuiltinImporter.find_spec
_frozen = importlib.machinery.FrozenImporter.find_spec
_frame = sys._getframe
_len = len


class Imports:
    def __init__(self, source):
        self.file = None
        self.watch = None
        self.events = []
        self.before = frozenset()
        self.is_cut = False

    def start(self, watch):
        self.watch = watch
        self.file = watch.main_code.co_filename
        self.before = frozenset(sys.modules)
        builtins.__import__ = self._asked

    def stop(self):
        builtins.__import__ = _import

    def result(self):
        return {
            "imports": {
                "path": [_place(each) for each in sys.path],
                "loadedBefore": _len(self.before),
                "events": self.events,
                "isCut": self.is_cut,
            }
        }

    def _asked(self, name, globals=None, locals=None, fromlist=(), level=0):
        file = self._own_file(_frame(1))
        if file is None or self.watch.cut:
            return _import(name, globals, locals, fromlist, level)
        if _len(self.events) >= EVENTS_MAX:
            self.is_cut = True
            return _import(name, globals, locals, fromlist, level)
        event = self._begin(name, file, _frame(1).f_lineno, level)
        try:
            module = _import(name, globals, locals, fromlist, level)
        except BaseException as error:
            event["error"] = {"type": type(error).__name__, "message": tracer._message(error)}
            self._end(event)
            raise
        found = sys.modules.get(event["name"])
        event["file"] = _place(getattr(found, "__file__", None) or "")
        if event["error"] is None and fromlist:
            self._missing(event, module, fromlist)
        self._end(event)
        return module

    def _begin(self, name, file, line, level):
        known = name in sys.modules
        event = {
            "name": name,
            "asks": file,
            "line": line,
            "depth": sum(1 for each in self.events if each["ends"] is None),
            "step": self._step(),
            "onShelf": known,
            # A module that is on the shelf and has not run to its end: two files import each other.
            "isHalf": known and any(each["name"] == name and each["ends"] is None for each in self.events),
            "tried": [] if known or level else _tried(name),
            "file": None,
            "error": None,
            "ends": None,
        }
        self.events.append(event)
        return event

    def _missing(self, event, module, fromlist):
        """`from x import y` fails after the import itself, when x has no y."""
        missing = [each for each in fromlist if each != "*" and not hasattr(module, each)]
        if missing and event["isHalf"]:
            event["error"] = {"type": "ImportError", "message": f"{event['name']} has not made {missing[0]} yet"}

    def _end(self, event):
        event["ends"] = self._step()

    def _step(self):
        return max(0, _len(self.watch.steps) - 1)

    def _own_file(self, frame):
        file = frame.f_code.co_filename
        if file == self.file:
            return file
        return file[_len(HOME) + 1 :] if file.startswith(HOME + "/") else None


def _tried(name):
    """Every place in the order of the search until the one that has it, and a later one that has it too."""
    top = name.split(".")[0]
    if top == micropip.__name__:
        return [{"place": _place(MICROPIP), "found": True}]
    tried = []
    for place, find in (("built into Python", _builtin), ("frozen into Python", _frozen)):
        found = find(top) is not None
        tried.append({"place": place, "found": found})
        if found:
            return tried
    done = False
    for entry in sys.path:
        spec = _find(top, [entry])
        found = spec is not None and spec.origin is not None
        if done and found:
            tried.append({"place": _place(entry), "found": False, "hidden": True})
        elif not done:
            tried.append({"place": _place(entry), "found": found})
        done = done or found
    return tried


def _place(path):
    if path == MICROPIP:
        return "this page"
    for folder, name in ((SITE, "installed packages"), (KEPT, "packages of this page")):
        if path == folder or path.startswith(folder + "/"):
            return name + path[_len(folder) :]
    if path == HOME or path.startswith(HOME + "/"):
        rest = path[_len(HOME) + 1 :]
        return f"your folder/{rest}" if rest else "your folder"
    if path.endswith(".zip"):
        return "the standard library"
    if ".zip/" in path:
        return "the standard library/" + path.split(".zip/")[1]
    if path.endswith("lib-dynload"):
        return "the library's compiled parts"
    return path
