"""Runs the tests of an exercise and hands over what came of each: values as data, no verdict.

    grade(code, asked) -> JSON {outcomes, tookMs, lines, characters}

Each test starts the learner's program afresh, in new names. The judge is verdict.ts: a program cannot
talk it round by replacing print, len or isinstance, since the values are packed here by functions that
look their names up elsewhere (boot.py), after everything else is put back (place.py).
"""

import asyncio
import builtins
import json
import time

import rules
import runner
import show

TIME_S_MAX = 2.0
CHARACTERS_MAX = 20_000
LINES_MAX = 2_000

_dumps, _loads, _now, _eval, _exec, _compile = runner._dumps, json.loads, time.perf_counter, eval, exec, compile
_pack = show.pack
_builtins = dict(builtins.__dict__)


def grade(code, asked):
    """`asked` is JSON, a GradeMessage (messages.ts)."""
    began = _now()
    asked = _loads(asked)
    deadline = began + TIME_S_MAX
    total = {"lines": 0, "characters": 0}
    outcomes, over = [], False
    for test in asked["tests"]:
        if over:
            outcomes.append(_outcome("not-run", "program"))
            continue
        outcome = _one(code, asked, test, deadline, total)
        over = outcome["how"] == "time-limit"
        outcomes.append(outcome)
    told = {"outcomes": outcomes, "tookMs": (_now() - began) * 1000, **total}
    return _dumps(told)


def _one(code, asked, test, deadline, total):
    expected = _expected(test)
    limits = {"lines_max": LINES_MAX, "characters_max": CHARACTERS_MAX, "recursion_max": asked["recursionMax"]}
    session = runner.Session(code, asked["file"], asked["files"], asked["packages"], test.get("input", []), **limits, quiet=True)
    with session:
        outcome = _attempt(session, test, deadline)
    outcome["expected"] = expected
    total["lines"] += session.printer.lines
    total["characters"] += session.printer.characters
    return outcome


def _attempt(session, test, deadline):
    """Program, setup, call: the outcome says in which of the three it ended."""
    at = ["program"]
    value, error = session.attempt(_steps, session, test, deadline, at)
    runner.stopper.calm()
    runner.place.put_back()
    if error is not None or session.printer.over:
        return _failed(session, at[0], error)
    return _outcome("value", at[0], value=_pack(value), printed=session.printer.taken())


def _steps(session, test, deadline, at):
    program = session.compile()
    if "code" in test:
        return rules.found([(session.file, session.code), *session.files.items()], test["code"])
    session.start_clock(program, deadline)
    call = test.get("call")
    if call is None:
        session.printer.keep()
    # No call of a function of ours comes behind it: a hook that the program left would be told of it.
    awaiting = _eval(program, session.names)
    if awaiting is not None:
        asyncio.run(awaiting)
    at[0] = "setup"
    if "setup" in test:
        _exec(_compile(test["setup"], "<setup>", "exec", dont_inherit=True), session.names)
    at[0] = "call"
    if call is None:
        return None
    session.printer.keep()
    return _eval(_compile(call.strip(), "<call>", "eval", dont_inherit=True), session.names)


def _failed(session, during, error):
    printed = session.printer.taken()
    kind = type(error)
    if session.printer.over:
        return _outcome("output-limit", during, printed=printed)
    if issubclass(kind, runner.TimeLimit) or (runner.stopper.asked and issubclass(kind, KeyboardInterrupt)):
        return _outcome("time-limit", during, printed=printed)
    return _outcome("raised", during, printed=printed, error=session.error(error))


def _outcome(how, during, value=None, printed="", error=None):
    return {
        "how": how,
        "during": during,
        "value": value,
        "expected": None,
        "printed": printed,
        "error": error,
    }


def _expected(test):
    if "expectPython" not in test:
        return None
    return _pack(_eval(test["expectPython"].strip(), {"__builtins__": dict(_builtins)}))
