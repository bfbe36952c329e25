"""What the program prints: stdout and stderr in one ordered stream, with a limit.

At the limit the program is stopped, not only silenced: an endless loop that prints would keep the
page busy. `stop` raises OutputLimit there, and sees to it that the program does not eat it.
"""

import sys
import time

_len, _frame, _now, _plain = len, sys._getframe, time.monotonic, str.__str__

FLUSH_EVERY_S = 0.05
FLUSH_CHARACTERS = 16_000
WALK_MAX = 50


class OutputLimit(BaseException):
    """The program printed more than it may."""


class Printer:
    """Counts, keeps and sends what is printed. `post` takes a list of [from, text], `stop` an exception to raise."""

    def __init__(self, post, stop, own_files, lines_max, characters_max):
        self.post = post
        self.stop = stop
        self.own_files = own_files
        self.lines_max = lines_max
        self.characters_max = characters_max
        self.lines = 0
        self.characters = 0
        self.by_line = {}
        self.waiting = []
        self.waiting_characters = 0
        self.flushed_at = -1.0
        self.kept = None
        self.over = False

    def write(self, source, text):
        self.lines += str.count(text, "\n")
        self.characters += _len(text)
        self._blame(text)
        if self.over or self.lines > self.lines_max or self.characters > self.characters_max:
            self.over = True
            self.stop(OutputLimit)
        if not text:
            # Nothing is not sent: input() without a prompt, in a loop, would flood the page with it.
            return
        if self.kept is not None:
            self.kept.append(text)
        self.waiting.append([source, text])
        self.waiting_characters += _len(text)
        # The first print after a pause is sent at once, a flood at most every 50 ms.
        if self.waiting_characters >= FLUSH_CHARACTERS or _now() - self.flushed_at >= FLUSH_EVERY_S:
            self.flush()

    def flush(self):
        if self.waiting:
            pieces, self.waiting, self.waiting_characters = self.waiting, [], 0
            self.post(_joined(pieces))
        self.flushed_at = _now()

    def keep(self):
        """Starts to keep a copy of what is printed, for the judge."""
        self.kept = []

    def taken(self):
        kept, self.kept = self.kept, None
        return "".join(kept or [])

    def loudest(self):
        """The line that printed most, and its share of all characters in percent."""
        if not self.by_line:
            return None, 0
        line = max(self.by_line, key=self.by_line.get)
        return line, round(100 * self.by_line[line] / max(1, self.characters))

    def _blame(self, text):
        frame = _frame(2)
        for _ in range(WALK_MAX):
            if frame is None:
                return
            if frame.f_code.co_filename in self.own_files:
                line = frame.f_lineno
                self.by_line[line] = self.by_line.get(line, 0) + _len(text)
                return
            frame = frame.f_back


class Stream:
    """A text file to print to. Not a subclass of io.TextIOBase: nothing is ever closed or detached."""

    encoding = "utf-8"
    errors = "strict"
    newlines = None
    closed = False

    def __init__(self, printer, source):
        self._printer = printer
        self._source = source

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        # A subclass of str may say anything of its length.
        text = _plain(text)
        self._printer.write(self._source, text)
        return _len(text)

    @property
    def buffer(self):
        return Bytes(self)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        pass

    def close(self):
        pass

    def isatty(self):
        return False

    def readable(self):
        return False

    def writable(self):
        return True

    def seekable(self):
        return False

    def fileno(self):
        raise OSError("this page has no file descriptors")


class Bytes:
    """The same stream, for bytes: sys.stdout.buffer."""

    def __init__(self, stream):
        self._stream = stream

    def write(self, data):
        data = bytes(data)
        self._stream.write(data.decode("utf-8", "replace"))
        return _len(data)

    def flush(self):
        pass


class Keyboard:
    """sys.stdin: read_line() gives the next line, and None at the end of the file."""

    encoding = "utf-8"
    closed = False

    def __init__(self, read_line):
        self._read_line = read_line

    def readline(self, size=-1):
        line = self._read_line()
        return "" if line is None else line + "\n"

    def readlines(self, hint=-1):
        return [*iter(self.readline, "")]

    def read(self, size=-1):
        return "".join(self.readlines())

    def __iter__(self):
        return iter(self.readline, "")

    def isatty(self):
        return False

    def readable(self):
        return True

    def close(self):
        pass

    def fileno(self):
        raise OSError("this page has no file descriptors")


def _joined(pieces):
    """Neighbours from the same source become one piece."""
    joined = []
    for source, text in pieces:
        if joined and joined[-1][0] == source:
            joined[-1][1].append(text)
        else:
            joined.append([source, [text]])
    return [[source, "".join(texts)] for source, texts in joined]
