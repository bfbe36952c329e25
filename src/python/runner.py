"""Runs a learner's program: fresh names, one stream of output, limits, and everything put back afterwards.

    run(code, asked) -> JSON {how, line, error, loudest, tookMs, lines, characters, trace}

What a program may change for the next one is put back by place.py; how it is stopped says stopping.py.
"""

import asyncio
import atexit
import builtins
import gc
import importlib.machinery
import json
import json.encoder
import linecache
import os
import random
import shlex
import shutil
import sys
import time
import traceback
import types

import closed
import extras
import json_depth
import micropip
import show
import sockets
import stream
import tracer
import waiting
from place import HOME, KEPT, RECURSION_MAX, SITE, place
from stopping import TimeLimit, stopper

TEMPORARY = "/tmp"
# The tracer's own calls come on top of the program's. They need room that the program does not get.
TRACER_CALLS = 40
LINES_MAX = 10_000
CHARACTERS_MAX = 250_000
FRAMES_MAX = 50
ERROR_CHARACTERS_MAX = 10_000
TICKS_A_LOOK = 200
# A long sleep is taken in pieces: Python looks for a stop only now and then between two of its instructions.
SLEEP_S_MAX = 0.002
# Python looks here before it looks into a folder: no file hides sys or os.
COME_FIRST = (importlib.machinery.BuiltinImporter.find_spec, importlib.machinery.FrozenImporter.find_spec)
OUTPUT_FILES = {1: "out", 2: "err"}

END_SENTENCE = "the input has ended"
INPUT_SENTENCE = "this page has nobody at the keyboard: input() has nothing to read"

_loads, _compile, _eval, _now = json.loads, compile, eval, time.perf_counter
_print_error, _set_limit, _seed, _collect = traceback.TracebackException, sys.setrecursionlimit, random.seed, gc.collect
# Pyodide's sleep tries to switch stacks first, which a run does not allow.
_sleep = getattr(time.sleep, "__wrapped__", time.sleep)
_set_profile, _set_trace = sys.setprofile, sys.settrace
_write_file, _is_kind = os.write, issubclass
_monitoring = sys.monitoring
CLOCK_TOOL = _monitoring.COVERAGE_ID
CLOCK_NAME = "stacklab clock"
CLOCK_EVENTS = _monitoring.events.JUMP | _monitoring.events.PY_START
_encode = json.encoder.c_make_encoder(
    None, None, json.encoder.c_encode_basestring_ascii, None, ":", ",", False, False, True
)


def _dumps(value):
    """JSON by C code alone: a program may patch json's classes while it runs."""
    return "".join(_encode(value, 0))


class Exits:
    """The ways out of Python, given by the worker."""

    output = None
    packet = None
    ask = None
    poll = None
    read = None


exits = Exits()
# Our modules; boot.py fills the list in.
own_modules = []


def connect(post_output, post_packet, ask, poll, read):
    """The ways out: post_output(JSON of [[from, text], ...]), post_packet(to, protocol, latin-1 text), and for a line
    of input ask() and then poll(): "L" and the line, "E" for the end, "" for nothing yet, or a promise of these.
    read(path) gives a file of the package index as latin-1 text, or "".
    """
    exits.output = post_output
    exits.packet = post_packet
    exits.ask = ask
    exits.poll = poll
    exits.read = read
    if place.names is None:
        time.sleep = _sleep
        stopper.install()
        json_depth.guard()
        waiting.install()
        closed.close()
        place.remember(own_modules)


class Session:
    """One program with its files, its input and its limits. Use it in a `with`: then all is put back."""

    def __init__(self, code, file, files, packages, input_lines, is_live=False, recursion_max=None, command=None, lines_max=LINES_MAX, characters_max=CHARACTERS_MAX, quiet=False):
        post = (lambda pieces: None) if quiet else (lambda pieces: exits.output(_dumps(pieces)))
        self.code = code
        # The name of the program. It stands on no disk: a file that is called like a module would hide it.
        self.file = file
        self.files = files
        self.packages = packages
        self.input_lines = list(input_lines)
        self.is_live = is_live
        self.recursion_max = recursion_max or RECURSION_MAX
        self.command = command
        self.printer = stream.Printer(post, stopper.insist, frozenset({file}), lines_max, characters_max)
        self.own_files = {file, *(f"{HOME}/{name}" for name in files)}
        self.deadline = None
        self.ticks = TICKS_A_LOOK
        self.names = None
        self.at_exit = []
        self.held = []

    def __enter__(self):
        stopper.begin()
        _fill_home(self.files)
        linecache.cache.clear()
        lines = [line + "\n" for line in self.code.split("\n")]
        linecache.cache[self.file] = (len(self.code), None, lines, self.file)
        main = types.ModuleType("__main__")
        main.__builtins__ = builtins
        self.names = main.__dict__
        self._install(main)
        _seed(0)
        _set_limit(self.recursion_max)
        return self

    def _install(self, main):
        """What stands in for Python's own while the program runs; place.put_back() takes all of it away."""
        sys.modules["__main__"] = main
        sys.argv = [self.file] if self.command is None else _split(self.command) or [self.file]
        sys.path.insert(0, HOME)
        sys.path += [f"{KEPT}/{name}" for name in self.packages]
        micropip.index.read = exits.read
        # A file that is called like a module of the library hides it, also one that we have loaded.
        for name in self.files:
            module = name.removesuffix(".py")
            if not any(find(module) for find in COME_FIRST):
                sys.modules.pop(module, None)
        sys.stdin = sys.__stdin__ = stream.Keyboard(self._read_line)
        sys.stdout = sys.__stdout__ = stream.Stream(self.printer, "out")
        sys.stderr = sys.__stderr__ = stream.Stream(self.printer, "err")
        builtins.input = self._input
        time.sleep = self._pause
        os.write = self._write
        atexit.register = self._at_exit
        page_sockets = sockets.PageSockets(lambda to, protocol, data: exits.packet(to, protocol, data.decode("latin-1")))
        page_sockets.install()

    def __exit__(self, *error):
        self._sweep()
        self.stop_clock()
        stopper.calm()
        place.put_back()
        self.printer.flush()

    def compile(self):
        return _compile(self.code, self.file, "exec", waiting.TOP_LEVEL, dont_inherit=True)

    def attempt(self, act, *given):
        """(value, error) of a call that runs code of the program: only meanwhile it can be stopped.

        Both are held until the sweep, since letting them go may run a __del__ of the program.
        """
        value = error = None
        try:
            stopper.on = True
            value = act(*given)
        except BaseException as caught:
            error = caught
        stopper.on = False
        # A hook that the program left would be called by every function of ours, and once more as it goes.
        try:
            _set_profile(None)
        except BaseException:
            _set_profile(None)
        _set_trace(None)
        self.held.append((value, error))
        return value, error

    def leave(self):
        """Python's own farewell: what the program registered with atexit."""
        while self.at_exit and not self.is_stopped():
            act, given, named = self.at_exit.pop()
            _, error = self.attempt(lambda: act(*given, **named))
            if error is not None and not self.is_stopped():
                words = f"Exception ignored in atexit callback: {show.name_of_type(error)}\n"
                self.attempt(self.printer.write, "err", words)

    def is_stopped(self):
        return stopper.asked or stopper.error is not None or self.printer.over

    def _at_exit(self, act, *given, **named):
        self.at_exit.append((act, given, named))
        return act

    def _sweep(self):
        """Lets go of the program's objects: their __del__ may print, or never end."""
        names, self.names = self.names, {}
        main = sys.modules.get("__main__") or types.ModuleType("__main__")
        self._install(main)
        held, self.held = self.held, []
        for let_go in (held.clear, names.clear, waiting.forget, place.drop_modules):
            self.attempt(let_go)
        self.attempt(_collect)

    # -- time ---------------------------------------------------------------------------------

    def start_clock(self, program, deadline):
        """Looks at the time at every jump and call of the program, so that also `while True: pass` ends."""
        self.deadline = deadline
        _monitoring.use_tool_id(CLOCK_TOOL, CLOCK_NAME)
        for event in (_monitoring.events.JUMP, _monitoring.events.PY_START):
            _monitoring.register_callback(CLOCK_TOOL, event, self._tick)
        for code in tracer._enclosing_codes(program):
            _monitoring.set_local_events(CLOCK_TOOL, code, CLOCK_EVENTS)

    def stop_clock(self):
        if _monitoring.get_tool(CLOCK_TOOL) == CLOCK_NAME:
            _monitoring.clear_tool_id(CLOCK_TOOL)
            _monitoring.free_tool_id(CLOCK_TOOL)

    def _tick(self, *event):
        self.ticks -= 1
        if self.ticks <= 0:
            self.ticks = TICKS_A_LOOK
            if _now() > self.deadline and stopper.on:
                stopper.insist(TimeLimit)

    def _pause(self, seconds):
        self.printer.flush()
        end = _now() + seconds
        if self.deadline is not None and end > self.deadline:
            stopper.insist(TimeLimit)
        while seconds > SLEEP_S_MAX:
            _sleep(SLEEP_S_MAX)
            seconds = max(0, end - _now())
        _sleep(seconds)

    # -- input --------------------------------------------------------------------------------

    def _input(self, prompt=""):
        sys.stdout.write(str(prompt))
        self.printer.flush()
        line = self._read_line()
        if line is None:
            raise EOFError(END_SENTENCE if self.is_live else INPUT_SENTENCE)
        return line

    def _read_line(self):
        """The next line, echoed as a terminal does; None at the end of the input."""
        if self.input_lines:
            line = self.input_lines.pop(0)
        elif self.is_live:
            self.printer.flush()
            line = _typed_line()
        else:
            return None
        if line is not None:
            self.printer.write("out", line + "\n")
        return line

    def _write(self, file, data):
        """os.write: what goes to the files 1 and 2 is output like any other."""
        if file not in OUTPUT_FILES:
            return _write_file(file, data)
        data = bytes(data)
        self.printer.write(OUTPUT_FILES[file], data.decode("utf-8", "replace"))
        return len(data)

    # -- endings ------------------------------------------------------------------------------

    def ending(self, error):
        """How a run ended, from the exception that came out of it (or None)."""
        how = self.how(error)
        told = {"how": how, "line": None, "error": None, "loudest": None, "insisted": stopper.insisted}
        told["exitCode"] = None if self.command is None else _exit_status(how, error)
        if error is not None:
            told["line"] = self._last_line(error)
        if how == "output-limit":
            told["loudest"] = self.printer.loudest()
        elif how == "error":
            told["error"] = self.error(error)
        elif _exit_words(error) is not None:
            self.attempt(self.printer.write, "err", _exit_words(error) + "\n")
        return told

    def how(self, error):
        # A program that ate the exception was stopped all the same.
        if self.printer.over:
            return "output-limit"
        if _is_kind(type(error), TimeLimit):
            return "time-limit"
        if stopper.asked:
            return "stopped"
        if self.command is not None and error is not None and _is_kind(type(error), SystemExit):
            return "finished"
        return "finished" if error is None or _is_quiet_exit(error) else "error"

    def error(self, error):
        """The exception as data. Its words may come from the program's own __str__, which may fail or never end."""
        told, _ = self.attempt(self._told, error)
        if told is not None:
            return told
        name = show.name_of_type(error)
        return {"type": name, "message": "", "line": self._last_line(error), "traceback": name, "frames": []}

    def _told(self, error):
        """Python's own text, cut to the learner's files."""
        whole = _print_error(type(error), error, error.__traceback__, compact=True)
        self._keep_own_frames(whole, 0)
        frames = [_frame(each.filename, each.lineno, each.name) for each in whole.stack]
        line, text = self._last_line(error), _cut("".join(whole.format()))
        message = str(whole)
        if _is_kind(type(error), SyntaxError):
            line = error.lineno if line is None else line
            # A file that does not parse never ran, and has no frame: the learner looks for it all the same.
            if error.filename != self.file and error.filename in self.own_files:
                frames.append(_frame(error.filename, error.lineno, "<module>"))
            # Without the place, which stands beside it; with the word that Python thinks was meant.
            message = whole.msg or message
        return {
            "type": show.name_of_type(error),
            "message": _cut(message),
            "line": line,
            "traceback": text,
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
            if step.tb_frame.f_code.co_filename == self.file:
                line = step.tb_lineno
            step = step.tb_next
        return line


def run(code, asked):
    """Runs a program to its end, or to a limit. `asked` is JSON, a RunMessage (messages.ts); so is what comes back.
    """
    asked = _loads(asked)
    watch_for = asked["watch"]
    with Session(code, asked["file"], asked["files"], asked["packages"], asked["input"], asked["isLive"], asked["recursionMax"], asked["command"]) as session:
        began = _now()
        watch = None if watch_for is None else extras.Watch(watch_for["view"], watch_for["of"], code)
        program, error = session.attempt(session.compile)
        if error is not None:
            watch = None
        elif watch is not None:
            _start(watch, session, program)
        if error is None:
            awaiting, error = session.attempt(_eval, program, session.names)
            if awaiting is not None:
                # It awaits outside of functions: so far it has only become a coroutine.
                _, error = session.attempt(asyncio.run, awaiting)
        _stop(session, watch)
        took_ms = (_now() - began) * 1000
        session.leave()
        stopper.calm()
        if error is not None:
            # Its words are made by the standard library, and by __str__ of the program.
            place.put_back()
        told = session.ending(error)
        told["tookMs"] = took_ms
        told["trace"] = watch.result() if watch is not None else None
        # The exception and the tracer hold objects of the program: they go in the sweep.
        session.held.append(watch)
        watch = error = awaiting = None
    if told["how"] == "finished":
        # A __del__ that ran last may have been stopped too.
        told["how"] = session.how(None)
        told["insisted"] = stopper.insisted
    told["lines"] = session.printer.lines
    told["characters"] = session.printer.characters
    return _dumps(told)


def _frame(file, line, name):
    return {"file": file.removeprefix(HOME + "/"), "line": line, "name": name}


def _typed_line():
    """What the reader types; Python may be stopped between two looks."""
    exits.ask()
    told = ""
    while told == "":
        told = waiting.for_page(exits.poll)
    return told[1:] if told[0] == "L" else None


def _start(watch, session, program):
    _set_limit(session.recursion_max + TRACER_CALLS)
    watch.start(program, session, session.recursion_max)


def _stop(session, watch):
    if watch is None:
        return
    try:
        watch.stop()
    except ValueError:
        # The program freed the tool itself: the steps until then are there.
        pass
    _set_limit(session.recursion_max)


def _split(command):
    """The words of a command line, as a shell splits them; what cannot be split is one word."""
    try:
        return shlex.split(command)
    except ValueError:
        return [command]


def _exit_status(how, error):
    """What the program hands to the shell."""
    if error is None:
        return 0
    if not _is_kind(type(error), SystemExit):
        return 1
    code = _exit_code(error)
    if code is None:
        return 0
    return code if type(code) is int else 1


def _is_quiet_exit(error):
    """sys.exit() and exit(0) are an ordinary end; exit("words") prints its words and is one too."""
    if not _is_kind(type(error), SystemExit):
        return False
    code = _exit_code(error)
    return code is None or type(code) is str or (type(code) in (int, bool) and code == 0)


def _exit_words(error):
    code = _exit_code(error) if _is_kind(type(error), SystemExit) else None
    return code if type(code) is str else None


def _exit_code(error):
    return SystemExit.code.__get__(error)


def _cut(text):
    """The beginning and the end of a text that nobody reads to its end."""
    if len(text) <= ERROR_CHARACTERS_MAX:
        return text
    half = ERROR_CHARACTERS_MAX // 2
    return f"{text[:half]}\n... {len(text) - 2 * half} characters ...\n{text[-half:]}"


def _fill_home(files):
    # A folder that somebody stands in cannot be removed.
    os.chdir("/")
    for folder in (HOME, TEMPORARY, SITE):
        if not os.path.isdir(folder) or os.listdir(folder):
            shutil.rmtree(folder, ignore_errors=True)
            os.makedirs(folder, exist_ok=True)
    os.chdir(HOME)
    for name, text in files.items():
        path = os.path.join(HOME, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
