"""Runs a learner's program: fresh names, one stream of output, limits, and everything put back afterwards.

    run(code, files, input, trace) -> JSON {how, line, error, loudest, tookMs, lines, characters, trace}

Everything that a program may change for the next one is put back: builtins, the names inside modules,
sys.modules, sys.path, its folder, the random seed, the recursion limit.
"""

import builtins
import gc
import importlib
import json
import linecache
import os
import random
import shutil
import sys
import time
import traceback
import types

import show
import sockets
import stream
import tracer

FILE = "main.py"
HOME = "/home/learner"
RECURSION_MAX = 400
# The tracer's own calls come on top of the program's. They need room that the program does not get.
TRACER_CALLS = 40
LINES_MAX = 10_000
CHARACTERS_MAX = 250_000
FRAMES_MAX = 50
TICKS_A_LOOK = 200

INPUT_SENTENCE = "this page has nobody at the keyboard: input() has nothing to read"

_dumps, _loads, _compile, _exec, _now = json.dumps, json.loads, compile, exec, time.perf_counter
_sleep, _print_error = time.sleep, traceback.TracebackException
_monitoring = sys.monitoring
CLOCK_TOOL = _monitoring.COVERAGE_ID
CLOCK_EVENTS = _monitoring.events.JUMP | _monitoring.events.PY_START
# Modules whose names are the machinery of a run itself.
NOT_PUT_BACK = ("sys", "__main__", "linecache", "js")


class TimeLimit(BaseException):
    """The program ran longer than it may."""


class Place:
    """What is the same for all runs: where output goes, and how the world looked before the first run."""

    def __init__(self):
        self.post_output = None
        self.post_packet = None
        self.saved = None

    def remember(self):
        modules = {
            name: (module, dict(module.__dict__))
            for name, module in sys.modules.items()
            if type(module) is types.ModuleType
            and name.partition(".")[0] not in NOT_PUT_BACK
            and "pyodide" not in name
        }
        self.saved = {
            "modules": modules,
            "path": list(sys.path),
            "environ": dict(os.environ),
            "streams": (sys.stdin, sys.stdout, sys.stderr, sys.displayhook, sys.excepthook),
        }

    def put_back(self):
        sys.settrace(None)
        sys.setprofile(None)
        sys.setrecursionlimit(RECURSION_MAX)
        sys.stdin, sys.stdout, sys.stderr, sys.displayhook, sys.excepthook = self.saved["streams"]
        for module, names in self.saved["modules"].values():
            held = module.__dict__
            held.update(names)
            if len(held) != len(names):
                for name in [each for each in held if each not in names]:
                    del held[name]
        for name, (module, _) in self.saved["modules"].items():
            sys.modules[name] = module
        for name, module in list(sys.modules.items()):
            if str(getattr(module, "__file__", "")).startswith(HOME):
                del sys.modules[name]
        sys.path[:] = self.saved["path"]
        os.environ.clear()
        os.environ.update(self.saved["environ"])
        sys.modules.pop("__main__", None)


place = Place()


def connect(post_output, post_packet):
    """The two ways out: post_output(JSON of [[from, text], ...]) and post_packet(to, protocol, latin-1 text)."""
    place.post_output = post_output
    place.post_packet = post_packet
    if place.saved is None:
        place.remember()
        # What is here now stays: sweeping it after every run took most of the time of a short one.
        gc.freeze()


class Session:
    """One program with its files, its input and its limits. Use it in a `with`: then all is put back."""

    def __init__(self, code, files, input_lines, lines_max=LINES_MAX, characters_max=CHARACTERS_MAX, quiet=False):
        post = (lambda pieces: None) if quiet else (lambda pieces: place.post_output(_dumps(pieces)))
        self.code = code
        self.files = files
        self.input_lines = list(input_lines)
        self.printer = stream.Printer(post, frozenset({FILE}), lines_max, characters_max)
        self.own_files = {FILE, *(f"{HOME}/{name}" for name in files)}
        self.deadline = None
        self.ticks = TICKS_A_LOOK
        self.names = None

    def __enter__(self):
        _fill_home(self.files)
        importlib.invalidate_caches()
        linecache.cache.clear()
        lines = [line + "\n" for line in self.code.split("\n")]
        linecache.cache[FILE] = (len(self.code), None, lines, FILE)
        main = types.ModuleType("__main__")
        self.names = main.__dict__
        sys.modules["__main__"] = main
        sys.argv = [FILE]
        sys.path.insert(0, HOME)
        sys.stdout, sys.stderr = stream.Stream(self.printer, "out"), stream.Stream(self.printer, "err")
        builtins.input = self._input
        time.sleep = self._pause
        page_sockets = sockets.PageSockets(
            lambda to, protocol, data: place.post_packet(to, protocol, data.decode("latin-1"))
        )
        page_sockets.install()
        random.seed(0)
        sys.setrecursionlimit(RECURSION_MAX)
        return self

    def __exit__(self, *error):
        self.stop_clock()
        place.put_back()
        self.printer.flush()
        self.names = None
        gc.collect()

    def compile(self):
        return _compile(self.code, FILE, "exec", dont_inherit=True)

    # -- time ---------------------------------------------------------------------------------

    def start_clock(self, program, deadline):
        """Looks at the time at every jump and call of the program, so that also `while True: pass` ends."""
        self.deadline = deadline
        _monitoring.use_tool_id(CLOCK_TOOL, "stacklab clock")
        for event in (_monitoring.events.JUMP, _monitoring.events.PY_START):
            _monitoring.register_callback(CLOCK_TOOL, event, self._tick)
        for code in tracer._enclosing_codes(program):
            _monitoring.set_local_events(CLOCK_TOOL, code, CLOCK_EVENTS)

    def stop_clock(self):
        if _monitoring.get_tool(CLOCK_TOOL) == "stacklab clock":
            _monitoring.clear_tool_id(CLOCK_TOOL)
            _monitoring.free_tool_id(CLOCK_TOOL)

    def _tick(self, *event):
        self.ticks -= 1
        if self.ticks <= 0:
            # Once over, every tick stops the program again, whatever it catches.
            if _now() > self.deadline:
                raise TimeLimit
            self.ticks = TICKS_A_LOOK

    def _pause(self, seconds):
        self.printer.flush()
        if self.deadline is not None and _now() + seconds > self.deadline:
            self.ticks = 0
            raise TimeLimit
        _sleep(seconds)

    # -- input --------------------------------------------------------------------------------

    def _input(self, prompt=""):
        sys.stdout.write(str(prompt))
        self.printer.flush()
        if not self.input_lines:
            raise EOFError(INPUT_SENTENCE)
        line = self.input_lines.pop(0)
        sys.stdout.write(line + "\n")
        return line

    # -- endings ------------------------------------------------------------------------------

    def ending(self, error):
        """How a run ended, from the exception that came out of it (or None)."""
        line = None if error is None else self._last_line(error)
        told = {"how": "finished", "line": line, "error": None, "loudest": None}
        if isinstance(error, stream.OutputLimit):
            told["how"] = "output-limit"
            told["loudest"] = self.printer.loudest()
        elif isinstance(error, TimeLimit):
            told["how"] = "time-limit"
        elif isinstance(error, KeyboardInterrupt):
            told["how"] = "stopped"
        elif error is not None and not _is_quiet_exit(error):
            told["how"] = "error"
            told["error"] = self.error(error)
        return told

    def error(self, error):
        """The exception as data, with Python's own text, cut to the learner's files."""
        whole = _print_error(type(error), error, error.__traceback__, compact=True)
        self._keep_own_frames(whole, 0)
        frames = [{"file": each.filename, "line": each.lineno, "name": each.name} for each in whole.stack]
        line = self._last_line(error)
        if line is None and isinstance(error, SyntaxError):
            line = error.lineno
        return {
            "type": type(error).__name__,
            "message": str(whole),
            "line": line,
            "traceback": "".join(whole.format()),
            "frames": frames[-FRAMES_MAX:],
        }

    def _keep_own_frames(self, whole, depth):
        whole.stack[:] = [each for each in whole.stack if each.filename in self.own_files]
        for other in (whole.__cause__, whole.__context__, *(whole.exceptions or ())):
            if other is not None and depth < FRAMES_MAX:
                self._keep_own_frames(other, depth + 1)

    def _last_line(self, error):
        line, step = None, error.__traceback__
        while step is not None:
            if step.tb_frame.f_code.co_filename == FILE:
                line = step.tb_lineno
            step = step.tb_next
        return line


def run(code, files, input_lines, trace):
    """Runs a program to its end, or to a limit. `files` and `input_lines` are JSON; so is what comes back."""
    with Session(code, _loads(files), _loads(input_lines)) as session:
        began = _now()
        watch, error = None, None
        try:
            program = session.compile()
            if trace:
                watch = _watch(session, program)
            _exec(program, session.names)
        except BaseException as caught:
            error = caught
        finally:
            if watch is not None:
                watch.stop()
                sys.setrecursionlimit(RECURSION_MAX)
        took_ms = (_now() - began) * 1000
        place.put_back()
        told = session.ending(error)
        # The exception holds the program's frames: let them go before the memory is swept.
        error = None
        told["tookMs"] = took_ms
        told["lines"] = session.printer.lines
        told["characters"] = session.printer.characters
        told["trace"] = watch.result() if watch is not None else None
        return _dumps(told)


def _watch(session, program):
    watch = tracer.Tracer(program, session.names, lambda: session.printer.characters, RECURSION_MAX)
    sys.setrecursionlimit(RECURSION_MAX + TRACER_CALLS)
    watch.start()
    return watch


def _is_quiet_exit(error):
    """sys.exit() and exit(0) are an ordinary end; exit("words") prints its words and is one too."""
    return isinstance(error, SystemExit) and (error.code is None or error.code == 0)


def _fill_home(files):
    # A folder that somebody stands in cannot be removed.
    os.chdir("/")
    shutil.rmtree(HOME, ignore_errors=True)
    os.makedirs(HOME, exist_ok=True)
    os.chdir(HOME)
    for name, text in files.items():
        path = os.path.join(HOME, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
