"""Reads CPython's value stack: what the parts of an expression have given so far.

    2 * double(n)       [2]  [2, double]  [2, double, 5]  [2, 10]  [20]

No Python code can see this stack, so it is read from the memory of the interpreter. The program itself stays as it
is: the alternative, a changed program that tells its values, changes what the program does.
"""

import _ctypes
import sys


class _Word(_ctypes._SimpleCData):
    _type_ = "I"


class _Object(_ctypes._SimpleCData):
    _type_ = "O"


# Places in memory, from CPython 3.14's Include/internal/pycore_interpframe_structs.h, for words of 4 bytes.
WORD = 4
# PyFrameObject: reference count, type, f_back, f_frame.
FRAME_INNER = 3 * WORD
# _PyInterpreterFrame: f_executable first, the stack pointer after seven more pointers, then the slots.
INNER_STACK_POINTER = 8 * WORD
INNER_SLOTS = 10 * WORD
# The two lowest bits of a word on the stack are marks; both set: it is a number of Python's own, no object.
MARKS = 3

NOTHING = object()

_at = _Word.from_address
_word = _Word(0)
_object = _Object.from_address(_ctypes.addressof(_word))
_id = id


def peek(frame, depth):
    """The value that lies `depth` below the top of the stack of a running frame; NOTHING where no object lies."""
    inner = _at(_id(frame) + FRAME_INNER).value
    place = _at(inner + INNER_STACK_POINTER).value - WORD * (depth + 1)
    if place < inner + INNER_SLOTS:
        return NOTHING
    found = _at(place).value
    if found & MARKS == MARKS or found <= MARKS:
        return NOTHING
    _word.value = found & ~MARKS
    return _object.value


def is_known():
    """Whether this Python keeps its frames where we look for them: another version may not."""
    frame = sys._getframe()
    code = frame.f_code
    inner = _at(_id(frame) + FRAME_INNER).value
    slots = inner + INNER_SLOTS
    size = WORD * (len(code.co_varnames) + code.co_stacksize)
    is_code = _at(inner).value & ~MARKS == _id(code)
    return is_code and slots <= _at(inner + INNER_STACK_POINTER).value <= slots + size
