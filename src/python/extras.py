"""What a picture needs besides the steps of the tracer: one object for each such thing.

An extra has start(watch) before the program runs, stop() after it, and result(): what it adds to the trace, by
name. One that must see the values inside of expressions has compile(source, file) too: it hands back the code
object that runs in place of the program's own.
"""

import scopes

# View -> the classes of its extras, each made with the source of the program.
EXTRAS = {"environment": (scopes.Scopes,)}


class Watch:
    """The tracer and the extras of one view, started and stopped together."""

    def __init__(self, view, source):
        self.extras = [make(source) for make in EXTRAS.get(view, ())]
        self.tracer = None

    def compile(self, source, file):
        for extra in self.extras:
            if hasattr(extra, "compile"):
                return extra.compile(source, file)
        return compile(source, file, "exec", dont_inherit=True)

    def start(self, tracer):
        self.tracer = tracer
        for extra in self.extras:
            extra.start(tracer)
        tracer.start()

    def stop(self):
        self.tracer.stop()
        for extra in self.extras:
            extra.stop()

    def result(self):
        whole = self.tracer.result()
        for extra in self.extras:
            whole.update(extra.result())
        return whole
