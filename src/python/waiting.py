"""The event loop of asyncio for one thread without sockets: it runs what is ready, and sleeps until the next timer.

Pyodide's own loop hands every task to the browser, which would run it after the program's end.
"""

import asyncio
import time

_set_event_loop = asyncio.set_event_loop
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


def forget():
    """A loop that the program made would live on with all its tasks."""
    asyncio.events._set_running_loop(None)
    _set_event_loop(None)
