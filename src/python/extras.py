"""What a picture needs besides the steps of the tracer: one object for each such thing.

An extra has start(watch) before the program runs, stop() after it, and result(): what it adds to the trace, by
name.
"""

import expressions
import imports
import layers
import replay
import scopes
import search
import tracer

# View -> the classes of its extras, each made with the source of the program.
EXTRAS = {
    "environment": [scopes.Scopes],
    "binding": [expressions.Expressions],
    "expression": [expressions.Expressions],
    "decorators": [layers.Layers],
    "modules": [imports.Imports],
}


# A view that is told of other things than every step has a tracer of its own.
TRACERS = {"searchtree": search.SearchTracer, "replay": replay.ReplayTracer}


class Watch:
    """The tracer and the extras of one view, started and stopped together."""

    def __init__(self, view, of, source):
        self.view = view
        self.of = of
        self.extras = [make(source) for make in EXTRAS.get(view, ())]
        self.tracer = None

    def start(self, program, session, room):
        if self.view in TRACERS:
            self.tracer = TRACERS[self.view](program, session, room, self.of)
        else:
            self.tracer = tracer.Tracer(program, session, room)
        for extra in self.extras:
            extra.start(self.tracer)
        self.tracer.start()

    def stop(self):
        try:
            # The program may have freed the tool of the tracer.
            self.tracer.stop()
        finally:
            for extra in self.extras:
                extra.stop()

    def result(self):
        whole = self.tracer.result()
        for extra in self.extras:
            whole.update(extra.result())
        return whole
