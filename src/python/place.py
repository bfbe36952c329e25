"""How Python looked before the first run, and how it is made to look so again after each one.

    place.remember(own)   once, after everything is loaded
    place.put_back()      after every run, whatever the program did

A program may replace print, empty sys.modules, patch json.JSONEncoder or switch gc off: the next one
finds everything as it was. Looking is cheap (one pass over 20 000 values by identity, about 2 ms), and
mending happens only where something differs.
"""

import _signal
import asyncio
import decimal
import gc
import itertools
import operator
import os
import sys
import types
import warnings

RECURSION_MAX = 400
# Where the further files of a program stand, and where it installs packages: both are emptied for every run.
HOME, SITE = "/home/learner", "/lib/python3.14/site-packages"
# Packages that authors ask for, each in a folder of its own: only a program that names one has its folder in sys.path.
KEPT = "/lib/python3.14/packages"
TOOLS = range(6)
# The tracer, the clock and the stop end by themselves.
OWN_TOOLS = ("stacklab", "stacklab clock", "stacklab stop")
IMMUTABLE_CLASS = 1 << 8

_set_limit, _set_trace, _set_profile = sys.setrecursionlimit, sys.settrace, sys.setprofile
_set_hooks, _set_digits, _digits = sys.set_asyncgen_hooks, sys.set_int_max_str_digits, sys.get_int_max_str_digits
_set_switch, _switch = sys.setswitchinterval, sys.getswitchinterval
_monitoring = types.SimpleNamespace(**vars(sys.monitoring))
_is, _chain, _values = operator.is_, itertools.chain.from_iterable, dict.values
_set_attribute, _delete_attribute = type.__setattr__, type.__delattr__
_handler, _set_handler = _signal.getsignal, _signal.signal
_gc = types.SimpleNamespace(**vars(gc))
_set_running_loop, _set_loop = asyncio._set_running_loop, asyncio.set_event_loop
_context, _set_context = decimal.Context, decimal.setcontext
_warnings_lock, _warnings_changed = warnings._lock, warnings._filters_mutated_lock_held
_END = object()


class Place:
    """Everything that outlives a run."""

    def __init__(self):
        self.names = None

    def remember(self, own):
        """`own` are our modules, which sys.modules does not hold."""
        sys.modules.pop("__main__", None)
        self.sys_modules = sys.modules
        self.modules = dict(sys.modules)
        kept = [each for each in (*self.modules.values(), *own) if type(each) is types.ModuleType]
        self.names = [(each.__dict__, dict(each.__dict__)) for each in kept]
        self._remember_classes(kept)
        self.lists = [(each, list(each)) for each in (sys.path, sys.meta_path, sys.path_hooks, gc.callbacks)]
        self.finders = dict(sys.path_importer_cache)
        self.filters = list(warnings.filters)
        self.environ = dict(os.environ)
        self.handlers = [(each, _handler(each)) for each in _signal.valid_signals() if _handler(each) is not None]
        self.collecting = (gc.isenabled(), gc.get_threshold(), gc.get_debug())
        self.digits, self.switch = _digits(), _switch()
        # What is here now stays: sweeping it after every run took most of the time of a short one.
        gc.freeze()

    def _remember_classes(self, modules):
        found = {}
        for value in _chain(each.__dict__.values() for each in modules):
            if isinstance(value, type) and not value.__flags__ & IMMUTABLE_CLASS:
                # importlib counts in a class how often it was told to look again.
                if "importlib" not in value.__module__:
                    found[id(value)] = value
        # The dict behind the read-only __dict__: reading it is quick, writing would go past Python's caches.
        self.classes = [(each, gc.get_referents(each.__dict__)[0], dict(each.__dict__)) for each in found.values()]
        self._list_class_values()

    def _list_class_values(self):
        self.class_dicts = [held for _, held, _ in self.classes]
        self.class_values = [*_chain(map(_values, self.class_dicts)), _END]

    def put_back(self):
        self._free_hooks()
        for held, names in self.names:
            held.update(names)
            if len(held) != len(names):
                for name in [each for each in held if each not in names]:
                    del held[name]
        self.drop_modules()
        now = _chain((_chain(map(_values, self.class_dicts)), (_END,)))
        if not all(map(_is, now, self.class_values)):
            self._mend_classes()
        self._put_back_lists()
        self._put_back_settings()

    def _free_hooks(self):
        """First of all: a hook that a program left would be called by every line below."""
        _set_trace(None)
        _set_profile(None)
        for tool in TOOLS:
            if _monitoring.get_tool(tool) not in (None, *OWN_TOOLS):
                _monitoring.clear_tool_id(tool)
                _monitoring.free_tool_id(tool)

    def drop_modules(self):
        """Modules that a program brought in go: it may have changed them, and its own files change anyway."""
        held = self.sys_modules
        for name in [each for each in held if each not in self.modules]:
            del held[name]
        held.update(self.modules)

    def _mend_classes(self):
        for kind, held, names in self.classes:
            try:
                for name in [each for each in held if each not in names]:
                    _delete_attribute(kind, name)
                for name, value in names.items():
                    if held.get(name, _END) is not value:
                        _set_attribute(kind, name, value)
            except (AttributeError, TypeError):
                # Python keeps some names of a class for itself.
                continue
        # A name that was deleted and set again stands at another place now.
        self._list_class_values()

    def _put_back_lists(self):
        for held, items in self.lists:
            held[:] = items
        # Whoever looked into the program's folder looks again in the next run.
        sys.path_importer_cache.clear()
        sys.path_importer_cache.update(self.finders)
        if list(map(id, warnings.filters)) != list(map(id, self.filters)):
            warnings.filters[:] = self.filters
            with _warnings_lock:
                _warnings_changed()
        if dict(os.environ) != self.environ:
            os.environ.clear()
            os.environ.update(self.environ)

    def _put_back_settings(self):
        _set_limit(RECURSION_MAX)
        _set_hooks(None, None)
        _set_digits(self.digits)
        _set_switch(self.switch)
        _set_running_loop(None)
        _set_loop(None)
        _set_context(_context(prec=28, rounding=decimal.ROUND_HALF_EVEN))
        enabled, threshold, debug = self.collecting
        _gc.enable() if enabled else _gc.disable()
        _gc.set_threshold(*threshold)
        _gc.set_debug(debug)
        for number, handler in self.handlers:
            if _handler(number) is not handler:
                _set_handler(number, handler)


place = Place()
