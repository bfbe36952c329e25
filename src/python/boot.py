"""Loads our Python files into the interpreter: as modules in memory, so that a memory snapshot keeps them."""

import builtins
import importlib.util
import json
import sys
import types


def boot(sources, names):
    """`sources` is JSON {name: text}. Returns the modules by name."""
    _take_python_lru_cache()
    texts, loaded = json.loads(sources), {}
    # Our files look up print, len and isinstance in a dict of their own, which no program gets into its hands.
    own_builtins = dict(vars(builtins))
    for file in names.split():
        name = file.removesuffix(".py")
        module = types.ModuleType(name)
        module.__file__ = f"stacklab/{file}"
        module.__builtins__ = own_builtins
        sys.modules[name] = loaded[name] = module
        exec(compile(texts[file], module.__file__, "exec"), module.__dict__)
    # A learner's own file may be called show.py too: ours are found by nobody but each other.
    for name in loaded:
        del sys.modules[name]
    loaded["runner"].own_modules = list(loaded.values())
    return loaded


def _take_python_lru_cache():
    """Puts the Python version of lru_cache in place of the C version.

    Frames of C code do not count against the recursion limit, but they use up the stack of the browser:
    endless recursion through the C version kills the interpreter, through this one it is a RecursionError.
    """
    import functools

    c_version = sys.modules.get("_functools")
    sys.modules["_functools"] = None
    spec = importlib.util.find_spec("functools")
    copy = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(copy)
    sys.modules["_functools"] = c_version
    functools._lru_cache_wrapper = copy._lru_cache_wrapper
