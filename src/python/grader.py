"""Runs the tests of an exercise and hands over what came of each: values as data, no verdict.

    grade(code, files, tests) -> JSON {outcomes, tookMs, lines, characters}

Each test starts the learner's program afresh, in new names. The judge is verdict.ts: a program cannot
talk it round by replacing print, len or isinstance, since the values are packed here by functions that
were taken before it ran.
"""

import builtins
import json
import time

import rules
import runner
import show
import stream

TIME_S_MAX = 2.0
CHARACTERS_MAX = 20_000
LINES_MAX = 2_000

_dumps, _loads, _now, _eval, _exec, _compile = json.dumps, json.loads, time.perf_counter, eval, exec, compile
_pack = show.pack
_builtins = dict(builtins.__dict__)


def grade(code, files, tests):
    began = _now()
    tests, files = _loads(tests), _loads(files)
    deadline = began + TIME_S_MAX
    total = {"lines": 0, "characters": 0}
    outcomes, over = [], False
    for test in tests:
        if over:
            outcomes.append(_outcome("not-run", "program"))
            continue
        outcome = _one(code, files, test, deadline, total)
        over = outcome["how"] == "time-limit"
        outcomes.append(outcome)
    told = {"outcomes": outcomes, "tookMs": (_now() - began) * 1000, **total}
    return _dumps(told)


def _one(code, files, test, deadline, total):
    expected = _expected(test)
    session = runner.Session(code, files, test.get("input", []), LINES_MAX, CHARACTERS_MAX, quiet=True)
    with session:
        outcome = _attempt(session, test, deadline)
    outcome["expected"] = expected
    total["lines"] += session.printer.lines
    total["characters"] += session.printer.characters
    return outcome


def _attempt(session, test, deadline):
    """Program, setup, call: the outcome says in which of the three it ended."""
    during, value, call = "program", None, test.get("call")
    try:
        program = session.compile()
        if "code" in test:
            return _outcome("value", during, value=_pack(rules.found(session.code, test["code"])))
        session.start_clock(program, deadline)
        if call is None:
            session.printer.keep()
        _exec(program, session.names)
        during = "setup"
        if "setup" in test:
            _exec(_compile(test["setup"], "<setup>", "exec", dont_inherit=True), session.names)
        during = "call"
        if call is not None:
            session.printer.keep()
            value = _eval(_compile(call.strip(), "<call>", "eval", dont_inherit=True), session.names)
        session.stop_clock()
        runner.place.put_back()
        return _outcome("value", during, value=_pack(value), printed=session.printer.taken())
    except BaseException as error:
        session.stop_clock()
        runner.place.put_back()
        return _failed(session, during, error)


def _failed(session, during, error):
    printed = session.printer.taken()
    if isinstance(error, stream.OutputLimit):
        return _outcome("output-limit", during, printed=printed)
    if isinstance(error, (runner.TimeLimit, KeyboardInterrupt)):
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
