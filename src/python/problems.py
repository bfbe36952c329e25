"""What Python says about a program before it runs: the first mistake of grammar, or what it warns of.

    read(code) -> JSON [{message, line, column}], both counted from 1
"""

import json
import warnings

import waiting

# Only words and places are told: no file needs its name here.
FILE = "<text>"
_compile = compile


def read(code):
    # A file of the page is not open: the words of a mistake are all that is wanted, and nothing of the program runs.
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            _compile(code, FILE, "exec", waiting.TOP_LEVEL, dont_inherit=True)
            found = [_problem(str(each.message), each.lineno, 1) for each in told]
        except SyntaxError as error:
            found = [_problem(error.msg, error.lineno, error.offset)]
        except (MemoryError, OverflowError, RecursionError, ValueError):
            # Nested too deep for a look in passing: a run will say so.
            found = []
    return json.dumps(found)


def _problem(message, line, column):
    return {"message": message, "line": line or 1, "column": max(1, column or 1)}
