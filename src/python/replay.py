"""Watches a function that works on a grid: each call with its other arguments, and the grid as the last one leaves it."""

import search
import show


class ReplayTracer(search.SearchTracer):
    """A search of which more is told: trace.ts says what."""

    def __init__(self, code, session, room, of=None):
        super().__init__(code, session, room, of)
        self.after = None

    def _more(self, frame):
        # This call may never end.
        self.after = None
        squares = search._squares_of(frame)
        # A number may be a square or a digit: only what a program uses as the name of a square tells which one is meant.
        names = [each for each in squares if type(each) in (str, tuple)]
        others = _other_arguments(frame)
        return {
            "arguments": [value if type(value) is str else show.show(value) for value in others],
            "square": next((squares[value] for value in others if type(value) in (str, tuple) and value in names), None),
            "reason": next((value for value in others if _is_reason(value, names)), None),
        }

    def _left(self, frame):
        if self.cut is None:
            self.after = search._grid_in(frame)

    def result(self):
        whole = super().result()
        whole["search"]["after"] = self.after
        return whole


def _other_arguments(frame):
    """All values of the call but the grid."""
    code, local = frame.f_code, frame.f_locals
    grid, _ = search._cells_in(frame)
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    return [local[name] for name in names if name != grid and name in local]


def _is_reason(value, names):
    return type(value) is str and value not in names and not search._is_digit(value)
