"""What a picture needs besides the steps of the tracer: one object for each such thing.

An extra has start(watch) before the program runs, stop() after it, and result(): what it adds to the trace, by
name. One that must see the values inside of expressions has compile(source, file) too: it hands back the code
object that runs in place of the program's own.
"""

import expressions
import imports
import scopes
import search
import tracer
import waiting

# View -> the classes of its extras, each made with the source of the program.
EXTRAS = {
    "environment": [scopes.Scopes],
    "binding": [expressions.Expressions],
    "expression": [expressions.Expressions],
    "decorators": [expressions.Expressions],
    "modules": [imports.Imports],
}


# A view that is told of other things than every step has a tracer of its own.
TRACERS = {"searchtree": search.SearchTracer}


class Watch:
    """The tracer and the extras of one view, started and stopped together."""

    def __init__(self, view, of, source):
        self.view = view
        self.of = of
        self.extras = [make(source) for make in EXTRAS.get(view, ())]
        self.tracer = None

    def compile(self, source, file):
        for extra in self.extras:
            if hasattr(extra, "compile"):
                return extra.compile(source, file)
        return compile(source, file, "exec", waiting.TOP_LEVEL, dont_inherit=True)

    def start(self, program, session, room):
        if self.view in TRACERS:
            self.tracer = TRACERS[self.view](program, session, room, self.of)
        else:
            self.tracer = tracer.Tracer(program, session, room)
        for extra in self.extras:
            extra.start(self.tracer)
        self.tracer.start()

    def stop(self):
        self.tracer.stop()
        for extra in self.extras:
            extra.stop()

    def result(self):
        whole = self.tracer.result()
        for extra in self.extras:
            whole.update(extra.result())
        return whole
