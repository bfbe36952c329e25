"""The event loop of asyncio for one thread without sockets: it runs what is ready, and sleeps until the next timer.

Pyodide's own loop hands every task to the browser, which would run it after the program's end.
"""

import ast
import asyncio
import time

import pyodide.ffi
import pyodide.webloop

_wait_for = pyodide.ffi.run_sync
_running_loop, _set_running_loop = asyncio.events._get_running_loop, asyncio.events._set_running_loop
_set_event_loop = asyncio.set_event_loop
pages_loop = pyodide.webloop.WebLoop()
# A flag for compile(): `await` may stand outside of functions, as in a notebook.
TOP_LEVEL = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
WAIT_SENTENCE = "the program waits for something that nobody will ever finish"


class PageLoop(asyncio.BaseEventLoop):
    """What is missing in BaseEventLoop: a selector, which here only knows time."""

    def __init__(self):
        super().__init__()
        self._selector = self

    def select(self, seconds):
        if seconds is None:
            raise RuntimeError(WAIT_SENTENCE)
        if seconds > 0:
            time.sleep(seconds)
        return []

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass


class Policy(asyncio.events._BaseDefaultEventLoopPolicy):
    _loop_factory = PageLoop


def install():
    """Once, before the place is remembered."""
    asyncio.run = getattr(asyncio.run, "__wrapped__", asyncio.run)
    asyncio.events._set_event_loop_policy(Policy())
    asyncio._set_running_loop(None)


def for_page(ask):
    """What a function of the page gives, or what its promise comes to, while Python's whole stack is put aside (JSPI).

    Pyodide makes a future of a promise, in its own loop, the browser's. A program that has a loop gets it back.
    """
    loop = _running_loop()
    _set_running_loop(None)
    _set_event_loop(pages_loop)
    try:
        given = ask()
        return given if type(given) is str else _wait_for(given)
    finally:
        _set_event_loop(loop)
        _set_running_loop(loop)


def forget():
    """A loop that the program made would live on with all its tasks."""
    asyncio.events._set_running_loop(None)
    _set_event_loop(None)
