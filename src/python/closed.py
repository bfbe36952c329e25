"""What this Python does not have, and the sentence that says so.

The page's JavaScript, raw memory and other processes are no part of a lesson. On this machine, where
`stacklab check` runs the programs of a lesson, os.system would even start commands.
"""

import importlib.machinery
import os
import sys

import micropip
from place import RECURSION_MAX

JAVASCRIPT = "a program in a lesson does not reach the JavaScript of the page: there is no module {name} here"
MEMORY = "{name} reaches into raw memory, where one wrong number ends Python: it is not here"
PROCESS = "this Python is one process with one thread: there is no {name} here"
MODULES = {
    **dict.fromkeys(("js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core"), JAVASCRIPT),
    **dict.fromkeys(("ctypes", "_ctypes"), MEMORY),
    **dict.fromkeys(("multiprocessing", "_multiprocessing"), PROCESS),
}
COMMANDS = ("system", "popen", "fork", "forkpty", "posix_spawn", "posix_spawnp", "execv", "execve")
FILES_OF_PYTHON = ("/lib/python314.zip", "/lib", "/")
LIMIT_SENTENCE = f"sys.setrecursionlimit: this Python stops at {RECURSION_MAX} calls inside one another.\n"

_set_limit, _pid = sys.setrecursionlimit, os.getpid


class Doorkeeper:
    """Stands first in sys.meta_path: says why a module is not here, before Python looks for it. It has one itself."""

    def find_spec(self, name, path=None, target=None):
        if name == micropip.__name__:
            return importlib.machinery.ModuleSpec(name, self, origin=micropip.__file__)
        why = MODULES.get(name.partition(".")[0])
        if why is not None:
            raise ImportError(why.format(name=name), name=name)
        return None

    def create_module(self, spec):
        return micropip

    def exec_module(self, module):
        """It has run: boot.py loaded it."""


def close():
    """Once, before the place is remembered: all of it stays for every run."""
    sys.meta_path[:] = [Doorkeeper(), *(each for each in sys.meta_path if "pyodide" not in _module_of(each))]
    for name in [each for each in sys.modules if each.partition(".")[0] in MODULES]:
        del sys.modules[name]
    for name in COMMANDS:
        _replace(name, _refusing(name))
    _replace("_exit", _exit)
    _replace("abort", lambda: _end("os.abort() ends the program"))
    _replace("kill", _kill)
    sys.setrecursionlimit = _limit
    # The program's own folder comes by its name; a start from a snapshot adds the empty one once more.
    sys.path[:] = [each for each in dict.fromkeys(sys.path) if each]
    _protect_files()


def _module_of(finder):
    return getattr(finder, "__module__", None) or type(finder).__module__


def _replace(name, function):
    for module in (os, sys.modules["posix"]):
        if hasattr(module, name):
            setattr(module, name, function)


def _refusing(name):
    def refuse(*given, **named):
        raise OSError(PROCESS.format(name=f"os.{name}"))

    return refuse


def _exit(status=0):
    raise SystemExit(status)


def _end(words):
    raise SystemExit(words)


def _kill(process, number):
    if process != _pid():
        raise ProcessLookupError(3, "No such process")
    if number != 0:
        _end("os.kill() ends the program")


def _limit(limit):
    """More than this and the stack of the browser is used up before Python counts to the end."""
    if isinstance(limit, int) and limit > RECURSION_MAX:
        sys.stderr.write(LIMIT_SENTENCE)
    else:
        _set_limit(limit)


def _protect_files():
    """A folder without the right to write keeps its files: nobody deletes the standard library by accident."""
    for path in FILES_OF_PYTHON:
        if os.path.exists(path):
            os.chmod(path, 0o555)
