"""Stops a program from outside, in two steps. The third, a new worker, is client.ts's.

    ask      KeyboardInterrupt, once: the program may catch it and tidy up
    insist   every line that follows is stopped too, so that `except:` and `finally: continue` do not help

The worker sees both as signals, which Python looks for between two instructions. They are not SIGINT,
which a program may handle or send itself.
"""

import signal
import sys

_monitoring = sys.monitoring
_use, _free, _clear, _tool = (
    _monitoring.use_tool_id,
    _monitoring.free_tool_id,
    _monitoring.clear_tool_id,
    _monitoring.get_tool,
)
_set_events, _register = _monitoring.set_events, _monitoring.register_callback
TOOL = _monitoring.OPTIMIZER_ID
NAME = "stacklab stop"
EVENTS = (
    _monitoring.events.LINE,
    _monitoring.events.JUMP,
    _monitoring.events.PY_START,
    _monitoring.events.PY_RESUME,
    _monitoring.events.CALL,
)
ALL_EVENTS = sum(EVENTS)
# client.ts writes these numbers into the shared byte.
ASK, INSIST = signal.SIGUSR1, signal.SIGUSR2
OWN_FILES = "stacklab/"


class TimeLimit(BaseException):
    """The program ran longer than it may."""


class Stopper:
    """Whether the program that runs now may be stopped, and how far that has come."""

    def __init__(self):
        self.begin()

    def begin(self):
        # True only while code of the program runs: our own code is never interrupted.
        self.on = False
        self.asked = False
        self.insisted = False
        self.error = None

    def install(self):
        signal.signal(ASK, self._on_ask)
        signal.signal(INSIST, self._on_insist)

    def _on_ask(self, number, frame):
        # The page presses again and again: one exception is enough.
        if self.on and not self.asked:
            self.asked = True
            raise KeyboardInterrupt

    def _on_insist(self, number, frame):
        if self.on and self.error is None:
            self.insisted = self.asked
            self.asked = True
            self.insist(KeyboardInterrupt)

    def insist(self, error):
        """Raises `error` now, and again at every line from here on."""
        if self.error is None:
            self.error = error
            if _tool(TOOL) is not None:
                _clear(TOOL)
                _free(TOOL)
            _use(TOOL, NAME)
            for event in EVENTS:
                _register(TOOL, event, self._again)
            _set_events(TOOL, ALL_EVENTS)
        raise error

    def _again(self, code, *event):
        if self.on and not code.co_filename.startswith(OWN_FILES):
            raise self.error

    def calm(self):
        """The program is over: lines run again."""
        self.error = None
        if _tool(TOOL) == NAME:
            _clear(TOOL)
            _free(TOOL)


stopper = Stopper()
